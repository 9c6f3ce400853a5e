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

import static io.tagma.codecs.FrameDump.appendBundles;
import static io.tagma.codecs.FrameDump.appendDigest;
import static io.tagma.codecs.FrameDump.appendHexadecimal;
import static io.tagma.codecs.FrameDump.appendTime;
import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.journal.AmnesiaEndDecoder;
import io.tagma.codecs.journal.BarrierDecoder;
import io.tagma.codecs.journal.BooleanType;
import io.tagma.codecs.journal.CleanMarkDecoder;
import io.tagma.codecs.journal.CommitMarkDecoder;
import io.tagma.codecs.journal.EntryDecoder;
import io.tagma.codecs.journal.InitDecoder;
import io.tagma.codecs.journal.MessageHeaderDecoder;
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
 * Journal records as text; for those that {@link JournalRecordCheck} has passed.
 */
final class JournalDump
{
    private JournalDump()
    {
    }

    static void append(final StringBuilder text, final DirectBuffer message)
    {
        switch (Structure.templateId(message, 0))
        {
            case EntryDecoder.TEMPLATE_ID:
                entry(text, message);
                break;

            case PreparedMarkDecoder.TEMPLATE_ID:
                preparedMark(text, message);
                break;

            case CommitMarkDecoder.TEMPLATE_ID:
                commitMark(text, message);
                break;

            case StoredBatchDecoder.TEMPLATE_ID:
                storedBatch(text, message);
                break;

            case StableCertificateDecoder.TEMPLATE_ID:
                stableCertificate(text, message);
                break;

            case TargetViewDecoder.TEMPLATE_ID:
                targetView(text, message);
                break;

            case StoredStatementPartDecoder.TEMPLATE_ID:
                storedStatementPart(text, message);
                break;

            case SelectedMarkDecoder.TEMPLATE_ID:
                selectedMark(text, message);
                break;

            case RestoredSnapshotDecoder.TEMPLATE_ID:
                restoredSnapshot(text, message);
                break;

            case RestartPointDecoder.TEMPLATE_ID:
                restartPoint(text, message);
                break;

            case RecoverDecoder.TEMPLATE_ID:
                RecoverRecordCheck.describe(text, message);
                break;

            default:
                lifecycle(text, message);
                break;
        }
    }

    /**
     * The records about starts and stops, not about batches.
     */
    private static void lifecycle(final StringBuilder text, final DirectBuffer message)
    {
        switch (Structure.templateId(message, 0))
        {
            case InitDecoder.TEMPLATE_ID:
                init(text, message);
                break;

            case StartDecoder.TEMPLATE_ID:
                start(text, message);
                break;

            case BarrierDecoder.TEMPLATE_ID:
                text.append("Barrier durableRecordNumber=").append(new BarrierDecoder()
                    .wrapAndApplyHeader(message, 0, new MessageHeaderDecoder()).durableRecordNumber());
                break;

            case CleanMarkDecoder.TEMPLATE_ID:
                text.append("CleanMark incarnation=").append(new CleanMarkDecoder()
                    .wrapAndApplyHeader(message, 0, new MessageHeaderDecoder()).incarnation());
                break;

            default:
                amnesiaEnd(text, message);
                break;
        }
    }

    private static void init(final StringBuilder text, final DirectBuffer message)
    {
        final InitDecoder decoder = new InitDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        text.append("Init cluster=").append(Long.toHexString(decoder.clusterId()))
            .append(" epoch=").append(decoder.epoch())
            .append(" replica=").append(decoder.replicaId())
            .append(" publicKey=");
        appendDigest(text, message, HEADER_LENGTH + InitDecoder.publicKeyEncodingOffset());
    }

    private static void start(final StringBuilder text, final DirectBuffer message)
    {
        final StartDecoder decoder = new StartDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        text.append("Start incarnation=").append(decoder.incarnation()).append(" boot=");
        appendHexadecimal(
            text, message, HEADER_LENGTH + StartDecoder.bootIdEncodingOffset(), StartDecoder.bootIdLength());
        text.append(" durability=").append(decoder.durability())
            .append(BooleanType.T == decoder.amnesiac() ? " amnesiac" : "")
            .append(" awaited=").append(decoder.awaitedSequence());
    }

