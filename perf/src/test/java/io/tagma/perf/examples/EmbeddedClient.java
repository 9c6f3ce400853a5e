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
package io.tagma.perf.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tagma.ordering.client.ClientContext;
import io.tagma.ordering.client.ResponseHandler;
import io.tagma.ordering.client.TagmaClient;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How a client is embedded; the README shows the part between the marks.
 */
public final class EmbeddedClient
{
    private EmbeddedClient()
    {
    }

    /**
     * Sends one request and waits until its outcome is known.
     *
     * @param cluster directory that {@code tagma init} made.
     * @param handler told of the outcome.
     */
    public static void sendOne(final Path cluster, final ResponseHandler handler)
    {
        // README client {
        final UnsafeBuffer request = new UnsafeBuffer("an order".getBytes(US_ASCII));
        try (TagmaClient client = TagmaClient.connect(new ClientContext()
            .clusterFile(cluster.resolve("cluster.properties"))
            .clientId(1)
            .keysDirectory(cluster.resolve("client-1/keys"))
            .responseHandler(handler)))
        {
            while (client.offer(request, 0, request.capacity()) < 0)
            {
                client.poll(16);            // no session yet, or back pressure: poll, then offer again
            }
            while (client.outstandingCount() > 0)
            {
                client.poll(16);            // the handler hears COMMITTED, REJECTED or UNKNOWN, once
            }
        }
        // }
    }
}
