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

import static io.tagma.codecs.FrameVerdict.FORM;
import static io.tagma.codecs.FrameVerdict.LENGTH;
import static io.tagma.codecs.FrameVerdict.OK;
import static io.tagma.codecs.FrameVerdict.SENDER;
import static io.tagma.codecs.FrameVerdict.SIZE;
import static io.tagma.codecs.FrameVerdict.VAR_DATA;
import static io.tagma.codecs.SampleBundles.authenticator;
import static io.tagma.codecs.SampleBundles.body;
import static io.tagma.codecs.SampleBundles.joined;
import static io.tagma.codecs.SampleBundles.payload;
import static io.tagma.codecs.SampleFrames.LIMITS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tagma.codecs.client.BundleBodyDecoder;
import io.tagma.codecs.client.BundleKind;

/**
 * Every way for a bundle's body or authenticator to be malformed.
 */
class BundleCheckTest
{
    private static final int KIND = BundleBodyDecoder.kindEncodingOffset();
    private static final int COUNT = BundleBodyDecoder.countEncodingOffset();
    private static final int BODY_LENGTH = BundleBodyDecoder.bodyLengthEncodingOffset();
    private static final int CLIENT = BundleBodyDecoder.clientIdEncodingOffset();
    private static final int RESERVED = BundleBodyDecoder.reservedEncodingOffset();
    private static final int SESSION = BundleBodyDecoder.sessionIdEncodingOffset();
    private static final int NUMBER = BundleBodyDecoder.firstNumberEncodingOffset();
    private static final int PAYLOADS = BundleBodyDecoder.BLOCK_LENGTH;

    private static final byte[] REQUESTS = SampleBundles.requests(7, 41, 5, payload(3, 1), payload(9, 2));
    private static final byte[] OPEN = SampleBundles.open(7, 1, SampleBundles.CHANNEL);
    private static final byte[] KEEP_ALIVE = SampleBundles.keepAlive(7, 41, 8);
    private static final byte[] CLOSE = SampleBundles.close(7, 41, 9);
    private static final byte[] RESOLVE = SampleBundles.resolve(7, 41, 8, 17, 3);

    @Test
    void theSamplesPass()
    {
        for (final byte[] sample : new byte[][]{REQUESTS, OPEN, KEEP_ALIVE, CLOSE, RESOLVE})
        {
            assertBody(OK, sample);
        }
    }

    @Test
    @DisplayName("J04 unknown kinds")
    void anUnknownKindIsRefused()
    {
        for (final int kind : new int[]{0, 6, 7, 255, 256, 0x0101, 0x7FFF, 0x8000, 0xFFFF})
        {
            assertBody(FORM, Altered.uint16(REQUESTS, KIND, kind));
        }
    }

    @Test
    @DisplayName("J04 A10 the count of payloads")
    void theCountIsThatOfThePayloads()
    {
        assertBody(FORM, Altered.uint16(REQUESTS, COUNT, 0));
        assertBody(VAR_DATA, Altered.uint16(REQUESTS, COUNT, 1));
        assertBody(VAR_DATA, Altered.uint16(REQUESTS, COUNT, 3));
        assertBody(VAR_DATA, Altered.uint16(REQUESTS, COUNT, LIMITS.sessionWindow()));
        assertBody(SIZE, Altered.uint16(REQUESTS, COUNT, LIMITS.sessionWindow() + 1));
        assertBody(SIZE, Altered.uint16(REQUESTS, COUNT, 0x7FFF));
        assertBody(SIZE, Altered.uint16(REQUESTS, COUNT, 0x8000));
        assertBody(SIZE, Altered.uint16(REQUESTS, COUNT, 0xFFFF));
    }

    @Test
    @DisplayName("A10 as many requests as the session window pass in one bundle")
    void aWholeWindowPasses()
    {
        final byte[][] window = new byte[LIMITS.sessionWindow()][0];
        assertBody(OK, SampleBundles.requests(7, 41, 5, window));
        assertBody(SIZE, SampleBundles.requests(7, 41, 5, Arrays.copyOf(
            new byte[LIMITS.sessionWindow() + 1][0], LIMITS.sessionWindow() + 1)));
    }

    @Test
    @DisplayName("J04 the length of a body")
    void theLengthIsThatOfTheBody()
    {
        for (final long length : new long[]{0, 1, 31, REQUESTS.length + 1, LIMITS.bundleLengthMax()})
        {
            assertBody(VAR_DATA, Altered.uint32(REQUESTS, BODY_LENGTH, length));
        }
        for (final long length : new long[]{PAYLOADS, PAYLOADS + 4, REQUESTS.length - 1})
        {
            assertBody(VAR_DATA, Altered.uint32(REQUESTS, BODY_LENGTH, length));
        }
        for (final long length : new long[]{LIMITS.bundleLengthMax() + 1, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL})
        {
            assertBody(SIZE, Altered.uint32(REQUESTS, BODY_LENGTH, length));
        }
    }

