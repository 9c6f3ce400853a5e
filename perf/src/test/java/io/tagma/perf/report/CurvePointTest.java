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
package io.tagma.perf.report;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class CurvePointTest
{
    private static final int PER_DECADE = 40;

    @Test
    void eachPointIsThePercentileThatItSays()
    {
        // 1 to 1,000, each once, and exactly told apart.
        final List<CurvePoint> points = CurvePoint.of(Specimens.rising(1000, 1));
        assertEquals(3 * PER_DECADE + 1, points.size());
        assertEquals(new CurvePoint(1, 1), points.get(0));
        assertEquals(10, points.get(PER_DECADE).inverseTail(), 1e-9);
        assertEquals(900, points.get(PER_DECADE).latencyNs());
        assertEquals(100, points.get(2 * PER_DECADE).inverseTail(), 1e-9);
        assertEquals(990, points.get(2 * PER_DECADE).latencyNs());
        assertEquals(new CurvePoint(1000, 1000), points.get(3 * PER_DECADE));
    }

    @Test
    void halfOfTheRequestsAreWhereOneOfTwoTookLonger()
    {
        for (final CurvePoint point : CurvePoint.of(Specimens.rising(1000, 1)))
        {
            final double shareAbove = (1000 - point.latencyNs()) / 1000;
            // The share of those above is 1 / inverseTail, to within one request.
            assertEquals(1 / point.inverseTail(), shareAbove, 1.001 / 1000);
        }
    }

    @Test
    void aSingleRequestIsASinglePoint()
    {
        assertEquals(List.of(new CurvePoint(1, 1)), CurvePoint.of(Specimens.rising(1, 1)));
    }

    @Test
    void nothingHasNoCurve()
    {
        assertEquals(List.of(), CurvePoint.of(new Histogram(3)));
    }
}
