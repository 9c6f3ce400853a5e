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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The eight bytes before every message.
 */
class HeaderTest
{
    private static final int BLOCK_LENGTH = 0;
    private static final int TEMPLATE = 2;
    private static final int SCHEMA = 4;
    private static final int VERSION = 6;

    static List<Sample> samples()
    {
        return Sample.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    @DisplayName("J06 unknown schema")
    void anotherSchemaIsRefused(final Sample sample)
    {
        for (final int schema : new int[]{0, 1, 7400, 7405, 0x7FFF, 0x8000, 0xFFFF})
        {
            assertVerdict(FrameVerdict.SCHEMA, sample, Altered.uint16(sample.message(), SCHEMA, schema));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    @DisplayName("J06 a message of one plane on the road of another")
    void anotherPlaneIsRefused(final Sample sample)
    {
        for (final Plane plane : Plane.values())
        {
            final FrameVerdict expected = plane == sample.plane() ? FrameVerdict.OK : FrameVerdict.SCHEMA;

            assertEquals(expected, plane.check(new UnsafeBuffer(sample.message()), 0, sample.message().length));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    @DisplayName("J06 older and newer versions")
    void anotherVersionIsRefused(final Sample sample)
    {
        for (final int version : new int[]{0, 2, 3, 0x7FFF, 0x8000, 0xFFFF})
        {
            assertVerdict(FrameVerdict.VERSION, sample, Altered.uint16(sample.message(), VERSION, version));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    @DisplayName("J06 every template that does not exist")
    void anUnknownTemplateIsRefused(final Sample sample)
    {
        for (int template = 0; template <= 0xFFFF; template++)
        {
            final int id = template;
            if (Sample.all().stream().noneMatch((s) -> s.plane() == sample.plane() && s.templateId() == id))
            {
                assertVerdict(FrameVerdict.TEMPLATE, sample, Altered.uint16(sample.message(), TEMPLATE, template));
            }
        }
    }

    /**
     * Journal records of equal shape are told apart by their template alone, which the checksum covers.
     */
    @ParameterizedTest
    @MethodSource("samples")
    @DisplayName("J06 a template in the clothes of another")
    void anotherTemplateOfThePlaneIsRefused(final Sample sample)
    {
        for (final Sample other : Sample.all())
        {
            if (Plane.JOURNAL != sample.plane() &&
                other.plane() == sample.plane() && other.templateId() != sample.templateId())
            {
                final byte[] disguised = Altered.uint16(sample.message(), TEMPLATE, other.templateId());

                assertNotEquals(FrameVerdict.OK, check(sample, disguised), other.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    @DisplayName("J06 shorter and longer blocks")
    void anotherBlockLengthIsRefused(final Sample sample)
    {
        final int blockLength = sample.blockLength();
        for (int other = 0; other < 300; other++)
        {
            if (other != blockLength)
            {
                assertVerdict(
                    FrameVerdict.BLOCK_LENGTH, sample, Altered.uint16(sample.message(), BLOCK_LENGTH, other));
            }
        }
        for (final int other : new int[]{0x7FFF, 0x8000, 0xFFFF})
        {
            assertVerdict(FrameVerdict.BLOCK_LENGTH, sample, Altered.uint16(sample.message(), BLOCK_LENGTH, other));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aHeaderAloneIsTooShort(final Sample sample)
    {
        assertEquals(
            FrameVerdict.LENGTH, sample.plane().check(new UnsafeBuffer(sample.message()), 0, HEADER_LENGTH));
    }

    private static void assertVerdict(final FrameVerdict expected, final Sample sample, final byte[] message)
    {
        assertEquals(expected, check(sample, message));
    }

    private static FrameVerdict check(final Sample sample, final byte[] message)
    {
        return sample.plane().check(new UnsafeBuffer(message), 0, message.length);
    }
}
