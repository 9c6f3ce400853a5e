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

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A logarithmic axis.
 *
 * @param least    value on it, more than 0.
 * @param greatest value on it, more than the least.
 * @param fromPx   where the least is.
 * @param toPx     where the greatest is; less than {@code fromPx} for an axis that points up.
 */
record LogScale(double least, double greatest, double fromPx, double toPx)
{
    /** Over more decades than this only whole ones are written on the axis. */
    private static final double DECADES_WITH_STEPS = 2.2;
    private static final double[] STEPS = {1, 2, 5};
    private static final double ALMOST = 1 + 1e-9;

    /**
     * A value that has a line and a word on the axis.
     *
     * @param value to mark.
     * @param label to write.
     */
    record Tick(double value, String label)
    {
    }

    /** An axis from a round value to a round value, 1, 2 or 5 times a power of ten, that holds two others. */
    static LogScale around(final double least, final double greatest, final double fromPx, final double toPx)
    {
        final int first = stepBelow(least);
        int last = stepBelow(greatest);
        if (step(last) * ALMOST < greatest || last == first)
        {
            last++;
        }
        return new LogScale(step(first), step(last), fromPx, toPx);
    }

    /** Where a value is; one beyond an end is at that end. */
    double position(final double value)
    {
        final double part = Math.log10(value / least) / Math.log10(greatest / least);
        return fromPx + Math.max(0, Math.min(1, part)) * (toPx - fromPx);
    }

    /** The round values on the axis. */
    List<Tick> ticks(final DoubleFunction<String> label)
    {
        final boolean hasSteps = Math.log10(greatest / least) <= DECADES_WITH_STEPS;
        final List<Tick> ticks = new ArrayList<>();
        for (int i = stepBelow(least); step(i) <= greatest * ALMOST; i++)
        {
            if (step(i) * ALMOST >= least && (hasSteps || 0 == Math.floorMod(i, STEPS.length)))
            {
                ticks.add(new Tick(step(i), label.apply(step(i))));
            }
        }
        return ticks;
    }

    private static int stepBelow(final double value)
    {
        int index = STEPS.length * (int)Math.floor(Math.log10(value));
        while (step(index + 1) <= value * ALMOST)
        {
            index++;
        }
        return index;
    }

    private static double step(final int index)
    {
        return STEPS[Math.floorMod(index, STEPS.length)] * Math.pow(10, Math.floorDiv(index, STEPS.length));
    }
}
