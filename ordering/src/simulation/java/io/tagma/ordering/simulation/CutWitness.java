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

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.journal.RestartPointDecoder;
import io.tagma.codecs.journal.StableCertificateDecoder;
import io.tagma.codecs.peer.CheckpointContentDecoder;
import io.tagma.journal.JournalReader;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Looks at a journal that was just cut: would a process that starts now have a state that what is left leads on from?
 */
final class CutWitness
{
    private static final int CERTIFICATE_OFFSET =
        FrameLayout.HEADER_LENGTH + StableCertificateDecoder.BLOCK_LENGTH + Integer.BYTES;

    /** Snapshots that certificates in the journal name. */
    private final Map<Long, DigestValue> named = new HashMap<>();
    private long firstRecord;
    private long leadsOnFrom;

    CutWitness(final JournalReader reader)
    {
        try (reader)
        {
            reader.poll(this::onRecord, Integer.MAX_VALUE);
        }
    }

    private void onRecord(
        final long record, final long position, final DirectBuffer buffer, final int offset, final int length)
    {
        firstRecord = 0 == firstRecord ? record : firstRecord;
        switch (buffer.getShort(offset + 2, LITTLE_ENDIAN))
        {
            case RestartPointDecoder.TEMPLATE_ID ->
            {
                final long sequence = buffer.getLong(
                    offset + FrameLayout.HEADER_LENGTH + RestartPointDecoder.sequenceEncodingOffset(), LITTLE_ENDIAN);
                leadsOnFrom = 0 == leadsOnFrom ? sequence : leadsOnFrom;
            }
            case StableCertificateDecoder.TEMPLATE_ID ->
            {
                final int content = offset + CERTIFICATE_OFFSET + JournalWitness.CONTENT_OFFSET;
                named.put(
                    buffer.getLong(content + CheckpointContentDecoder.snapshotSequenceEncodingOffset(), LITTLE_ENDIAN),
                    DigestValue.at(buffer, content + CheckpointContentDecoder.snapshotDigestEncodingOffset()));
            }
            default ->
            {
                // Says nothing of states.
            }
        }
    }

    /** What rots is the disk's fault. */
    void verify(final int replica, final SnapshotDisk disk, final Verdict verdict)
    {
        if (firstRecord > 1 && !disk.hasRotted() && !disk.holdsFrom(leadsOnFrom, named))
        {
            verdict.violated(
                "INV9 monotone", "replica " + replica + " has cut its journal, which leads on from " + leadsOnFrom +
                ", and has no certified snapshot of that or more");
        }
    }
}
