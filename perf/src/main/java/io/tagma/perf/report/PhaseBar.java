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
import java.util.Locale;

/**
 * Where the mean time of a request went: one bar, and the same as a table.
 */
final class PhaseBar
{
    private static final double HEIGHT = 56;
    private static final double PERCENT = 100;
    /** A part that is narrower has no room for its share. */
    private static final double WIDTH_WITH_WORDS = 70;

    private PhaseBar()
    {
    }

    /** Draws it; nothing if nobody knows. */
    static void draw(final Markup markup, final Phases phases)
    {
        if (!phases.isPresent())
        {
            return;
        }
        markup.element("h3", "Where the mean time goes").open("figure")
            .open("svg", "viewBox", "0 0 " + (int)Plot.WIDTH + " " + (int)HEIGHT, "role", "img", "aria-label",
                "Shares of the mean time of a request");
        // What clocks of different processes make less than nothing of has no width; the table says what it is.
        final double drawnNs = phases.parts().stream().mapToDouble((part) -> Math.max(0, part.primaryNs())).sum();
        double x = 0;
        for (int i = 0; i < phases.parts().size(); i++)
        {
            final Phases.Part part = phases.parts().get(i);
            final double width = Plot.WIDTH * Math.max(0, part.primaryNs()) / Math.max(1, drawnNs);
            markup.open("g", "class", colour(i, phases.parts()))
                .element("title", part.name() + ": " + Units.latency(part.primaryNs()))
                .open("rect", "class", "bar", "x", Units.pixels(x), "y", 0, "width", Units.pixels(width),
                    "height", (int)HEIGHT).close();
            if (width >= WIDTH_WITH_WORDS)
            {
                markup.element("text", share(part.primaryNs(), phases), "class", "in", "x", Units.pixels(x + width / 2),
                    "y", Units.pixels(HEIGHT / 2), "text-anchor", "middle", "dominant-baseline", "middle");
            }
            markup.close();
            x += width;
        }
        markup.close();
        table(markup, phases);
        markup.element(
            "figcaption", "Means over the requests, because means add up; at the primary. What the backups wait " +
            "between the same events is their own and no part of the bar.");
        markup.close();
    }

    private static void table(final Markup markup, final Phases phases)
    {
        markup.open("div", "class", "wide").open("table").open("thead").open("tr");
        for (final String head : List.of("mean of a request", "primary", "backups", "share"))
        {
            markup.element("th", head, "scope", "col");
        }
        markup.close().close().open("tbody");
        for (int i = 0; i < phases.parts().size(); i++)
        {
            final Phases.Part part = phases.parts().get(i);
            row(markup, colour(i, phases.parts()), part.name(), part.primaryNs(), part.backups(), phases);
        }
        row(markup, "", "end to end, at the client", phases.wholeNs(), "", phases);
        markup.close().close().close();
    }

    private static void row(
        final Markup markup,
        final String colour,
        final String name,
        final double ns,
        final String backups,
        final Phases phases)
    {
        markup.open("tr").open("th", "scope", "row")
            .open("span", "class", "swatch " + colour).close()
            .text(name).close()
            .element("td", micros(ns)).element("td", backups).element("td", share(ns, phases))
            .close();
    }

    /** The last part is what is left over, and looks it. */
    private static String colour(final int index, final List<Phases.Part> parts)
    {
        return index == parts.size() - 1 ? "rest" : Plot.colour(index);
    }

    private static String share(final double ns, final Phases phases)
    {
        return String.format(Locale.ROOT, "%.1f %%", PERCENT * ns / phases.wholeNs());
    }

    private static String micros(final double ns)
    {
        return String.format(Locale.ROOT, "%.1f us", ns / 1e3);
    }
}
