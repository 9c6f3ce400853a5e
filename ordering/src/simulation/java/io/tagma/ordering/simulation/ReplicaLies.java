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
import io.tagma.codecs.peer.BatchDecoder;
import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.CheckpointDecoder;
import io.tagma.codecs.peer.ChunkDecoder;
import io.tagma.codecs.peer.CommittedDecoder;
import io.tagma.codecs.peer.ComplaintsDecoder;
import io.tagma.codecs.peer.HeldDecoder;
import io.tagma.codecs.peer.OriginDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.StatementPartDecoder;
import io.tagma.codecs.peer.StatusDecoder;
import io.tagma.codecs.peer.VotesDecoder;
import io.tagma.ordering.authentication.PartyKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a Byzantine replica makes of the frames of its honest core, by the seed. It holds the replica's keys and nobody
 * else's.
 */
final class ReplicaLies
{
    private static final int REMEMBERED_MAX = 256;
    private static final int BLOCK = FrameLayout.HEADER_LENGTH;
    private static final int SENDER_OFFSET = BLOCK + 12;
    private static final int SEQUENCE_OFFSET = BLOCK + PrePrepareDecoder.sequenceEncodingOffset();
    private static final int TIMESTAMP_OFFSET = BLOCK + PrePrepareDecoder.timestampNsEncodingOffset();
    private static final int VOTE_LENGTH = Long.BYTES + FrameLayout.DIGEST_LENGTH;
    private static final int GROUP_HEADER_LENGTH = 4;

    private final int replica;
    private final Simulation simulation;
    private final SimulationConfiguration.Adversary adversary;
    private final SimulationRandom random;
    private final List<Frame> remembered = new ArrayList<>();
    /** The digests that this replica proposed to each receiver, by sequence, where they are not its core's. */
    private final List<Map<Long, DigestValue>> told = new ArrayList<>();
    /** Whether all receivers are told the same lies as primary, so that they may agree on them. */
    private final boolean isOfOneStory;
    private final SimulationRandom story;
    /** By receiver: the batch that it was sent before this one. */
    private final Frame[] before;
    /** The kind of lie that one story is mostly made of. */
    private final int favourite;
    private final StatementLies statements;
    private SimulationRandom drawer;
    /** Replicas that a silent one never speaks to, as a bit set. */
    private final long shunned;

    ReplicaLies(final int replica, final Simulation simulation)
    {
        this.replica = replica;
        this.simulation = simulation;
        adversary = simulation.configuration().adversary;
        random = simulation.random().stream("replica lies", replica);
        isOfOneStory = random.coin();
        story = random.stream("story");
        drawer = random;
        favourite = random.below(4);
        statements = new StatementLies(replica, simulation, random.stream("statements"));
        shunned = random.coin() ? -1L : random.nextLong();
        before = new Frame[simulation.configuration().replicaCount];
        for (int i = 0; i < simulation.configuration().replicaCount; i++)
        {
            told.add(new HashMap<>());
        }
    }

    /** A frame of the honest core for another replica; what leaves in its stead, if anything, is sent from here. */
    void send(final Frame honest)
    {
        final boolean isPrePrepare = PrePrepareDecoder.TEMPLATE_ID == honest.buffer.getShort(2, LITTLE_ENDIAN);
        drawer = isPrePrepare && isOfOneStory ?
            story.stream("sequence", honest.buffer.getLong(SEQUENCE_OFFSET, LITTLE_ENDIAN)) : random;
        if (!drawer.chance(simulation.configuration().adversaryPpm))
        {
            simulation.sendOnNetwork(honest);
            return;
        }
        switch (adversary)
        {
            case SILENT -> keepBack(honest);
            case GARBLING -> garble(honest);
            case LYING -> lie(honest);
            default -> simulation.sendOnNetwork(honest);
        }
        if (remembered.size() < REMEMBERED_MAX)
        {
            remembered.add(honest);
        }
    }

