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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.journal.CommitMarkDecoder;
import io.tagma.codecs.journal.GroupSizeEncodingEncoder;
import io.tagma.codecs.journal.MessageHeaderEncoder;
import io.tagma.codecs.journal.RecoverEncoder;
import io.tagma.codecs.journal.StableCertificateDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Clusters that lost the ends of all their journals with the power: they stop, never fork, say so, and a RECOVER brings
 * them back. Real cores; keys and signatures of epochs are those of the tests.
 */
class RecoverRowsTest
{
    private static final int REPLICAS = 4;
    private static final int INTERVAL = 4;
    private static final int WINDOW = 2 * INTERVAL;
    private static final int INSTANTS = 120;
    /** In milliseconds: some views, each of which may take the time-out of one whose pace is not known yet. */
    private static final int SETTLING = 8_000;

    private final Random random = new Random(3);
    private CoreCluster cluster;
    private long session;
    private long number;
    /** Of each replica before the power failed: what it had committed. */
    private final List<Map<Long, String>> committedBefore = new ArrayList<>();

    private void make()
    {
        cluster = new CoreCluster(REPLICAS, INTERVAL, 2);
        session = cluster.open(1);
        number = 0;
    }

    private void work(final int cycles)
    {
        for (int cycle = 0; cycle < cycles; cycle++)
        {
            if (0 == cycle % 3)
            {
                number++;
                cluster.bundle(
                    cluster.status(0).primary(), BundleKind.REQUESTS, session, number, false, "request" + number);
            }
            cluster.run(1);
        }
    }

    private List<UnsafeBuffer> records(final int replica)
    {
        return cluster.outbounds.get(replica).records;
    }

    private static boolean is(final UnsafeBuffer record, final int templateId)
    {
        return templateId == record.getShort(2);
    }

    /** All hosts lose power: what was asked to be synced stays, of what lies behind as much as chance has it. */
    private void losePower()
    {
        committedBefore.clear();
        for (int id = 0; id < REPLICAS; id++)
        {
            cluster.crash(id);
            committedBefore.add(committed(id));
            int kept = 0;
            for (int i = 0; i < records(id).size(); i++)
            {
                kept = is(records(id).get(i), StableCertificateDecoder.TEMPLATE_ID) ? i + 1 : kept;
            }
            kept += random.nextInt(records(id).size() - kept + 1);
            records(id).subList(kept, records(id).size()).clear();
        }
        for (int id = 0; id < REPLICAS; id++)
        {
            cluster.awaited = certified(id) + WINDOW;
            cluster.start(id, 2);
        }
        cluster.awaited = 0;
    }

    private long certified(final int replica)
    {
        final UnsafeBuffer certificate = certificate(replica);
        return null == certificate ? 0 : certificate.getLong(FrameLayout.HEADER_LENGTH);
    }

    private UnsafeBuffer certificate(final int replica)
    {
        UnsafeBuffer highest = null;
        for (final UnsafeBuffer record : records(replica))
        {
            if (is(record, StableCertificateDecoder.TEMPLATE_ID) && (null == highest ||
                record.getLong(FrameLayout.HEADER_LENGTH) > highest.getLong(FrameLayout.HEADER_LENGTH)))
            {
                highest = record;
            }
        }
        return highest;
    }

    private Map<Long, String> committed(final int replica)
    {
        final Map<Long, String> committed = new TreeMap<>();
        for (final UnsafeBuffer record : records(replica))
        {
            if (is(record, CommitMarkDecoder.TEMPLATE_ID))
            {
                final byte[] digest = new byte[Digest.LENGTH];
                record.getBytes(FrameLayout.HEADER_LENGTH + CommitMarkDecoder.digestEncodingOffset(), digest);
                committed.put(
                    record.getLong(FrameLayout.HEADER_LENGTH), java.util.HexFormat.of().formatHex(digest));
            }
        }
        return committed;
    }

