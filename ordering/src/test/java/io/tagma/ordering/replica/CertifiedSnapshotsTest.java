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

import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tagma.codecs.journal.CommitMarkEncoder;
import io.tagma.codecs.journal.MessageHeaderEncoder;
import io.tagma.codecs.journal.RecoverEncoder;
import io.tagma.codecs.journal.StableCertificateEncoder;
import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.CheckpointContentEncoder;

import java.util.ArrayList;
import java.util.List;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CertifiedSnapshotsTest
{
    private static final int INTERVAL = 4;

    private final CertifiedSnapshots certified = new CertifiedSnapshots();
    private long recordNumber;

    private void certificateNaming(final long sequence)
    {
        certificateNaming(sequence, 0);
    }

    private void certificateNaming(final long sequence, final long certificate)
    {
        final int content = HEADER_LENGTH + StableCertificateEncoder.BLOCK_LENGTH + Integer.BYTES + HEADER_LENGTH +
            CertificateDecoder.contentEncodingOffset();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[content + CheckpointContentEncoder.ENCODED_LENGTH]);
        new StableCertificateEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        buffer.putLong(content + CheckpointContentEncoder.snapshotSequenceEncodingOffset(), sequence, LITTLE_ENDIAN);
        buffer.putLong(content + CheckpointContentEncoder.sequenceEncodingOffset(), certificate, LITTLE_ENDIAN);
        certified.onRecord(++recordNumber, buffer, 0);
    }

    private void committed(final long sequence)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[HEADER_LENGTH + CommitMarkEncoder.BLOCK_LENGTH]);
        new CommitMarkEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).sequence(sequence);
        certified.onRecord(++recordNumber, buffer, 0);
    }

    private void recovered(final long sequence)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[HEADER_LENGTH + RecoverEncoder.BLOCK_LENGTH]);
        new RecoverEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).sequence(sequence).epoch(1);
        certified.onRecord(++recordNumber, buffer, 0);
    }

    /** Where there are none, all that would do are looked for. */
    private List<Long> lookedFor()
    {
        final List<Long> sequences = new ArrayList<>();
        final long restored = certified.restore(
            (sequence) ->
            {
                sequences.add(sequence);
                return null;
            },
            null, null);
        assertEquals(0, restored);
        return sequences;
    }

    @Test
    @DisplayName("certificates may run far ahead of what the journal has come to: what they name is not passed for it")
    void certificatesFarAhead()
    {
        for (int i = 1; i <= 30; i++)
        {
            certificateNaming((long)i * INTERVAL);
        }
        committed(2 * INTERVAL + 1);
        assertEquals(List.of(2L * INTERVAL, 1L * INTERVAL), lookedFor());
        committed(3 * INTERVAL);
        assertEquals(List.of(3L * INTERVAL, 2L * INTERVAL, 1L * INTERVAL), lookedFor());
    }

    @Test
    @DisplayName("H03: of snapshots that certificates behind a RECOVER's sequence name none is looked for")
    void undone()
    {
        committed(100);
        certificateNaming(8, 16);
        certificateNaming(16, 24);
        certificateNaming(24, 32);
        certificateNaming(8, 16);
        recovered(16);
        assertEquals(List.of(8L), lookedFor());
        committed(30);
        certificateNaming(16, 24);
        assertEquals(List.of(16L, 8L), lookedFor());
    }

    @Test
    @DisplayName("of those that the journal has come to the last few are looked for, the newest first")
    void lastFew()
    {
        for (int i = 1; i <= 30; i++)
        {
            committed((long)i * INTERVAL);
            certificateNaming((long)i * INTERVAL);
            certificateNaming((long)i * INTERVAL);
        }
        assertEquals(List.of(120L, 116L, 112L, 108L, 104L, 100L, 96L, 92L), lookedFor());
    }
}
