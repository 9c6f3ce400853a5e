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
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.ViewChangeBuilder;
import io.tagma.codecs.ViewChangeCursor;
import io.tagma.codecs.journal.EntryDecoder;
import io.tagma.codecs.journal.MessageHeaderDecoder;
import io.tagma.codecs.journal.PreparedMarkDecoder;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a replica would bring along into a new view is what its journal says that it voted for, before a crash and
 * after.
 */
class ClaimsRecoveryTest
{
    private static final int INTERVAL = 8;

    private final UnsafeBuffer statement = new UnsafeBuffer(
        new byte[FrameLimits.builder().window(2 * INTERVAL).build().statementLengthMax()]);
    private final ViewChangeBuilder builder = new ViewChangeBuilder();
    private final ViewChangeCursor cursor = new ViewChangeCursor();

    @Test
    @DisplayName("H02 X12 X14 P and Qs over crashes, at every length of the log up to two windows")
    void theSameClaimsAfterARestart()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        int prepared = 0;
        int accepted = 0;
        for (int number = 1; number <= 4 * INTERVAL; number++)
        {
            // In turn, one backup hears the primary alone: it accepts, and is not prepared.
            final int deaf = 1 + number % 3;
            cluster.isLost = (sender, receiver) -> receiver == deaf && 0 != sender;
            cluster.request(session, number, "r" + number);
            cluster.run(3);
            for (int id = 0; id < 4; id++)
            {
                final String before = claimsOf(cluster, id);
                assertEquals(journalled(cluster, id), before, "replica " + id + " after request " + number);
                prepared += before.contains(" P") ? 1 : 0;
                accepted += before.contains(" Q") ? 1 : 0;
                cluster.crash(id);
                cluster.start(id, number + 1);
                assertEquals(before, claimsOf(cluster, id), "replica " + id + " after request " + number);
            }
            cluster.isLost = (sender, receiver) -> false;
            cluster.run(30);
        }
        assertTrue(cluster.status(0).stableSequence() >= 3 * INTERVAL, "checkpoints were part of it");
        assertTrue(prepared > INTERVAL, "prepared claims were part of it: " + prepared);
        assertTrue(accepted > INTERVAL, "claims that are accepted alone were part of it: " + accepted);
    }

    @Test
    @DisplayName("X12 executed batches stay claimed until a certificate passes them")
    void executionEndsNoClaim()
    {
        final CoreCluster cluster = new CoreCluster(4, INTERVAL);
        final long session = cluster.open(1);
        cluster.request(session, 1, "a");
        cluster.run(30);
        final long executed = cluster.status(2).executedSequence();
        assertTrue(executed > 1 && 0 == cluster.status(2).stableSequence());
        for (long sequence = 1; sequence <= executed; sequence++)
        {
            assertTrue(claimsOf(cluster, 2).contains(sequence + " P 0 "), claimsOf(cluster, 2));
        }
        assertNotEquals("", claimsOf(cluster, 0));
    }

    private String claimsOf(final CoreCluster cluster, final int id)
    {
        builder.begin(statement, 0, 1, 0, id, 1, cluster.status(id).stableSequence());
        cluster.replicas.get(id).claims().putInto(builder);
        builder.end(null, 0, 0);
        final StringBuilder text = new StringBuilder();
        cursor.wrap(statement, 0);
        while (cursor.next())
        {
            text.append(cursor.sequence());
            if (cursor.isPrepared())
            {
                text.append(" P ").append(cursor.preparedView()).append(' ')
                    .append(statement.getLong(cursor.preparedOffset()));
            }
            for (int i = 0; i < cursor.acceptedCount(); i++)
            {
                text.append(" Q ").append(cursor.acceptedView(i)).append(' ')
                    .append(statement.getLong(cursor.acceptedOffset(i)));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** The same from the records alone; view 0 is the only one yet, so a sequence has one line. */
    private static String journalled(final CoreCluster cluster, final int id)
    {
        final Map<Long, String> lines = new TreeMap<>();
        for (final UnsafeBuffer record : cluster.outbounds.get(id).records)
        {
            final int template = new MessageHeaderDecoder().wrap(record, 0).templateId();
            if (EntryDecoder.TEMPLATE_ID == template)
            {
                final EntryDecoder entry = new EntryDecoder();
                entry.wrap(record, FrameLayout.HEADER_LENGTH, EntryDecoder.BLOCK_LENGTH, 1);
                lines.put(entry.sequence(), " Q " + entry.view() + " " + record.getLong(
                    FrameLayout.HEADER_LENGTH + EntryDecoder.digestEncodingOffset()) + "\n");
            }
            else if (PreparedMarkDecoder.TEMPLATE_ID == template)
            {
                final PreparedMarkDecoder mark = new PreparedMarkDecoder();
                mark.wrap(record, FrameLayout.HEADER_LENGTH, PreparedMarkDecoder.BLOCK_LENGTH, 1);
                lines.put(mark.sequence(), " P " + mark.view() + " " + record.getLong(
                    FrameLayout.HEADER_LENGTH + PreparedMarkDecoder.digestEncodingOffset()) + "\n");
            }
        }
        final StringBuilder text = new StringBuilder();
        lines.forEach((sequence, line) ->
            text.append(sequence > cluster.status(id).stableSequence() ? sequence + line : ""));
        return text.toString();
    }
}
