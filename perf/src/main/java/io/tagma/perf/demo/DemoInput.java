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
package io.tagma.perf.demo;

import io.tagma.perf.flow.OrderEvent;
import io.tagma.perf.flow.OrderFlow;
import io.tagma.perf.flow.OrderFlowGenerator;
import io.tagma.perf.flow.OrderFlowReader;
import io.tagma.perf.load.EchoSource;
import io.tagma.perf.load.OrderSource;
import io.tagma.perf.load.RequestSource;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What a demo orders: the rows of a file, a generated flow, or payloads to echo. A file is read through once before
 * anything is started: a bad row is found then, not in the middle.
 */
final class DemoInput implements AutoCloseable
{
    /** Requests unless said otherwise. */
    static final int REQUESTS_DEFAULT = 50_000;

    private static final int ECHO_LENGTH = 100;

    private final String description;
    private final int requests;
    private final OrderFlow flow;
    private final RequestSource source;

    private DemoInput(final String description, final int requests, final OrderFlow flow)
    {
        this.description = description;
        this.requests = requests;
        this.flow = flow;
        source = null == flow ? new EchoSource(ECHO_LENGTH, requests) : limited(new OrderSource(flow), requests);
    }

    static DemoInput echo(final int requests)
    {
        return new DemoInput(
            String.format(Locale.ROOT, "%,d payloads of %d bytes", requests, ECHO_LENGTH), requests, null);
    }

    static DemoInput generated(final long seed, final int requests)
    {
        return new DemoInput(
            String.format(Locale.ROOT, "%,d order events generated from seed %d", requests, seed),
            requests,
            new OrderFlowGenerator(seed, requests));
    }

    static DemoInput file(final Path file, final int requestsMax)
    {
        int rows = 0;
        try (OrderFlow flow = new OrderFlowReader(file))
        {
            final OrderEvent event = new OrderEvent();
            while (rows < requestsMax && flow.next(event))
            {
                rows++;
            }
        }
        return new DemoInput(
            String.format(Locale.ROOT, "%,d order events of %s", rows, file.getFileName()),
            rows,
            new OrderFlowReader(file));
    }

    RequestSource source()
    {
        return source;
    }

    int requests()
    {
        return requests;
    }

    String description()
    {
        return description;
    }

    @Override
    public void close()
    {
        if (null != flow)
        {
            flow.close();
        }
    }

    private static RequestSource limited(final RequestSource source, final int requests)
    {
        final int[] made = new int[1];
        return (buffer) -> made[0]++ < requests ? source.next(buffer) : RequestSource.END;
    }
}