    /** Nobody votes, nothing is executed, nobody halts, and each says what it waits for. */
    private void assertStopped()
    {
        final long[] executed = new long[REPLICAS];
        cluster.run(50);
        for (int id = 0; id < REPLICAS; id++)
        {
            executed[id] = cluster.status(id).executedSequence();
            assertTrue(cluster.status(id).awaitedSequence() > 0, "replica " + id + " says that it is amnesiac");
        }
        cluster.request(session, number + 1, "in vain");
        cluster.run(300);
        for (int id = 0; id < REPLICAS; id++)
        {
            // What others state as committed may still be executed, so that all come to the same.
            assertTrue(cluster.status(id).executedSequence() >= executed[id]);
            assertTrue(cluster.services.get(id).delivered.stream().noneMatch("in vain"::equals));
            assertTrue(cluster.status(id).awaitedSequence() > 0);
            assertEquals(List.of(), cluster.outbounds.get(id).halts);
        }
    }

    /** @return what the next epoch begins behind. */
    private long recover(final int epoch)
    {
        UnsafeBuffer best = null;
        for (int id = 0; id < REPLICAS; id++)
        {
            final UnsafeBuffer own = certificate(id);
            if (null != own && (null == best ||
                own.getLong(FrameLayout.HEADER_LENGTH) > best.getLong(FrameLayout.HEADER_LENGTH)))
            {
                best = own;
            }
        }
        final long handOver = null == best ? 0 : best.getLong(FrameLayout.HEADER_LENGTH);
        for (int id = 0; id < REPLICAS; id++)
        {
            cluster.crash(id);
            if (null != best)
            {
                records(id).add(best);
            }
            records(id).add(recoverRecord(epoch, handOver));
        }
        return handOver;
    }

    private static UnsafeBuffer recoverRecord(final int epoch, final long sequence)
    {
        final UnsafeBuffer record = new UnsafeBuffer(new byte[FrameLayout.HEADER_LENGTH + RecoverEncoder.BLOCK_LENGTH +
            GroupSizeEncodingEncoder.ENCODED_LENGTH + RecoverEncoder.SignaturesEncoder.sbeBlockLength()]);
        new RecoverEncoder().wrapAndApplyHeader(record, 0, new MessageHeaderEncoder())
            .sequence(sequence)
            .epoch(epoch)
            .reserved(0)
            .signaturesCount(1).next().administrator(0).reserved(0);
        return record;
    }

    private void startAll(final Epochs epochs, final long incarnation)
    {
        cluster.epochs = epochs;
        cluster.awaited = epochs.handOver();
        for (int id = 0; id < REPLICAS; id++)
        {
            cluster.start(id, incarnation);
        }
        cluster.awaited = 0;
    }

    /** All order again, agree on all that there is, and have up to the hand-over what they had before. */
    private void assertOrders(final long handOver, final long openNumber)
    {
        cluster.run(SETTLING);
        for (int id = 0; id < REPLICAS; id++)
        {
            assertEquals(List.of(), cluster.outbounds.get(id).halts, "replica " + id);
            assertTrue(cluster.status(id).isVoting(), () -> cluster.replicas.stream()
                .map(replica -> replica.status() + " waits for " + replica.status().awaitedSequence() + "; ")
                .toList().toString());
        }
        session = cluster.open(openNumber);
        number = 0;
        work(60);
        cluster.run(SETTLING);
        final long executed = cluster.status(0).executedSequence();
        assertTrue(executed > handOver + WINDOW, () -> executed + " behind " + handOver);
        for (int id = 0; id < REPLICAS; id++)
        {
            assertEquals(List.of(), cluster.outbounds.get(id).halts, "replica " + id);
            assertEquals(0, cluster.status(id).awaitedSequence(), "replica " + id);
            final List<String> delivered = cluster.services.get(id).delivered;
            assertTrue(delivered.subList(delivered.size() - 20, delivered.size()).contains("request1"));
            assertEquals("request20", delivered.get(delivered.size() - 1));
            assertEquals(cluster.services.get(0).delivered, cluster.services.get(id).delivered, "replica " + id);
            assertTrue(cluster.status(id).stableSequence() > handOver, "replica " + id);
        }
        cluster.run(40);
        final Map<Long, String> history = committed(0);
        for (int id = 0; id < REPLICAS; id++)
        {
            for (final Map.Entry<Long, String> each : committed(id).entrySet())
            {
                if (history.containsKey(each.getKey()))
                {
                    assertEquals(history.get(each.getKey()), each.getValue(), "sequence " + each.getKey());
                }
            }
            for (final Map.Entry<Long, String> each : committedBefore.get(id).entrySet())
            {
                if (each.getKey() <= handOver)
                {
                    assertEquals(each.getValue(), history.get(each.getKey()), "sequence " + each.getKey());
                }
            }
        }
    }

