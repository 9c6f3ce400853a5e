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
import static io.tagma.codecs.FrameVerdict.SENDER;
import static io.tagma.codecs.FrameVerdict.SIZE;
import static io.tagma.codecs.FrameVerdict.TEMPLATE;
import static io.tagma.codecs.FrameVerdict.VAR_DATA;
import static io.tagma.codecs.SampleBundles.authenticator;
import static io.tagma.codecs.SampleBundles.joined;
import static io.tagma.codecs.SampleFrames.CLIENT;
import static io.tagma.codecs.SampleFrames.LIMITS;
import static io.tagma.codecs.SampleFrames.REPLICAS;
import static io.tagma.codecs.SampleFrames.SESSION;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.tagma.codecs.client.OriginDecoder;
import io.tagma.codecs.client.RepliesDecoder;
import io.tagma.codecs.client.RequestsDecoder;

/**
 * Every way to fail of the client templates; what may be wrong with a bundle is in {@link BundleCheckTest}.
 */
class ClientFrameCheckTest
{
    private static final int BLOCK = HEADER_LENGTH;
    private static final int SENDER_INDEX = BLOCK + OriginDecoder.senderEncodingOffset();
    private static final int RESULTS = BLOCK + RepliesDecoder.BLOCK_LENGTH;
    private static final int RESULT = RepliesDecoder.ResultsDecoder.sbeBlockLength();
    private static final long[] NO_CLIENTS = {0, 10, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL};

    private final Refusals client = new Refusals(Plane.CLIENT);

    @Test
    @DisplayName("J13 each road carries its own template")
    void eachRoadCarriesItsOwnTemplate()
    {
        final byte[] requests = SampleFrames.requests();
        final byte[] replies = SampleFrames.replies();

        assertEquals(OK, ClientFrameCheck.checkRequests(new UnsafeBuffer(requests), 0, requests.length, LIMITS));
        assertEquals(TEMPLATE, ClientFrameCheck.checkReplies(new UnsafeBuffer(requests), 0, requests.length, LIMITS));
        assertEquals(OK, ClientFrameCheck.checkReplies(new UnsafeBuffer(replies), 0, replies.length, LIMITS));
        assertEquals(TEMPLATE, ClientFrameCheck.checkRequests(new UnsafeBuffer(replies), 0, replies.length, LIMITS));
    }

    @Test
    @DisplayName("A10 a message above the frame length")
    void aMessageIsNotLongerThanAFrame()
    {
        for (final byte[] sample : new byte[][]{SampleFrames.requests(), SampleFrames.replies()})
        {
            final byte[] oversize = new byte[LIMITS.messageLengthMax() + 1];
            System.arraycopy(sample, 0, oversize, 0, sample.length);

            client.assertVerdict(SIZE, oversize);
        }
    }

    @Test
    @DisplayName("J04 J05 B10 fields and lengths of Requests")
    void requests()
    {
        final byte[] message = SampleFrames.requests();
        final int count = BLOCK + RequestsDecoder.bundleCountEncodingOffset();
        final int bodies = BLOCK + RequestsDecoder.BLOCK_LENGTH;
        final int authenticators = message.length - authenticator(REPLICAS, 0).length -
            authenticator(REPLICAS, 1).length - 4;

        client.assertReserved(message, BLOCK + RequestsDecoder.reservedEncodingOffset(), 4);
        client.assertVarData(message, bodies, LIMITS.messageLengthMax());
        client.assertVarData(message, authenticators, 2 * LIMITS.authenticatorLength(1));
        client.assertVerdict(SIZE, Altered.uint32(message, bodies, 0));
        client.assertVerdict(FORM, Altered.uint32(message, count, 0));
        client.assertVerdict(SIZE, Altered.uint32(message, count, 1));
        client.assertVerdict(VAR_DATA, Altered.uint32(message, count, 3));
        client.assertVerdict(VAR_DATA, Altered.uint32(message, count, FrameLimits.REQUEST_BUNDLES_MAX));
        for (final long other : new long[]{FrameLimits.REQUEST_BUNDLES_MAX + 1, 0x8000_0000L, 0xFFFF_FFFFL})
        {
            client.assertVerdict(SIZE, Altered.uint32(message, count, other));
        }
    }

    @Test
    void asManyBundlesPassAsAFrameMayBring()
    {
        final byte[] bundle = SampleBundles.keepAlive(CLIENT, SESSION, 1);
        final int max = FrameLimits.REQUEST_BUNDLES_MAX;
        client.assertVerdict(OK, SampleFrames.requests(CLIENT, SESSION, max,
            BatchFrameCheckTest.repeated(bundle, max),
            BatchFrameCheckTest.repeated(authenticator(REPLICAS, 1), max)));
        client.assertVerdict(SIZE, SampleFrames.requests(CLIENT, SESSION, max + 1,
            BatchFrameCheckTest.repeated(bundle, max + 1),
            BatchFrameCheckTest.repeated(authenticator(REPLICAS, 1), max + 1)));
    }

