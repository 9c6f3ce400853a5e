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

import io.tagma.journal.fixture.OpenedInMemoryJournal;
import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.protocol.Replica;
import io.tagma.ordering.protocol.SnapshotDigest;
import io.tagma.ordering.replica.CertifiedSnapshots;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The snapshots of one replica, on the device beside its journal: they outlive its processes.
 */
final class SnapshotDisk
{
    private final TreeMap<Long, byte[]> files = new TreeMap<>();
    private final SnapshotDigest digests;

    SnapshotDisk(final int chunkLength)
    {
        digests = new SnapshotDigest(SimulationKeys.CLUSTER_ID, SimulationKeys.EPOCH, chunkLength, new Sha256());
    }

    UnsafeBuffer digest(final long sequence, final DirectBuffer snapshot, final int length)
    {
        final UnsafeBuffer digest = new UnsafeBuffer(new byte[32]);
        digests.compute(sequence, snapshot, 0, length, digest, 0);
        return digest;
    }

    void store(final long sequence, final byte[] snapshot)
    {
        files.put(sequence, snapshot);
    }

    void deleteBelow(final long sequence)
    {
        files.headMap(sequence).clear();
    }

    /** As a start does; answers the sequence that it goes on from, 0 for the beginning of the journal. */
    long restore(final OpenedInMemoryJournal opened, final Replica core)
    {
        final CertifiedSnapshots certified = new CertifiedSnapshots();
        opened.replay((record, position, buffer, offset, length) -> certified.onRecord(buffer, offset));
        return certified.restore(files::get, digests, core);
    }

    /**
     * A bit of the newest one flips.
     *
     * @return whether there was one.
     */
    boolean rot(final int bit)
    {
        if (files.isEmpty())
        {
            return false;
        }
        final byte[] newest = files.lastEntry().getValue();
        newest[(bit >>> 3) % newest.length] ^= (byte)(1 << (bit & 7));
        return true;
    }
}
