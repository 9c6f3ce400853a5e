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

import static io.tagma.codecs.FrameLayout.PAYLOAD_HEADER_LENGTH;
import static io.tagma.codecs.FrameLayout.SIGNATURE_LENGTH;
import static io.tagma.codecs.FrameLayout.TAG_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.client.BundleAuthenticatorEncoder;
import io.tagma.codecs.client.BundleBodyEncoder;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.ResolveEncoder;

/**
 * Well-formed bundle bodies and authenticators.
 */
final class SampleBundles
{
    static final String CHANNEL = ResponseChannel.ofEndpoint("localhost:40456");

    private SampleBundles()
    {
    }

    static byte[] requests(final int clientId, final long sessionId, final long number, final byte[]... payloads)
    {
        return body(BundleKind.REQUESTS, clientId, sessionId, number, payloads);
    }

    static byte[] open(final int clientId, final long number, final String channel)
    {
        return body(BundleKind.OPEN, clientId, 0, number, channel.getBytes(US_ASCII));
    }

    static byte[] keepAlive(final int clientId, final long sessionId, final long number)
    {
        return body(BundleKind.KEEP_ALIVE, clientId, sessionId, number, new byte[0]);
    }

    static byte[] close(final int clientId, final long sessionId, final long number)
    {
        return body(BundleKind.CLOSE, clientId, sessionId, number, new byte[0]);
    }

    static byte[] resolve(final int clientId, final long sessionId, final long number, final long of, final long which)
    {
        final byte[] payload = new byte[ResolveEncoder.BLOCK_LENGTH];
        new ResolveEncoder().wrap(new UnsafeBuffer(payload), 0).sessionId(of).number(which);
        return body(BundleKind.RESOLVE, clientId, sessionId, number, payload);
    }

    static byte[] body(
        final BundleKind kind,
        final int clientId,
        final long sessionId,
        final long number,
        final byte[]... payloads)
    {
        int length = BundleBodyEncoder.BLOCK_LENGTH;
        for (final byte[] payload : payloads)
        {
            length += PAYLOAD_HEADER_LENGTH + payload.length;
        }

        final byte[] bytes = new byte[length];
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        new BundleBodyEncoder().wrap(buffer, 0)
            .kind(kind)
            .count(payloads.length)
            .bodyLength(length)
            .clientId(clientId)
            .reserved(0)
            .sessionId(sessionId)
            .firstNumber(number);

        int position = BundleBodyEncoder.BLOCK_LENGTH;
        for (final byte[] payload : payloads)
        {
            buffer.putInt(position, payload.length, LITTLE_ENDIAN);
            buffer.putBytes(position + PAYLOAD_HEADER_LENGTH, payload);
            position += PAYLOAD_HEADER_LENGTH + payload.length;
        }
        return bytes;
    }

    static byte[] authenticator(final int tagCount, final int signatureCount)
    {
        final int length = BundleAuthenticatorEncoder.BLOCK_LENGTH +
            tagCount * TAG_LENGTH + signatureCount * SIGNATURE_LENGTH;
        final byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte)0xA7);
        new BundleAuthenticatorEncoder().wrap(new UnsafeBuffer(bytes), 0)
            .tagCount(tagCount)
            .signatureCount(signatureCount)
            .reserved(0);
        return bytes;
    }

    static byte[] payload(final int length, final int fill)
    {
        final byte[] payload = new byte[length];
        Arrays.fill(payload, (byte)fill);
        return payload;
    }

    static byte[] joined(final byte[]... parts)
    {
        int length = 0;
        for (final byte[] part : parts)
        {
            length += part.length;
        }

        final byte[] all = new byte[length];
        int position = 0;
        for (final byte[] part : parts)
        {
            System.arraycopy(part, 0, all, position, part.length);
            position += part.length;
        }
        return all;
    }
}
