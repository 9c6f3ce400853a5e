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

import java.util.List;

/**
 * Throughput and latency of every system under every load: a filled mark at the median, an open one at the 99th
 * percentile, and a line between. Systems that answered at the same rate stand side by side.
 */
final class ThroughputChart
{
    private static final double SIDE_BY_SIDE = 9;
    private static final double LABEL_ABOVE = 18;
    private static final double NEIGHBOURHOOD = 20;
    /** The least share of the axis that is left beside the outermost marks. */
    private static final double ROOM = 1.25;

    private ThroughputChart()
    {
    }

    /** Draws it; nothing if there are fewer than two points. */
    static void draw(final Markup markup, final List<LoadResult> loads)
    {
        double leastRate = Double.MAX_VALUE;
        double greatestRate = 0;
        double leastNs = Double.MAX_VALUE;
        double greatestNs = 1;
        int points = 0;
        for (final LoadResult load : loads)
        {
            for (final SystemResult system : load.systems())
            {
                if (system.isPoint())
                {
                    leastRate = Math.min(leastRate, system.ratePerSecond());
                    greatestRate = Math.max(greatestRate, system.ratePerSecond());
                    leastNs = Math.min(leastNs, Math.max(1, system.p50Ns()));
                    greatestNs = Math.max(greatestNs, system.p99Ns());
                    points++;
                }
            }
        }
        if (points < 2)
        {
            return;
        }
        final LogScale x = LogScale.around(leastRate / ROOM, greatestRate * ROOM, Plot.LEFT, Plot.RIGHT);
        final LogScale y = LogScale.around(leastNs / ROOM, greatestNs * ROOM, Plot.BOTTOM, Plot.TOP);
        markup.element("h2", "Throughput and latency").open("figure");
        Plot.open(markup, "Throughput and latency of every system", x, x.ticks(Units::rate), y);
        for (int number = 1; number <= loads.size(); number++)
        {
            draw(markup, number, loads.get(number - 1), x, y);
        }
        markup.close();
        Plot.legend(markup, loads.get(0).systems());
        markup.element(
            "figcaption", "Latency by requests answered a second, both logarithmic. Filled: the median. Open: the " +
            "99th percentile. The number is that of the load below. Systems of one rate stand side by side.");
        markup.close();
    }

    private static void draw(
        final Markup markup, final int number, final LoadResult load, final LogScale x, final LogScale y)
    {
        for (int i = 0; i < load.systems().size(); i++)
        {
            final SystemResult system = load.systems().get(i);
            if (!system.isPoint())
            {
                continue;
            }
            final double atX = across(load, i, x);
            final double p50 = y.position(Math.max(1, system.p50Ns()));
            final double p99 = y.position(Math.max(1, system.p99Ns()));
            markup.open("g", "class", Plot.colour(i))
                .element("title", load.label() + ", " + system.name() + ": " + Units.rate(system.ratePerSecond()) +
                    "/s, p50 " + Units.latency(system.p50Ns()) + ", p99 " + Units.latency(system.p99Ns()))
                .open("path", "class", "span", "d", "M" + Units.pixels(atX) + " " + Units.pixels(p50) +
                    "V" + Units.pixels(p99)).close()
                .open("path", "class", "ring", "d", Plot.mark(i, atX, p99)).close()
                .open("path", "class", "dot", "d", Plot.mark(i, atX, p50)).close();
            if (isHighest(load, i, x))
            {
                Plot.words(markup, atX, p99 - LABEL_ABOVE, "middle", Integer.toString(number));
            }
            markup.close();
        }
    }

    private static double across(final LoadResult load, final int index, final LogScale x)
    {
        final double fromMiddle = index - (load.systems().size() - 1) / 2.0;
        return x.position(load.systems().get(index).ratePerSecond()) + SIDE_BY_SIDE * fromMiddle;
    }

    /** Whether no neighbour of the same load is above, whose number says it for both. */
    private static boolean isHighest(final LoadResult load, final int index, final LogScale x)
    {
        for (int other = 0; other < load.systems().size(); other++)
        {
            final SystemResult system = load.systems().get(other);
            final double difference = system.p99Ns() - load.systems().get(index).p99Ns();
            if (system.isPoint() && Math.abs(across(load, other, x) - across(load, index, x)) < NEIGHBOURHOOD &&
                (difference > 0 || (0 == difference && other < index)))
            {
                return false;
            }
        }
        return true;
    }
}
