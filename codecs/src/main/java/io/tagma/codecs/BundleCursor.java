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
import static io.tagma.codecs.Structure.int64;
import static io.tagma.codecs.Structure.uint16;
import static io.tagma.codecs.Structure.uint32;

import org.agrona.DirectBuffer;

import io.tagma.codecs.client.BundleAuthenticatorDecoder;
import io.tagma.codecs.client.BundleBodyDecoder;
import io.tagma.codecs.client.BundleKind;

/**
 * Walks the bundles of a batch or of a Requests frame, bodies and authenticators in step, and the payloads of each.
 * A reusable flyweight: it holds no bytes, allocates nothing, and is for one thread.
 * <p>
 * For bytes that a structural check or {@link BundleCheck} has passed, and for nothing else: it does not check again.
 *
 * <pre>
 * cursor.wrap(bodies, bodiesOffset, bodiesLength, authenticators, authenticatorsOffset, authenticatorsLength);
 * while (cursor.next())
 * {
 *     while (cursor.nextPayload())
 *     {
 *         ...
 *     }
 * }
 * </pre>
 */
public final class BundleCursor
{
    private static final int NONE = -1;
    private static final int BODY_BLOCK_LENGTH = BundleBodyDecoder.BLOCK_LENGTH;
    private static final int KIND = BundleBodyDecoder.kindEncodingOffset();
    private static final int COUNT = BundleBodyDecoder.countEncodingOffset();
    private static final int BODY_LENGTH = BundleBodyDecoder.bodyLengthEncodingOffset();
    private static final int CLIENT_ID = BundleBodyDecoder.clientIdEncodingOffset();
    private static final int SESSION_ID = BundleBodyDecoder.sessionIdEncodingOffset();
    private static final int FIRST_NUMBER = BundleBodyDecoder.firstNumberEncodingOffset();
    private static final int AUTHENTICATOR_BLOCK_LENGTH = BundleAuthenticatorDecoder.BLOCK_LENGTH;
    private static final int TAG_COUNT = BundleAuthenticatorDecoder.tagCountEncodingOffset();
    private static final int SIGNATURE_COUNT = BundleAuthenticatorDecoder.signatureCountEncodingOffset();

    private DirectBuffer bodies;
    private DirectBuffer authenticators;
    private int bodiesEnd;
    private int bodyOffset;
    private int bodyLength;
    private int authenticatorOffset;
    private int authenticatorLength;
    private int count;
    private int payloadIndex;
    private int payloadOffset;
    private int payloadLength;

    /**
     * Goes before the first bundle of bodies that have no authenticators beside them.
     *
     * @param buffer that holds the bodies.
     * @param offset of the first byte.
     * @param length in bytes.
     * @return this.
     */
    public BundleCursor wrap(final DirectBuffer buffer, final int offset, final int length)
    {
        return wrap(buffer, offset, length, null, NONE, 0);
    }

    /**
     * Goes before the first bundle.
     *
     * @param bodiesBuffer         that holds the bodies.
     * @param bodiesOffset         of their first byte.
     * @param bodiesLength         in bytes.
     * @param authenticatorsBuffer that holds the authenticators; null for none.
     * @param authenticatorsOffset of their first byte.
     * @param authenticatorsLength in bytes; 0 for none.
     * @return this.
     */
    public BundleCursor wrap(
        final DirectBuffer bodiesBuffer,
        final int bodiesOffset,
        final int bodiesLength,
        final DirectBuffer authenticatorsBuffer,
        final int authenticatorsOffset,
        final int authenticatorsLength)
    {
        bodies = bodiesBuffer;
        bodiesEnd = bodiesOffset + bodiesLength;
        bodyOffset = bodiesOffset;
        bodyLength = 0;
        authenticators = 0 == authenticatorsLength ? null : authenticatorsBuffer;
        authenticatorOffset = null == authenticators ? NONE : authenticatorsOffset;
        authenticatorLength = 0;
        count = 0;
        payloadIndex = 0;
        return this;
    }

