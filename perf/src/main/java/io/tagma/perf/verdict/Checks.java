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
package io.tagma.perf.verdict;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What must hold at the end. Each check is printed as it is made.
 */
public final class Checks
{
    private final PrintWriter out;
    private final Map<String, Object> results = new LinkedHashMap<>();
    private boolean areAllGood = true;

    /**
     * Nothing checked yet.
     *
     * @param out to print to.
     */
    public Checks(final PrintWriter out)
    {
        this.out = out;
    }

    /**
     * Makes a check.
     *
     * @param name   for machines.
     * @param isGood whether it holds.
     * @param detail for people.
     */
    public void check(final String name, final boolean isGood, final String detail)
    {
        areAllGood &= isGood;
        results.put(name, isGood);
        out.println((isGood ? "  ok      " : "  FAILED  ") + detail);
        out.flush();
    }

    /**
     * The verdict so far.
     *
     * @return true if every check held.
     */
    public boolean areAllGood()
    {
        return areAllGood;
    }

    /**
     * What held, by name.
     *
     * @return in the order of the checks.
     */
    public Map<String, Object> results()
    {
        return results;
    }
}
