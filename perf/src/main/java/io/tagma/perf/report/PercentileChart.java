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
import java.util.Locale;

/**
 * The percentile curves of all systems under one load. Across: 1 / (1 - p), logarithmic, so that each further nine
 * takes as much room as the one before. Up: latency, logarithmic.
 */
final class PercentileChart
{
    /** Curves are drawn as far as one request of so many. */
    private static final double INVERSE_TAIL_MAX = 1e6;
    private static final double HALF = 2;

    private PercentileChart()
    {
    }

    /** Draws it; nothing if no system answered anything. */
    static void draw(final Markup markup, final LoadResult load)
    {
        double least = Double.MAX_VALUE;
        double greatest = 0;
        double inverseTail = 1;
        final List<List<CurvePoint>> curves = new ArrayList<>();
        for (final SystemResult system : load.systems())
        {
            final List<CurvePoint> curve = curve(system);
            curves.add(curve);
            for (final CurvePoint point : curve)
            {
                least = Math.min(least, point.latencyNs());
                greatest = Math.max(greatest, point.latencyNs());
                inverseTail = Math.max(inverseTail, point.inverseTail());
            }
        }
        if (0 == greatest)
        {
            return;
        }
        final double decades = Math.max(HALF, Math.ceil(Math.log10(inverseTail)));
        final LogScale x = new LogScale(1, Math.pow(10, decades), Plot.LEFT, Plot.RIGHT);
        final LogScale y = LogScale.around(least, greatest, Plot.BOTTOM, Plot.TOP);
        markup.open("figure");
        Plot.open(markup, "Percentile curves: " + load.description(), x, ticks((int)decades), y);
        for (int i = 0; i < curves.size(); i++)
        {
            curve(markup, i, load.systems().get(i), curves.get(i), x, y);
        }
        markup.close();
        Plot.legend(markup, load.systems());
        markup.element(
            "figcaption", "Latency by percentile: no more than the height for so many per cent of the requests. " +
            "Both axes are logarithmic, the lower one in 1 / (1 - p).");
        markup.close();
    }

    /** Without what is too rare to draw. A time too short for the clock counts as a nanosecond. */
    private static List<CurvePoint> curve(final SystemResult system)
    {
        return CurvePoint.of(system.histogram()).stream()
            .filter((point) -> point.inverseTail() <= INVERSE_TAIL_MAX)
            .map((point) -> new CurvePoint(point.inverseTail(), Math.max(1, point.latencyNs())))
            .toList();
    }

    private static void curve(
        final Markup markup,
        final int index,
        final SystemResult system,
        final List<CurvePoint> curve,
        final LogScale x,
        final LogScale y)
    {
        if (curve.isEmpty())
        {
            return;
        }
        final StringBuilder path = new StringBuilder();
        for (final CurvePoint point : curve)
        {
            path.append(path.isEmpty() ? 'M' : 'L')
                .append(Units.pixels(x.position(point.inverseTail()))).append(' ')
                .append(Units.pixels(y.position(point.latencyNs())));
        }
        markup.open("g", "class", Plot.colour(index))
            .open("path", "class", "curve", "d", path, "stroke-dasharray", Plot.dashes(index))
            .element("title", system.name())
            .close()
            .close();
    }

    private static List<LogScale.Tick> ticks(final int decades)
    {
        final List<LogScale.Tick> ticks = new ArrayList<>();
        ticks.add(new LogScale.Tick(HALF, "50 %"));
        for (int nines = 1; nines <= decades; nines++)
        {
            final String percent = String.format(Locale.ROOT, "%." + Math.max(0, nines - 2) + "f",
                100 - Math.pow(10, 2 - nines));
            ticks.add(new LogScale.Tick(Math.pow(10, nines), percent));
        }
        return ticks;
    }
}
