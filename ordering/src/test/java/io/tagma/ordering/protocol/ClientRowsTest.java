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

import io.tagma.codecs.client.BundleKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Clients that ask for more than they get, forget what they asked for, or get more than they can hold.
 */
class ClientRowsTest
{
    private static final int LONG_RESULT = 600;
    private static final int WINDOW = 1_024;

    private final CoreCluster cluster = new CoreCluster(4, 64);
    private final long session = cluster.open(1);

    @Test
    @DisplayName("K03: a client that offers without end is refused where there is no room; another one is served")
    void flood()
    {
        final long other = cluster.open(2);
        final Replica primary = cluster.replicas.get(0);
        final String payload = "x".repeat(1_000);
        for (int number = 1; number <= 2 * WINDOW; number++)
        {
            cluster.request(session, number, payload);
        }
        assertTrue(primary.waitingLength() <= 1 << 18, "waiting " + primary.waitingLength());
        assertTrue(cluster.status(0).rejections(Rejection.ROOM) + cluster.status(0).rejections(Rejection.NUMBER) > 0);
        int cycles = 0;
        int next = 1;
        while (!cluster.services.get(1).delivered.contains("other") && cycles++ < 200)
        {
            // As the shell does: clients are listened to while there is room.
            for (int i = 0; i < 100 && primary.hasRoom(); i++)
            {
                next = (int)Math.max(next, cluster.services.get(0).delivered.size() + 1L);
                cluster.request(session, next++, payload);
            }
            cluster.request(other, 1, "other");
            cluster.run(1);
        }
        assertTrue(cluster.services.get(1).delivered.contains("other"), "after " + cycles + " cycles");
        assertTrue(cluster.services.get(1).delivered.size() > 1, "the first one is served, too");
        assertEquals(0, cluster.status(0).view());
    }

    @Test
    @DisplayName("K07: one replica sends a long result, the others its digest; all send it to who asks again in time")
    void longResults()
    {
        final String payload = "y".repeat(LONG_RESULT);
        cluster.request(session, 1, payload);
        cluster.run(10);
        assertEquals(List.of(32, 32, 32, LONG_RESULT), lengths());
        for (int id = 0; id < 4; id++)
        {
            cluster.outbounds.get(id).replies.clear();
            cluster.bundle(id, BundleKind.REQUESTS, session, 1, true, payload);
        }
        assertEquals(List.of(LONG_RESULT, LONG_RESULT, LONG_RESULT, LONG_RESULT), lengths());
        for (int number = 2; number <= WINDOW + 1; number++)
        {
            cluster.request(session, number, "z");
            if (0 == number % 50)
            {
                cluster.run(10);
            }
        }
        cluster.run(50);
        assertEquals(WINDOW + 1, cluster.services.get(0).delivered.size());
        for (int id = 0; id < 4; id++)
        {
            cluster.outbounds.get(id).replies.clear();
            cluster.bundle(id, BundleKind.REQUESTS, session, 1, true, payload);
        }
        assertEquals(List.of(), lengths(), "older than the window");
    }

    private List<Integer> lengths()
    {
        return Stream.of(0, 1, 2, 3)
            .flatMap(id -> cluster.outbounds.get(id).replies.stream())
            .filter(reply -> session == reply.sessionId())
            .map(reply -> reply.result().length)
            .sorted()
            .toList();
    }

    @Test
    @DisplayName("L04: a client dies with a request in flight and comes back in another session: each is executed once")
    void anotherSession()
    {
        cluster.request(session, 1, "in flight");
        final long next = cluster.open(2);
        cluster.request(next, 1, "anew");
        cluster.run(20);
        for (int id = 0; id < 4; id++)
        {
            cluster.bundle(id, BundleKind.REQUESTS, session, 1, true, "in flight");
        }
        cluster.run(50);
        for (int id = 0; id < 4; id++)
        {
            assertEquals(List.of("in flight", "anew"), cluster.services.get(id).delivered);
            // What is late for the old session says so, and has another position.
            final List<Long> positions = Stream.of(session, next)
                .map(each -> cluster.outbounds.get(0).replies.stream()
                    .filter(reply -> each == reply.sessionId() && 1 == reply.number())
                    .mapToLong(RecordedOutbound.Replied::position).distinct().sum())
                .toList();
            assertTrue(positions.get(0) > 0 && positions.get(0) < positions.get(1), positions::toString);
        }
    }
}
