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

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.journal.StableCertificateDecoder;
import io.tagma.codecs.peer.CheckpointContentDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Snapshots of the agreed state: when they are taken, what CHECKPOINTs say of them, and that whoever goes on from one
 * does what everybody does who executed everything.
 */
class SnapshotsTest
{
    private static final int INTERVAL = 8;

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3 })
    @DisplayName("A certificate names the last snapshot but one, its own sequence counted; genesis before there is one")
    void named(final int every)
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL, every);
        final long session = cluster.open(1);
        work(cluster, session, 1, 10 * INTERVAL);

        final List<Long> taken = new ArrayList<>(cluster.outbounds.get(1).snapshots.keySet());
        assertEquals((long)every * INTERVAL, taken.get(0));
        int certificates = 0;
        for (final CheckpointContentDecoder content : certified(cluster, 1))
        {
            certificates++;
            final int snapshots = (int)(content.sequence() / INTERVAL) / every;
            final long expected = snapshots < 2 ? 0 : taken.get(snapshots - 2);
            assertEquals(expected, content.snapshotSequence(), "at " + content.sequence());
            final byte[] digest = new byte[Digest.LENGTH];
            for (int i = 0; i < digest.length; i++)
            {
                digest[i] = (byte)content.snapshotDigest(i);
            }
            assertArrayEquals(
                0 == expected ? new byte[Digest.LENGTH] :
                cluster.outbounds.get(0).snapshots.get(expected).digest().byteArray(), digest);
        }
        assertTrue(certificates > 8, "certificates " + certificates);
    }

    @Test
    @DisplayName("Who lacks the snapshot that a CHECKPOINT names signs none, and does when it is made")
    void lacking()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL, 1);
        final long session = cluster.open(1);
        cluster.outbounds.get(2).keepsSnapshotsWaiting = true;
        cluster.outbounds.get(3).keepsSnapshotsWaiting = true;
        work(cluster, session, 1, 3 * INTERVAL);

        // The one at 8 names genesis. That at 16 names 8, which half of the cluster lacks.
        assertEquals(INTERVAL, cluster.status(0).stableSequence(), cluster.status(0).toString());
        assertEquals(2 * INTERVAL, cluster.status(3).executedSequence(), "waits for the snapshot before");

        cluster.outbounds.get(2).keepsSnapshotsWaiting = false;
        cluster.outbounds.get(2).answerSnapshots();
        cluster.run(50);
        assertTrue(cluster.status(0).stableSequence() >= 2 * INTERVAL, cluster.status(0).toString());
        assertEquals(
            cluster.outbounds.get(0).snapshots.get(16L).digest(), cluster.outbounds.get(2).snapshots.get(16L).digest());
    }

    @Test
    @DisplayName("G02 INV5: whose snapshot is not the certified one stops")
    void diverged()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL, 1);
        final long session = cluster.open(1);
        cluster.outbounds.get(3).snapshotFlip = 1;
        work(cluster, session, 1, 4 * INTERVAL);

        assertEquals(List.of(HaltReason.STATE_DIVERGENCE), cluster.outbounds.get(3).halts);
        assertTrue(cluster.outbounds.get(0).halts.isEmpty());
        assertTrue(cluster.status(0).stableSequence() >= 3 * INTERVAL);
    }

    @Test
    @DisplayName("G02: whose snapshot is made after its certificate came, and is another, stops too")
    void divergedLate()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL, 1);
        final long session = cluster.open(1);
        cluster.outbounds.get(3).snapshotFlip = 1;
        cluster.outbounds.get(3).keepsSnapshotsWaiting = true;
        work(cluster, session, 1, 2 * INTERVAL + 4);
        assertTrue(cluster.outbounds.get(3).halts.isEmpty());
        assertEquals(2 * INTERVAL, cluster.status(3).stableSequence(), cluster.status(3).toString());

        cluster.outbounds.get(3).answerSnapshots();
        assertEquals(List.of(HaltReason.STATE_DIVERGENCE), cluster.outbounds.get(3).halts);
    }

    @Test
    @DisplayName("G10 H16: who goes on from any snapshot says and holds what one says that executed everything")
    void restored()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL, 1);
        final long first = cluster.open(1);
        work(cluster, first, 1, 2 * INTERVAL);
        cluster.bundle(0, BundleKind.CLOSE, first, 2 * INTERVAL + 1, false, "");
        final long second = cluster.open(2);
        work(cluster, second, 1, 7 * INTERVAL);

        final String head = cluster.treeHead(3);
        final List<String> delivered = List.copyOf(cluster.services.get(3).delivered);
        final Map<Long, RecordedOutbound.Snapshot> snapshots = new TreeMap<>(cluster.outbounds.get(3).snapshots);
        final long executed = cluster.status(3).executedSequence();
        final long position = cluster.status(3).nextPosition();
        final long timeNs = cluster.status(3).effectiveTimeNs();
        assertTrue(snapshots.size() > 6);
        assertTrue(delivered.stream().anyMatch(line -> line.contains(" at ")), "timers expired");
        for (final long from : snapshots.keySet())
        {
            cluster.crash(3);
            cluster.outbounds.get(3).replies.clear();
            cluster.outbounds.get(3).snapshots.keySet().removeIf(sequence -> sequence > from);
            cluster.start(3, from, from);

            assertEquals(head, cluster.treeHead(3), "from " + from);
            assertEquals(delivered, cluster.services.get(3).delivered);
            assertEquals(executed, cluster.status(3).executedSequence());
            assertEquals(position, cluster.status(3).nextPosition());
            assertEquals(timeNs, cluster.status(3).effectiveTimeNs());
            cluster.outbounds.get(3).answerAll();
            for (final Map.Entry<Long, RecordedOutbound.Snapshot> snapshot : snapshots.entrySet())
            {
                // Byte for byte: nothing that comes after can tell the two apart.
                assertArrayEquals(
                    snapshot.getValue().bytes(), cluster.outbounds.get(3).snapshots.get(snapshot.getKey()).bytes(),
                    "snapshot of " + snapshot.getKey() + " after a start from " + from);
            }
            assertRepeats(cluster, second, 7 * INTERVAL);
        }
        work(cluster, second, 7 * INTERVAL + 1, 2 * INTERVAL);
        assertEquals(cluster.treeHead(0), cluster.treeHead(3));
        assertEquals(cluster.services.get(0).delivered, cluster.services.get(3).delivered);
        assertTrue(cluster.outbounds.get(3).halts.isEmpty());
    }

    /** From the window of the session: what was executed before is answered, not executed again. */
    private static void assertRepeats(final CoreCluster cluster, final long session, final long number)
    {
        final int delivered = cluster.services.get(3).delivered.size();
        cluster.outbounds.get(3).replies.clear();
        cluster.bundle(3, BundleKind.REQUESTS, session, number, true, payload(number));
        final List<RecordedOutbound.Replied> replies = cluster.outbounds.get(3).replies;
        assertEquals(1, replies.size());
        assertEquals(payload(number), new String(replies.get(0).result(), US_ASCII));
        assertEquals(delivered, cluster.services.get(3).delivered.size());
    }

    @Test
    @DisplayName("Agreed state of another cluster, format or length is not loaded")
    void refused()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL, 1);
        work(cluster, cluster.open(1), 1, 2 * INTERVAL);
        final RecordedOutbound.Snapshot snapshot = cluster.outbounds.get(0).snapshots.get(8L);
        final byte[] bytes = snapshot.bytes();
        for (final int offset : new int[]{ 0, 4, 8, bytes.length - 1 })
        {
            final byte[] changed = bytes.clone();
            changed[offset] ^= 0x40;
            final int length = offset == bytes.length - 1 ? bytes.length - 1 : bytes.length;
            cluster.crash(1);
            cluster.outbounds.get(1).snapshots.put(
                8L, new RecordedOutbound.Snapshot(snapshot.digest(), Arrays.copyOf(changed, length)));
            assertThrows(IllegalStateException.class, () -> cluster.start(1, 2, 8), "byte " + offset);
        }
        for (int length = 0; length < bytes.length; length++)
        {
            cluster.outbounds.get(1).snapshots.put(
                8L, new RecordedOutbound.Snapshot(snapshot.digest(), Arrays.copyOf(bytes, length)));
            assertThrows(IllegalStateException.class, () -> cluster.start(1, 2, 8));
        }
    }

    @Test
    @DisplayName("Each byte, the length and the sequence of a snapshot are in its digest, wherever chunks end")
    void digest()
    {
        final SnapshotDigest digests = new SnapshotDigest(7, 1, 64, new CoreCluster.TestHashing());
        final Set<String> seen = new HashSet<>();
        for (final int length : new int[]{ 1, 63, 64, 65, 127, 128, 129, 1000 })
        {
            final byte[] bytes = new byte[length + 1];
            assertTrue(seen.add(digest(digests, 8, bytes, length)), "length " + length);
            assertTrue(seen.add(digest(digests, 9, bytes, length)), "sequence");
            for (int i = 0; i < length; i++)
            {
                bytes[i] = 1;
                assertTrue(seen.add(digest(digests, 8, bytes, length)), "byte " + i + " of " + length);
                bytes[i] = 0;
            }
        }
        assertFalse(seen.contains(digest(
            new SnapshotDigest(7, 2, 64, new CoreCluster.TestHashing()), 8, new byte[1], 1)), "epoch");
        assertFalse(seen.contains(digest(
            new SnapshotDigest(8, 1, 64, new CoreCluster.TestHashing()), 8, new byte[1], 1)), "cluster");
    }

    private static String digest(
        final SnapshotDigest digests, final long sequence, final byte[] bytes, final int length)
    {
        final UnsafeBuffer digest = new UnsafeBuffer(new byte[Digest.LENGTH]);
        digests.compute(sequence, new UnsafeBuffer(bytes), 0, length, digest, 0);
        return HexFormat.of().formatHex(digest.byteArray());
    }

    private static void work(final CoreCluster cluster, final long session, final long firstNumber, final int count)
    {
        for (long number = firstNumber; number < firstNumber + count; number++)
        {
            cluster.request(session, number, payload(number));
            cluster.run(5);
        }
        cluster.run(20);
    }

    private static String payload(final long number)
    {
        return 0 == number % 5 ? "timer" + number : "request" + number;
    }

    private static List<CheckpointContentDecoder> certified(final CoreCluster cluster, final int replicaId)
    {
        final List<CheckpointContentDecoder> found = new ArrayList<>();
        for (final UnsafeBuffer record : cluster.outbounds.get(replicaId).records)
        {
            if (StableCertificateDecoder.TEMPLATE_ID == record.getShort(2))
            {
                final int message =
                    FrameLayout.HEADER_LENGTH + StableCertificateDecoder.BLOCK_LENGTH + Integer.BYTES;
                found.add(new CheckpointContentDecoder().wrap(record, message + CertificateStore.CONTENT_OFFSET));
            }
        }
        return found;
    }
}
