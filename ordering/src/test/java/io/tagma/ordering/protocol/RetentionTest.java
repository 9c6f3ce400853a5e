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

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.journal.RestartPointDecoder;
import io.tagma.codecs.journal.StableCertificateDecoder;

import java.util.List;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * From which record on a replica says that it needs its journal, and what it does with what is left.
 */
class RetentionTest
{
    private static final int INTERVAL = 8;
    private static final int WINDOW = 2 * INTERVAL;
    private static final int REPLICA = 3;

    /** Where a journal may begin, and what it leads on from then. */
    private record Point(long firstRecordNumber, long sequence)
    {
    }

    private CoreCluster cluster;
    private RecordedOutbound outbound;
    private long session;
    private long number;

    @BeforeEach
    void make()
    {
        cluster = new CoreCluster(4, INTERVAL, 1);
        outbound = cluster.outbounds.get(REPLICA);
        session = cluster.open(1);
        number = 0;
    }

    private void work(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            number++;
            cluster.request(session, number, "request" + number);
            cluster.run(5);
        }
        cluster.run(20);
    }

    /** The point that the journal begins with, cut as far as it may be. */
    private Point point()
    {
        for (final UnsafeBuffer record : outbound.records)
        {
            final int block = FrameLayout.HEADER_LENGTH;
            if (RestartPointDecoder.TEMPLATE_ID == record.getShort(2, LITTLE_ENDIAN) &&
                outbound.retainedRecord ==
                record.getLong(block + RestartPointDecoder.firstRecordNumberEncodingOffset(), LITTLE_ENDIAN))
            {
                return new Point(
                    outbound.retainedRecord,
                    record.getLong(block + RestartPointDecoder.sequenceEncodingOffset(), LITTLE_ENDIAN));
            }
        }
        throw new AssertionError("no restart point for record " + outbound.retainedRecord);
    }

    private void startAgain(final long snapshotSequence)
    {
        final Point point = point();
        cluster.crash(REPLICA);
        outbound.firstRecord = point.firstRecordNumber();
        outbound.leadsOnFrom = point.sequence();
        cluster.start(REPLICA, 2, snapshotSequence);
    }

    @Test
    @DisplayName("a journal is cut before a certificate whose window the second newest certified snapshot lies behind")
    void cut()
    {
        work(2 * INTERVAL);
        assertEquals(0, outbound.retainedRecord);
        work(8 * INTERVAL);
        final Point point = point();
        final UnsafeBuffer first = outbound.records.get((int)point.firstRecordNumber() - 1);
        assertEquals(StableCertificateDecoder.TEMPLATE_ID, first.getShort(2, LITTLE_ENDIAN));
        final long certified = first.getLong(
            FrameLayout.HEADER_LENGTH + StableCertificateDecoder.sequenceEncodingOffset(), LITTLE_ENDIAN);
        assertEquals(certified + WINDOW, point.sequence());
        assertTrue(point.sequence() <= outbound.retainedSnapshot, () -> point + " of " + outbound.retainedSnapshot);
        assertTrue(outbound.retainedSnapshot < cluster.status(REPLICA).stableSequence());
        assertTrue(outbound.snapshots.containsKey(outbound.retainedSnapshot));
    }

    @Test
    @DisplayName("X25: nothing is cut that a snapshot must stand for which is not on the disk yet")
    void waitsForTheSnapshot()
    {
        work(9 * INTERVAL);
        outbound.keepsSnapshotsWaiting = true;
        work(7 * INTERVAL);
        final long waiting = outbound.snapshots.keySet().stream().mapToLong(Long::longValue).max().orElseThrow();
        assertTrue(cluster.status(REPLICA).stableSequence() > waiting + INTERVAL, "two later ones are certified");
        assertTrue(waiting + INTERVAL <= cluster.status(REPLICA).executedSequence(), "it is executed");
        assertEquals(waiting - INTERVAL, outbound.retainedSnapshot);
        assertTrue(point().sequence() < waiting);
        final long waited = outbound.retainedRecord;

        outbound.keepsSnapshotsWaiting = false;
        outbound.answerSnapshots();
        work(6 * INTERVAL);
        assertTrue(outbound.retainedRecord > waited);
    }

    @Test
    @DisplayName("whoever starts with a cut journal and its snapshot comes to where it was, and goes on")
    void startsFromWhatIsLeft()
    {
        work(10 * INTERVAL);
        final String head = cluster.treeHead(REPLICA);
        final long executed = cluster.status(REPLICA).executedSequence();
        startAgain(outbound.retainedSnapshot);
        assertEquals(executed, cluster.status(REPLICA).executedSequence());
        assertEquals(head, cluster.treeHead(REPLICA));
        work(6 * INTERVAL);
        assertEquals(cluster.treeHead(0), cluster.treeHead(REPLICA));
        assertTrue(outbound.halts.isEmpty());
    }

    @Test
    @DisplayName("what is cut over several starts leads on each time")
    void startsAgainAndAgain()
    {
        work(8 * INTERVAL);
        for (int i = 0; i < 6; i++)
        {
            final long before = outbound.retainedRecord;
            startAgain(outbound.retainedSnapshot);
            assertEquals(cluster.treeHead(0), cluster.treeHead(REPLICA), "start " + i);
            work(2 * INTERVAL);
            assertTrue(outbound.retainedRecord > before, "start " + i);
            assertTrue(point().sequence() <= outbound.retainedSnapshot, "start " + i);
        }
        assertTrue(outbound.halts.isEmpty());
    }

    @Test
    @DisplayName("the records by which a view was entered go, and whoever starts is in that view")
    void viewIsKept()
    {
        work(2 * INTERVAL);
        cluster.crash(0);
        cluster.run(2_000);
        assertEquals(1, cluster.status(REPLICA).view());
        final int entered = outbound.records.size();
        for (int i = 0; i < 10 * INTERVAL; i++)
        {
            number++;
            for (int id = 1; id < 4; id++)
            {
                cluster.bundle(id, BundleKind.REQUESTS, session, number, true, "request" + number);
            }
            cluster.run(5);
        }
        assertTrue(outbound.retainedRecord > entered, () -> outbound.retainedRecord + " of " + entered);
        final String head = cluster.treeHead(REPLICA);
        startAgain(outbound.retainedSnapshot);
        assertEquals(1, cluster.status(REPLICA).view());
        assertEquals(1, cluster.status(REPLICA).newView());
        assertTrue(cluster.status(REPLICA).isActive());
        assertEquals(head, cluster.treeHead(REPLICA));
    }

    @Test
    @DisplayName("whoever has no snapshot that a cut journal leads on from executes nothing of it, and does not stop")
    void noSnapshot()
    {
        work(10 * INTERVAL);
        startAgain(0);
        assertEquals(List.of(), outbound.halts);
        assertEquals(0, cluster.status(REPLICA).executedSequence());
        assertTrue(cluster.status(REPLICA).stableSequence() > 0, "what it said it knows");
    }

    @Test
    @DisplayName("nor does an older snapshot do, or what lies between would be executed for something else")
    void olderSnapshot()
    {
        work(10 * INTERVAL);
        final long older = point().sequence() - INTERVAL;
        assertTrue(outbound.snapshots.containsKey(older));
        startAgain(older);
        assertEquals(List.of(), outbound.halts);
        assertEquals(older, cluster.status(REPLICA).executedSequence());
    }
}
