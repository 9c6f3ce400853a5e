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

import org.agrona.DirectBuffer;

import io.tagma.codecs.client.MessageHeaderDecoder;
import io.tagma.codecs.client.RepliesDecoder;
import io.tagma.codecs.client.RequestsDecoder;
import io.tagma.codecs.client.ResultForm;

/**
 * Messages of the client schema as text; for those that {@link ClientFrameCheck} has passed.
 */
final class ClientDump
{
    private ClientDump()
    {
    }

    static void append(final StringBuilder text, final DirectBuffer message)
    {
        if (RepliesDecoder.TEMPLATE_ID == Structure.templateId(message, 0))
        {
            replies(text, message);
        }
        else
        {
            requests(text, message);
        }
    }

    private static void requests(final StringBuilder text, final DirectBuffer message)
    {
        final RequestsDecoder decoder = new RequestsDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        text.append("Requests client=").append(decoder.origin().sender())
            .append(" epoch=").append(decoder.origin().epoch())
            .append(" session=").append(decoder.sessionId())
            .append(" bundles=").append(decoder.bundleCount());

        final int bodiesLength = decoder.bodiesLength();
        final int bodies = decoder.limit() + RequestsDecoder.bodiesHeaderLength();
        decoder.skipBodies();
        final int authenticatorsLength = decoder.authenticatorsLength();
        final int authenticators = decoder.limit() + RequestsDecoder.authenticatorsHeaderLength();
        appendBundles(text, new BundleCursor().wrap(
            message, bodies, bodiesLength, message, authenticators, authenticatorsLength));
    }

    private static void replies(final StringBuilder text, final DirectBuffer message)
    {
        final RepliesDecoder decoder = new RepliesDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        text.append("Replies sender=").append(decoder.origin().sender())
            .append(" epoch=").append(decoder.origin().epoch())
            .append(" client=").append(decoder.clientId())
            .append(" session=").append(decoder.sessionId())
            .append(" view=").append(decoder.view());
        for (final RepliesDecoder.ResultsDecoder result : decoder.results())
        {
            text.append("\n  number=").append(result.number())
                .append(" position=").append(result.position())
                .append(' ').append(result.outcome());
            if (ResultForm.DIGEST == result.form())
            {
                text.append(" digest=");
                appendDigest(text, message, decoder.limit() + RepliesDecoder.ResultsDecoder.resultHeaderLength());
            }
            else
            {
                text.append(" length=").append(result.resultLength());
            }
            result.skipResult();
        }
    }
}