    @Test
    @DisplayName("B07 a frame in the name of one client with a bundle in the name of another")
    void theBundlesAreTheSendersOwn()
    {
        for (final long id : NO_CLIENTS)
        {
            client.assertVerdict(SENDER, Altered.uint32(SampleFrames.requests(), SENDER_INDEX, id));
        }
        client.assertVerdict(SENDER, Altered.uint32(SampleFrames.requests(), SENDER_INDEX, CLIENT - 1));

        final byte[] mixed = joined(
            SampleBundles.keepAlive(CLIENT, SESSION, 1), SampleBundles.keepAlive(CLIENT + 1, SESSION, 1));
        client.assertVerdict(SENDER, SampleFrames.requests(
            CLIENT, SESSION, 2, mixed, joined(authenticator(REPLICAS, 0), authenticator(REPLICAS, 0))));
    }

    @Test
    void theBundlesAreOfTheFramesSession()
    {
        final int session = BLOCK + RequestsDecoder.sessionIdEncodingOffset();
        for (final long other : new long[]{SESSION - 1, SESSION + 1, Refusals.ORDINAL_MAX})
        {
            client.assertVerdict(FORM, Altered.int64(SampleFrames.requests(), session, other));
        }
        client.assertNoOrdinal(SampleFrames.requests(), session, 0);
        client.assertVerdict(FORM, Altered.int64(SampleFrames.requests(), session, 0));
        client.assertVerdict(FORM, Altered.int64(SampleFrames.open(), session, 1));
    }

    @Test
    void anOpenTravelsAlone()
    {
        final byte[] open = SampleBundles.open(CLIENT, 1, SampleBundles.CHANNEL);
        final byte[] tags = authenticator(REPLICAS, 1);

        client.assertVerdict(OK, SampleFrames.requests(CLIENT, 0, 1, open, tags));
        client.assertVerdict(FORM, SampleFrames.requests(CLIENT, 0, 2, joined(open, open), joined(tags, tags)));
        client.assertVerdict(FORM, SampleFrames.requests(CLIENT, SESSION, 1, open, tags));
    }

    @Test
    @DisplayName("J04 J05 B10 fields and count of Replies")
    void replies()
    {
        final byte[] message = SampleFrames.replies();

        client.assertReplica(message, SENDER_INDEX);
        client.assertReserved(message, BLOCK + RepliesDecoder.reservedEncodingOffset(), 4);
        client.assertOrdinal(message, BLOCK + RepliesDecoder.sessionIdEncodingOffset(), 0);
        client.assertOrdinal(message, BLOCK + RepliesDecoder.viewEncodingOffset(), 0);
        client.assertGroup(message, RESULTS, 3, RESULT, LIMITS.sessionWindow());
        client.assertVerdict(FORM, Altered.uint16(message, RESULTS + 2, 0));
        client.assertVerdict(LENGTH, Altered.uint16(message, RESULTS + 2, 1));
        client.assertVerdict(LENGTH, Altered.uint16(message, RESULTS + 2, 2));
        for (final long id : NO_CLIENTS)
        {
            client.assertVerdict(
                SENDER, Altered.uint32(message, BLOCK + RepliesDecoder.clientIdEncodingOffset(), id));
        }
    }

    @Test
    @DisplayName("J04 J05 B10 fields and length of each result")
    void results()
    {
        final byte[] message = SampleFrames.replies();
        final int first = RESULTS + 4;
        final int second = first + RESULT + 4 + 3;
        final int third = second + RESULT + 4 + 32;
        for (final int entry : new int[]{first, second, third})
        {
            client.assertOrdinal(message, entry + RepliesDecoder.ResultsDecoder.numberEncodingOffset(), 1);
            client.assertReserved(message, entry + RepliesDecoder.ResultsDecoder.reservedEncodingOffset(), 2);
            for (int value = 7; value < 256; value++)
            {
                client.assertVerdict(FORM, Altered.uint8(
                    message, entry + RepliesDecoder.ResultsDecoder.outcomeEncodingOffset(), value));
            }
            for (int value = 2; value < 256; value++)
            {
                client.assertVerdict(FORM, Altered.uint8(
                    message, entry + RepliesDecoder.ResultsDecoder.formEncodingOffset(), value));
            }
            for (final long length : new long[]{LIMITS.resultLengthMax() + 1, 0x7FFF_FFFFL, 0x8000_0000L,
                0xFFFF_FFFFL, 0xFFFF_FFFFL - entry})
            {
                client.assertVerdict(SIZE, Altered.uint32(message, entry + RESULT, length));
            }
            client.assertVerdict(LENGTH, Altered.uint32(message, first + RESULT, LIMITS.resultLengthMax()));
        }
    }

    @Test
    void aDigestIsAsLongAsADigest()
    {
        final int form = RESULTS + 4 + RepliesDecoder.ResultsDecoder.formEncodingOffset();

        client.assertVerdict(FORM, Altered.uint8(SampleFrames.replies(), form, 1));
    }

    @Test
    void whatIsCommittedHasAPositionAndWhatIsRejectedHasNone()
    {
        final byte[] message = SampleFrames.replies();
        final int position = RESULTS + 4 + RepliesDecoder.ResultsDecoder.positionEncodingOffset();
        final int outcome = RESULTS + 4 + RepliesDecoder.ResultsDecoder.outcomeEncodingOffset();

        client.assertOrdinal(message, position, 1);
        for (int rejection = 1; rejection <= 6; rejection++)
        {
            final byte[] rejected = Altered.uint8(message, outcome, rejection);

            client.assertVerdict(FORM, rejected);
            client.assertVerdict(OK, Altered.int64(rejected, position, 0));
        }
    }
}
