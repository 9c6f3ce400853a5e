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

import io.tagma.journal.JournalException;
import io.tagma.journal.SnapshotStore;
import io.tagma.ordering.protocol.SnapshotDigest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes snapshots of what the ordering thread copies into its memory, hashes them and keeps them in files, which takes
 * too long for that thread. One at a time; the memory goes from one thread to the other and back with {@link #state}.
 */
final class SnapshotAgent implements Agent
{
    private static final int FREE = 0;
    private static final int COPIED = 1;
    private static final int DONE = 2;
    private static final int FAILED = 3;
    private static final int INITIAL_LENGTH = 1 << 16;

    private final SnapshotDigest digests;
    private final SnapshotStore store;
    private final Runnable waker;
    private final AtomicInteger state = new AtomicInteger(FREE);
    private final ExpandableArrayBuffer copy = new ExpandableArrayBuffer(INITIAL_LENGTH);
    private final UnsafeBuffer digest = new UnsafeBuffer(new byte[32]);
    private long sequence;
    private int length;
    private IOException failure;
    private volatile long neededFrom;
    /** Of the agent's thread alone. */
    private long retiredBelow;

    /** Of the ordering thread alone. */
    private long claimedNs;
    private long count;
    private long pauseMaxNs;

    /**
     * An agent without work.
     *
     * @param digests of its own, that name snapshots.
     * @param store   to keep them in.
     * @param waker   called after work was handed over: the agent's thread may be asleep.
     */
    SnapshotAgent(final SnapshotDigest digests, final SnapshotStore store, final Runnable waker)
    {
        this.digests = digests;
        this.store = store;
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

    /** Ordering thread: none below this one is needed again. */
    void retain(final long oldestSequence)
    {
        neededFrom = oldestSequence;
        waker.run();
    }

    @Override
    public int doWork()
    {
        return make() + retire();
    }

    private int make()
    {
        if (COPIED != state.getAcquire())
        {
            return 0;
        }
        try
        {
            digests.compute(sequence, copy, 0, length, digest, 0);
            store.store(sequence, copy, length);
            state.setRelease(DONE);
        }
        catch (final IOException ex)
        {
            failure = ex;
            state.setRelease(FAILED);
        }
        return 1;
    }

    private int retire()
    {
        final long oldest = neededFrom;
        if (oldest <= retiredBelow)
        {
            return 0;
        }
        retiredBelow = oldest;
        try
        {
            store.deleteBelow(oldest);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        return 1;
    }

    /**
     * Ordering thread: hands on what is done.
     *
     * @return 1 if something was.
     */
    int poll(final SideResultHandler handler)
    {
        final int found = state.getAcquire();
        if (FAILED == found)
        {
            throw new JournalException(
                JournalException.Reason.FAILED,
                "A snapshot cannot be kept (" + failure.getMessage() +
                "): the replica stops; check the journal's device, and that it has room, and start again.",
                failure);
        }
        if (DONE != found)
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
