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

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What Tagma can be compared with.
 */
enum Peer
{
    /** The transport, and nothing else. */
    RAW_AERON("raw-aeron"),
    /** Tagma itself, with one replica: the same client, transport, authentication and journal, and no agreement. */
    UNREPLICATED("unreplicated"),
    /** Nodes that may crash. */
    AERON_CLUSTER("aeron-cluster"),
    /** Replicas of which one may lie, of a fork of BFT-SMaRt. */
    BFT_SMART("bft-smart");

    private final String label;

    Peer(final String label)
    {
        this.label = label;
    }

    /** As on the command line. */
    String label()
    {
        return label;
    }

    /** By its label, or null. */
    static Peer of(final String label)
    {
        return Arrays.stream(values()).filter((peer) -> peer.label.equals(label)).findAny().orElse(null);
    }

    /** All labels, in words. */
    static String labels()
    {
        return Arrays.stream(values()).map(Peer::label).collect(Collectors.joining(", "));
    }
}
