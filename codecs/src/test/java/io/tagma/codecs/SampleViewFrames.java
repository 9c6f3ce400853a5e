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
import static io.tagma.codecs.SampleFrames.SIGNATURE;
import static io.tagma.codecs.SampleFrames.message;

import org.agrona.ExpandableArrayBuffer;

import io.tagma.codecs.peer.ComplaintReason;
import io.tagma.codecs.peer.ComplaintsEncoder;
import io.tagma.codecs.peer.FetchStatementsEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.StatementKind;
import io.tagma.codecs.peer.StatementPartEncoder;

/**
 * One well-formed message of every peer template about a change of view, as another implementation would encode it.
 */
final class SampleViewFrames
{
    private static final long CLUSTER = 0x1122334455667788L;

    private SampleViewFrames()
    {
    }

    static byte[] complaints(final int... signers)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final ComplaintsEncoder encoder = new ComplaintsEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(CLUSTER).epoch(0).sender(3);
        final ComplaintsEncoder.EntriesEncoder group = encoder.entriesCount(signers.length);
        for (final int signer : signers)
        {
            group.next();
            group.content().view(4).signer(signer).reason(ComplaintReason.get(1 + signer)).reserved(0);
            group.putSignature(SIGNATURE, 0, SIGNATURE.length);
        }
        return message(buffer, encoder.encodedLength());
    }

    static byte[] statementPart(final int partNumber, final int statementLength, final byte[] part)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final StatementPartEncoder encoder = new StatementPartEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(CLUSTER).epoch(0).sender(3);
        encoder.view(5).signer(2).kind(StatementKind.VIEW_CHANGE).partNumber(partNumber)
            .statementLength(statementLength).reserved(0)
            .putDigest(DIGEST, 0, DIGEST.length)
            .putSignature(SIGNATURE, 0, SIGNATURE.length)
            .putPart(part, 0, part.length);
        return message(buffer, encoder.encodedLength());
    }

    /** One that fits one part. */
    static byte[] statementPart()
    {
        final byte[] statement = SampleStatements.viewChange();
        return statementPart(0, statement.length, statement);
    }

    /**
     * A statement that is wanted.
     *
     * @param signer of it.
     * @param kind   of it.
     * @param view   of it.
     * @param digest of it.
     */
    record Wanted(int signer, StatementKind kind, long view, byte[] digest)
    {
    }

    static byte[] fetchStatements(final Wanted... wanted)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final FetchStatementsEncoder encoder = new FetchStatementsEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(CLUSTER).epoch(0).sender(3);
        final FetchStatementsEncoder.WantedEncoder group = encoder.wantedCount(wanted.length);
        for (final Wanted one : wanted)
        {
            group.next().view(one.view).putDigest(one.digest, 0, one.digest.length).signer(one.signer)
                .kind(one.kind).firstPart(0).partCount(7).reserved1(0).reserved2(0);
        }
        return message(buffer, encoder.encodedLength());
    }

    static byte[] fetchStatements()
    {
        return fetchStatements(
            new Wanted(0, StatementKind.VIEW_CHANGE, 5, DIGEST),
            new Wanted(1, StatementKind.VIEW_CHANGE, 5, DIGEST),
            new Wanted(1, StatementKind.NEW_VIEW, 5, DIGEST));
    }
}
