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
package io.tagma.ordering.authentication;

import static io.tagma.ordering.authentication.Vectors.buffer;
import static io.tagma.ordering.authentication.Vectors.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every algorithm must do.
 */
class AuthenticatorContractTest
{
    private static final int OFFSET = 24;
    private static final int LENGTH = 333;

    private final byte[] frame = random(5, OFFSET + LENGTH + 16);
    private final UnsafeBuffer buffer = buffer(frame);

    @ParameterizedTest
    @EnumSource
    void verifiesWhatItTaggedInTheSameBuffer(final MacAlgorithm algorithm)
    {
        algorithm.authenticator(random(6, 32)).tag(buffer, OFFSET, LENGTH, buffer, OFFSET + LENGTH);

        assertTrue(algorithm.authenticator(random(6, 32)).verify(buffer, OFFSET, LENGTH, buffer, OFFSET + LENGTH));
        assertFalse(algorithm.authenticator(random(7, 32)).verify(buffer, OFFSET, LENGTH, buffer, OFFSET + LENGTH));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("B05 garbled tag: every flipped bit, all zero, of another message, shorter and longer message")
    void refusesEveryGarbledTag(final MacAlgorithm algorithm)
    {
        final Authenticator authenticator = algorithm.authenticator(random(6, 32));
        final int tagOffset = OFFSET + LENGTH;
        authenticator.tag(buffer, OFFSET, LENGTH, buffer, tagOffset);

        for (int bit = 0; bit < 128; bit++)
        {
            flip(tagOffset, bit);
            assertFalse(authenticator.verify(buffer, OFFSET, LENGTH, buffer, tagOffset), "bit " + bit);
            flip(tagOffset, bit);
        }
        assertTrue(authenticator.verify(buffer, OFFSET, LENGTH, buffer, tagOffset));
        assertFalse(authenticator.verify(buffer, OFFSET, LENGTH - 1, buffer, tagOffset));
        assertFalse(authenticator.verify(buffer, OFFSET, LENGTH + 1, buffer, tagOffset));
        assertFalse(authenticator.verify(buffer, OFFSET, LENGTH, buffer(new byte[16]), 0));
        authenticator.tag(buffer, OFFSET, LENGTH - 16, buffer, tagOffset);
        assertFalse(authenticator.verify(buffer, OFFSET, LENGTH, buffer, tagOffset));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("B10 every byte before the tag is covered")
    void coversEveryByte(final MacAlgorithm algorithm)
    {
        final Authenticator authenticator = algorithm.authenticator(random(6, 32));
        authenticator.tag(buffer, OFFSET, LENGTH, buffer, OFFSET + LENGTH);

        for (int bit = 0; bit < LENGTH * 8; bit++)
        {
            flip(OFFSET, bit);
            assertFalse(authenticator.verify(buffer, OFFSET, LENGTH, buffer, OFFSET + LENGTH), "bit " + bit);
            flip(OFFSET, bit);
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSameTagForDirectMemoryAsForAnArray(final MacAlgorithm algorithm)
    {
        final Authenticator authenticator = algorithm.authenticator(random(6, 32));
        final byte[] expected = new byte[16];
        final byte[] actual = new byte[16];
        for (final int length : new int[]{0, 1, 16, 2047, 2048, 2049, 9000})
        {
            final byte[] message = random(length, length + 8);
            final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(length + 8));
            direct.putBytes(0, message);
            authenticator.tag(buffer(message), 8, length, buffer(expected), 0);
            authenticator.tag(direct, 8, length, buffer(actual), 0);
            assertArrayEquals(expected, actual, "length " + length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAKeyOfAnotherLengthAndKnowsItsLabel(final MacAlgorithm algorithm)
    {
        assertThrows(IllegalArgumentException.class, () -> algorithm.authenticator(new byte[31]));
        assertThrows(IllegalArgumentException.class, () -> algorithm.authenticator(new byte[33]));
        assertEquals(algorithm, MacAlgorithm.ofLabel(algorithm.label()));
    }

    private void flip(final int offset, final int bit)
    {
        frame[offset + bit / 8] ^= (byte)(1 << (bit % 8));
    }
}
