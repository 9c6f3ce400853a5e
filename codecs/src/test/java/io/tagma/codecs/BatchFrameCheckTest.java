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
import static io.tagma.codecs.FrameVerdict.SIZE;
import static io.tagma.codecs.FrameVerdict.VAR_DATA;
import static io.tagma.codecs.SampleBundles.authenticator;
import static io.tagma.codecs.SampleBundles.joined;
import static io.tagma.codecs.SampleBundles.payload;
import static io.tagma.codecs.SampleFrames.LIMITS;
import static io.tagma.codecs.SampleFrames.REPLICAS;

import java.util.Arrays;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.tagma.codecs.peer.BatchDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.RelayDecoder;

/**
 * Every way to fail of the peer templates that carry bundles; what may be wrong with a bundle is in
 * {@link BundleCheckTest}.
 */
class BatchFrameCheckTest
{
    private static final int BLOCK = HEADER_LENGTH;
    private static final byte[] NONE = new byte[0];

    private final Refusals peer = new Refusals(Plane.PEER);

    @Test
    @DisplayName("J04 J05 B10 fields and lengths of PrePrepare")
    void prePrepare()
    {
        final byte[] message = SampleFrames.prePrepare();
        final int bodies = BLOCK + PrePrepareDecoder.BLOCK_LENGTH;
        final int authenticators = bodies + 4 + SampleFrames.bodies().length;

        peer.assertOrdinal(message, BLOCK + PrePrepareDecoder.viewEncodingOffset(), 0);
        peer.assertOrdinal(message, BLOCK + PrePrepareDecoder.sequenceEncodingOffset(), 1);
        peer.assertOrdinal(message, BLOCK + PrePrepareDecoder.timestampNsEncodingOffset(), 0);
        peer.assertReserved(message, BLOCK + PrePrepareDecoder.reservedEncodingOffset(), 4);
        peer.assertVarData(message, bodies, LIMITS.batchLengthMax());
        peer.assertVarData(message, authenticators, 4 * LIMITS.authenticatorLength(1));
        peer.assertVerdict(LENGTH, Altered.uint32(message, authenticators, 0));
        peer.assertVerdict(LENGTH, Altered.uint32(message, authenticators, 1));
    }

    @Test
    @DisplayName("J04 the count of bundles is that of the bundles")
    void theCountIsThatOfTheBundles()
    {
        final int count = BLOCK + PrePrepareDecoder.bundleCountEncodingOffset();
        final byte[] message = SampleFrames.prePrepare();

        peer.assertVerdict(VAR_DATA, SampleFrames.prePrepare(3, SampleFrames.bodies(), authenticator(REPLICAS, 0)));
        peer.assertVerdict(VAR_DATA, Altered.uint32(message, count, 5));
        peer.assertVerdict(VAR_DATA, Altered.uint32(message, count, FrameLimits.BUNDLES_MAX));
        for (final long other : new long[]{FrameLimits.BUNDLES_MAX + 1, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL})
        {
            peer.assertVerdict(SIZE, Altered.uint32(message, count, other));
        }
        peer.assertVerdict(SIZE, Altered.uint32(message, count, 0));
    }

    @Test
    void bodiesAndAuthenticatorsGoInStep()
    {
        final byte[] bodies = SampleFrames.bodies();
        final byte[] authenticators = SampleFrames.authenticators();

        peer.assertVerdict(VAR_DATA, SampleFrames.prePrepare(
            4, bodies, joined(authenticator(4, 1), authenticator(4, 1), authenticator(4, 1))));
        peer.assertVerdict(VAR_DATA, SampleFrames.prePrepare(
            4, bodies, Arrays.copyOf(authenticators, authenticators.length - 1)));
        peer.assertVerdict(VAR_DATA, SampleFrames.prePrepare(
            4, bodies, Arrays.copyOf(authenticators, authenticators.length + 1)));
        peer.assertVerdict(VAR_DATA, SampleFrames.prePrepare(4, NONE, authenticators));
        peer.assertVerdict(VAR_DATA, SampleFrames.prePrepare(4, bodies, NONE));
        peer.assertVerdict(VAR_DATA, SampleFrames.prePrepare(0, bodies, NONE));
        peer.assertVerdict(SIZE, SampleFrames.prePrepare(0, NONE, authenticator(4, 0)));
        peer.assertVerdict(OK, SampleFrames.prePrepare(0, NONE, NONE));
    }

