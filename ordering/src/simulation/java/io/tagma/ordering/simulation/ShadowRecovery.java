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
import io.tagma.codecs.peer.BooleanType;
import io.tagma.codecs.peer.GroupSizeEncodingEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.StatusEncoder;
import io.tagma.codecs.peer.VotesDecoder;
import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.protocol.Replica;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * INV8 the hard way, now and then: when a vote leaves, its replica's journal is recovered into another core, which is
 * asked for its votes; it must say the same one again, unless it has executed past it.
 */
final class ShadowRecovery
{
    private final Simulation simulation;
    private final int every;
    private final VotesDecoder votes = new VotesDecoder();
    private final UnsafeBuffer digest = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer status = new UnsafeBuffer(new byte[FrameLayout.HEADER_LENGTH +
        StatusEncoder.BLOCK_LENGTH + 2 * GroupSizeEncodingEncoder.ENCODED_LENGTH]);
    private long seen;
    private long questions;

    ShadowRecovery(final Simulation simulation)
    {
        this.simulation = simulation;
        every = simulation.configuration().shadowRecoveryEvery;
    }

    void onSent(final SimulatedReplica replica, final Frame frame)
    {
        if (0 == every || VotesDecoder.TEMPLATE_ID != frame.buffer.getShort(2, LITTLE_ENDIAN) || 0 != seen++ % every)
        {
            return;
        }
        simulation.result().recoveredShadow();
        votes.wrap(frame.buffer, FrameLayout.HEADER_LENGTH, VotesDecoder.BLOCK_LENGTH, VotesDecoder.SCHEMA_VERSION);
        final long view = votes.view();
        final ReferenceService service = new ReferenceService();
        final ShadowOutbound outbound = new ShadowOutbound();
        final Replica shadow = new Replica(
            simulation.configuration().parameters(replica.id(), simulation.limits()), outbound, new Sha256(),
            new ReplicaKeyRing(simulation.keys(), replica.id()), service);
        replica.replayInto(shadow);
        shadow.onReplayed(1_000_000, 0);
        shadow.onTime(simulation.nowNs(), simulation.wallClockNs(replica.id()));
        if (shadow.status().view() != view)
        {
            // Said just before its view was left; nobody may say it again.
            return;
        }
        long asked = 0;
        for (final VotesDecoder.PreparesDecoder prepare : votes.prepares())
        {
            final long sequence = prepare.sequence();
            prepare.wrapDigest(digest);
            if (sequence <= shadow.status().stableSequence())
            {
                // Said while a certificate for it was on its way to the device: nobody needs it any more.
                continue;
            }
            asked = ask(shadow, replica.id(), frame.to, sequence, asked);
            check(outbound, replica.id(), VoteType.PREPARE, view, sequence, DigestValue.at(digest, 0));
        }
        for (final VotesDecoder.CommitsDecoder commit : votes.commits())
        {
            final long sequence = commit.sequence();
            commit.wrapDigest(digest);
            if (sequence <= shadow.status().stableSequence())
            {
                continue;
            }
            asked = ask(shadow, replica.id(), frame.to, sequence, asked);
            check(outbound, replica.id(), VoteType.COMMIT, view, sequence, DigestValue.at(digest, 0));
        }
    }

    /** A STATUS of the receiver, which lacks this sequence and what comes next. */
    private long ask(
        final Replica shadow, final int replica, final int receiver, final long sequence, final long askedBefore)
    {
        if (askedBefore == sequence)
        {
            return askedBefore;
        }
        final StatusEncoder encoder = new StatusEncoder().wrapAndApplyHeader(status, 0, new MessageHeaderEncoder());
        encoder.origin()
            .clusterId(SimulationKeys.CLUSTER_ID)
            .epoch(SimulationKeys.EPOCH)
            .sender(receiver);
        encoder
            .incarnation(1_000_000)
            .counter(++questions)
            .view(shadow.status().view())
            .stableSequence(shadow.status().stableSequence())
            .executedSequence(sequence - 1)
            .checkpointSequence(0)
            .awaitedSequence(0)
            .newView(0)
            .lackingFrom(sequence)
            .lackingPrePrepares(0)
            .lackingPrepares(1)
            .lackingCommits(1)
            .active(BooleanType.T)
            .reserved1((short)0)
            .reserved2(0)
            .reserved3(0);
        encoder.heldCount(0);
        encoder.marksCount(0);
        // Answers come at a bounded rate: let enough time pass between two questions.
        shadow.onTime(
            simulation.nowNs() + questions * simulation.configuration().statusIntervalNs,
            simulation.wallClockNs(replica));
        shadow.onMessage(receiver, status, 0, status.capacity());
        return sequence;
    }

    private void check(
        final ShadowOutbound outbound,
        final int replica,
        final VoteType type,
        final long view,
        final long sequence,
        final DigestValue expected)
    {
        final DigestValue found = outbound.vote(type, view, sequence);
        if (!expected.equals(found))
        {
            simulation.verdict().violated(
                "INV8 journal before send",
                "replica " + replica + " says " + type + " of " + expected + " at " + sequence +
                ", its recovered journal says " + found);
        }
    }
}
