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
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FrameLimitsTest
{
    @Test
    void theDefaultsFitEachOther()
    {
        final FrameLimits limits = FrameLimits.builder().build();

        assertEquals(4, limits.replicaCount());
        assertEquals(128 * 1024 - 64 - 16, limits.messageLengthMax());
        assertEquals(8 + 4 * 16, limits.authenticatorLength(0));
        assertEquals(8 + 4 * 16 + 64, limits.authenticatorLength(1));
        FrameLimits.builder().replicaCount(64).build();
    }

    @Test
    void theSentenceNamesTheLimit()
    {
        assertRefused("replica count is 0, but must be from 1 to 64", FrameLimits.builder().replicaCount(0));
        assertRefused("replica count is 65, but must be from 1 to 64", FrameLimits.builder().replicaCount(65));
        assertRefused("greatest client id is 0, but must be from 1 to 2147483647",
            FrameLimits.builder().clientIdMax(0));
        assertRefused("session window is 1025, but must be from 1 to 1024", FrameLimits.builder().sessionWindow(1025));
        assertRefused("frame length is 131009, but must be from 1024 to 131008",
            FrameLimits.builder().frameLengthMax(131_009));
        assertRefused("result length is 31, but must be from 32 to 65496", FrameLimits.builder().resultLengthMax(31));
    }

    @Test
    void whatLiesInAnotherIsNotLonger()
    {
        assertRefused("bundle length is 8227, but must be from 8228 to 81920",
            FrameLimits.builder().bundleLengthMax(8_192 + 35));
        assertRefused("batch length is 32767, but must be from 32768 to 130728",
            FrameLimits.builder().batchLengthMax(32 * 1024 - 1));
        assertRefused("batch length is 130729, but must be from 32768 to 130728",
            FrameLimits.builder().batchLengthMax(130_729));
        assertRefused("payload length is -1, but must be from 0 to 32768", FrameLimits.builder().payloadLengthMax(-1));
    }

    @Test
    void theLongestBatchFitsAFrame()
    {
        final FrameLimits limits = FrameLimits.builder().batchLengthMax(130_728).build();

        assertEquals(
            limits.messageLengthMax(),
            limits.batchLengthMax() + FrameLimits.prePrepareOverhead(limits.authenticatorLength(1)));
    }

    private static void assertRefused(final String sentence, final FrameLimits.Builder builder)
    {
        assertEquals(sentence, assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }
}
