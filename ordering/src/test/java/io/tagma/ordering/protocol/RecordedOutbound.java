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
import io.tagma.codecs.peer.GroupSizeEncodingEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.VotesDecoder;
import io.tagma.codecs.peer.VotesEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What one replica asked of the world, recorded, for tests: records at once on the device, signatures made of the id.
 */
final class RecordedOutbound implements Outbound
{
    static final int TO_ALL = -1;

    /** A message, and for whom. */
    record Sent(int receiver, UnsafeBuffer message)
    {
    }

    /** A reply to a client. */
    record Replied(int clientId, long sessionId, long number, long position, short outcome, byte[] result)
    {
    }

    /** Chunks, and for whom. */
    record ChunkRead(int peerId, long sequence, int firstChunk, long wanted)
    {
    }

    /** Agreed state, and what names it. */
    record Snapshot(UnsafeBuffer digest, byte[] bytes)
    {
    }

    final List<UnsafeBuffer> records = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    final List<Replied> replies = new ArrayList<>();
    final List<Runnable> answers = new ArrayList<>();
    final List<HaltReason> halts = new ArrayList<>();
    /** Those that were made, by sequence. */
    final Map<Long, Snapshot> snapshots = new TreeMap<>();
    /** Whether the side agent takes its time, until {@link #answerSnapshots}. */
    boolean keepsSnapshotsWaiting;
    /** The oldest that is needed. */
    long retainedSnapshot;
    long retainedRecord;
    /** The first that the next start finds, and what a journal that begins with it leads on from. */
    long firstRecord = 1;
    long leadsOnFrom;
    /** A bit that is wrong in the digest of each. */
    int snapshotFlip;
    boolean syncs = true;
    boolean signs = true;
    /** Chunks that were to be read for others. */
    final List<ChunkRead> chunkReads = new ArrayList<>();
    /** Snapshots whose gathering began, and those that were to be put together. */
    final List<Long> gathered = new ArrayList<>();
    final List<Long> loaded = new ArrayList<>();
    /** Chunk messages that were to be kept. */
    final List<UnsafeBuffer> keptChunks = new ArrayList<>();
    boolean keepsChunks = true;
    private final ExpandableArrayBuffer snapshot = new ExpandableArrayBuffer();
    SnapshotDigest snapshotDigest = CoreCluster.digests(new Epochs(0));
    private final List<Runnable> waitingSnapshots = new ArrayList<>();
    private final int replicaId;
    private Replica replica;
    private UnsafeBuffer claimed;

    RecordedOutbound(final int replicaId)
    {
        this.replicaId = replicaId;
    }

    void replica(final Replica newReplica)
    {
        replica = newReplica;
    }

    @Override
    public MutableDirectBuffer claimRecord(final int length)
    {
        claimed = new UnsafeBuffer(new byte[length]);
        return claimed;
    }

    @Override
    public long commitRecord()
    {
        records.add(claimed);
        return records.size();
    }

    @Override
    public void requestSync()
    {
        final long recordNumber = records.size();
        answers.add(() ->
        {
            if (syncs)
            {
                replica.onDurable(recordNumber);
            }
        });
    }

    @Override
    public void prepare(final long view, final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        vote(view, sequence, digest, digestOffset, true);
    }

    @Override
    public void commit(final long view, final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        vote(view, sequence, digest, digestOffset, false);
    }

    private void vote(
        final long view, final long sequence, final DirectBuffer digest, final int offset, final boolean isPrepare)
    {
        final UnsafeBuffer message = votes(replicaId, view, sequence, digest, offset, isPrepare);
        sent.add(new Sent(TO_ALL, message));
        answers.add(() -> replica.onMessage(replicaId, message, 0, message.capacity()));
    }

    static UnsafeBuffer votes(
        final int senderId,
        final long view,
        final long sequence,
        final DirectBuffer digest,
        final int offset,
        final boolean isPrepare)
    {
        final VotesEncoder votes = new VotesEncoder();
        final UnsafeBuffer message = new UnsafeBuffer(new byte[
            FrameLayout.HEADER_LENGTH + VotesEncoder.BLOCK_LENGTH + 2 * GroupSizeEncodingEncoder.ENCODED_LENGTH + 40]);
        votes.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        votes.origin().clusterId(1).epoch(0).sender(senderId);
        votes.view(view);
        final VotesEncoder.PreparesEncoder prepares = votes.preparesCount(isPrepare ? 1 : 0);
        if (isPrepare)
        {
            prepares.next().sequence(sequence).putDigest(digest, offset, Digest.LENGTH);
        }
        final VotesEncoder.CommitsEncoder commits = votes.commitsCount(isPrepare ? 0 : 1);
        if (!isPrepare)
        {
            commits.next().sequence(sequence).putDigest(digest, offset, Digest.LENGTH);
        }
        return message;
    }

    @Override
    public void forgetVotes()
    {
        sent.removeIf(message -> VotesDecoder.TEMPLATE_ID == message.message().getShort(2) ||
            PrePrepareDecoder.TEMPLATE_ID == message.message().getShort(2));
    }

