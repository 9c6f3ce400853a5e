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

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every template in its usual shapes passes at any offset, and no shorter or longer message does.
 */
class WellFormedTest
{
    static List<Sample> samples()
    {
        return Sample.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void passesInABufferOfItsOwn(final Sample sample)
    {
        final byte[] message = sample.message();

        assertEquals(FrameVerdict.OK, sample.plane().check(new UnsafeBuffer(message), 0, message.length));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void passesBetweenNeighbours(final Sample sample)
    {
        final byte[] message = sample.message();
        for (int offset = 1; offset < 17; offset++)
        {
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[message.length + 2 * offset]);
            buffer.setMemory(0, buffer.capacity(), (byte)0xFF);
            buffer.putBytes(offset, message);

            assertEquals(FrameVerdict.OK, sample.plane().check(buffer, offset, message.length));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    @DisplayName("J02 valid message truncated at every byte")
    void everyPrefixIsTooShort(final Sample sample)
    {
        for (int length = 0; length < sample.message().length; length++)
        {
            final byte[] prefix = Arrays.copyOf(sample.message(), length);

            assertEquals(FrameVerdict.LENGTH, sample.plane().check(new UnsafeBuffer(prefix), 0, length),
                "cut to " + length + " of " + sample.message().length);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    @DisplayName("J08 a message cut short is not completed by its neighbour's bytes")
    void everyPrefixIsTooShortEvenWhereTheRestFollows(final Sample sample)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(sample.message());
        for (int length = 0; length < sample.message().length; length++)
        {
            assertEquals(FrameVerdict.LENGTH, sample.plane().check(buffer, 0, length));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    @DisplayName("B10 trailing bytes behind the message")
    void everyExtensionIsTooLong(final Sample sample)
    {
        for (int extra = 1; extra <= 40; extra++)
        {
            final byte[] extended = Arrays.copyOf(sample.message(), sample.message().length + extra);

            assertEquals(
                FrameVerdict.LENGTH, sample.plane().check(new UnsafeBuffer(extended), 0, extended.length));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aRunOutsideTheBufferIsRefusedAndNotRead(final Sample sample)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(sample.message());
        final int length = buffer.capacity();

        assertEquals(FrameVerdict.LENGTH, sample.plane().check(buffer, 1, length));
        assertEquals(FrameVerdict.LENGTH, sample.plane().check(buffer, -1, length));
        assertEquals(FrameVerdict.LENGTH, sample.plane().check(buffer, 0, -1));
        assertEquals(FrameVerdict.LENGTH, sample.plane().check(buffer, Integer.MAX_VALUE, length));
        assertEquals(FrameVerdict.LENGTH, sample.plane().check(buffer, 8, Integer.MAX_VALUE));
        assertEquals(FrameVerdict.LENGTH, sample.plane().check(buffer, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
}