    private static void amnesiaEnd(final StringBuilder text, final DirectBuffer message)
    {
        final AmnesiaEndDecoder decoder = new AmnesiaEndDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        text.append("AmnesiaEnd incarnation=").append(decoder.incarnation())
            .append(" sequence=").append(decoder.sequence());
    }

    private static void entry(final StringBuilder text, final DirectBuffer message)
    {
        final EntryDecoder decoder = new EntryDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        nested(text.append("Entry "), message,
            decoder.limit() + EntryDecoder.prePrepareHeaderLength(), decoder.prePrepareLength());
    }

    private static void preparedMark(final StringBuilder text, final DirectBuffer message)
    {
        final PreparedMarkDecoder decoder = new PreparedMarkDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        text.append("PreparedMark view=").append(decoder.view()).append(" sequence=").append(decoder.sequence());
        appendDigest(text.append(" digest="), message, HEADER_LENGTH + PreparedMarkDecoder.digestEncodingOffset());
    }

    private static void commitMark(final StringBuilder text, final DirectBuffer message)
    {
        final CommitMarkDecoder decoder = new CommitMarkDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        text.append("CommitMark sequence=").append(decoder.sequence());
        appendDigest(text.append(" digest="), message, HEADER_LENGTH + CommitMarkDecoder.digestEncodingOffset());
    }

    private static void storedBatch(final StringBuilder text, final DirectBuffer message)
    {
        final StoredBatchDecoder decoder = new StoredBatchDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        text.append("StoredBatch sequence=").append(decoder.sequence()).append(" time=");
        appendTime(text, decoder.timestampNs());
        appendDigest(text.append(" digest="), message, HEADER_LENGTH + StoredBatchDecoder.digestEncodingOffset());
        text.append(" bundles=").append(decoder.bundleCount());
        appendBundles(text, new BundleCursor().wrap(
            message, decoder.limit() + StoredBatchDecoder.bodiesHeaderLength(), decoder.bodiesLength()));
    }

    private static void stableCertificate(final StringBuilder text, final DirectBuffer message)
    {
        final StableCertificateDecoder decoder = new StableCertificateDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        nested(text.append("StableCertificate "), message,
            decoder.limit() + StableCertificateDecoder.certificateHeaderLength(), decoder.certificateLength());
    }

    private static void targetView(final StringBuilder text, final DirectBuffer message)
    {
        final TargetViewDecoder decoder = new TargetViewDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        text.append("TargetView view=").append(decoder.view());
        if (decoder.complaintsLength() > 0)
        {
            nested(text.append(' '), message,
                decoder.limit() + TargetViewDecoder.complaintsHeaderLength(), decoder.complaintsLength());
        }
    }

    private static void storedStatementPart(final StringBuilder text, final DirectBuffer message)
    {
        final StoredStatementPartDecoder decoder = new StoredStatementPartDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        nested(text.append("StoredStatementPart "), message,
            decoder.limit() + StoredStatementPartDecoder.partHeaderLength(), decoder.partLength());
    }

    private static void selectedMark(final StringBuilder text, final DirectBuffer message)
    {
        final SelectedMarkDecoder decoder = new SelectedMarkDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        text.append("SelectedMark view=").append(decoder.view()).append(" sequence=").append(decoder.sequence());
        appendDigest(text.append(" digest="), message, HEADER_LENGTH + SelectedMarkDecoder.digestEncodingOffset());
    }

    private static void restoredSnapshot(final StringBuilder text, final DirectBuffer message)
    {
        final RestoredSnapshotDecoder decoder = new RestoredSnapshotDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        text.append("RestoredSnapshot sequence=").append(decoder.sequence());
        appendDigest(
            text.append(" digest="), message, HEADER_LENGTH + RestoredSnapshotDecoder.digestEncodingOffset());
    }

    private static void restartPoint(final StringBuilder text, final DirectBuffer message)
    {
        final RestartPointDecoder decoder = new RestartPointDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        text.append("RestartPoint sequence=").append(decoder.sequence());
        text.append(" firstRecordNumber=").append(decoder.firstRecordNumber());
    }

    private static void nested(
        final StringBuilder text,
        final DirectBuffer message,
        final int offset,
        final int length)
    {
        FrameDump.appendChecked(text, new UnsafeBuffer(message, offset, length));
    }
}