    @Override
    public MutableDirectBuffer claimMessage(final int length)
    {
        claimed = new UnsafeBuffer(new byte[length]);
        return claimed;
    }

    @Override
    public void broadcast()
    {
        sent.add(new Sent(TO_ALL, claimed));
    }

    @Override
    public void sendTo(final int receiverId)
    {
        sent.add(new Sent(receiverId, claimed));
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
        final byte[] bytes = new byte[length];
        result.getBytes(offset, bytes);
        replies.add(new Replied(clientId, sessionId, number, position, outcome, bytes));
    }

    @Override
    public void sessionOpened(
        final long sessionId,
        final int clientId,
        final DirectBuffer channel,
        final int channelOffset,
        final int channelLength)
    {
    }

    @Override
    public void sessionForgotten(final long sessionId)
    {
    }

    @Override
    public boolean sign(final long token, final DirectBuffer buffer, final int offset, final int length)
    {
        final UnsafeBuffer signature = new UnsafeBuffer(new byte[FrameLayout.SIGNATURE_LENGTH]);
        signature.putLong(0, CoreCluster.signedBy(replicaId, buffer, offset));
        if (signs)
        {
            answers.add(() -> replica.onSigned(token, signature, 0));
        }
        return signs;
    }

    @Override
    public boolean verifyReplica(
        final long token,
        final int signerId,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final DirectBuffer signature,
        final int signatureOffset)
    {
        final boolean isValid = signature.getLong(signatureOffset) == CoreCluster.signedBy(signerId, buffer, offset);
        answers.add(() -> replica.onVerified(token, isValid));
        return true;
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
        final boolean isValid = clientId == signature.getInt(signatureOffset);
        answers.add(() -> replica.onVerified(token, isValid));
        return true;
    }

    @Override
    public boolean readBatch(
        final int peerId, final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        final UnsafeBuffer batch = RecordedHistory.batch(records, sequence, digest, digestOffset);
        if (null != batch)
        {
            answers.add(() -> replica.onBatchRead(peerId, batch, 0, batch.capacity()));
        }
        return true;
    }

    @Override
    public boolean readHistory(final int peerId, final long firstSequence, final int count)
    {
        final UnsafeBuffer digests = RecordedHistory.digests(records, firstSequence, count);
        final UnsafeBuffer certificate = RecordedHistory.certificate(records, firstSequence);
        answers.add(() -> replica.onHistoryRead(
            peerId, firstSequence, digests.capacity() / Digest.LENGTH, digests, 0, certificate, 0,
            certificate.capacity()));
        return true;
    }

    @Override
    public MutableDirectBuffer claimSnapshot()
    {
        return waitingSnapshots.isEmpty() ? snapshot : null;
    }

    @Override
    public void takeSnapshot(final long sequence, final int length)
    {
        final byte[] bytes = new byte[length];
        snapshot.getBytes(0, bytes);
        final UnsafeBuffer digest = new UnsafeBuffer(new byte[Digest.LENGTH]);
        snapshotDigest.compute(sequence, snapshot, 0, length, digest, 0);
        digest.putByte(0, (byte)(digest.getByte(0) ^ snapshotFlip));
        snapshots.put(sequence, new Snapshot(digest, bytes));
        (keepsSnapshotsWaiting ? waitingSnapshots : answers).add(
            () -> replica.snapshots().onTaken(sequence, digest, 0));
    }

    void answerSnapshots()
    {
        final List<Runnable> waiting = List.copyOf(waitingSnapshots);
        waitingSnapshots.clear();
        waiting.forEach(Runnable::run);
    }

    @Override
    public boolean readChunks(final int peerId, final long sequence, final int firstChunk, final long wanted)
    {
        chunkReads.add(new ChunkRead(peerId, sequence, firstChunk, wanted));
        return true;
    }

    @Override
    public boolean gatherSnapshot(final long sequence, final DirectBuffer digest, final int offset)
    {
        gathered.add(sequence);
        return true;
    }

    @Override
    public boolean keepChunk(final DirectBuffer chunk, final int offset, final int length)
    {
        if (keepsChunks)
        {
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
            copy.putBytes(0, chunk, offset, length);
            keptChunks.add(copy);
        }
        return keepsChunks;
    }

    @Override
    public boolean loadGathered(final long sequence)
    {
        loaded.add(sequence);
        return true;
    }

    @Override
    public void retainSnapshots(final long sequence)
    {
        retainedSnapshot = sequence;
    }

    @Override
    public void retainRecords(final long recordNumber)
    {
        retainedRecord = recordNumber;
    }

    @Override
    public void halt(final HaltReason reason, final long sequence)
    {
        halts.add(reason);
    }

    List<UnsafeBuffer> keptRecords()
    {
        return List.copyOf(records.subList((int)firstRecord - 1, records.size()));
    }

    List<Sent> takeSent()
    {
        final List<Sent> taken = new ArrayList<>(sent);
        sent.clear();
        return taken;
    }

    /** Lets the side agent, the device and the loopback answer until they have nothing more to say. */
    void answerAll()
    {
        while (!answers.isEmpty())
        {
            answers.remove(0).run();
        }
    }
}
