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

import static io.tagma.codecs.FrameDump.appendDigest;
import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;

import org.agrona.DirectBuffer;

import io.tagma.codecs.peer.ComplaintContentDecoder;
import io.tagma.codecs.peer.ComplaintsDecoder;
import io.tagma.codecs.peer.FetchStatementsDecoder;
import io.tagma.codecs.peer.MessageHeaderDecoder;
import io.tagma.codecs.peer.StatementPartDecoder;

/**
 * Messages of the peer schema about a change of view as text; for those that {@link PeerFrameCheck} has passed.
 */
final class ViewDump
{
    private ViewDump()
    {
    }

    static void complaints(final StringBuilder text, final DirectBuffer message)
    {
        final ComplaintsDecoder decoder = new ComplaintsDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        PeerDump.origin(text.append("Complaints"), decoder.origin());
        for (final ComplaintsDecoder.EntriesDecoder complaint : decoder.entries())
        {
            final ComplaintContentDecoder content = complaint.content();
            text.append("\n  signer=").append(content.signer())
                .append(" view=").append(content.view())
                .append(" reason=").append(content.reason());
        }
    }

    static void statementPart(final StringBuilder text, final DirectBuffer message)
    {
        final StatementPartDecoder decoder = new StatementPartDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        PeerDump.origin(text.append("StatementPart"), decoder.origin())
            .append(" kind=").append(decoder.kind())
            .append(" signer=").append(decoder.signer())
            .append(" view=").append(decoder.view())
            .append(" digest=");
        appendDigest(text, message, HEADER_LENGTH + StatementPartDecoder.digestEncodingOffset());
        text.append(" part=").append(decoder.partNumber())
            .append(" length=").append(decoder.partLength())
            .append(" of=").append(decoder.statementLength());
    }

    static void fetchStatements(final StringBuilder text, final DirectBuffer message)
    {
        final FetchStatementsDecoder decoder = new FetchStatementsDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        PeerDump.origin(text.append("FetchStatements"), decoder.origin());
        for (final FetchStatementsDecoder.WantedDecoder wanted : decoder.wanted())
        {
            text.append("\n  kind=").append(wanted.kind())
                .append(" signer=").append(wanted.signer())
                .append(" view=").append(wanted.view())
                .append(" digest=");
            appendDigest(text, message, decoder.limit() - FetchStatementsDecoder.WantedDecoder.sbeBlockLength() +
                FetchStatementsDecoder.WantedDecoder.digestEncodingOffset());
            text.append(" parts=").append(wanted.firstPart())
                .append("..").append(wanted.firstPart() + wanted.partCount() - 1);
        }
    }
}
