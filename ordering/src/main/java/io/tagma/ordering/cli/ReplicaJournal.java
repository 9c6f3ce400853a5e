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
package io.tagma.ordering.cli;

import io.tagma.journal.ChronicleJournal;
import io.tagma.journal.ChronicleSilence;
import io.tagma.journal.JournalContext;
import io.tagma.journal.JournalIdentity;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.GeneratedCluster;
import java.nio.file.Path;

/**
 * Makes the journal that a replica starts from: bound to the cluster, the epoch, the replica and its signing key.
 */
final class ReplicaJournal
{
    private ReplicaJournal()
    {
    }

    static Path create(final ClusterConfiguration configuration, final int replicaId, final Path replicaDirectory)
    {
        ChronicleSilence.apply();
        final Path journal = replicaDirectory.resolve(GeneratedCluster.JOURNAL_DIRECTORY);
        ChronicleJournal.create(new JournalContext()
            .directory(journal)
            .identity(new JournalIdentity(
                configuration.clusterId(),
                configuration.epoch(),
                replicaId,
                configuration.replica(replicaId).signingKey().encoded())));
        return journal;
    }
}
