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
package io.tagma.codecs;

import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static io.tagma.codecs.FrameVerdict.FORM;
import static io.tagma.codecs.FrameVerdict.LENGTH;
import static io.tagma.codecs.FrameVerdict.OK;
import static io.tagma.codecs.FrameVerdict.SCHEMA;
import static io.tagma.codecs.FrameVerdict.SIZE;
import static io.tagma.codecs.FrameVerdict.TEMPLATE;
import static io.tagma.codecs.FrameVerdict.VAR_DATA;
import static io.tagma.codecs.SampleFrames.LIMITS;

import java.util.Arrays;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.tagma.codecs.journal.AmnesiaEndDecoder;
import io.tagma.codecs.journal.BarrierDecoder;
import io.tagma.codecs.journal.CleanMarkDecoder;
import io.tagma.codecs.journal.CommitMarkDecoder;
import io.tagma.codecs.journal.EntryDecoder;
import io.tagma.codecs.journal.InitDecoder;
import io.tagma.codecs.journal.PreparedMarkDecoder;
import io.tagma.codecs.journal.RecoverDecoder;
import io.tagma.codecs.journal.RestartPointDecoder;
import io.tagma.codecs.journal.RestoredSnapshotDecoder;
import io.tagma.codecs.journal.SelectedMarkDecoder;
import io.tagma.codecs.journal.StableCertificateDecoder;
import io.tagma.codecs.journal.StartDecoder;
import io.tagma.codecs.journal.StoredBatchDecoder;
import io.tagma.codecs.journal.StoredStatementPartDecoder;
import io.tagma.codecs.journal.TargetViewDecoder;

/**
 * Every way to fail of the journal templates.
 */
class JournalRecordCheckTest
{
    private static final int BLOCK = HEADER_LENGTH;

    private final Refusals journal = new Refusals(Plane.JOURNAL);

    @Test
    @DisplayName("J04 fields of Init")
    void init()
    {
        journal.assertReplica(SampleRecords.init(), BLOCK + InitDecoder.replicaIdEncodingOffset());
    }

    @Test
    @DisplayName("J04 fields of Start")
    void start()
    {
        final byte[] record = SampleRecords.start();

        journal.assertOrdinal(record, BLOCK + StartDecoder.incarnationEncodingOffset(), 1);
        journal.assertOrdinal(record, BLOCK + StartDecoder.awaitedSequenceEncodingOffset(), 0);
        for (final int index : new int[]{
            BLOCK + StartDecoder.durabilityEncodingOffset(), BLOCK + StartDecoder.amnesiacEncodingOffset()})
        {
            journal.assertVerdict(OK, Altered.uint8(record, index, 0));
            journal.assertVerdict(OK, Altered.uint8(record, index, 1));
            for (int value = 2; value < 256; value++)
            {
                journal.assertVerdict(FORM, Altered.uint8(record, index, value));
            }
        }
    }

    @Test
    @DisplayName("J04 fields of the marks")
    void marks()
    {
        journal.assertOrdinal(
            SampleRecords.barrier(), BLOCK + BarrierDecoder.durableRecordNumberEncodingOffset(), 1);
        journal.assertOrdinal(SampleRecords.cleanMark(), BLOCK + CleanMarkDecoder.incarnationEncodingOffset(), 0);
        journal.assertOrdinal(SampleRecords.amnesiaEnd(), BLOCK + AmnesiaEndDecoder.incarnationEncodingOffset(), 1);
        journal.assertOrdinal(SampleRecords.amnesiaEnd(), BLOCK + AmnesiaEndDecoder.sequenceEncodingOffset(), 1);
        journal.assertOrdinal(SampleRecords.preparedMark(), BLOCK + PreparedMarkDecoder.viewEncodingOffset(), 0);
        journal.assertOrdinal(SampleRecords.preparedMark(), BLOCK + PreparedMarkDecoder.sequenceEncodingOffset(), 1);
        journal.assertOrdinal(SampleRecords.commitMark(), BLOCK + CommitMarkDecoder.sequenceEncodingOffset(), 1);
        journal.assertOrdinal(SampleRecords.selectedMark(), BLOCK + SelectedMarkDecoder.viewEncodingOffset(), 1);
        journal.assertOrdinal(SampleRecords.selectedMark(), BLOCK + SelectedMarkDecoder.sequenceEncodingOffset(), 1);
        journal.assertOrdinal(
            SampleRecords.restoredSnapshot(), BLOCK + RestoredSnapshotDecoder.sequenceEncodingOffset(), 1);
        journal.assertOrdinal(SampleRecords.restartPoint(), BLOCK + RestartPointDecoder.sequenceEncodingOffset(), 1);
        journal.assertOrdinal(
            SampleRecords.restartPoint(), BLOCK + RestartPointDecoder.firstRecordNumberEncodingOffset(), 1);
    }

