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

import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.VotesDecoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages to peers in the order in which they were said, each with its receiver and the record that it depends on.
 */
final class MessageQueue
{
    static final int ALL_REPLICAS = -1;
    /** Of a message that is not to be sent any more. */
    static final int NO_REPLICA = -2;

    private static final int LENGTH_OFFSET = 4;
    private static final int REQUIRED_RECORD_OFFSET = 8;
    private static final int RECEIVER_OFFSET = 16;
    private static final int MESSAGE_OFFSET = 24;

    private final ByteRing ring;
    private final int messageLengthMax;
    private final UnsafeBuffer claim = new UnsafeBuffer(0, 0);
    /** What a message without room is encoded to: the core never sees back pressure. */
    private final byte[] overflow;
    private int claimedOffset = ByteRing.NULL_OFFSET;
    private long dropped;

    MessageQueue(final int arenaLength, final int messageLengthMax)
    {
        ring = new ByteRing(arenaLength);
        this.messageLengthMax = messageLengthMax;
        overflow = new byte[messageLengthMax];
    }

    MutableDirectBuffer claim(final int length)
    {
        if (length <= 0 || length > messageLengthMax)
        {
            throw new IllegalArgumentException("a message of " + length + " bytes: the limit is " + messageLengthMax);
        }
        claimedOffset = ring.append(MESSAGE_OFFSET + length);
        if (ByteRing.NULL_OFFSET == claimedOffset)
        {
            claim.wrap(overflow, 0, length);
        }
        else
        {
            ring.buffer().putInt(claimedOffset + LENGTH_OFFSET, length);
            claim.wrap(ring.buffer(), claimedOffset + MESSAGE_OFFSET, length);
        }
        return claim;
    }

    void commit(final int receiver, final long requiredRecordNumber)
    {
        if (ByteRing.NULL_OFFSET == claimedOffset)
        {
            dropped++;
            return;
        }
        ring.buffer().putLong(claimedOffset + REQUIRED_RECORD_OFFSET, requiredRecordNumber);
        ring.buffer().putInt(claimedOffset + RECEIVER_OFFSET, receiver);
        claimedOffset = ByteRing.NULL_OFFSET;
    }

    /**
     * The oldest message, if what it depends on is at or below the released record.
     *
     * @return where its entry lies, or {@link ByteRing#NULL_OFFSET}.
     */
    int first(final long releasedRecordNumber)
    {
        final long entry = ring.entryAt(ring.head());
        if (entry == ring.tail())
        {
            return ByteRing.NULL_OFFSET;
        }
        final int offset = ring.offset(entry);
        return ring.buffer().getLong(offset + REQUIRED_RECORD_OFFSET) <= releasedRecordNumber ?
            offset : ByteRing.NULL_OFFSET;
    }

    void removeFirst()
    {
        ring.releaseTo(ring.after(ring.entryAt(ring.head())));
    }

    /** Nothing that waits and speaks in a view is ever said. */
    void forgetVotes()
    {
        for (long entry = ring.entryAt(ring.head()); entry != ring.tail(); entry = ring.entryAt(ring.after(entry)))
        {
            final int offset = ring.offset(entry);
            final int template = PeerFrames.templateId(ring.buffer(), offset + MESSAGE_OFFSET);
            if (PrePrepareDecoder.TEMPLATE_ID == template || VotesDecoder.TEMPLATE_ID == template)
            {
                ring.buffer().putInt(offset + RECEIVER_OFFSET, NO_REPLICA);
            }
        }
    }

    UnsafeBuffer buffer()
    {
        return ring.buffer();
    }

    int messageOffset(final int entryOffset)
    {
        return entryOffset + MESSAGE_OFFSET;
    }

    int messageLength(final int entryOffset)
    {
        return ring.buffer().getInt(entryOffset + LENGTH_OFFSET);
    }

    int receiver(final int entryOffset)
    {
        return ring.buffer().getInt(entryOffset + RECEIVER_OFFSET);
    }

    boolean isEmpty()
    {
        return ring.head() == ring.tail();
    }

    int free()
    {
        return ring.free();
    }

    int capacity()
    {
        return ring.capacity();
    }

    long dropped()
    {
        return dropped;
    }
}
