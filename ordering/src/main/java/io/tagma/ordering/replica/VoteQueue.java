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

import static io.tagma.codecs.FrameLayout.DIGEST_LENGTH;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Own votes in the order in which they were said. Each is handed back to the core once its record is durable, and sent
 * to the others after that.
 */
final class VoteQueue
{
    private final int capacity;
    private final int mask;
    private final boolean[] isCommit;
    private final long[] views;
    private final long[] sequences;
    private final long[] requiredRecordNumbers;
    private final UnsafeBuffer digests;
    /** Next to send. Invariant: head <= loopedBack <= tail <= head + capacity. */
    private long head;
    /** Next to hand back to the core. */
    private long loopedBack;
    private long tail;
    private long dropped;

    VoteQueue(final int capacity)
    {
        this.capacity = capacity;
        mask = capacity - 1;
        isCommit = new boolean[capacity];
        views = new long[capacity];
        sequences = new long[capacity];
        requiredRecordNumbers = new long[capacity];
        digests = new UnsafeBuffer(new byte[capacity * DIGEST_LENGTH]);
    }

    void add(
        final boolean commit,
        final long view,
        final long sequence,
        final DirectBuffer digest,
        final int digestOffset,
        final long requiredRecordNumber)
    {
        if (tail - head == capacity)
        {
            dropped++;
            return;
        }
        final int index = (int)tail & mask;
        isCommit[index] = commit;
        views[index] = view;
        sequences[index] = sequence;
        requiredRecordNumbers[index] = requiredRecordNumber;
        digests.putBytes(index * DIGEST_LENGTH, digest, digestOffset, DIGEST_LENGTH);
        tail++;
    }

    long head()
    {
        return head;
    }

    long loopedBack()
    {
        return loopedBack;
    }

    long tail()
    {
        return tail;
    }

    void onLoopedBackTo(final long position)
    {
        loopedBack = position;
    }

    void releaseTo(final long position)
    {
        head = position;
    }

    /** Nothing that waits is ever said. */
    void clear()
    {
        head = tail;
        loopedBack = tail;
    }

    boolean isCommit(final long position)
    {
        return isCommit[(int)position & mask];
    }

    long view(final long position)
    {
        return views[(int)position & mask];
    }

    long sequence(final long position)
    {
        return sequences[(int)position & mask];
    }

    long requiredRecordNumber(final long position)
    {
        return requiredRecordNumbers[(int)position & mask];
    }

    UnsafeBuffer digests()
    {
        return digests;
    }

    int digestOffset(final long position)
    {
        return ((int)position & mask) * DIGEST_LENGTH;
    }

    boolean isEmpty()
    {
        return head == tail;
    }

    int free()
    {
        return capacity - (int)(tail - head);
    }

    int capacity()
    {
        return capacity;
    }

    long dropped()
    {
        return dropped;
    }
}
