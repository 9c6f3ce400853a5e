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

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class MarkupTest
{
    private final Markup markup = new Markup();

    @Test
    void escapesTextAndAttributes()
    {
        assertEquals(
            "<!DOCTYPE html>\n<p title=\"&lt;&quot;&#39;&amp;&gt;\">&lt;&quot;&#39;&amp;&gt;</p>\n",
            markup.element("p", "<\"'&>", "title", "<\"'&>").finish());
    }

    @Test
    void replacesWhatXmlCannotHold()
    {
        assertEquals(
            "<!DOCTYPE html>\n<p>\uFFFD\uFFFD\uFFFD\t\uD83D\uDE00</p>\n",
            markup.element("p", "\u0000\uD800\uFFFF\t\uD83D\uDE00").finish());
    }

    @Test
    void endsInTheOrderInWhichItBegan()
    {
        assertEquals(
            "<!DOCTYPE html>\n<a><b></b>\n</a>\n<meta name=\"x\"/>\n",
            markup.open("a").open("b").close().close().empty("meta", "name", "x").finish());
    }

    @Test
    void isNotFinishedWithAnElementOpen()
    {
        markup.open("a");
        assertThrows(IllegalStateException.class, markup::finish);
    }

    @Test
    void knowsWhichElementsHaveNoContent()
    {
        assertThrows(IllegalArgumentException.class, () -> markup.open("meta"));
        assertThrows(IllegalArgumentException.class, () -> markup.empty("p"));
    }

    @Test
    void aStyleSheetThatIsReadInTwoWaysIsRefused()
    {
        assertThrows(IllegalArgumentException.class, () -> markup.style("a<b"));
        assertThrows(IllegalArgumentException.class, () -> markup.style("a&b"));
    }
}
