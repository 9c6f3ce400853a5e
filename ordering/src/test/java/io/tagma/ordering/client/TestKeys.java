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

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import io.tagma.ordering.authentication.Authenticator;

/**
 * Keys that are numbers and tags that are cheap mixes: they tell right from wrong in tests, and allocate nothing.
 */
final class TestKeys implements ClientKeys
{
    int signatureCount;

    @Override
    public Authenticator toReplica(final int replicaId, final long sessionId)
    {
        return new MixAuthenticator(sessionId * 1_000 + replicaId);
    }

    @Override
    public Authenticator fromReplica(final int replicaId, final long sessionId)
    {
        return new MixAuthenticator(sessionId * 1_000 + 500 + replicaId);
    }

    @Override
    public void sign(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MutableDirectBuffer signature,
        final int signatureOffset)
    {
        signatureCount++;
        for (int i = 0; i < 4; i++)
        {
            new MixAuthenticator(-1 - i).tag(buffer, offset, length, signature, signatureOffset + 16 * i);
        }
    }

    static boolean isSignature(
        final DirectBuffer buffer, final int offset, final int length, final DirectBuffer signature, final int at)
    {
        boolean isRight = true;
        for (int i = 0; i < 4; i++)
        {
            isRight &= new MixAuthenticator(-1 - i).verify(buffer, offset, length, signature, at + 16 * i);
        }
        return isRight;
    }

    private static final class MixAuthenticator implements Authenticator
    {
        private final long key;

        MixAuthenticator(final long key)
        {
            this.key = key;
        }

        @Override
        public void tag(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final MutableDirectBuffer tag,
            final int tagOffset)
        {
            final long mixed = mix(buffer, offset, length);
            tag.putLong(tagOffset, mixed);
            tag.putLong(tagOffset + 8, ~mixed * 31);
        }

        @Override
        public boolean verify(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final DirectBuffer tag,
            final int tagOffset)
        {
            final long mixed = mix(buffer, offset, length);
            return tag.getLong(tagOffset) == mixed && tag.getLong(tagOffset + 8) == ~mixed * 31;
        }

        private long mix(final DirectBuffer buffer, final int offset, final int length)
        {
            long mixed = key * 0x9E3779B97F4A7C15L + length;
            for (int i = 0; i < length; i++)
            {
                mixed = (mixed ^ buffer.getByte(offset + i)) * 0x100000001B3L;
                mixed ^= mixed >>> 29;
            }
            return mixed;
        }
    }
}
