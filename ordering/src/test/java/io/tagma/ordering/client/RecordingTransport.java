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
package io.tagma.ordering.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.ClientFrameCheck;
import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.FrameVerdict;
import io.tagma.codecs.client.BundleAuthenticatorDecoder;
import io.tagma.codecs.client.BundleBodyDecoder;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.MessageHeaderDecoder;
import io.tagma.codecs.client.RequestsDecoder;

/**
 * Takes frames as replicas would: every one must be well-formed, and every tag and signature in it right.
 */
final class RecordingTransport implements ClientTransport
{
    final List<Sent> sent = new ArrayList<>();
    final boolean[] isConnected;

    private final ClientParameters parameters;
    private final TestKeys keys = new TestKeys();

    RecordingTransport(final ClientParameters parameters)
    {
        this.parameters = parameters;
        isConnected = new boolean[parameters.quorums.size()];
        java.util.Arrays.fill(isConnected, true);
    }

    @Override
    public boolean send(
        final int replicaId, final DirectBuffer message, final int offset, final int length, final DirectBuffer tag)
    {
        if (!isConnected[replicaId])
        {
            return false;
        }
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        copy.putBytes(0, message, offset, length);
        assertEquals(FrameVerdict.OK, ClientFrameCheck.checkRequests(copy, 0, length, parameters.limits));
        final RequestsDecoder requests = new RequestsDecoder();
        requests.wrapAndApplyHeader(copy, 0, new MessageHeaderDecoder());
        final long sessionId = requests.sessionId();
        assertEquals(parameters.clusterId, requests.origin().clusterId());
        assertEquals(parameters.epoch, requests.origin().epoch());
        assertTrue(keys.toReplica(replicaId, sessionId).verify(copy, 0, length, tag, 0), "tag of the frame");
        assertEquals(1, requests.bundleCount());
        sent.add(bundle(replicaId, sessionId, requests));
        return true;
    }

    private Sent bundle(final int replicaId, final long sessionId, final RequestsDecoder requests)
    {
        final UnsafeBuffer body = new UnsafeBuffer(new byte[requests.bodiesLength()]);
        requests.getBodies(body, 0, body.capacity());
        final UnsafeBuffer authenticator = new UnsafeBuffer(new byte[requests.authenticatorsLength()]);
        requests.getAuthenticators(authenticator, 0, authenticator.capacity());

        final BundleBodyDecoder bodyDecoder = new BundleBodyDecoder()
            .wrap(body, 0, BundleBodyDecoder.BLOCK_LENGTH, BundleBodyDecoder.SCHEMA_VERSION);
        final BundleAuthenticatorDecoder authenticatorDecoder = new BundleAuthenticatorDecoder()
            .wrap(authenticator, 0, BundleAuthenticatorDecoder.BLOCK_LENGTH,
                BundleAuthenticatorDecoder.SCHEMA_VERSION);
        final int replicaCount = parameters.quorums.size();
        for (int i = 0; i < replicaCount; i++)
        {
            final int tagOffset = BundleAuthenticatorDecoder.BLOCK_LENGTH + i * FrameLayout.TAG_LENGTH;
            assertTrue(keys.toReplica(i, sessionId)
                .verify(body, 0, body.capacity(), authenticator, tagOffset), "tag for replica " + i);
        }
        final boolean isSigned = 1 == authenticatorDecoder.signatureCount();
        if (isSigned)
        {
            assertTrue(TestKeys.isSignature(body, 0, body.capacity(), authenticator,
                BundleAuthenticatorDecoder.BLOCK_LENGTH + replicaCount * FrameLayout.TAG_LENGTH), "signature");
        }
        final List<String> payloads = new ArrayList<>();
        int offset = BundleBodyDecoder.BLOCK_LENGTH;
        for (int i = 0; i < bodyDecoder.count(); i++)
        {
            final int length = body.getInt(offset);
            payloads.add(body.getStringWithoutLengthAscii(offset + FrameLayout.PAYLOAD_HEADER_LENGTH, length));
            offset += FrameLayout.PAYLOAD_HEADER_LENGTH + length;
        }
        return new Sent(
            replicaId, sessionId, bodyDecoder.kind(), bodyDecoder.firstNumber(), payloads, isSigned);
    }

    /** What was sent since the last call. */
    List<Sent> take()
    {
        final List<Sent> taken = new ArrayList<>(sent);
        sent.clear();
        return taken;
    }

    record Sent(
        int replicaId, long sessionId, BundleKind kind, long firstNumber, List<String> payloads, boolean isSigned)
    {
    }
}
