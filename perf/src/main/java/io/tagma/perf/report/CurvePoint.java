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

import java.util.ArrayList;
import java.util.List;

/**
 * One point of a percentile curve.
 *
 * @param inverseTail 1 / (1 - p): one request of so many took longer; from 1.
 * @param latencyNs   that none of the others exceeded, in nanoseconds.
 */
record CurvePoint(double inverseTail, double latencyNs)
{
    private static final int POINTS_PER_DECADE = 40;
    private static final double PERCENT = 100;

    /**
     * The curve of a histogram: from its least value, in steps of a fortieth of a decade of 1 / (1 - p), to its
     * greatest, which stands where one request of all took longer than the others.
     *
     * @param histogram of nanoseconds.
     * @return in rising order, or nothing if it is empty.
     */
    static List<CurvePoint> of(final Histogram histogram)
    {
        final List<CurvePoint> points = new ArrayList<>();
        final long count = histogram.getTotalCount();
        if (0 == count)
        {
            return points;
        }
        for (int step = 0; inverseTail(step) < count; step++)
        {
            final double percentile = PERCENT * (1 - 1 / inverseTail(step));
            points.add(new CurvePoint(inverseTail(step), histogram.getValueAtPercentile(percentile)));
        }
        points.add(new CurvePoint(count, histogram.getMaxValue()));
        return points;
    }

    private static double inverseTail(final int step)
    {
        return Math.pow(10, (double)step / POINTS_PER_DECADE);
    }
}
