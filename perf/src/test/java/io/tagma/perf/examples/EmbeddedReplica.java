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

import io.tagma.ordering.replica.ReplicaContext;
import io.tagma.ordering.replica.ReplicaNode;
import io.tagma.ordering.replica.ReplicaSetting;
import io.tagma.ordering.service.OrderedService;
import java.nio.file.Path;

/**
 * How a replica is embedded; the README shows the part between the marks.
 */
public final class EmbeddedReplica
{
    private EmbeddedReplica()
    {
    }

    /**
     * Launches one replica of a cluster that {@code tagma init} made.
     *
     * @param cluster   its directory.
     * @param replicaId which replica.
     * @param service   to run on the order.
     * @return the running replica; close it to stop it in order.
     */
    public static ReplicaNode launch(final Path cluster, final int replicaId, final OrderedService service)
    {
        // README replica {
        return ReplicaNode.launch(new ReplicaContext()
            .set(ReplicaSetting.CLUSTER_FILE, cluster.resolve("cluster.properties").toString())
            .set(ReplicaSetting.REPLICA_ID, Integer.toString(replicaId))
            .set(ReplicaSetting.DIRECTORY, cluster.resolve("replica-" + replicaId).toString())
            .service(service));
        // }
    }
}
