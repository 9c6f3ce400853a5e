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

import java.util.Locale;

/**
 * Quantities in words that are short enough for an axis and for a phone.
 */
final class Units
{
    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_S = 1e9;
    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;
    private static final double TEN = 10;
    private static final double HUNDRED = 100;

    private Units()
    {
    }

    /** Nanoseconds as {@code 850 ns}, {@code 61 us}, {@code 4.1 ms} or {@code 1.2 s}. */
    static String latency(final double ns)
    {
        if (ns < NS_PER_US)
        {
            return number(ns) + " ns";
        }
        if (ns < NS_PER_MS)
        {
            return number(ns / NS_PER_US) + " us";
        }
        return ns < NS_PER_S ? number(ns / NS_PER_MS) + " ms" : number(ns / NS_PER_S) + " s";
    }

    /** A rate, without its unit: {@code 950}, {@code 10k}, {@code 1.5M}. */
    static String rate(final double perSecond)
    {
        if (perSecond < KILO)
        {
            return number(perSecond);
        }
        return perSecond < MEGA ? number(perSecond / KILO) + "k" : number(perSecond / MEGA) + "M";
    }

    /** A coordinate: two decimals are a fiftieth of a pixel. */
    static String pixels(final double value)
    {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** As many decimals as tell two figures apart; none where they would be zeros. */
    private static String number(final double value)
    {
        if (value == Math.rint(value))
        {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, value < TEN ? "%.2f" : value < HUNDRED ? "%.1f" : "%.0f", value);
    }
}
