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
package io.tagma.ordering.replica;

import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.FrameVerdict;
import io.tagma.codecs.PeerFrameCheck;
import io.tagma.codecs.peer.ChunkDecoder;
import io.tagma.journal.ChunkStore;
import io.tagma.journal.SnapshotStore;
import io.tagma.ordering.protocol.ChunkView;
import io.tagma.ordering.protocol.SnapshotDigest;

import java.io.IOException;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What is in the file of a snapshot that is gathered, proved again whenever it is read: the disk is believed no more
 * than a peer. The snapshot thread's alone.
 */
final class GatheredChunks
{
    private final ChunkStore store;
    private final FrameLimits limits;
    private final SnapshotDigest digests;
    private final ChunkView view = new ChunkView();
    private final UnsafeBuffer place;

    GatheredChunks(final ChunkStore store, final FrameLimits limits, final SnapshotDigest digests)
    {
        this.store = store;
        this.limits = limits;
        this.digests = digests;
        place = new UnsafeBuffer(new byte[limits.messageLengthMax()]);
    }

    /** The chunk of a number, if it is there and is one of the snapshot; else null. Valid until the next call. */
    ChunkView find(final int number, final long sequence, final DirectBuffer digest) throws IOException
    {
        final int length = store.get(number, place);
        if (0 == length || FrameVerdict.OK != PeerFrameCheck.check(place, 0, length, limits) ||
            ChunkDecoder.TEMPLATE_ID != PeerFrames.templateId(place, 0))
        {
            return null;
        }
        view.wrap(place, 0);
        return view.chunkNumber() == number && view.sequence() == sequence && digests.proves(view, digest, 0) ?
            view : null;
    }

    /**
     * Makes a snapshot of them, from file to file, if all are there and are what the digest names: each is proved as it
     * is copied, with its number and the length of all.
     *
     * @return whether it is kept.
     */
    boolean join(final long sequence, final DirectBuffer digest, final SnapshotStore snapshots) throws IOException
    {
        ChunkView found = find(0, sequence, digest);
        if (null == found || found.snapshotLength() > SnapshotStore.LENGTH_MAX)
        {
            return false;
        }
        final long count = digests.chunkCount(found.snapshotLength());
        snapshots.begin(sequence);
        for (int chunk = 0; chunk < count; chunk++)
        {
            found = find(chunk, sequence, digest);
            if (null == found)
            {
                snapshots.abandon();
                return false;
            }
            snapshots.append(found.buffer(), found.bytesOffset(), found.bytesLength());
        }
        snapshots.finish();
        return true;
    }
}
