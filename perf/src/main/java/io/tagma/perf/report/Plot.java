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
 * The frame of a plot: its lines, its words, and the marks by which systems are told apart, with colour and without.
 * It scales with the page; the style sheet makes its words greater where the page is narrow, and the margins have room
 * for that.
 */
final class Plot
{
    static final double WIDTH = 720;
    static final double HEIGHT = 420;
    static final double LEFT = 98;
    static final double RIGHT = 676;
    static final double TOP = 34;
    static final double BOTTOM = 372;

    /** Colours that the style sheet has. */
    static final int COLOURS = 6;

    private static final double LABEL_GAP = 8;
    private static final double LABEL_BELOW = 26;
    private static final double RADIUS = 6;
    private static final double KEY_X = 20;
    private static final double KEY_Y = 8;
    private static final String[] DASHES = {"none", "9 4", "2 4", "12 4 2 4", "5 5", "14 3"};

    private Plot()
    {
    }

    /** Begins a plot and draws its frame. */
    static void open(
        final Markup markup,
        final String label,
        final LogScale x,
        final List<LogScale.Tick> xTicks,
        final LogScale y)
    {
        markup.open("svg", "viewBox", "0 0 " + (int)WIDTH + " " + (int)HEIGHT, "role", "img", "aria-label", label);
        for (final LogScale.Tick tick : y.ticks(Units::latency))
        {
            final double at = y.position(tick.value());
            line(markup, LEFT, at, RIGHT, at);
            words(markup, LEFT - LABEL_GAP, at, "end", tick.label());
        }
        for (final LogScale.Tick tick : xTicks)
        {
            final double at = x.position(tick.value());
            line(markup, at, TOP, at, BOTTOM);
            words(markup, at, BOTTOM + LABEL_BELOW, "middle", tick.label());
        }
    }

    /** How a curve of a system is dashed. */
    static String dashes(final int system)
    {
        return DASHES[system % DASHES.length];
    }

    /** Class of a system's colour. */
    static String colour(final int system)
    {
        return "s" + system % COLOURS;
    }

    /** The outline of a system's mark, around a point. */
    static String mark(final int system, final double x, final double y)
    {
        return switch (system % COLOURS)
        {
            case 0 -> circle(x, y);
            case 1 -> path(x, y, -1, -1, 1, -1, 1, 1, -1, 1);
            case 2 -> path(x, y, 0, -1.3, 1.3, 0, 0, 1.3, -1.3, 0);
            case 3 -> path(x, y, 0, -1.2, 1.2, 1, -1.2, 1);
            case 4 -> path(x, y, 0, 1.2, 1.2, -1, -1.2, -1);
            default -> path(x, y, -1, -1, 0, -0.4, 1, -1, 0.4, 0, 1, 1, 0, 0.4, -1, 1, -0.4, 0);
        };
    }

    /** Which colour, dash and mark is which system's. */
    static void legend(final Markup markup, final List<SystemResult> systems)
    {
        markup.open("ul", "class", "legend");
        for (int i = 0; i < systems.size(); i++)
        {
            markup.open("li")
                .open("svg", "viewBox", "0 0 40 16", "class", "key " + colour(i), "aria-hidden", "true")
                .open("path", "class", "curve", "d", "M0 8H40", "stroke-dasharray", dashes(i)).close()
                .open("path", "class", "dot", "d", mark(i, KEY_X, KEY_Y)).close()
                .close()
                .element("strong", systems.get(i).name())
                .text(" " + systems.get(i).conditions())
                .close();
        }
        markup.close();
    }

    /** A thin line of the frame. */
    private static void line(
        final Markup markup, final double fromX, final double fromY, final double toX, final double toY)
    {
        markup.open(
            "path", "class", "grid", "d",
            "M" + Units.pixels(fromX) + " " + Units.pixels(fromY) +
                "L" + Units.pixels(toX) + " " + Units.pixels(toY)).close();
    }

    /** Words in a plot. */
    static void words(
        final Markup markup, final double x, final double y, final String anchor, final String text)
    {
        markup.element(
            "text", text, "x", Units.pixels(x), "y", Units.pixels(y), "text-anchor", anchor, "dominant-baseline",
            "middle");
    }

    private static String circle(final double x, final double y)
    {
        final String arc = "a" + (int)RADIUS + " " + (int)RADIUS + " 0 1 0 ";
        return "M" + Units.pixels(x - RADIUS) + " " + Units.pixels(y) + arc + 2 * (int)RADIUS + " 0" +
            arc + -2 * (int)RADIUS + " 0Z";
    }

    private static String path(final double x, final double y, final double... corners)
    {
        final StringBuilder path = new StringBuilder();
        for (int i = 0; i < corners.length; i += 2)
        {
            path.append(0 == i ? 'M' : 'L')
                .append(Units.pixels(x + RADIUS * corners[i])).append(' ')
                .append(Units.pixels(y + RADIUS * corners[i + 1]));
        }
        return path.append('Z').toString();
    }
}