    /**
     * Goes to the next bundle, before its first payload.
     *
     * @return false if there is none.
     */
    public boolean next()
    {
        bodyOffset += bodyLength;
        bodyLength = 0;
        authenticatorOffset += authenticatorLength;
        count = 0;
        payloadIndex = 0;
        if (bodiesEnd - bodyOffset < BODY_BLOCK_LENGTH)
        {
            return false;
        }

        bodyLength = (int)uint32(bodies, bodyOffset + BODY_LENGTH);
        count = uint16(bodies, bodyOffset + COUNT);
        payloadOffset = bodyOffset + BODY_BLOCK_LENGTH;
        payloadLength = 0;
        if (null != authenticators)
        {
            authenticatorLength = AUTHENTICATOR_BLOCK_LENGTH +
                uint16(authenticators, authenticatorOffset + TAG_COUNT) * TAG_LENGTH +
                uint16(authenticators, authenticatorOffset + SIGNATURE_COUNT) * SIGNATURE_LENGTH;
        }
        return true;
    }

    /**
     * Goes to the next payload of the bundle.
     *
     * @return false if there is none.
     */
    public boolean nextPayload()
    {
        if (payloadIndex == count)
        {
            return false;
        }

        payloadOffset += payloadLength + PAYLOAD_HEADER_LENGTH;
        payloadLength = (int)uint32(bodies, payloadOffset - PAYLOAD_HEADER_LENGTH);
        payloadIndex++;
        return true;
    }

    /**
     * Goes back before the first payload of the bundle.
     */
    public void rewindPayloads()
    {
        payloadIndex = 0;
        payloadOffset = bodyOffset + BODY_BLOCK_LENGTH;
        payloadLength = 0;
    }

    /**
     * @return what the payloads are.
     */
    public BundleKind kind()
    {
        return BundleKind.get(uint16(bodies, bodyOffset + KIND));
    }

    /**
     * @return number of payloads, from 1.
     */
    public int count()
    {
        return count;
    }

    /**
     * @return the client in whose name the bundle is.
     */
    public int clientId()
    {
        return (int)uint32(bodies, bodyOffset + CLIENT_ID);
    }

    /**
     * @return the session; 0 in an OPEN.
     */
    public long sessionId()
    {
        return int64(bodies, bodyOffset + SESSION_ID);
    }

    /**
     * @return number of the first request.
     */
    public long firstNumber()
    {
        return int64(bodies, bodyOffset + FIRST_NUMBER);
    }

    /**
     * @return the buffer that holds bodies and payloads.
     */
    public DirectBuffer bodies()
    {
        return bodies;
    }

    /**
     * @return offset of the body, its block included.
     */
    public int bodyOffset()
    {
        return bodyOffset;
    }

    /**
     * @return length of the body in bytes, its block included.
     */
    public int bodyLength()
    {
        return bodyLength;
    }

    /**
     * @return the buffer that holds the authenticators; null if there are none.
     */
    public DirectBuffer authenticators()
    {
        return authenticators;
    }

    /**
     * @return offset of the authenticator, its block included; meaningless if there are none.
     */
    public int authenticatorOffset()
    {
        return authenticatorOffset;
    }

    /**
     * @return length of the authenticator in bytes, its block and signature included; 0 if there are none.
     */
    public int authenticatorLength()
    {
        return authenticatorLength;
    }

    /**
     * The tag for one replica. Only where there are authenticators.
     *
     * @param replicaId of the replica.
     * @return offset of its tag in {@link #authenticators()}.
     */
    public int tagOffset(final int replicaId)
    {
        return authenticatorOffset + AUTHENTICATOR_BLOCK_LENGTH + replicaId * TAG_LENGTH;
    }

    /**
     * @return whether the bundle carries its client's signature.
     */
    public boolean isSigned()
    {
        return null != authenticators && 0 != uint16(authenticators, authenticatorOffset + SIGNATURE_COUNT);
    }

    /**
     * @return offset of the client's signature in {@link #authenticators()}; -1 if there is none.
     */
    public int signatureOffset()
    {
        return isSigned() ? authenticatorOffset + authenticatorLength - SIGNATURE_LENGTH : NONE;
    }

    /**
     * @return offset of the payload, behind its length.
     */
    public int payloadOffset()
    {
        return payloadOffset;
    }

    /**
     * @return length of the payload in bytes.
     */
    public int payloadLength()
    {
        return payloadLength;
    }

    /**
     * @return number of the request whose payload it is.
     */
    public long payloadNumber()
    {
        return firstNumber() + payloadIndex - 1;
    }
}
