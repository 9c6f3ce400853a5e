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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * INV10: whenever a correct replica marks a batch prepared or committed, or a checkpoint stable, enough distinct
 * replicas really told this life of it so, all of them the same value. Counted here from delivered bytes, by nobody
 * else's books.
 */
final class QuorumSoundnessInvariant extends Invariant
{
    private record Value(VoteType type, long view, long sequence, DigestValue digest)
    {
    }

    private record Statement(long sequence, DigestValue digest)
    {
    }

    private final ClusterFacts cluster;
    /** By replica: who told it a value, as a bit set. */
    private final List<Map<Value, Long>> told = new ArrayList<>();
    private final List<Map<Statement, Long>> stated = new ArrayList<>();
    /** By replica: views in which it may see commits of a statement, as the values it was told. */
    private final List<Map<Statement, List<Long>>> commitViews = new ArrayList<>();
    /** By replica: the highest sequence that a certificate it was given covers. */
    private final long[] certifiedSequence;

    QuorumSoundnessInvariant(final Verdict verdict, final ClusterFacts cluster)
    {
        super("INV10 quorum soundness", verdict);
        this.cluster = cluster;
        certifiedSequence = new long[cluster.replicaCount];
        for (int i = 0; i < cluster.replicaCount; i++)
        {
            told.add(new HashMap<>());
            stated.add(new HashMap<>());
            commitViews.add(new HashMap<>());
        }
    }

    @Override
    void onRestarted(final int replica, final long lastRecord)
    {
        // Votes of others are not journalled: a new life must hear them again. Its own are, and what the primary
        // proposed.
        told.get(replica).replaceAll(
            (value, senders) -> senders & (1L << replica | heldFromPrimary(value)));
        told.get(replica).keySet().removeIf(
            value -> 0 == (told.get(replica).get(value) >>> replica & 1));
        stated.get(replica).clear();
    }

    @Override
    void onVoteDelivered(
        final int receiver,
        final int sender,
        final VoteType type,
        final long view,
        final long sequence,
        final DigestValue digest)
    {
        final boolean fromPrimary = sender == cluster.primary(view);
        if (VoteType.PRE_PREPARE == type && fromPrimary || VoteType.PREPARE == type && !fromPrimary)
        {
            tell(receiver, sender, new Value(VoteType.PREPARE, view, sequence, digest));
        }
        else if (VoteType.COMMIT == type)
        {
            tell(receiver, sender, new Value(VoteType.COMMIT, view, sequence, digest));
            final List<Long> views =
                commitViews.get(receiver).computeIfAbsent(new Statement(sequence, digest), key -> new ArrayList<>());
            if (!views.contains(view))
            {
                views.add(view);
            }
        }
    }

    private long heldFromPrimary(final Value value)
    {
        return VoteType.PREPARE == value.type ? 1L << cluster.primary(value.view) : 0;
    }

    private void tell(final int receiver, final int sender, final Value value)
    {
        told.get(receiver).merge(value, 1L << sender, (left, right) -> left | right);
    }

    @Override
    void onStatementDelivered(final int receiver, final int sender, final long sequence, final DigestValue digest)
    {
        stated.get(receiver).merge(new Statement(sequence, digest), 1L << sender, (left, right) -> left | right);
    }

    @Override
    void onEntryAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        final Value value = new Value(VoteType.PREPARE, view, sequence, digest);
        tell(replica, replica, value);
        check(
            0 != (told.get(replica).get(value) >>> cluster.primary(view) & 1),
            "replica {} accepted {} at view {}, sequence {}, which the primary did not propose to it",
            replica, digest, view, sequence);
    }

    /** Whether the NEW-VIEW says so is for {@link NewViewInvariant}; its signer is the view's primary. */
    @Override
    void onSelectedAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        final Value value = new Value(VoteType.PREPARE, view, sequence, digest);
        tell(replica, replica, value);
        tell(replica, cluster.primary(view), value);
    }

    @Override
    void onPreparedAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        final long senders = told.get(replica).getOrDefault(new Value(VoteType.PREPARE, view, sequence, digest), 0L);
        check(
            Long.bitCount(senders) >= cluster.quorum() && 0 != (senders >>> cluster.primary(view) & 1),
            "replica {} is prepared at view {}, sequence {} by replicas {} of a quorum of {}",
            replica, view, sequence, Long.toBinaryString(senders), cluster.quorum());
        onVoteDelivered(replica, replica, VoteType.COMMIT, view, sequence, digest);
    }

    @Override
    void onCommittedAppended(final int replica, final long record, final long sequence, final DigestValue digest)
    {
        final Statement statement = new Statement(sequence, digest);
        boolean sound = sequence <= certifiedSequence[replica] ||
            Long.bitCount(stated.get(replica).getOrDefault(statement, 0L)) >= cluster.weakQuorum();
        for (final long view : commitViews.get(replica).getOrDefault(statement, List.of()))
        {
            final long senders =
                told.get(replica).getOrDefault(new Value(VoteType.COMMIT, view, sequence, digest), 0L);
            sound |= Long.bitCount(senders) >= cluster.quorum();
        }
        check(sound, "replica {} committed {} at sequence {} without a quorum", replica, digest, sequence);
    }

    @Override
    void onCertificateAppended(
        final int replica, final long record, final long sequence, final DigestValue root, final long signers)
    {
        check(
            Long.bitCount(signers) >= cluster.quorum(),
            "replica {} took sequence {} as stable by signers {} of a quorum of {}",
            replica, sequence, Long.toBinaryString(signers), cluster.quorum());
        certifiedSequence[replica] = Math.max(certifiedSequence[replica], sequence);
    }

    @Override
    void onCertificateDelivered(final int receiver, final long sequence, final long signers)
    {
        if (Long.bitCount(signers) >= cluster.quorum())
        {
            certifiedSequence[receiver] = Math.max(certifiedSequence[receiver], sequence);
        }
    }
}
