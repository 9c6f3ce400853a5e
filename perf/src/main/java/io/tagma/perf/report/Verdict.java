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
 * Whether what was measured counts, and for what.
 *
 * @param failures     why it does not count; one sentence each, none if it does.
 * @param reservations why it says little of other machines; one sentence each.
 */
public record Verdict(List<String> failures, List<String> reservations)
{
    /**
     * Whether the figures count.
     *
     * @return false if anything failed.
     */
    boolean isOk()
    {
        return failures.isEmpty();
    }

    /**
     * In a word.
     *
     * @return for a title.
     */
    String word()
    {
        return isOk() ? "OK" : "FAILED";
    }

    /** The verdict, then its reasons in a list, then what is to be held against it, with the reasons for that. */
    void write(final Markup markup)
    {
        final String colour = !isOk() ? "bad" : reservations.isEmpty() ? "good" : "warn";
        markup.open("section", "class", "verdict " + colour, "id", "verdict");
        markup.element(
            "p", isOk() ? "OK: no request was lost, doubled or refused, and no rate was missed." : "FAILED, because:");
        reasons(markup, failures);
        if (!reservations.isEmpty())
        {
            markup.element("p", "Not representative, because:");
            reasons(markup, reservations);
        }
        markup.close();
    }

    private static void reasons(final Markup markup, final List<String> reasons)
    {
        if (!reasons.isEmpty())
        {
            markup.open("ul");
            reasons.forEach((reason) -> markup.element("li", reason));
            markup.close();
        }
    }
}
