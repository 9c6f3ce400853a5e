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
package io.tagma.perf.compare;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class FigureTest
{
    private final Figure figure = new Figure();

    private void add(final double... values)
    {
        for (final double value : values)
        {
            figure.add(value);
        }
    }

    @Test
    void theMedianIsTheOneInTheMiddleWhateverTheOrder()
    {
        add(30, 1000, 10);
        assertEquals(30, figure.median());
        assertEquals(10, figure.least());
        assertEquals(1000, figure.greatest());
    }

    @Test
    void ofAnEvenNumberItLiesBetweenTheTwoInTheMiddle()
    {
        add(4, 1, 3, 100);
        assertEquals(3.5, figure.median());
    }
}
