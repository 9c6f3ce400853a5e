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

import static io.tagma.codecs.SampleFrames.DIGEST;
import static io.tagma.codecs.SampleFrames.message;

import org.agrona.ExpandableArrayBuffer;

import io.tagma.codecs.journal.AmnesiaEndEncoder;
import io.tagma.codecs.journal.BarrierEncoder;
import io.tagma.codecs.journal.BooleanType;
import io.tagma.codecs.journal.CleanMarkEncoder;
import io.tagma.codecs.journal.CommitMarkEncoder;
import io.tagma.codecs.journal.Durability;
import io.tagma.codecs.journal.EntryEncoder;
import io.tagma.codecs.journal.InitEncoder;
import io.tagma.codecs.journal.MessageHeaderEncoder;
import io.tagma.codecs.journal.PreparedMarkEncoder;
import io.tagma.codecs.journal.RecoverEncoder;
import io.tagma.codecs.journal.RestartPointEncoder;
import io.tagma.codecs.journal.RestoredSnapshotEncoder;
import io.tagma.codecs.journal.SelectedMarkEncoder;
import io.tagma.codecs.journal.StableCertificateEncoder;
import io.tagma.codecs.journal.StartEncoder;
import io.tagma.codecs.journal.StoredBatchEncoder;
import io.tagma.codecs.journal.StoredStatementPartEncoder;
import io.tagma.codecs.journal.TargetViewEncoder;

/**
 * One well-formed record of every template of the journal schema.
 */
final class SampleRecords
{
    private SampleRecords()
    {
    }

    static byte[] init()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final InitEncoder encoder = new InitEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .clusterId(-5).epoch(0).replicaId(3).putPublicKey(DIGEST, 0, DIGEST.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] start()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final StartEncoder encoder = new StartEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .putBootId(DIGEST, 0, 16).incarnation(2).awaitedSequence(0)
            .durability(Durability.POWER).amnesiac(BooleanType.F);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] barrier()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final BarrierEncoder encoder = new BarrierEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).durableRecordNumber(90);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] cleanMark()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final CleanMarkEncoder encoder = new CleanMarkEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).incarnation(0);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] amnesiaEnd()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final AmnesiaEndEncoder encoder = new AmnesiaEndEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).incarnation(2).sequence(2048);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] entry(final byte[] prePrepare)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final EntryEncoder encoder = new EntryEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .view(4).sequence(77).putDigest(DIGEST, 0, DIGEST.length)
            .putPrePrepare(prePrepare, 0, prePrepare.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] preparedMark()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final PreparedMarkEncoder encoder = new PreparedMarkEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .view(4).sequence(77).putDigest(DIGEST, 0, DIGEST.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] commitMark()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final CommitMarkEncoder encoder = new CommitMarkEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sequence(77).putDigest(DIGEST, 0, DIGEST.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] storedBatch(final int bundleCount, final byte[] bodies)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final StoredBatchEncoder encoder = new StoredBatchEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sequence(77).timestampNs(9).putDigest(DIGEST, 0, DIGEST.length)
            .bundleCount(bundleCount).reserved(0).putBodies(bodies, 0, bodies.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] stableCertificate(final long sequence, final byte[] certificate)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final StableCertificateEncoder encoder = new StableCertificateEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sequence(sequence).putCertificate(certificate, 0, certificate.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] targetView(final byte[] complaints)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final TargetViewEncoder encoder = new TargetViewEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .view(5).putComplaints(complaints, 0, complaints.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] storedStatementPart(final byte[] part)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final StoredStatementPartEncoder encoder = new StoredStatementPartEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).putPart(part, 0, part.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] selectedMark()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final SelectedMarkEncoder encoder = new SelectedMarkEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .view(5).sequence(77).putDigest(DIGEST, 0, DIGEST.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] restoredSnapshot()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RestoredSnapshotEncoder encoder = new RestoredSnapshotEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sequence(77).putDigest(DIGEST, 0, DIGEST.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] recover(final int... administrators)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RecoverEncoder encoder = new RecoverEncoder();
        final RecoverEncoder.SignaturesEncoder signatures =
            encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .sequence(1024).epoch(1).reserved(0).putConfiguration(DIGEST, 0, DIGEST.length)
                .signaturesCount(administrators.length);
        for (final int administrator : administrators)
        {
            signatures.next().administrator(administrator).reserved(0).putSignature(new byte[64], 0, 64);
        }
        return message(buffer, encoder.encodedLength());
    }

    static byte[] restartPoint()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RestartPointEncoder encoder = new RestartPointEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).sequence(77).firstRecordNumber(1_234);
        return message(buffer, encoder.encodedLength());
    }
}