    private void keepBack(final Frame honest)
    {
        if (0 == (shunned >>> honest.to & 1))
        {
            simulation.sendOnNetwork(honest);
        }
        else
        {
            simulation.faults().add(Fault.SILENCE);
        }
    }

    private void garble(final Frame honest)
    {
        switch (random.below(4))
        {
            case 0 ->
            {
                simulation.faults().add(Fault.GARBLE);
                simulation.sendOnNetwork(honest.withFlippedBit(random.below(honest.length() * 8)));
            }
            case 1 ->
            {
                simulation.faults().add(Fault.REPLAY);
                simulation.sendOnNetwork(honest);
                simulation.sendOnNetwork(
                    remembered.isEmpty() ? honest : remembered.get(random.below(remembered.size())));
            }
            case 2 ->
            {
                simulation.faults().add(Fault.IMPERSONATION);
                final Frame frame = copy(honest);
                frame.buffer.putInt(
                    SENDER_OFFSET, random.below(simulation.configuration().replicaCount + 2), LITTLE_ENDIAN);
                sendTagged(frame);
            }
            default ->
            {
                simulation.faults().add(Fault.IMPERSONATION);
                final Frame frame = copy(honest);
                frame.buffer.putInt(
                    random.coin() ? BLOCK : BLOCK + OriginDecoder.epochEncodingOffset(), random.below(3),
                    LITTLE_ENDIAN);
                sendTagged(frame);
            }
        }
    }

    private void lie(final Frame honest)
    {
        simulation.faults().add(Fault.LYING);
        Frame frame = copy(honest);
        switch (frame.buffer.getShort(2, LITTLE_ENDIAN))
        {
            case PrePrepareDecoder.TEMPLATE_ID -> frame = lieInPrePrepare(frame);
            case VotesDecoder.TEMPLATE_ID -> lieInVotes(frame);
            case CheckpointDecoder.TEMPLATE_ID -> lieInCheckpoint(frame);
            case CertificateDecoder.TEMPLATE_ID -> flipIn(frame, BLOCK + 16, frame.length() - 17);
            case StatusDecoder.TEMPLATE_ID -> lieInStatus(frame);
            case HeldDecoder.TEMPLATE_ID -> lieInHeld(frame);
            case CommittedDecoder.TEMPLATE_ID -> flipIn(frame, BLOCK + 28, frame.length() - 17);
            case ChunkDecoder.TEMPLATE_ID -> flipIn(frame, BLOCK + 16, frame.length() - 17);
            case BatchDecoder.TEMPLATE_ID -> flipIn(frame, BLOCK + 16, frame.length() - 17);
            case ComplaintsDecoder.TEMPLATE_ID -> statements.lieInComplaints(frame);
            case StatementPartDecoder.TEMPLATE_ID ->
            {
                final Frame lie = random.chance(100_000) ? null : statements.lieInStatement(honest);
                if (null == lie)
                {
                    flipIn(frame, BLOCK + 16, frame.length() - 17);
                }
                frame = null == lie ? frame : lie;
            }
            default ->
            {
                // A Fetch or Relay that never comes.
                return;
            }
        }
        sendTagged(frame);
        if (drawer.coin())
        {
            simulation.sendOnNetwork(honest);
        }
    }

