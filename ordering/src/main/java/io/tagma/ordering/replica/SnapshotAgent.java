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
package io.tagma.ordering.replica;

import io.tagma.ordering.protocol.SnapshotDigest;

import java.util.concurrent.atomic.AtomicInteger;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes snapshots of what the ordering thread copies into its memory: hashing takes too long for that thread. One at a
 * time; the memory goes from one thread to the other and back with {@link #state}.
 */
final class SnapshotAgent implements Agent
{
    private static final int FREE = 0;
    private static final int COPIED = 1;
    private static final int DONE = 2;
    private static final int INITIAL_LENGTH = 1 << 16;

    private final SnapshotDigest digests;
    private final Runnable waker;
    private final AtomicInteger state = new AtomicInteger(FREE);
    private final ExpandableArrayBuffer copy = new ExpandableArrayBuffer(INITIAL_LENGTH);
    private final UnsafeBuffer digest = new UnsafeBuffer(new byte[32]);
    private long sequence;
    private int length;

    /** Of the ordering thread alone. */
    private long claimedNs;
    private long count;
    private long pauseMaxNs;

    /**
     * An agent without work.
     *
     * @param digests of its own, that name snapshots.
     * @param waker   called after work was handed over: the agent's thread may be asleep.
     */
    SnapshotAgent(final SnapshotDigest digests, final Runnable waker)
    {
        this.digests = digests;
        this.waker = waker;
    }

    /** Ordering thread: the memory to copy into, or null while it is taken. */
    MutableDirectBuffer claim()
    {
        if (FREE != state.getAcquire())
        {
            return null;
        }
        claimedNs = System.nanoTime();
        return copy;
    }

    /** Ordering thread: the copy is complete. */
    void take(final long newSequence, final int newLength)
    {
        sequence = newSequence;
        length = newLength;
        count++;
        pauseMaxNs = Math.max(pauseMaxNs, System.nanoTime() - claimedNs);
        state.setRelease(COPIED);
        waker.run();
    }

    @Override
    public int doWork()
    {
        if (COPIED != state.getAcquire())
        {
            return 0;
        }
        digests.compute(sequence, copy, 0, length, digest, 0);
        state.setRelease(DONE);
        return 1;
    }

    /**
     * Ordering thread: hands on what is done.
     *
     * @return 1 if something was.
     */
    int poll(final SideResultHandler handler)
    {
        if (DONE != state.getAcquire())
        {
            return 0;
        }
        handler.onSnapshotTaken(sequence, digest, 0);
        state.setRelease(FREE);
        return 1;
    }

    @Override
    public String roleName()
    {
        return "snapshots";
    }

    /** Ordering thread: snapshots that were copied. */
    long count()
    {
        return count;
    }

    /** Ordering thread: bytes of the last one. */
    int length()
    {
        return length;
    }

    /** Ordering thread: how long a copy kept it from its other work at most. */
    long pauseMaxNs()
    {
        return pauseMaxNs;
    }
}