    @Test
    @DisplayName("J04 J05 an Entry holds the PrePrepare that it speaks of")
    void entry()
    {
        final byte[] record = SampleRecords.entry(SampleFrames.prePrepare());
        final int header = BLOCK + EntryDecoder.BLOCK_LENGTH;

        journal.assertVarData(record, header, LIMITS.messageLengthMax());
        journal.assertVerdict(FORM, Altered.int64(record, BLOCK + EntryDecoder.viewEncodingOffset(), 5));
        journal.assertVerdict(FORM, Altered.int64(record, BLOCK + EntryDecoder.sequenceEncodingOffset(), 78));
        for (int i = 0; i < 32; i++)
        {
            journal.assertVerdict(
                FORM, Altered.uint8(record, BLOCK + EntryDecoder.digestEncodingOffset() + i, 0));
        }
        journal.assertVerdict(TEMPLATE, SampleRecords.entry(SampleFrames.votes(1, 1)));
        journal.assertVerdict(SCHEMA, SampleRecords.entry(SampleFrames.requests()));
        journal.assertVerdict(LENGTH, SampleRecords.entry(new byte[0]));

        final byte[] prePrepare = SampleFrames.prePrepare();
        for (int length = 0; length < prePrepare.length; length++)
        {
            journal.assertVerdict(LENGTH, SampleRecords.entry(Arrays.copyOf(prePrepare, length)));
        }
    }

    @Test
    @DisplayName("J04 J05 B10 fields and length of StoredBatch")
    void storedBatch()
    {
        final byte[] record = SampleRecords.storedBatch(4, SampleFrames.bodies());
        final int count = BLOCK + StoredBatchDecoder.bundleCountEncodingOffset();

        journal.assertOrdinal(record, BLOCK + StoredBatchDecoder.sequenceEncodingOffset(), 1);
        journal.assertOrdinal(record, BLOCK + StoredBatchDecoder.timestampNsEncodingOffset(), 0);
        journal.assertReserved(record, BLOCK + StoredBatchDecoder.reservedEncodingOffset(), 4);
        journal.assertVarData(record, BLOCK + StoredBatchDecoder.BLOCK_LENGTH, LIMITS.batchLengthMax());
        for (final long other : new long[]{0, 1, 3, 5, FrameLimits.BUNDLES_MAX})
        {
            journal.assertVerdict(VAR_DATA, Altered.uint32(record, count, other));
        }
        for (final long other : new long[]{FrameLimits.BUNDLES_MAX + 1, 0x8000_0000L, 0xFFFF_FFFFL})
        {
            journal.assertVerdict(SIZE, Altered.uint32(record, count, other));
        }
    }

