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
package io.tagma.perf.peer;

import java.util.Locale;

/**
 * How a node of Aeron Cluster is run.
 */
public enum AeronClusterTuning
{
    /** Three threads and a back-off, as a node comes: driver, archive, consensus module and service SHARED. */
    DEFAULT("term-length=64k"),
    /**
     * The best found on two processors: driver and archive on one thread, which yields, as consensus module and service
     * do on theirs; large packets, since the path takes them.
     */
    BEST("term-length=1m|mtu=65504");

    /** What a receiver of the best one takes in advance, in bytes. */
    static final int WINDOW_LENGTH = 1 << 19;

    private final String channelParameters;

    AeronClusterTuning(final String channelParameters)
    {
        this.channelParameters = channelParameters;
    }

    /** Of the channels that requests, the log and answers take. */
    String channelParameters()
    {
        return channelParameters;
    }

    /**
     * As in a report.
     *
     * @return for example {@code best}.
     */
    public String label()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
