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

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * When an answer is late.
 */
class AnswerTimeTest
{
    private static final long MS = 1_000_000L;

    private final AnswerTime answerTime = new AnswerTime(25 * MS, 250 * MS);

    private void measured(final int times, final long answerNs)
    {
        for (int i = 0; i < times; i++)
        {
            answerTime.measured(answerNs);
        }
    }

    @Test
    @DisplayName("The ceiling before the first answer, then RFC 6298: smoothed time and four deviations")
    void followsWhatAnswersTake()
    {
        assertEquals(250 * MS, answerTime.timeoutNs());
        answerTime.measured(40 * MS);
        assertEquals(120 * MS, answerTime.timeoutNs());
        answerTime.measured(48 * MS);
        assertEquals(41 * MS + 4 * 17 * MS, answerTime.timeoutNs());
        measured(100, 48 * MS);
        assertTrue(answerTime.timeoutNs() < 50 * MS, answerTime.timeoutNs() + " ns");
    }

    @Test
    @DisplayName("Neither below the floor nor above the ceiling, which is the floor of who asked for less")
    void staysWithinBounds()
    {
        measured(10, MS);
        assertEquals(25 * MS, answerTime.timeoutNs());
        measured(10, 1_000 * MS);
        assertEquals(250 * MS, answerTime.timeoutNs());
        assertEquals(10 * MS, new AnswerTime(25 * MS, 10 * MS).timeoutNs());
    }
}