    @Test
    @DisplayName("J04 J05 the lengths of payloads")
    void theLengthsArePayloadLengths()
    {
        final int second = PAYLOADS + 4 + 3;
        assertBody(VAR_DATA, Altered.uint32(REQUESTS, PAYLOADS, 3 + 4 + 9));
        assertBody(VAR_DATA, Altered.uint32(REQUESTS, second, 0));
        assertBody(VAR_DATA, Altered.uint32(REQUESTS, second, 8));
        assertBody(VAR_DATA, Altered.uint32(REQUESTS, second, 10));
        for (final int index : new int[]{PAYLOADS, second})
        {
            assertBody(VAR_DATA, Altered.uint32(REQUESTS, index, LIMITS.payloadLengthMax()));
            for (final long length : new long[]{LIMITS.payloadLengthMax() + 1, 0x7FFF_FFFFL, 0x8000_0000L,
                0xFFFF_FFFFL, 0xFFFF_FFFFL - index})
            {
                assertBody(SIZE, Altered.uint32(REQUESTS, index, length));
            }
        }
    }

    @Test
    @DisplayName("A10 a payload of the greatest length passes, one byte more does not")
    void payloadLimit()
    {
        assertBody(OK, SampleBundles.requests(7, 41, 5, payload(LIMITS.payloadLengthMax(), 1)));
        assertBody(SIZE, SampleBundles.requests(7, 41, 5, payload(LIMITS.payloadLengthMax() + 1, 1)));
    }

    @Test
    void theClientIsConfigured()
    {
        for (final long client : new long[]{1, 9})
        {
            assertBody(OK, Altered.uint32(REQUESTS, CLIENT, client));
        }
        for (final long client : new long[]{0, 10, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL})
        {
            assertBody(SENDER, Altered.uint32(REQUESTS, CLIENT, client));
        }
    }

    @Test
    @DisplayName("B10 reserved bits of a body")
    void reservedBitsAreZero()
    {
        for (int bit = 0; bit < 32; bit++)
        {
            assertBody(FORM, Altered.uint32(REQUESTS, RESERVED, 1L << bit));
        }
    }

    @Test
    @DisplayName("J05 numbers at their end")
    void numbersDoNotOverflow()
    {
        final long max = Refusals.ORDINAL_MAX;
        assertBody(OK, Altered.int64(REQUESTS, NUMBER, 1));
        assertBody(OK, Altered.int64(REQUESTS, NUMBER, max - 2));
        for (final long number : new long[]{0, -1, Long.MIN_VALUE, max - 1, max, max + 1, Long.MAX_VALUE})
        {
            assertBody(FORM, Altered.int64(REQUESTS, NUMBER, number));
        }
    }

    @Test
    void onlyAnOpenHasNoSession()
    {
        assertBody(FORM, Altered.int64(OPEN, SESSION, 1));
        for (final byte[] sample : new byte[][]{REQUESTS, KEEP_ALIVE, CLOSE, RESOLVE})
        {
            assertBody(OK, Altered.int64(sample, SESSION, 1));
            assertBody(OK, Altered.int64(sample, SESSION, Refusals.ORDINAL_MAX));
            assertBody(FORM, Altered.int64(sample, SESSION, 0));
            assertBody(FORM, Altered.int64(sample, SESSION, -1));
            assertBody(FORM, Altered.int64(sample, SESSION, Refusals.ORDINAL_MAX + 1));
        }
    }

    @ParameterizedTest
    @EnumSource(value = BundleKind.class, names = {"KEEP_ALIVE", "CLOSE"})
    void keepAliveAndCloseHaveOneEmptyPayload(final BundleKind kind)
    {
        assertBody(OK, body(kind, 7, 41, 8, new byte[0]));
        assertBody(VAR_DATA, body(kind, 7, 41, 8, payload(1, 0)));
        assertBody(FORM, body(kind, 7, 41, 8, new byte[0], new byte[0]));
        assertBody(FORM, body(kind, 7, 41, 8));
        assertBody(FORM, Altered.uint32(body(kind, 7, 41, 8, new byte[0]), PAYLOADS, 1));
        assertBody(FORM, Altered.uint32(body(kind, 7, 41, 8, new byte[0]), PAYLOADS, 0xFFFF_FFFFL));
    }