    @Test
    @DisplayName("J04 J05 a StableCertificate holds the certificate that it speaks of")
    void stableCertificate()
    {
        final byte[] certificate = SampleFrames.certificate(1, 2, 3);
        final byte[] record = SampleRecords.stableCertificate(1024, certificate);

        journal.assertVarData(record, BLOCK + StableCertificateDecoder.BLOCK_LENGTH, LIMITS.messageLengthMax());
        for (final long sequence : new long[]{0, -1, 1023, 1025, Long.MIN_VALUE, Long.MAX_VALUE})
        {
            journal.assertVerdict(FORM, SampleRecords.stableCertificate(sequence, certificate));
        }
        journal.assertVerdict(TEMPLATE, SampleRecords.stableCertificate(1024, SampleFrames.checkpoint()));
        for (int length = 0; length < certificate.length; length++)
        {
            journal.assertVerdict(
                LENGTH, SampleRecords.stableCertificate(1024, Arrays.copyOf(certificate, length)));
        }
    }

    @Test
    @DisplayName("J04 J05 a TargetView holds the complaints that the view was left by, or none")
    void targetView()
    {
        final byte[] complaints = SampleViewFrames.complaints(0, 2);
        final byte[] record = SampleRecords.targetView(complaints);

        journal.assertOrdinal(record, BLOCK + TargetViewDecoder.viewEncodingOffset(), 1);
        journal.assertVarData(record, BLOCK + TargetViewDecoder.BLOCK_LENGTH, LIMITS.messageLengthMax());
        journal.assertVerdict(TEMPLATE, SampleRecords.targetView(SampleFrames.votes(1, 1)));
        journal.assertVerdict(FORM, SampleRecords.targetView(SampleViewFrames.complaints(2, 2)));
        journal.assertVerdict(LENGTH, Altered.uint32(record, BLOCK + TargetViewDecoder.BLOCK_LENGTH, 0));
        for (int length = 1; length < complaints.length; length++)
        {
            journal.assertVerdict(LENGTH, SampleRecords.targetView(Arrays.copyOf(complaints, length)));
        }
    }

    @Test
    @DisplayName("J04 fields of Recover, and each administrator once")
    void recover()
    {
        final byte[] record = SampleRecords.recover(0, 2);
        final int group = BLOCK + RecoverDecoder.BLOCK_LENGTH;

        journal.assertOrdinal(record, BLOCK + RecoverDecoder.sequenceEncodingOffset(), 0);
        journal.assertReserved(record, BLOCK + RecoverDecoder.reservedEncodingOffset(), 4);
        journal.assertReserved(record, group + 4 + RecoverDecoder.SignaturesDecoder.reservedEncodingOffset(), 4);
        for (final long epoch : new long[]{0, 0x8000_0000L, 0xFFFF_FFFFL})
        {
            journal.assertVerdict(FORM, Altered.uint32(record, BLOCK + RecoverDecoder.epochEncodingOffset(), epoch));
        }
        journal.assertVerdict(OK, SampleRecords.recover(63));
        journal.assertVerdict(FORM, SampleRecords.recover(64));
        journal.assertVerdict(FORM, SampleRecords.recover());
        journal.assertVerdict(FORM, SampleRecords.recover(1, 1));
        journal.assertVerdict(FORM, SampleRecords.recover(2, 1));
        journal.assertVerdict(LENGTH, Arrays.copyOf(record, record.length - 1));
        journal.assertVerdict(LENGTH, Arrays.copyOf(record, record.length + 1));
    }

    @Test
    @DisplayName("J04 J05 a StoredStatementPart holds a part of a statement")
    void storedStatementPart()
    {
        final byte[] part = SampleViewFrames.statementPart();
        final byte[] record = SampleRecords.storedStatementPart(part);

        journal.assertVarData(record, BLOCK + StoredStatementPartDecoder.BLOCK_LENGTH, LIMITS.messageLengthMax());
        journal.assertVerdict(TEMPLATE, SampleRecords.storedStatementPart(SampleFrames.votes(1, 1)));
        journal.assertVerdict(SCHEMA, SampleRecords.storedStatementPart(SampleStatements.viewChange()));
        for (int length = 0; length < part.length; length++)
        {
            journal.assertVerdict(LENGTH, SampleRecords.storedStatementPart(Arrays.copyOf(part, length)));
        }
    }
}