    /**
     * Another batch for this receiver, its digest right (A01); the batch before it once more (A06); a request that its
     * client did not make (A08); or the right digest over another batch (A03).
     */
    private Frame lieInPrePrepare(final Frame honest)
    {
        final long sequence = honest.buffer.getLong(SEQUENCE_OFFSET, LITTLE_ENDIAN);
        final long timestampNs = honest.buffer.getLong(TIMESTAMP_OFFSET, LITTLE_ENDIAN);
        final int kind = isOfOneStory && drawer.chance(800_000) ? favourite : drawer.below(4);
        final Frame repeated = before[honest.to];
        before[honest.to] = copy(honest);
        final Frame frame = 0 == kind && null != repeated ? repeated : honest;
        final UnsafeBuffer buffer = frame.buffer;
        final int bodiesHeader = BLOCK + PrePrepareDecoder.BLOCK_LENGTH;
        final int bodiesLength = buffer.getInt(bodiesHeader, LITTLE_ENDIAN);
        buffer.putLong(SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        buffer.putLong(
            TIMESTAMP_OFFSET, timestampNs + (kind < 2 ? drawer.between(-1_000, 1_000) : 0), LITTLE_ENDIAN);
        if (kind >= 2 && bodiesLength > 0)
        {
            // The end of the last payload: the form stays right.
            final int last = bodiesHeader + Integer.BYTES + bodiesLength - 1;
            buffer.putByte(last, (byte)(buffer.getByte(last) ^ 1 << drawer.below(8)));
        }
        if (kind < 3)
        {
            final DigestValue digest = BatchContent.of(
                sequence, buffer.getLong(TIMESTAMP_OFFSET, LITTLE_ENDIAN), buffer, bodiesHeader + Integer.BYTES,
                bodiesLength).digest(SimulationKeys.CLUSTER_ID, SimulationKeys.EPOCH);
            digest.put(buffer, BLOCK + PrePrepareDecoder.digestEncodingOffset());
            told.get(frame.to).put(sequence, digest);
        }
        return frame;
    }

    /** To each receiver the votes for what it was told, or for anything at all. */
    private void lieInVotes(final Frame frame)
    {
        final UnsafeBuffer buffer = frame.buffer;
        int at = BLOCK + VotesDecoder.BLOCK_LENGTH;
        for (int group = 0; group < 2; group++)
        {
            final int count = buffer.getShort(at + 2, LITTLE_ENDIAN);
            at += GROUP_HEADER_LENGTH;
            for (int i = 0; i < count; i++)
            {
                lieInVote(frame, at);
                at += VOTE_LENGTH;
            }
        }
        if (random.chance(50_000))
        {
            buffer.putLong(BLOCK + VotesDecoder.viewEncodingOffset(), random.below(3), LITTLE_ENDIAN);
        }
    }

    private void lieInVote(final Frame frame, final int at)
    {
        final long sequence = frame.buffer.getLong(at, LITTLE_ENDIAN);
        final DigestValue suitable = told.get(frame.to).get(sequence);
        if (null != suitable && random.chance(800_000))
        {
            suitable.put(frame.buffer, at + Long.BYTES);
            return;
        }
        switch (random.below(4))
        {
            case 0 -> frame.buffer.putLong(at, Math.max(1, sequence + random.between(-4, 40)), LITTLE_ENDIAN);
            case 1 -> new DigestValue(random.nextLong(), 0, 0, random.nextLong()).put(frame.buffer, at + Long.BYTES);
            case 2 ->
            {
                if (sequence > 1 && sequence - 1 <= simulation.oracle().historyLength())
                {
                    simulation.oracle().agreed(sequence - 1).put(frame.buffer, at + Long.BYTES);
                }
            }
            default ->
            {
                // This one stays true.
            }
        }
    }

    /** A wrong tree head under a right signature (G01), or a wrong signature. */
    private void lieInCheckpoint(final Frame frame)
    {
        final int content = JournalWitness.CONTENT_OFFSET;
        flipIn(frame, content + Long.BYTES, content + JournalWitness.CONTENT_LENGTH - 1);
        if (random.coin())
        {
            final byte[] message = JournalWitness.signedBytes(
                frame.buffer, content, SimulationKeys.CLUSTER_ID, SimulationKeys.EPOCH);
            simulation.keys().sign(
                PartyKind.REPLICA, replica, new UnsafeBuffer(message), 0, message.length, frame.buffer,
                BLOCK + CheckpointDecoder.signatureEncodingOffset());
        }
    }

    /** Names another bundle, and so vouches for those that it cannot authenticate; or holds back another batch. */
    private void lieInHeld(final Frame frame)
    {
        final int bundles = BLOCK + HeldDecoder.bundlesEncodingOffset();
        final DigestValue suitable = told.get(frame.to).get(
            frame.buffer.getLong(BLOCK + HeldDecoder.sequenceEncodingOffset(), LITTLE_ENDIAN));
        if (null != suitable && random.coin())
        {
            suitable.put(frame.buffer, BLOCK + HeldDecoder.digestEncodingOffset());
        }
        if (random.coin())
        {
            frame.buffer.setMemory(bundles, HeldDecoder.bundlesLength(), (byte)0);
            frame.buffer.putByte(bundles + HeldDecoder.bundlesLength() - 1, (byte)0x80);
        }
        else
        {
            frame.buffer.putByte(bundles, (byte)random.below(256));
        }
    }

    private void lieInStatus(final Frame frame)
    {
        if (random.chance(200_000))
        {
            flipIn(frame, BLOCK + StatusDecoder.BLOCK_LENGTH, frame.length() - FrameLayout.TAG_LENGTH - 1);
            return;
        }
        final int[] fields = {
            StatusDecoder.counterEncodingOffset(), StatusDecoder.stableSequenceEncodingOffset(),
            StatusDecoder.executedSequenceEncodingOffset(), StatusDecoder.checkpointSequenceEncodingOffset(),
            StatusDecoder.awaitedSequenceEncodingOffset(), StatusDecoder.lackingFromEncodingOffset(),
            StatusDecoder.lackingPrePreparesEncodingOffset(),
            StatusDecoder.lackingPreparesEncodingOffset(), StatusDecoder.lackingCommitsEncodingOffset() };
        final int offset = BLOCK + random.oneOf(fields);
        final long value = switch (random.below(4))
        {
            case 0 -> 0;
            case 1 -> Long.MAX_VALUE >>> random.below(2);
            case 2 -> random.nextLong() >>> 1;
            default -> random.below(64);
        };
        frame.buffer.putLong(offset, value, LITTLE_ENDIAN);
    }

    private void flipIn(final Frame frame, final int first, final int last)
    {
        if (last >= first)
        {
            final int index = (int)random.between(first, last);
            frame.buffer.putByte(index, (byte)(frame.buffer.getByte(index) ^ 1 << random.below(8)));
        }
    }

    /** A frame of replies of the honest core: a wrong position or result, under the right key (M01). */
    void sendReplies(final Frame honest, final int clientId, final long sessionId)
    {
        if (SimulationConfiguration.Adversary.LYING != adversary ||
            !random.chance(simulation.configuration().adversaryPpm))
        {
            simulation.sendOnNetwork(honest);
            return;
        }
        simulation.faults().add(Fault.LYING);
        final Frame frame = copy(honest);
        flipIn(frame, BLOCK + 40, frame.length() - FrameLayout.TAG_LENGTH - 1);
        final int length = frame.length() - FrameLayout.TAG_LENGTH;
        simulation.keys().atReplica(true, replica, clientId, sessionId).tag(
            frame.buffer, 0, length, frame.buffer, length);
        simulation.sendOnNetwork(frame);
    }

    private static Frame copy(final Frame frame)
    {
        return new Frame(frame.from, frame.to, frame.creator, frame.buffer, 0, frame.length());
    }

    private void sendTagged(final Frame frame)
    {
        final int length = frame.length() - FrameLayout.TAG_LENGTH;
        final boolean isPrePrepare = PrePrepareDecoder.TEMPLATE_ID == frame.buffer.getShort(2, LITTLE_ENDIAN);
        final int taggedLength = isPrePrepare ? BLOCK + PrePrepareDecoder.BLOCK_LENGTH : length;
        simulation.keys().betweenReplicas(true, replica, frame.to).tag(
            frame.buffer, 0, taggedLength, frame.buffer, length);
        simulation.sendOnNetwork(frame);
    }
}
