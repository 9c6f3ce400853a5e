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
import io.tagma.codecs.peer.ComplaintReason;
import io.tagma.codecs.peer.ComplaintsDecoder;
import io.tagma.codecs.peer.MessageHeaderDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import java.util.EnumSet;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A primary that orders everything, and each time far later than it could, is replaced; one that cannot do better is
 * not. The clock is the test's.
 */
class SlowPrimaryTest
{
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;
    private static final long HOUR = 3_600 * SECOND;

    private final CoreCluster cluster = new CoreCluster(4, 64);
    private final long session = cluster.open(1);
    private final Set<ComplaintReason> complaints = EnumSet.noneOf(ComplaintReason.class);
    private CoreCluster.Link link = (sender, receiver, message) -> 0;
    private int asked;

    {
        cluster.link = (sender, receiver, message) ->
        {
            hear(message);
            return link.delayNs(sender, receiver, message);
        };
    }

    @Test
    @DisplayName("D04: it drives time-outs up by early proposals to one at a time, and then delays everything")
    void delaysEverything()
    {
        serve(50, 10);
        final long sinceNs = cluster.nowNs;
        link = (sender, receiver, message) ->
            0 == sender && isPrePrepare(message) && receiver != 1 + sequence(message) % 3 ?
            Math.min(150 * MS, (cluster.nowNs - sinceNs) / 20) : 0;
        for (int ms = 0; ms < 20_000 && 0 == cluster.status(1).view(); ms += 10)
        {
            serve(1, 10);
        }
        cluster.run(2_000);
        assertReplaced();
    }

    @Test
    @DisplayName("A09: one whose timestamps are all of the past, so that agreed time stands, is replaced")
    void standsInThePast()
    {
        serve(10, 10);
        cluster.clockAheadNs[0] = -10 * SECOND;
        serve(300, 10);
        cluster.run(1_000);
        assertReplaced();
        final long lagNs = cluster.epochNs - cluster.status(2).effectiveTimeNs();
        assertTrue(lagNs < SECOND, "agreed time goes on: " + lagNs);
    }

    @Test
    @DisplayName("Everybody's clock jumps an hour ahead, as after a standstill: nobody is to blame")
    void standstill()
    {
        serve(10, 10);
        cluster.epochNs += HOUR;
        cluster.run(2_000);
        serve(10, 10);
        assertKept();
    }

    @Test
    @DisplayName("I06: one backup whose clock is an hour ahead deposes nobody")
    void wrongClock()
    {
        serve(10, 10);
        cluster.clockAheadNs[2] = HOUR;
        cluster.run(2_000);
        serve(10, 10);
        assertEquals(0, cluster.status(1).view());
        assertEquals(asked, cluster.services.get(1).delivered.size());
    }

    @Test
    @DisplayName("Everything takes longer and longer for everybody: no other primary would be faster")
    void slowNetwork()
    {
        serve(50, 10);
        final long sinceNs = cluster.nowNs;
        link = (sender, receiver, message) -> Math.min(40 * MS, (cluster.nowNs - sinceNs) / 200);
        for (int ms = 0; ms < 30_000; ms += 10)
        {
            serve(1, 10);
        }
        assertKept();
    }

    @Test
    @DisplayName("Bursts with nothing in between, all of them relayed, depose nobody")
    void bursts()
    {
        for (int burst = 0; burst < 40; burst++)
        {
            for (int i = 0; i < 12; i++)
            {
                ask();
            }
            cluster.run(burst < 20 ? 200 : 20);
        }
        cluster.run(500);
        assertKept();
    }

    @Test
    @DisplayName("I07: a backup that stood still for seconds complains about nobody")
    void pausedBackup()
    {
        serve(50, 10);
        cluster.isPaused[2] = true;
        serve(50, 100);
        cluster.isPaused[2] = false;
        serve(50, 100);
        cluster.run(500);
        assertKept();
    }

    /** Requests one by one, as fast as they are executed but for a pause; all of them are relayed. */
    private void serve(final int times, final int pauseMs)
    {
        for (int i = 0; i < times; i++)
        {
            if (cluster.services.get(1).delivered.size() == asked)
            {
                ask();
            }
            cluster.run(pauseMs);
        }
    }

    private void ask()
    {
        asked++;
        for (int id = 1; id < 4; id++)
        {
            if (!cluster.isPaused[id])
            {
                cluster.bundle(id, BundleKind.REQUESTS, session, asked, true, "r" + asked);
            }
        }
    }

    private void assertReplaced()
    {
        assertEquals(EnumSet.of(ComplaintReason.PRIMARY_SLOW), complaints);
        for (int id = 0; id < 4; id++)
        {
            assertEquals(1, cluster.status(id).view(), cluster.status(id).toString());
            assertEquals(asked, cluster.services.get(id).delivered.size(), cluster.status(id).toString());
        }
    }

    private void assertKept()
    {
        assertEquals(EnumSet.noneOf(ComplaintReason.class), complaints);
        for (int id = 0; id < 4; id++)
        {
            assertEquals(0, cluster.status(id).view(), cluster.status(id).toString());
            assertTrue(cluster.services.get(id).delivered.size() >= asked - 1, cluster.status(id).toString());
        }
    }

    private void hear(final UnsafeBuffer message)
    {
        if (ComplaintsDecoder.TEMPLATE_ID == message.getShort(2))
        {
            final ComplaintsDecoder decoder = new ComplaintsDecoder()
                .wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
            for (final ComplaintsDecoder.EntriesDecoder entry : decoder.entries())
            {
                complaints.add(entry.content().reason());
            }
        }
    }

    private static boolean isPrePrepare(final UnsafeBuffer message)
    {
        return PrePrepareDecoder.TEMPLATE_ID == message.getShort(2);
    }

    private static long sequence(final UnsafeBuffer proposal)
    {
        return proposal.getLong(FrameLayout.HEADER_LENGTH + PrePrepareDecoder.sequenceEncodingOffset());
    }
}
