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

import static io.tagma.codecs.SampleBundles.authenticator;
import static io.tagma.codecs.SampleBundles.joined;
import static io.tagma.codecs.SampleBundles.payload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import io.tagma.codecs.client.BundleKind;

class BundleCursorTest
{
    private static final int BEFORE = 24;
    private static final byte[] FIRST = SampleBundles.requests(7, 41, 5, payload(3, 1), payload(0, 0), payload(9, 2));
    private static final byte[] SECOND = SampleBundles.open(3, 1, SampleBundles.CHANNEL);
    private static final byte[] THIRD = SampleBundles.close(2, 17, 4);

    private final UnsafeBuffer bodies = new UnsafeBuffer(joined(new byte[BEFORE], FIRST, SECOND, THIRD, FIRST));
    private final UnsafeBuffer authenticators = new UnsafeBuffer(joined(
        new byte[BEFORE], authenticator(4, 0), authenticator(4, 1), authenticator(4, 0), authenticator(4, 0)));
    private final int length = FIRST.length + SECOND.length + THIRD.length;
    private final BundleCursor cursor = new BundleCursor();

    @Test
    void walksBodiesAndAuthenticatorsInStep()
    {
        cursor.wrap(bodies, BEFORE, length, authenticators, BEFORE, 3 * 72 + 64);

        assertTrue(cursor.next());
        assertEquals(BundleKind.REQUESTS, cursor.kind());
        assertEquals(3, cursor.count());
        assertEquals(7, cursor.clientId());
        assertEquals(41, cursor.sessionId());
        assertEquals(5, cursor.firstNumber());
        assertEquals(BEFORE, cursor.bodyOffset());
        assertEquals(FIRST.length, cursor.bodyLength());
        assertEquals(BEFORE, cursor.authenticatorOffset());
        assertEquals(72, cursor.authenticatorLength());
        assertEquals(BEFORE + 8 + 3 * 16, cursor.tagOffset(3));
        assertFalse(cursor.isSigned());
        assertEquals(-1, cursor.signatureOffset());

        assertTrue(cursor.next());
        assertEquals(BundleKind.OPEN, cursor.kind());
        assertEquals(3, cursor.clientId());
        assertEquals(0, cursor.sessionId());
        assertEquals(BEFORE + FIRST.length, cursor.bodyOffset());
        assertEquals(BEFORE + 72, cursor.authenticatorOffset());
        assertEquals(136, cursor.authenticatorLength());
        assertTrue(cursor.isSigned());
        assertEquals(BEFORE + 72 + 8 + 4 * 16, cursor.signatureOffset());

        assertTrue(cursor.next());
        assertEquals(BundleKind.CLOSE, cursor.kind());
        assertEquals(4, cursor.firstNumber());
        assertEquals(BEFORE + 72 + 136, cursor.authenticatorOffset());
        assertEquals(BEFORE + 72 + 136 + 8, cursor.tagOffset(0));

        assertFalse(cursor.next());
        assertFalse(cursor.next());
        assertFalse(cursor.nextPayload());
    }

    @Test
    void walksPayloadsWithTheirNumbers()
    {
        cursor.wrap(bodies, BEFORE, length);
        assertTrue(cursor.next());
        for (int pass = 0; pass < 2; pass++)
        {
            assertPayload(5, BEFORE + 36, 3);
            assertPayload(6, BEFORE + 43, 0);
            assertPayload(7, BEFORE + 47, 9);
            assertFalse(cursor.nextPayload());
            cursor.rewindPayloads();
        }

        assertTrue(cursor.next());
        assertPayload(1, BEFORE + FIRST.length + 36, SampleBundles.CHANNEL.length());
        assertEquals(SampleBundles.CHANNEL,
            cursor.bodies().getStringWithoutLengthAscii(cursor.payloadOffset(), cursor.payloadLength()));
        assertFalse(cursor.nextPayload());
    }

    @Test
    void payloadsMayBeLeftUnread()
    {
        cursor.wrap(bodies, BEFORE, length);
        int bundles = 0;
        while (cursor.next())
        {
            bundles++;
        }

        assertEquals(3, bundles);
    }

    @Test
    void bodiesWithoutAuthenticatorsHaveNoSignature()
    {
        cursor.wrap(bodies, BEFORE, length, authenticators, BEFORE, 72).next();
        cursor.wrap(bodies, BEFORE, length);

        assertTrue(cursor.next());
        assertNull(cursor.authenticators());
        assertEquals(0, cursor.authenticatorLength());
        assertFalse(cursor.isSigned());
        assertEquals(-1, cursor.signatureOffset());
    }

    @Test
    void anEmptyRunHasNoBundles()
    {
        assertFalse(cursor.wrap(bodies, BEFORE, 0, authenticators, BEFORE, 0).next());
        assertFalse(cursor.nextPayload());
    }

    private void assertPayload(final long number, final int offset, final int payloadLength)
    {
        assertTrue(cursor.nextPayload());
        assertEquals(number, cursor.payloadNumber());
        assertEquals(offset, cursor.payloadOffset());
        assertEquals(payloadLength, cursor.payloadLength());
    }
}