    @Test
    @DisplayName("H03: all lose power at any instant: the cluster stops, never forks, says so, and RECOVER mends it")
    void everyInstant()
    {
        for (int instant = 0; instant < INSTANTS; instant += 3)
        {
            make();
            work(instant);
            losePower();
            assertStopped();
            final long handOver = recover(1);
            startAll(new Epochs(1, handOver), 3);
            assertOrders(handOver, 2);
        }
    }

    @Test
    @DisplayName("H03: it happens again before anything was certified in the new epoch, and once more after it was")
    void againAndAgain()
    {
        make();
        work(70);
        losePower();
        final long first = recover(1);
        startAll(new Epochs(1, first), 3);
        cluster.run(30);
        losePower();
        final long second = recover(2);
        assertTrue(second >= first);
        startAll(new Epochs(2, first, second), 4);
        assertOrders(second, 2);
        losePower();
        final long third = recover(3);
        assertTrue(third > second);
        startAll(new Epochs(3, first, second, third), 5);
        assertOrders(third, 3);
    }

    @Test
    @DisplayName("H03: the certificate of the old epoch is one for h in the new one, when views change at once")
    void viewChangeRightAfter()
    {
        make();
        work(70);
        losePower();
        final long handOver = recover(1);
        assertTrue(handOver > 0);
        startAll(new Epochs(1, handOver), 3);
        final int primary = cluster.status(0).primary();
        cluster.crash(primary);
        cluster.run(SETTLING);
        final int alive = 0 == primary ? 1 : 0;
        assertTrue(cluster.status(alive).view() > 0, "the view is left");
        assertTrue(cluster.status(alive).isActive(), "and the next one is entered");
        assertTrue(cluster.status(alive).stableSequence() > handOver, "where more is certified");
    }

    @Test
    @DisplayName("H03: who starts again goes on from a snapshot of the epoch before as from one of its own")
    void snapshotOfTheEpochBefore()
    {
        make();
        work(150);
        losePower();
        final long handOver = recover(1);
        startAll(new Epochs(1, handOver), 3);
        assertOrders(handOver, 2);
        final RecordedOutbound outbound = cluster.outbounds.get(2);
        final long old = outbound.snapshots.keySet().stream().filter(each -> each <= handOver)
            .mapToLong(Long::longValue).max().orElseThrow();
        cluster.crash(2);
        cluster.start(2, 4, old);
        cluster.run(SETTLING);
        assertEquals(cluster.treeHead(0), cluster.treeHead(2));
        assertEquals(List.of(), outbound.halts);
    }

    @Test
    @DisplayName("H03: who was not given the RECOVER, or another one, does not take part in its epoch")
    void notGiven()
    {
        make();
        work(70);
        losePower();
        for (int id = 0; id < REPLICAS; id++)
        {
            cluster.crash(id);
        }
        final long certified = certified(3);
        assertTrue(certified > INTERVAL);
        assertHalts(certified);
        records(3).add(recoverRecord(1, certified - INTERVAL));
        assertHalts(certified);
        records(3).set(records(3).size() - 1, recoverRecord(2, certified));
        assertHalts(certified);
        records(3).set(records(3).size() - 1, recoverRecord(1, certified + INTERVAL));
        assertHalts(certified + INTERVAL);
    }

    private void assertHalts(final long handOver)
    {
        cluster.epochs = new Epochs(1, handOver);
        cluster.outbounds.get(3).halts.clear();
        cluster.start(3, 3);
        assertEquals(List.of(HaltReason.JOURNAL_CONTRADICTION), cluster.outbounds.get(3).halts);
    }
}
