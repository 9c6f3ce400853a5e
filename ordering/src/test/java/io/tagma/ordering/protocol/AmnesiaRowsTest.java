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

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Replicas that lost the end of their journals with the power, and know it: as many as may be faulty come back, more
 * than that stop the cluster, and nobody forks.
 */
class AmnesiaRowsTest
{
    private static final int INTERVAL = 8;
    private static final int WINDOW = 2 * INTERVAL;
    private static final int LOST = 6;

    private final CoreCluster cluster = new CoreCluster(4, INTERVAL);
    private final long session = cluster.open(1);

    @Test
    @DisplayName("H04: one of four forgot what was not synced: it waits until nothing of that counts, and votes again")
    void one()
    {
        request(1, 5);
        forget(3);
        assertTrue(cluster.status(3).awaitedSequence() > 0);
        request(6, 3);
        cluster.run(3_000);
        for (int id = 0; id < 4; id++)
        {
            assertEquals(8, cluster.services.get(id).delivered.size(), "replica " + id);
            assertEquals(0, cluster.status(id).awaitedSequence(), "replica " + id);
        }
        cluster.crash(2);
        request(9, 3);
        assertEquals(11, cluster.services.get(3).delivered.size(), "its vote counts");
    }

    @Test
    @DisplayName("H04: two of four forgot: nothing is agreed any more, and what was is the same everywhere")
    void two()
    {
        request(1, 5);
        final List<String> before = List.copyOf(cluster.services.get(0).delivered);
        forget(2);
        forget(3);
        request(6, 3);
        cluster.run(10_000);
        for (int id = 0; id < 4; id++)
        {
            assertEquals(before, cluster.services.get(id).delivered, "replica " + id);
            assertEquals(List.of(), cluster.outbounds.get(id).halts);
        }
        assertTrue(cluster.status(2).awaitedSequence() > 0 && cluster.status(3).awaitedSequence() > 0);
        assertEquals(0, cluster.status(0).stableSequence());
    }

    private void forget(final int replica)
    {
        cluster.crash(replica);
        final List<UnsafeBuffer> records = cluster.outbounds.get(replica).records;
        records.subList(records.size() - LOST, records.size()).clear();
        cluster.awaited = WINDOW;
        cluster.start(replica, 2);
        cluster.awaited = 0;
    }

    private void request(final int first, final int count)
    {
        for (int number = first; number < first + count; number++)
        {
            cluster.request(session, number, "r" + number);
            cluster.run(6);
        }
    }
}
