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

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.peer.VotesDecoder;
import io.tagma.ordering.protocol.HaltReason;
import io.tagma.ordering.protocol.Outbound;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The way out of a shadow core: nothing leaves, its votes are remembered.
 */
final class ShadowOutbound implements Outbound
{
    private record Vote(VoteType type, long view, long sequence)
    {
    }

    private final Map<Vote, DigestValue> said = new HashMap<>();
    private final VotesDecoder votes = new VotesDecoder();
    private final UnsafeBuffer digestView = new UnsafeBuffer(0, 0);
    private final ExpandableArrayBuffer snapshot = new ExpandableArrayBuffer();
    private UnsafeBuffer claimed = new UnsafeBuffer(new byte[8]);
    private long records;

    /** The digest of a vote that the shadow said, or null. */
    DigestValue vote(final VoteType type, final long view, final long sequence)
    {
        return said.get(new Vote(type, view, sequence));
    }

    @Override
    public MutableDirectBuffer claimRecord(final int length)
    {
        return claim(length);
    }

    private UnsafeBuffer claim(final int length)
    {
        claimed = new UnsafeBuffer(new byte[length]);
        return claimed;
    }

    @Override
    public long commitRecord()
    {
        return ++records;
    }

    @Override
    public void requestSync()
    {
        // Nothing of a shadow is ever durable.
    }

    @Override
    public void prepare(final long view, final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        said.put(new Vote(VoteType.PREPARE, view, sequence), DigestValue.at(digest, digestOffset));
    }

    @Override
    public void commit(final long view, final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        said.put(new Vote(VoteType.COMMIT, view, sequence), DigestValue.at(digest, digestOffset));
    }

    @Override
    public void forgetVotes()
    {
    }

    @Override
    public MutableDirectBuffer claimMessage(final int length)
    {
        return claim(length);
    }

    @Override
    public void broadcast()
    {
        remember();
    }

    @Override
    public void sendTo(final int replicaId)
    {
        remember();
    }

    private void remember()
    {
        if (VotesDecoder.TEMPLATE_ID != claimed.getShort(2, LITTLE_ENDIAN))
        {
            return;
        }
        votes.wrap(claimed, FrameLayout.HEADER_LENGTH, VotesDecoder.BLOCK_LENGTH, VotesDecoder.SCHEMA_VERSION);
        final long view = votes.view();
        for (final VotesDecoder.PreparesDecoder prepare : votes.prepares())
        {
            final long sequence = prepare.sequence();
            prepare.wrapDigest(digestView);
            prepare(view, sequence, digestView, 0);
        }
        for (final VotesDecoder.CommitsDecoder commit : votes.commits())
        {
            final long sequence = commit.sequence();
            commit.wrapDigest(digestView);
            commit(view, sequence, digestView, 0);
        }
    }

    @Override
    public void reply(
        final int clientId,
        final long sessionId,
        final long view,
        final long number,
        final long position,
        final short outcome,
        final short form,
        final DirectBuffer result,
        final int offset,
        final int length)
    {
        // Nobody hears a shadow.
    }

    @Override
    public void sessionOpened(
        final long sessionId,
        final int clientId,
        final DirectBuffer channel,
        final int channelOffset,
        final int channelLength)
    {
        // A shadow has no keys to derive.
    }

    @Override
    public void sessionForgotten(final long sessionId)
    {
        // Nor to forget.
    }

    @Override
    public boolean sign(final long token, final DirectBuffer buffer, final int offset, final int length)
    {
        return false;
    }

    @Override
    public boolean verifyReplica(
        final long token,
        final int replicaId,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final DirectBuffer signature,
        final int signatureOffset)
    {
        return false;
    }

    @Override
    public boolean verifyClient(
        final long token,
        final int clientId,
        final DirectBuffer body,
        final int offset,
        final int length,
        final DirectBuffer signature,
        final int signatureOffset)
    {
        return false;
    }

    @Override
    public boolean readBatch(
        final int peerId, final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        return false;
    }

    @Override
    public boolean readHistory(final int peerId, final long firstSequence, final int count)
    {
        return false;
    }

    @Override
    public MutableDirectBuffer claimSnapshot()
    {
        return snapshot;
    }

    @Override
    public void takeSnapshot(final long sequence, final int length)
    {
        // A shadow is asked for votes, not for checkpoints.
    }

    @Override
    public void retainSnapshots(final long sequence)
    {
        // Nor has it any files.
    }

    @Override
    public void retainRecords(final long recordNumber)
    {
        // What it writes is nobody's.
    }

    @Override
    public boolean readChunks(final int peerId, final long sequence, final int firstChunk, final long wanted)
    {
        return false;
    }

    @Override
    public boolean gatherSnapshot(final long sequence, final DirectBuffer digest, final int offset)
    {
        return false;
    }

    @Override
    public boolean keepChunk(final DirectBuffer chunk, final int offset, final int length)
    {
        return false;
    }

    @Override
    public boolean loadGathered(final long sequence)
    {
        return false;
    }

    @Override
    public void halt(final HaltReason reason, final long sequence)
    {
        throw new IllegalStateException("a shadow halts at " + sequence + ": " + reason);
    }
}
