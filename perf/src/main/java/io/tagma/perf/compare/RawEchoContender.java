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
package io.tagma.perf.compare;

import io.tagma.perf.load.LoadOptions;
import io.tagma.perf.load.LoadRun;
import io.tagma.perf.peer.RawEchoProcess;

/**
 * An echo over Aeron alone: one process that sends back what it gets. It agrees with nobody, authenticates nothing and
 * writes nothing down; it is there to say how far from the transport the others are.
 */
final class RawEchoContender implements Contender
{
    @Override
    public String name()
    {
        return Peer.RAW_AERON.label();
    }

    @Override
    public String conditions()
    {
        return "1 process that echoes, driver on its thread, which yields; no agreement, authentication or journal";
    }

    @Override
    public LoadRun measure(final LoadOptions options)
    {
        final LoadRun run = new LoadRun(options);
        try (RawEchoProcess server = new RawEchoProcess())
        {
            server.start();
            run.run(server::connect, () -> {}, () -> {});
        }
        return run;
    }
}
