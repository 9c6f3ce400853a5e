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

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.BundleAuthenticatorEncoder;
import io.tagma.codecs.client.BundleBodyEncoder;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.peer.CheckpointDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.VotesDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One primary whose peers always agree at once, made so that nothing but the core itself could allocate.
 */
final class PrimaryBench implements Outbound
{
    private static final int PREPARES_OFFSET = FrameLayout.HEADER_LENGTH + VotesDecoder.BLOCK_LENGTH;
    private static final int GROUP_HEADER_LENGTH = 4;
    private static final int VOTE_LENGTH = 40;

    final Replica replica;
    long replies;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[256 * 1024]);
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[256 * 1024]);
    private final UnsafeBuffer claimed = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer prepareVote;
    private final UnsafeBuffer commitVote;
    private final UnsafeBuffer signature = new UnsafeBuffer(new byte[FrameLayout.SIGNATURE_LENGTH]);
    private final UnsafeBuffer peerCheckpoint =
        new UnsafeBuffer(new byte[FrameLayout.HEADER_LENGTH + CheckpointDecoder.BLOCK_LENGTH]);
    private final UnsafeBuffer body;
    private final UnsafeBuffer authenticator;
    private long records;
    private long signToken;
    private long verifyToken;
    private boolean hasCheckpoint;
    private boolean hasProposal;
    private boolean ownPrepared;
    private final ExpandableArrayBuffer snapshot = new ExpandableArrayBuffer();
    private long snapshotSequence;
    private long snapshotsKeptFrom;
    private long recordsKeptFrom;
    private long syncRecord;
    private long sessionId;
    private long nextNumber = 1;
    private long nowNs = 1_000_000_000L;

    PrimaryBench(final Hashing hashing, final int payloadLength)
    {
        final ProtocolParameters parameters = new ProtocolParameters.Builder()
            .clusterId(1)
            .quorums(new Quorums(new int[]{1, 1, 1, 1}))
            .checkpointInterval(64)
            .sessionLimit(2)
            .conclude();
        replica = new Replica(
            parameters,
            this,
            hashing,
            (client, session, bodyBuffer, bodyOffset, bodyLength, tags, tagsOffset) -> true,
            new QuietEcho());
        prepareVote = RecordedOutbound.votes(1, 0, 1, new UnsafeBuffer(new byte[Digest.LENGTH]), 0, true);
        commitVote = RecordedOutbound.votes(1, 0, 1, new UnsafeBuffer(new byte[Digest.LENGTH]), 0, false);
        body = CoreCluster.body(BundleKind.REQUESTS, 1, 1, "x".repeat(payloadLength));
        authenticator = new UnsafeBuffer(
            new byte[BundleAuthenticatorEncoder.BLOCK_LENGTH + 4 * FrameLayout.TAG_LENGTH]);
        authenticator.putShort(0, (short)4, ByteOrder.LITTLE_ENDIAN);
        replica.onTime(nowNs, nowNs);
        replica.onReplayed(1, 0);
        open();
    }

    private void open()
    {
        final UnsafeBuffer open = CoreCluster.body(BundleKind.OPEN, 0, 1, "aeron:udp?endpoint=localhost:9");
        final UnsafeBuffer signed = new UnsafeBuffer(
            new byte[authenticator.capacity() + FrameLayout.SIGNATURE_LENGTH]);
        signed.putBytes(0, authenticator, 0, authenticator.capacity());
        signed.putShort(2, (short)1, ByteOrder.LITTLE_ENDIAN);
        replica.onBundle(1, 0, open, 0, open.capacity(), signed, 0, signed.capacity());
        replica.onVerified(verifyToken, true);
        cycle();
        if (0 == sessionId)
        {
            throw new IllegalStateException("no session: " + replica.status());
        }
    }

    /** One request, from its client to its reply. */
    void request()
    {
        body.putLong(BundleBodyEncoder.sessionIdEncodingOffset(), sessionId, ByteOrder.LITTLE_ENDIAN);
        body.putLong(BundleBodyEncoder.firstNumberEncodingOffset(), nextNumber++, ByteOrder.LITTLE_ENDIAN);
        replica.onBundle(1, sessionId, body, 0, body.capacity(), authenticator, 0, authenticator.capacity());
        cycle();
    }

    private void cycle()
    {
        nowNs += 100_000L;
        replica.onTime(nowNs, nowNs);
        replica.onEndOfBurst();
        if (hasProposal)
        {
            hasProposal = false;
            replica.onMessage(1, prepareVote, 0, prepareVote.capacity());
            replica.onMessage(2, prepareVote, 0, prepareVote.capacity());
            if (ownPrepared)
            {
                ownPrepared = false;
                replica.onMessage(0, commitVote, 0, commitVote.capacity());
            }
            replica.onMessage(1, commitVote, 0, commitVote.capacity());
            replica.onMessage(2, commitVote, 0, commitVote.capacity());
        }
        answerCheckpoint();
    }

    private void answerCheckpoint()
    {
        if (0 != snapshotSequence)
        {
            final long sequence = snapshotSequence;
            snapshotSequence = 0;
            replica.snapshots().onTaken(sequence, signature, 0);
        }
        if (0 != signToken)
        {
            final long token = signToken;
            signToken = 0;
            replica.onSigned(token, signature, 0);
        }
        if (hasCheckpoint)
        {
            hasCheckpoint = false;
            for (int signer = 1; signer <= 2; signer++)
            {
                peerCheckpoint.putInt(
                    FrameLayout.HEADER_LENGTH + CheckpointDecoder.signerEncodingOffset(), signer,
                    ByteOrder.LITTLE_ENDIAN);
                replica.onMessage(signer, peerCheckpoint, 0, peerCheckpoint.capacity());
                replica.onVerified(verifyToken, true);
            }
        }
        if (0 != syncRecord)
        {
            final long recordNumber = syncRecord;
            syncRecord = 0;
            replica.onDurable(recordNumber);
        }
    }

    @Override
    public MutableDirectBuffer claimRecord(final int length)
    {
        claimed.wrap(record, 0, length);
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
        syncRecord = records;
    }

    @Override
    public void prepare(final long view, final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        throw new IllegalStateException("a primary sends no PREPARE");
    }

    @Override
    public void commit(final long view, final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        ownPrepared = true;
    }

    @Override
    public void forgetVotes()
    {
    }

    @Override
    public MutableDirectBuffer claimMessage(final int length)
    {
        claimed.wrap(message, 0, length);
        return claimed;
    }

    @Override
    public void broadcast()
    {
        final int templateId = message.getShort(2, ByteOrder.LITTLE_ENDIAN);
        if (PrePrepareDecoder.TEMPLATE_ID == templateId)
        {
            hasProposal = true;
            final int block = FrameLayout.HEADER_LENGTH;
            copyVote(prepareVote, PREPARES_OFFSET + GROUP_HEADER_LENGTH, block);
            copyVote(commitVote, PREPARES_OFFSET + 2 * GROUP_HEADER_LENGTH, block);
        }
        else if (CheckpointDecoder.TEMPLATE_ID == templateId)
        {
            hasCheckpoint = true;
            peerCheckpoint.putBytes(0, message, 0, peerCheckpoint.capacity());
        }
    }

    private void copyVote(final UnsafeBuffer vote, final int offset, final int block)
    {
        vote.putBytes(offset, message, block + PrePrepareDecoder.sequenceEncodingOffset(), Long.BYTES);
        vote.putBytes(
            offset + Long.BYTES, message, block + PrePrepareDecoder.digestEncodingOffset(),
            VOTE_LENGTH - Long.BYTES);
    }

    @Override
    public void sendTo(final int replicaId)
    {
    }

    @Override
    public void reply(
        final int clientId,
        final long replySessionId,
        final long view,
        final long number,
        final long position,
        final short outcome,
        final short form,
        final DirectBuffer result,
        final int offset,
        final int length)
    {
        replies++;
        if (0 == replySessionId)
        {
            sessionId = position;
        }
    }

    @Override
    public void sessionOpened(
        final long openedSessionId,
        final int clientId,
        final DirectBuffer channel,
        final int channelOffset,
        final int channelLength)
    {
    }

    @Override
    public void sessionForgotten(final long forgottenSessionId)
    {
    }

    @Override
    public boolean sign(final long token, final DirectBuffer buffer, final int offset, final int length)
    {
        signToken = token;
        return true;
    }

    @Override
    public boolean verifyReplica(
        final long token,
        final int signerId,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final DirectBuffer signatureBuffer,
        final int signatureOffset)
    {
        verifyToken = token;
        return true;
    }

    @Override
    public boolean verifyClient(
        final long token,
        final int clientId,
        final DirectBuffer bodyBuffer,
        final int offset,
        final int length,
        final DirectBuffer signatureBuffer,
        final int signatureOffset)
    {
        verifyToken = token;
        return true;
    }

    @Override
    public boolean readBatch(
        final int peerId, final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        return true;
    }

    @Override
    public boolean readHistory(final int peerId, final long firstSequence, final int count)
    {
        return true;
    }

    @Override
    public MutableDirectBuffer claimSnapshot()
    {
        return snapshot;
    }

    @Override
    public void takeSnapshot(final long sequence, final int length)
    {
        snapshotSequence = sequence;
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
    public void retainSnapshots(final long sequence)
    {
        snapshotsKeptFrom = sequence;
    }

    @Override
    public void retainRecords(final long recordNumber)
    {
        recordsKeptFrom = recordNumber;
    }

    @Override
    public void halt(final HaltReason reason, final long sequence)
    {
        throw new IllegalStateException(reason + " at " + sequence);
    }
}
