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
package io.tagma.perf.demo;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * How far it is: a bar that is redrawn on a terminal, a line for each tenth elsewhere.
 */
final class Progress
{
    private static final int WIDTH = 32;
    private static final long REDRAW_NS = 50_000_000L;
    private static final int PARTS = 10;

    private final PrintWriter out;
    private final boolean isTerminal;
    private final long total;
    private final String noun;
    private long drawnNs = Long.MIN_VALUE;
    private long drawnPart;

    Progress(final PrintWriter out, final boolean isTerminal, final long total, final String noun)
    {
        this.out = out;
        this.isTerminal = isTerminal;
        this.total = total;
        this.noun = noun;
    }

    void show(final long done, final String detail, final long nowNs)
    {
        if (isTerminal)
        {
            if (Long.MIN_VALUE == drawnNs || nowNs - drawnNs >= REDRAW_NS || done == total)
            {
                drawnNs = nowNs;
                final int filled = (int)(done * WIDTH / total);
                out.print("\r  [" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + text(done, detail) + "  ");
                out.flush();
            }
        }
        else if (done * PARTS / total > drawnPart)
        {
            drawnPart = done * PARTS / total;
            out.println("  " + text(done, detail));
            out.flush();
        }
    }

    /**
     * Goes to a line of its own, so that something else can be printed.
     */
    void breakLine()
    {
        if (isTerminal && Long.MIN_VALUE != drawnNs)
        {
            out.println();
            drawnNs = Long.MIN_VALUE;
        }
    }

    private String text(final long done, final String detail)
    {
        return String.format(Locale.ROOT, "%,d of %,d %s%s", done, total, noun, detail);
    }
}
