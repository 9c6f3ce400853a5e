/*
 * Copyright 2026 The Tagma Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.tagma.ordering.simulation;

import java.util.Arrays;

/**
 * What is to happen, by virtual time; first scheduled first where times are equal. A binary heap. Not thread safe.
 */
final class EventQueue
{
    private Event[] heap = new Event[256];
    private int size;
    private long scheduled;
    private long nowNs;

    /** What happens at a time. */
    abstract static class Event
    {
        private long timeNs;
        private long order;

        /** Makes it happen; may schedule more. */
        abstract void run();

        private boolean before(final Event other)
        {
            return timeNs != other.timeNs ? timeNs < other.timeNs : order < other.order;
        }
    }

    /**
     * Schedules an action.
     *
     * @param delayNs from now, at least 0.
     * @param action  what happens then.
     */
    void schedule(final long delayNs, final Runnable action)
    {
        schedule(
            delayNs,
            new Event()
            {
                @Override
                void run()
                {
                    action.run();
                }
            });
    }

    /**
     * Schedules an event.
     *
     * @param delayNs from now, at least 0.
     * @param event   not scheduled already.
     */
    void schedule(final long delayNs, final Event event)
    {
        if (delayNs < 0)
        {
            throw new IllegalArgumentException("an event cannot be scheduled " + -delayNs + " ns ago");
        }
        event.timeNs = nowNs + delayNs;
        event.order = scheduled++;
        if (size == heap.length)
        {
            heap = Arrays.copyOf(heap, size * 2);
        }
        int child = size++;
        while (child > 0)
        {
            final int parent = (child - 1) >>> 1;
            if (heap[parent].before(event))
            {
                break;
            }
            heap[child] = heap[parent];
            child = parent;
        }
        heap[child] = event;
    }

    /**
     * Takes the next event and moves time to it.
     *
     * @return the event, or null if there is none.
     */
    Event next()
    {
        if (0 == size)
        {
            return null;
        }
        final Event first = heap[0];
        final Event last = heap[--size];
        heap[size] = null;
        if (size > 0)
        {
            siftDown(last);
        }
        nowNs = first.timeNs;
        return first;
    }

    private void siftDown(final Event event)
    {
        int parent = 0;
        while (true)
        {
            int child = 2 * parent + 1;
            if (child >= size)
            {
                break;
            }
            if (child + 1 < size && heap[child + 1].before(heap[child]))
            {
                child++;
            }
            if (event.before(heap[child]))
            {
                break;
            }
            heap[parent] = heap[child];
            parent = child;
        }
        heap[parent] = event;
    }

    /**
     * Virtual time.
     *
     * @return of the event taken last, in nanoseconds from 0.
     */
    long nowNs()
    {
        return nowNs;
    }

    /**
     * How many events wait.
     *
     * @return their count.
     */
    int size()
    {
        return size;
    }
}
