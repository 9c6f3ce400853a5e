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

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.statement.MessageHeaderDecoder;
import io.tagma.codecs.statement.NewViewDecoder;
import io.tagma.codecs.statement.ViewChangeDecoder;

/**
 * Statements as text; for those that {@link StatementCheck} has passed.
 */
final class StatementDump
{
    private StatementDump()
    {
    }

    static void append(final StringBuilder text, final DirectBuffer message)
    {
        if (ViewChangeDecoder.TEMPLATE_ID == Structure.templateId(message, 0))
        {
            viewChange(text, message);
        }
        else
        {
            newView(text, message);
        }
    }

    private static void viewChange(final StringBuilder text, final DirectBuffer message)
    {
        final ViewChangeDecoder decoder = new ViewChangeDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        text.append("ViewChange sender=").append(decoder.origin().sender())
            .append(" epoch=").append(decoder.origin().epoch())
            .append(" view=").append(decoder.view())
            .append(" stable=").append(decoder.stableSequence());

        final ViewChangeCursor cursor = new ViewChangeCursor().wrap(message, 0);
        while (cursor.next())
        {
            text.append("\n  sequence=").append(cursor.sequence());
            if (cursor.isPrepared())
            {
                text.append(" prepared view=").append(cursor.preparedView()).append(" digest=");
                appendDigest(text, message, cursor.preparedOffset());
            }
            for (int i = 0; i < cursor.acceptedCount(); i++)
            {
                text.append(" accepted view=").append(cursor.acceptedView(i)).append(" digest=");
                appendDigest(text, message, cursor.acceptedOffset(i));
            }
        }

        final int certificateLength = cursor.certificateLength();
        if (certificateLength > 0)
        {
            PeerDump.append(
                text.append("\n  "), new UnsafeBuffer(message, cursor.certificateOffset(), certificateLength));
        }
    }

    private static void newView(final StringBuilder text, final DirectBuffer message)
    {
        final NewViewDecoder decoder = new NewViewDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        text.append("NewView sender=").append(decoder.origin().sender())
            .append(" epoch=").append(decoder.origin().epoch())
            .append(" view=").append(decoder.view())
            .append(" start=").append(decoder.startSequence());
        for (final NewViewDecoder.ViewChangesDecoder viewChange : decoder.viewChanges())
        {
            text.append("\n  view change sender=").append(viewChange.sender()).append(" digest=");
            appendDigest(text, message, decoder.limit() - NewViewDecoder.ViewChangesDecoder.sbeBlockLength() +
                NewViewDecoder.ViewChangesDecoder.digestEncodingOffset());
        }

        long sequence = decoder.startSequence();
        final NewViewDecoder.SelectedDecoder selected = decoder.selected();
        while (selected.hasNext())
        {
            selected.next();
            sequence++;
            text.append("\n  selected sequence=").append(sequence).append(" digest=");
            appendDigest(text, message, decoder.limit() - NewViewDecoder.SelectedDecoder.sbeBlockLength() +
                NewViewDecoder.SelectedDecoder.digestEncodingOffset());
        }
    }
}