    @Test
    @DisplayName("A10 a batch of the greatest length and count passes, one byte or bundle more does not")
    void batchLimits()
    {
        final byte[] longest = SampleBundles.requests(1, 9, 1, payload(1_024 - 36, 1));
        final byte[] full = repeated(longest, LIMITS.batchLengthMax() / 1_024);
        peer.assertVerdict(OK, SampleFrames.prePrepare(
            full.length / 1_024, full, repeated(authenticator(REPLICAS, 0), full.length / 1_024)));
        peer.assertVerdict(SIZE, SampleFrames.prePrepare(
            full.length / 1_024, Arrays.copyOf(full, full.length + 1),
            repeated(authenticator(REPLICAS, 0), full.length / 1_024)));

        final byte[] least = SampleBundles.keepAlive(1, 9, 1);
        final int max = FrameLimits.BUNDLES_MAX;
        peer.assertVerdict(OK, SampleFrames.prePrepare(
            max, repeated(least, max), repeated(authenticator(REPLICAS, 0), max)));
        peer.assertVerdict(SIZE, SampleFrames.prePrepare(
            max + 1, repeated(least, max + 1), repeated(authenticator(REPLICAS, 0), max + 1)));
    }

    @Test
    @DisplayName("J04 J05 B10 fields and length of Batch")
    void batch()
    {
        final byte[] message = SampleFrames.batch(4, SampleFrames.bodies());
        final int count = BLOCK + BatchDecoder.bundleCountEncodingOffset();

        peer.assertOrdinal(message, BLOCK + BatchDecoder.sequenceEncodingOffset(), 1);
        peer.assertOrdinal(message, BLOCK + BatchDecoder.timestampNsEncodingOffset(), 0);
        peer.assertReserved(message, BLOCK + BatchDecoder.reservedEncodingOffset(), 4);
        peer.assertVarData(message, BLOCK + BatchDecoder.BLOCK_LENGTH, LIMITS.batchLengthMax());
        peer.assertVerdict(LENGTH, Altered.uint32(message, BLOCK + BatchDecoder.BLOCK_LENGTH, 0));
        for (final long other : new long[]{0, 1, 3, 5, FrameLimits.BUNDLES_MAX})
        {
            peer.assertVerdict(VAR_DATA, Altered.uint32(message, count, other));
        }
        for (final long other : new long[]{FrameLimits.BUNDLES_MAX + 1, 0x8000_0000L, 0xFFFF_FFFFL})
        {
            peer.assertVerdict(SIZE, Altered.uint32(message, count, other));
        }
    }

    @Test
    @DisplayName("J04 J05 lengths of Relay")
    void relay()
    {
        final byte[] body = SampleBundles.requests(7, 41, 5, payload(20, 3));
        final byte[] message = SampleFrames.relay(body, authenticator(REPLICAS, 1));
        final int bodyHeader = BLOCK + RelayDecoder.BLOCK_LENGTH;

        peer.assertVerdict(OK, message);
        peer.assertVarData(message, bodyHeader, LIMITS.bundleLengthMax());

        final int authenticatorHeader = bodyHeader + 4 + body.length;
        final int max = LIMITS.authenticatorLength(1);
        for (final long length : new long[]{0, 1, max - 1})
        {
            peer.assertVerdict(LENGTH, Altered.uint32(message, authenticatorHeader, length));
        }
        for (final long length : new long[]{max + 1, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL})
        {
            peer.assertVerdict(SIZE, Altered.uint32(message, authenticatorHeader, length));
        }
    }

    @Test
    void aRelayCarriesOneSignedBundle()
    {
        final byte[] body = SampleBundles.requests(7, 41, 5, payload(20, 3));

        peer.assertVerdict(FORM, SampleFrames.relay(body, authenticator(REPLICAS, 0)));
        peer.assertVerdict(FORM, SampleFrames.relay(body, authenticator(REPLICAS - 1, 1)));
        peer.assertVerdict(VAR_DATA, SampleFrames.relay(joined(body, body), authenticator(REPLICAS, 1)));
        peer.assertVerdict(VAR_DATA, SampleFrames.relay(NONE, authenticator(REPLICAS, 1)));
        peer.assertVerdict(VAR_DATA, SampleFrames.relay(body, NONE));
        peer.assertVerdict(VAR_DATA, SampleFrames.relay(body, Arrays.copyOf(authenticator(REPLICAS, 1), 135)));
        peer.assertVerdict(SIZE, SampleFrames.relay(body, authenticator(REPLICAS + 1, 1)));
    }

    static byte[] repeated(final byte[] bytes, final int count)
    {
        final byte[][] parts = new byte[count][];
        Arrays.fill(parts, bytes);
        return joined(parts);
    }
}
