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
package io.tagma.perf.drill;

import io.tagma.codecs.journal.Durability;
import io.tagma.journal.ChronicleJournal;
import io.tagma.journal.JournalContext;
import io.tagma.journal.OpenedChronicleJournal;
import io.tagma.ordering.replica.ReplicaCounter;
import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.ReplicaProcess;

/**
 * A backup dies with its host. The host can't be booted here; what the replica learns of a boot is its boot id, which
 * its journal names at each start: so its journal is told, by the code that replicas open theirs with, of a start under
 * another one that came to nothing. Nothing is cut off the journal, as a power loss might: the replica can't know.
 */
final class Amnesia implements Drill
{
    private static final int BOOT_ID_LENGTH = 16;
    private static final double NS_PER_MS = 1e6;

    @Override
    public void run(final DrillStage stage)
    {
        final LocalCluster cluster = stage.cluster();
        final int primary = cluster.primary().id();
        final ReplicaProcess backup = cluster.replica((primary + 1) % cluster.replicas().size());
        stage.operator().kill(backup);
        startUnderAnotherBoot(cluster, backup.id());
        final long startNs = stage.watch().nowNs();
        stage.operator().start(backup);
        cluster.awaitReady(backup);
        final long awaited = backup.counter(ReplicaCounter.AWAITED_SEQUENCE);
        stage.say("replica %d does not vote before a certificate at or above %,d", backup.id(), awaited);
        stage.awaitFullStrength();
        final double tookMs = (stage.watch().nowNs() - startNs) / NS_PER_MS;
        stage.figure("awaitedSequence", awaited);
        stage.figure("amnesiaMs", tookMs);
        stage.find("amnesiac", awaited > 0, "replica %d knew that it may have forgotten votes up to %,d", backup.id(),
            awaited);
        stage.find("votesAgain", 0 == backup.counter(ReplicaCounter.AWAITED_SEQUENCE),
            "it votes again, at full strength %,.1f ms after its start", tookMs);
    }

    private static void startUnderAnotherBoot(final LocalCluster cluster, final int replicaId)
    {
        final byte[] bootId = new byte[BOOT_ID_LENGTH];
        bootId[0] = 1;
        final JournalContext context = cluster.journalContext(replicaId).bootId(bootId);
        try (OpenedChronicleJournal opened = ChronicleJournal.open(context))
        {
            if (!opened.isTailAmnesia())
            {
                throw new IllegalStateException("the journal of replica " + replicaId + " sees no other boot");
            }
            opened.start(Durability.PROCESS, true, Math.max(1, opened.awaitedSequence())).abandon();
        }
    }
}
