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
package io.tagma.ordering.simulation;

import io.tagma.journal.RecordHandler;
import io.tagma.ordering.protocol.Replica;
import io.tagma.ordering.replica.CertifiedSnapshots;

import java.util.function.Consumer;

/**
 * What a start does with its journal and its snapshots before it takes part: the order of the shell.
 */
final class SimulatedStart
{
    private final Consumer<RecordHandler> journal;
    private final Replica core;
    private final CertifiedSnapshots certified = new CertifiedSnapshots();
    private final SnapshotDisk disk;

    SimulatedStart(final Consumer<RecordHandler> journal, final SnapshotDisk disk, final Replica core)
    {
        this.journal = journal;
        this.core = core;
        this.disk = disk;
        journal.accept((record, position, buffer, offset, length) -> certified.onRecord(record, buffer, offset));
    }

    static RecordHandler upTo(final long last, final RecordHandler handler)
    {
        return (record, position, buffer, offset, length) ->
        {
            if (record <= last)
            {
                handler.onRecord(record, position, buffer, offset, length);
            }
        };
    }

    /** Goes on from a snapshot, and tells who looks on. */
    void restore(final int id, final Simulation simulation)
    {
        certified.tellEpoch(core);
        final long restored = certified.restore(disk::load, disk.digests(), core);
        if (restored > 0)
        {
            simulation.result().storage().restored();
        }
        if (restored > 0 || certified.isCut())
        {
            simulation.oracle().restored(id, restored, certified.leadsOnFrom());
        }
        if (restored < certified.leadsOnFrom() && !disk.hasRotted())
        {
            simulation.verdict().violated(
                "INV9 monotone", "replica " + id + " has cut its journal, which leads on from " +
                certified.leadsOnFrom() + ", and has a snapshot of " + restored);
        }
        if (certified.isCut())
        {
            simulation.result().storage().startedFromCut();
        }
    }

    /** A shadow needs a snapshot only where the journal does not tell all. */
    void restoreIfCut()
    {
        certified.tellEpoch(core);
        if (certified.isCut())
        {
            certified.restore(disk::load, disk.digests(), core);
        }
    }

    void replay(final Runnable afterRecord)
    {
        journal.accept(
            (record, position, buffer, offset, length) ->
            {
                if (record >= certified.replayedFrom())
                {
                    core.onRecord(buffer, offset, length);
                    afterRecord.run();
                }
            });
    }
}
