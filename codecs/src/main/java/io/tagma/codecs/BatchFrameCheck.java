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
import static io.tagma.codecs.Structure.VAR_DATA_HEADER_LENGTH;
import static io.tagma.codecs.Structure.isOrdinal;
import static io.tagma.codecs.Structure.uint32;

import org.agrona.DirectBuffer;

import io.tagma.codecs.peer.BatchDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.RelayDecoder;

/**
 * The peer templates that carry bundles. {@link PeerFrameCheck} has seen to header and block.
 */
final class BatchFrameCheck
{
    private BatchFrameCheck()
    {
    }

    static FrameVerdict prePrepare(
        final DirectBuffer buffer,
        final int offset,
        final int end,
        final FrameLimits limits)
    {
        final int block = offset + HEADER_LENGTH;
        final long bundleCount = uint32(buffer, block + PrePrepareDecoder.bundleCountEncodingOffset());
        if (bundleCount > FrameLimits.BUNDLES_MAX)
        {
            return FrameVerdict.SIZE;
        }
        if (!isOrdinal(buffer, block + PrePrepareDecoder.viewEncodingOffset(), 0) ||
            !isOrdinal(buffer, block + PrePrepareDecoder.sequenceEncodingOffset(), 1) ||
            !isOrdinal(buffer, block + PrePrepareDecoder.timestampNsEncodingOffset(), 0) ||
            0 != uint32(buffer, block + PrePrepareDecoder.reservedEncodingOffset()))
        {
            return FrameVerdict.FORM;
        }

        final int bodiesHeader = block + PrePrepareDecoder.BLOCK_LENGTH;
        final int bodiesLength = Structure.varData(buffer, bodiesHeader, end, limits.batchLengthMax());
        if (bodiesLength < 0)
        {
            return FrameVerdict.ofFailure(bodiesLength);
        }

        final int bodies = bodiesHeader + VAR_DATA_HEADER_LENGTH;
        final int authenticatorsHeader = bodies + bodiesLength;
        final int authenticatorsLength = Structure.varData(
            buffer, authenticatorsHeader, end, (int)bundleCount * limits.authenticatorLength(1));
        if (authenticatorsLength < 0)
        {
            return FrameVerdict.ofFailure(authenticatorsLength);
        }

        final int authenticators = authenticatorsHeader + VAR_DATA_HEADER_LENGTH;
        if (authenticators + authenticatorsLength != end)
        {
            return FrameVerdict.LENGTH;
        }

        final FrameVerdict verdict =
            BundleCheck.checkBodies(buffer, bodies, bodiesLength, (int)bundleCount, limits);

        return FrameVerdict.OK != verdict ? verdict : BundleCheck.checkAuthenticators(
            buffer, authenticators, authenticatorsLength, (int)bundleCount, false, limits);
    }

    static FrameVerdict batch(
        final DirectBuffer buffer,
        final int offset,
        final int end,
        final FrameLimits limits)
    {
        final int block = offset + HEADER_LENGTH;
        if (!isOrdinal(buffer, block + BatchDecoder.sequenceEncodingOffset(), 1) ||
            !isOrdinal(buffer, block + BatchDecoder.timestampNsEncodingOffset(), 0) ||
            0 != uint32(buffer, block + BatchDecoder.reservedEncodingOffset()))
        {
            return FrameVerdict.FORM;
        }

        return BundleCheck.checkLastBodies(
            buffer,
            block + BatchDecoder.BLOCK_LENGTH,
            end,
            uint32(buffer, block + BatchDecoder.bundleCountEncodingOffset()),
            limits);
    }

    static FrameVerdict relay(
        final DirectBuffer buffer,
        final int offset,
        final int end,
        final FrameLimits limits)
    {
        final int bodyHeader = offset + HEADER_LENGTH + RelayDecoder.BLOCK_LENGTH;
        final int bodyLength = Structure.varData(buffer, bodyHeader, end, limits.bundleLengthMax());
        if (bodyLength < 0)
        {
            return FrameVerdict.ofFailure(bodyLength);
        }

        final int body = bodyHeader + VAR_DATA_HEADER_LENGTH;
        final int authenticatorHeader = body + bodyLength;
        final int authenticatorLength = Structure.varData(
            buffer, authenticatorHeader, end, limits.authenticatorLength(1));
        if (authenticatorLength < 0)
        {
            return FrameVerdict.ofFailure(authenticatorLength);
        }

        final int authenticator = authenticatorHeader + VAR_DATA_HEADER_LENGTH;
        if (authenticator + authenticatorLength != end)
        {
            return FrameVerdict.LENGTH;
        }

        final FrameVerdict verdict = BundleCheck.checkBody(buffer, body, bodyLength, limits);

        return FrameVerdict.OK != verdict ? verdict :
            BundleCheck.checkAuthenticators(buffer, authenticator, authenticatorLength, 1, true, limits);
    }
}
