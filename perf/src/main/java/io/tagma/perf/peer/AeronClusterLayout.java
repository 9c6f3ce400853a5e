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

/**
 * Where the nodes of an Aeron Cluster on this host listen.
 *
 * @param nodes     how many.
 * @param firstPort of all.
 */
record AeronClusterLayout(int nodes, int firstPort)
{
    private static final int INGRESS = 0;
    private static final int CONSENSUS = 1;
    private static final int LOG = 2;
    private static final int CATCH_UP = 3;
    private static final int ARCHIVE = 4;
    private static final int LOG_CONTROL = 5;
    private static final int PORTS_PER_NODE = 6;

    static int portCount(final int nodes)
    {
        return nodes * PORTS_PER_NODE;
    }

    private String endpoint(final int node, final int use)
    {
        return "localhost:" + (firstPort + node * PORTS_PER_NODE + use);
    }

    String archiveEndpoint(final int node)
    {
        return endpoint(node, ARCHIVE);
    }

    String logControlEndpoint(final int node)
    {
        return endpoint(node, LOG_CONTROL);
    }

    /** As a consensus module takes them. */
    String members()
    {
        final StringBuilder members = new StringBuilder();
        for (int node = 0; node < nodes; node++)
        {
            members.append(node)
                .append(',').append(endpoint(node, INGRESS))
                .append(',').append(endpoint(node, CONSENSUS))
                .append(',').append(endpoint(node, LOG))
                .append(',').append(endpoint(node, CATCH_UP))
                .append(',').append(endpoint(node, ARCHIVE))
                .append('|');
        }
        return members.toString();
    }

    /** As a client takes them. */
    String ingressEndpoints()
    {
        final StringBuilder endpoints = new StringBuilder();
        for (int node = 0; node < nodes; node++)
        {
            endpoints.append(0 == node ? "" : ",").append(node).append('=').append(endpoint(node, INGRESS));
        }
        return endpoints.toString();
    }
}
