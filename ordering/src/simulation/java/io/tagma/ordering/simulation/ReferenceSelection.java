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

import io.tagma.codecs.FrameLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a set of VIEW-CHANGEs lets a view begin with, straight from the definition and without a thought to speed; it
 * shares nothing with what it is compared with.
 */
final class ReferenceSelection
{
    private final ClusterFacts cluster;

    ReferenceSelection(final ClusterFacts cluster)
    {
        this.cluster = cluster;
    }

    long start(final Collection<StatementContent.ViewChange> set)
    {
        return set.stream().mapToLong(StatementContent.ViewChange::stable).max().orElse(0);
    }

    /**
     * What is selected for each sequence above the start.
     *
     * @return it, or null if the set does not decide.
     */
    List<DigestValue> selected(final Collection<StatementContent.ViewChange> set)
    {
        if (set.size() < cluster.quorum())
        {
            return null;
        }
        final long start = start(set);
        long end = start;
        for (final StatementContent.ViewChange member : set)
        {
            for (final long sequence : member.prepared().keySet())
            {
                end = Math.max(end, sequence);
            }
        }
        final List<DigestValue> selected = new ArrayList<>();
        for (long sequence = start + 1; sequence <= end; sequence++)
        {
            final DigestValue digest = selected(set, sequence);
            if (null == digest)
            {
                return null;
            }
            selected.add(digest);
        }
        return selected;
    }

    private DigestValue selected(final Collection<StatementContent.ViewChange> set, final long sequence)
    {
        final TreeSet<StatementContent.Claim> qualifying = new TreeSet<>(
            (one, other) -> one.view() != other.view() ?
                Long.compare(other.view(), one.view()) : compare(one.digest(), other.digest()));
        for (final StatementContent.ViewChange member : set)
        {
            final StatementContent.Claim claim = member.prepared().get(sequence);
            if (null != claim && a1(set, sequence, claim) >= cluster.quorum() &&
                a2(set, sequence, claim) >= cluster.weakQuorum())
            {
                qualifying.add(claim);
            }
        }
        if (!qualifying.isEmpty())
        {
            return qualifying.first().digest();
        }
        final long without = set.stream().filter(member -> !member.prepared().containsKey(sequence)).count();
        return without >= cluster.quorum() ? nullDigest(sequence) : null;
    }

    private static long a1(
        final Collection<StatementContent.ViewChange> set, final long sequence, final StatementContent.Claim claim)
    {
        return set.stream().filter(
            member ->
            {
                final StatementContent.Claim other = member.prepared().get(sequence);
                return null == other || other.view() < claim.view() || other.equals(claim);
            }).count();
    }

    private static long a2(
        final Collection<StatementContent.ViewChange> set, final long sequence, final StatementContent.Claim claim)
    {
        return set.stream().filter(
            member ->
                member.accepted().getOrDefault(sequence, Map.of()).getOrDefault(claim.digest(), -1L) >= claim.view())
            .count();
    }

    private static int compare(final DigestValue one, final DigestValue other)
    {
        return java.util.Arrays.compareUnsigned(bytes(one), bytes(other));
    }

    private static byte[] bytes(final DigestValue digest)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FrameLayout.DIGEST_LENGTH]);
        digest.put(buffer, 0);
        return buffer.byteArray();
    }

    static DigestValue nullDigest(final long sequence)
    {
        return new BatchContent(sequence, 0, new byte[0]).digest(SimulationKeys.CLUSTER_ID, SimulationKeys.EPOCH);
    }
}
