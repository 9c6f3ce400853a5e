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
package io.tagma.ordering.protocol;

import io.tagma.ordering.service.AgreedTimers;
import org.agrona.collections.Long2LongHashMap;

/**
 * The service's timers, by deadline and then by the order in which they were scheduled: a binary heap of fixed size.
 */
final class AgreedTimerQueue implements AgreedTimers
{
    private static final long NULL_PLACE = -1;

    private final long[] deadlines;
    private final long[] orders;
    private final long[] correlationIds;
    private final Long2LongHashMap places;
    private long nextOrder;
    private int size;
    private long expiredCorrelationId;

    AgreedTimerQueue(final int capacity)
    {
        deadlines = new long[capacity];
        orders = new long[capacity];
        correlationIds = new long[capacity];
        places = new Long2LongHashMap(Math.max(8, 2 * capacity), 0.6f, NULL_PLACE);
    }

    @Override
    public boolean schedule(final long correlationId, final long deadlineNs)
    {
        cancel(correlationId);
        if (size == deadlines.length)
        {
            return false;
        }
        put(size, deadlineNs, nextOrder++, correlationId);
        siftUp(size++);
        return true;
    }

    @Override
    public boolean cancel(final long correlationId)
    {
        final int place = (int)places.remove(correlationId);
        if (NULL_PLACE == place)
        {
            return false;
        }
        removeAt(place);
        return true;
    }

    /**
     * Takes the next timer whose deadline agreed time has reached.
     *
     * @param timeNs agreed time.
     * @return whether there was one: {@link #expired()} names it.
     */
    boolean expire(final long timeNs)
    {
        if (0 == size || deadlines[0] > timeNs)
        {
            return false;
        }
        expiredCorrelationId = correlationIds[0];
        places.remove(expiredCorrelationId);
        removeAt(0);
        return true;
    }

    long expired()
    {
        return expiredCorrelationId;
    }

    /**
     * int64 number of the next schedule, uint32 timers, and of each int64 deadline, number of its schedule, correlation
     * id. As they lie in the heap: that, too, is the same wherever the same was scheduled.
     */
    void save(final StateWriter writer)
    {
        writer.putLong(nextOrder);
        writer.putInt(size);
        for (int place = 0; place < size; place++)
        {
            writer.putLong(deadlines[place]);
            writer.putLong(orders[place]);
            writer.putLong(correlationIds[place]);
        }
    }

    void load(final StateReader reader)
    {
        places.clear();
        nextOrder = reader.getLong();
        size = reader.getInt("timers", 0, deadlines.length);
        for (int place = 0; place < size; place++)
        {
            put(place, reader.getLong(), reader.getLong(), reader.getLong());
        }
    }

    private void removeAt(final int place)
    {
        size--;
        if (place != size)
        {
            put(place, deadlines[size], orders[size], correlationIds[size]);
            siftDown(place);
            siftUp(place);
        }
    }

    private void siftUp(final int from)
    {
        int place = from;
        while (place > 0)
        {
            final int parent = (place - 1) >> 1;
            if (!isBefore(place, parent))
            {
                return;
            }
            swap(place, parent);
            place = parent;
        }
    }

    private void siftDown(final int from)
    {
        int place = from;
        while (true)
        {
            int first = place;
            final int left = 2 * place + 1;
            if (left < size && isBefore(left, first))
            {
                first = left;
            }
            if (left + 1 < size && isBefore(left + 1, first))
            {
                first = left + 1;
            }
            if (first == place)
            {
                return;
            }
            swap(place, first);
            place = first;
        }
    }

    private boolean isBefore(final int a, final int b)
    {
        return deadlines[a] < deadlines[b] || deadlines[a] == deadlines[b] && orders[a] < orders[b];
    }

    private void swap(final int a, final int b)
    {
        final long deadline = deadlines[a];
        final long order = orders[a];
        final long correlationId = correlationIds[a];
        put(a, deadlines[b], orders[b], correlationIds[b]);
        put(b, deadline, order, correlationId);
    }

    private void put(final int place, final long deadlineNs, final long order, final long correlationId)
    {
        deadlines[place] = deadlineNs;
        orders[place] = order;
        correlationIds[place] = correlationId;
        places.put(correlationId, place);
    }
}
