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
import java.util.TreeMap;

/**
 * INV8: when a vote leaves, the journal holds the record that would keep the replica to it after a crash: appended
 * where processes may die, on the device where hosts may lose power. Nobody starts without what was on the device.
 */
final class JournalBeforeSendInvariant extends Invariant
{
    private record Obligation(VoteType type, long view, long sequence, DigestValue digest)
    {
    }

    private final boolean powerDurability;
    /** By replica: the first record that holds the obligation. */
    private final List<Map<Obligation, Long>> held = new ArrayList<>();
    private final List<Map<Long, Long>> committed = new ArrayList<>();
    /** By replica: the record that ends a statement. */
    private final List<Map<DigestValue, Long>> statements = new ArrayList<>();
    /** By replica: the record of a snapshot that was fetched, by its sequence: its replies are known from there on. */
    private final List<TreeMap<Long, Long>> fetched = new ArrayList<>();
    private final ReferenceExecution reference;
    private final long[] durable;

    JournalBeforeSendInvariant(
        final Verdict verdict, final ClusterFacts cluster, final ReferenceExecution reference)
    {
        super("INV8 journal before send", verdict);
        this.reference = reference;
        powerDurability = cluster.powerDurability;
        durable = new long[cluster.replicaCount];
        for (int i = 0; i < cluster.replicaCount; i++)
        {
            held.add(new HashMap<>());
            committed.add(new HashMap<>());
            statements.add(new HashMap<>());
            fetched.add(new TreeMap<>());
        }
    }

    @Override
    void onEntryAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        held.get(replica).putIfAbsent(new Obligation(VoteType.PREPARE, view, sequence, digest), record);
    }

    @Override
    void onSelectedAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        held.get(replica).putIfAbsent(new Obligation(VoteType.PREPARE, view, sequence, digest), record);
    }

    @Override
    void onViewChangeAppended(
        final int replica, final long record, final DigestValue digest, final StatementContent.ViewChange viewChange)
    {
        statements.get(replica).putIfAbsent(digest, record);
    }

    @Override
    void onNewViewAppended(
        final int replica, final long record, final DigestValue digest, final StatementContent.NewView newView)
    {
        statements.get(replica).putIfAbsent(digest, record);
    }

    /** These are on the device before they are said, whatever the durability. */
    @Override
    void onStatementSent(final int replica, final boolean isViewChange, final long view, final DigestValue digest)
    {
        final Long record = statements.get(replica).get(digest);
        check(
            null != record && record <= durable[replica],
            "replica {} said a statement for view {} by record {}, durable is {}",
            replica, view, record, durable[replica]);
    }

    @Override
    void onPreparedAppended(
        final int replica, final long record, final long view, final long sequence, final DigestValue digest)
    {
        held.get(replica).putIfAbsent(new Obligation(VoteType.COMMIT, view, sequence, digest), record);
    }

    @Override
    void onCommittedAppended(final int replica, final long record, final long sequence, final DigestValue digest)
    {
        committed.get(replica).putIfAbsent(sequence, record);
    }

    @Override
    void onSnapshotFetched(final int replica, final long record, final long sequence, final boolean isCertified)
    {
        fetched.get(replica).putIfAbsent(sequence, record);
    }

    @Override
    void onDurable(final int replica, final long record)
    {
        durable[replica] = record;
    }

    @Override
    void onRestarted(final int replica, final long lastRecord)
    {
        held.get(replica).values().removeIf(record -> record > lastRecord);
        committed.get(replica).values().removeIf(record -> record > lastRecord);
        fetched.get(replica).values().removeIf(record -> record > lastRecord);
        statements.get(replica).values().removeIf(record -> record > lastRecord);
        check(
            lastRecord >= durable[replica],
            "replica {} starts with records up to {}, durable was {}", replica, lastRecord, durable[replica]);
        durable[replica] = lastRecord;
    }

    @Override
    void onVoteSent(
        final int replica, final VoteType type, final long view, final long sequence, final DigestValue digest)
    {
        final Long record = switch (type)
        {
            case PRE_PREPARE, PREPARE ->
                held.get(replica).get(new Obligation(VoteType.PREPARE, view, sequence, digest));
            case COMMIT -> held.get(replica).get(new Obligation(VoteType.COMMIT, view, sequence, digest));
            case CHECKPOINT -> committed.get(replica).get(sequence);
        };
        check(replica, record, type, sequence);
    }

    @Override
    void onCommittedStated(final int replica, final long sequence)
    {
        check(replica, committed.get(replica).get(sequence), "COMMITTED", sequence);
    }

    /** What was executed elsewhere is known from a snapshot that was fetched, if the reply is one of those in it. */
    @Override
    void onReplied(
        final int replica, final int clientId, final long session, final long number, final long sequence)
    {
        Long record = committed.get(replica).get(sequence);
        for (final Map.Entry<Long, Long> snapshot : fetched.get(replica).tailMap(sequence, true).entrySet())
        {
            if (null == record && reference.isKept(clientId, session, number, snapshot.getKey()))
            {
                record = snapshot.getValue();
            }
        }
        check(replica, record, "a reply", sequence);
    }

    private void check(final int replica, final Long record, final Object said, final long sequence)
    {
        check(null != record, "replica {} said {} at sequence {} with no record of it", replica, said, sequence);
        if (null != record && powerDurability)
        {
            check(
                record <= durable[replica],
                "replica {} said {} at sequence {} by record {}, durable is {}",
                replica, said, sequence, record, durable[replica]);
        }
    }
}