    @Test
    void aResolveNamesOneRequestOfAnotherSession()
    {
        final byte[] block = Arrays.copyOfRange(RESOLVE, PAYLOADS + Integer.BYTES, RESOLVE.length);
        assertBody(OK, body(BundleKind.RESOLVE, 7, 41, 8, block));
        assertBody(FORM, body(BundleKind.RESOLVE, 7, 41, 8));
        assertBody(FORM, body(BundleKind.RESOLVE, 7, 41, 8, block, block));
        for (final int length : new int[]{0, 1, 8, 15, 17, 24, 32})
        {
            assertBody(VAR_DATA, body(BundleKind.RESOLVE, 7, 41, 8, Arrays.copyOf(block, length)));
        }
        for (final long length : new long[]{0, 15, 17, 0x8000_0010L, 0xFFFF_FFFFL})
        {
            assertBody(FORM, Altered.uint32(RESOLVE, PAYLOADS, length));
        }
        final int session = PAYLOADS + Integer.BYTES;
        final int number = session + Long.BYTES;
        for (final int ordinal : new int[]{session, number})
        {
            assertBody(OK, Altered.int64(RESOLVE, ordinal, 1));
            assertBody(OK, Altered.int64(RESOLVE, ordinal, Refusals.ORDINAL_MAX));
            assertBody(FORM, Altered.int64(RESOLVE, ordinal, 0));
            assertBody(FORM, Altered.int64(RESOLVE, ordinal, -1));
            assertBody(FORM, Altered.int64(RESOLVE, ordinal, Long.MIN_VALUE));
            assertBody(FORM, Altered.int64(RESOLVE, ordinal, Refusals.ORDINAL_MAX + 1));
        }
        assertBody(OK, Altered.int64(RESOLVE, number, 41));
        assertBody(FORM, Altered.int64(RESOLVE, session, 41));
    }

    @Test
    void anOpenHasOneChannel()
    {
        final byte[] channel = SampleBundles.CHANNEL.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertBody(FORM, body(BundleKind.OPEN, 7, 0, 1, channel, channel));
        assertBody(FORM, body(BundleKind.OPEN, 7, 0, 1));
        assertBody(FORM, body(BundleKind.OPEN, 7, 0, 1, new byte[0]));
        assertBody(FORM, SampleBundles.open(7, 1, "aeron:ipc"));
        assertBody(SIZE, body(BundleKind.OPEN, 7, 0, 1, payload(FrameLimits.CHANNEL_LENGTH_MAX + 1, 'a')));
        assertBody(VAR_DATA, Altered.uint32(OPEN, PAYLOADS, channel.length - 1));
        assertBody(VAR_DATA, Altered.uint32(OPEN, PAYLOADS, channel.length + 1));
    }

    @Test
    void bodiesFillTheirBytes()
    {
        final byte[] two = joined(REQUESTS, OPEN);
        assertEquals(OK, checkBodies(two, 2));
        assertEquals(VAR_DATA, checkBodies(two, 1));
        assertEquals(VAR_DATA, checkBodies(two, 3));
        assertEquals(VAR_DATA, checkBodies(two, 0));
        assertEquals(OK, checkBodies(new byte[0], 0));
        assertEquals(VAR_DATA, checkBodies(new byte[0], 1));
        for (int length = 0; length < two.length; length++)
        {
            assertEquals(VAR_DATA, checkBodies(Arrays.copyOf(two, length), 2));
        }
    }

    @Test
    void authenticatorsHaveATagForEachReplica()
    {
        assertAuthenticators(OK, authenticator(4, 0), false);
        assertAuthenticators(OK, authenticator(4, 1), false);
        assertAuthenticators(OK, authenticator(4, 1), true);
        assertAuthenticators(FORM, authenticator(4, 0), true);
        for (final int tagCount : new int[]{0, 1, 3, 5, 64, 0x7FFF, 0x8000, 0xFFFF})
        {
            assertAuthenticators(FORM, Altered.uint16(authenticator(4, 1), 0, tagCount), false);
        }
        for (final int signatureCount : new int[]{2, 0x7FFF, 0x8000, 0xFFFF})
        {
            assertAuthenticators(FORM, Altered.uint16(authenticator(4, 1), 2, signatureCount), false);
        }
        assertAuthenticators(VAR_DATA, Altered.uint16(authenticator(4, 0), 2, 1), false);
        assertAuthenticators(VAR_DATA, Altered.uint16(authenticator(4, 1), 2, 0), false);
    }

    @Test
    @DisplayName("B10 reserved bits of an authenticator")
    void reservedBitsOfAnAuthenticatorAreZero()
    {
        for (int bit = 0; bit < 32; bit++)
        {
            assertAuthenticators(FORM, Altered.uint32(authenticator(4, 1), 4, 1L << bit), false);
        }
    }

    @Test
    void aRunOutsideTheBufferIsRefused()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(REQUESTS);
        assertEquals(LENGTH, BundleCheck.checkBody(buffer, 1, REQUESTS.length, LIMITS));
        assertEquals(LENGTH, BundleCheck.checkAuthenticators(buffer, -1, 8, 1, false, LIMITS));
    }

    private static void assertBody(final FrameVerdict expected, final byte[] body)
    {
        assertEquals(expected, BundleCheck.checkBody(new UnsafeBuffer(body), 0, body.length, LIMITS));
    }

    private static FrameVerdict checkBodies(final byte[] bodies, final int count)
    {
        return BundleCheck.checkBodies(new UnsafeBuffer(bodies), 0, bodies.length, count, LIMITS);
    }

    private static void assertAuthenticators(
        final FrameVerdict expected,
        final byte[] authenticator,
        final boolean signatureRequired)
    {
        assertEquals(expected, BundleCheck.checkAuthenticators(
            new UnsafeBuffer(authenticator), 0, authenticator.length, 1, signatureRequired, LIMITS));
    }
}
