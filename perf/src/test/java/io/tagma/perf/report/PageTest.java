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

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PageTest
{
    private static final Verdict GOOD = new Verdict(List.of(), List.of("5 processes share 2 processors"));
    private static final String HOSTILE = "<script>alert('1')</script> & \"quoted\" ]]> \u0001";

    private final SystemResult tagma = Specimens.system("tagma", 1000, 1000, 5000);
    private final SystemResult peer = Specimens.system("aeron-cluster-best", 1000, 3000, 1500);
    private final LoadResult closed = Specimens.load("in-flight-1", Specimens.phases(), tagma, peer);
    private final LoadResult open = Specimens.load("rate-10000", Phases.NONE, tagma, peer);

    private static String page(final Verdict verdict, final LoadResult... loads)
    {
        return new Page(Specimens.report(verdict, loads)).text();
    }

    @Test
    void isWellFormedAndHasEverySystemAndLoad() throws Exception
    {
        final Document page = Specimens.parse(page(GOOD, closed, open));
        final String text = page.getDocumentElement().getTextContent();
        for (final String word : List.of("tagma compare", "tagma", "conditions of tagma", "aeron-cluster-best",
            "Load 1: description of in-flight-1", "Load 2: description of rate-10000", "figures of rate-10000",
            "OK: no request", "5 processes share 2 processors", "2 of a kind", "agreeing", "70.0 %",
            "1-in-flight-1-tagma.hgrm", "2-rate-10000-aeron-cluster-best.hgrm", "figures.json"))
        {
            assertTrue(text.contains(word), () -> word + " is not in: " + text);
        }
        assertEquals(2 + 2, curves(page).size());
        assertEquals(4, Specimens.elements(page, "path", "ring").size());
        assertEquals(3, Specimens.elements(page, "rect", "bar").size());
    }

    @Test
    void asksNobodyForAnythingAndRunsNothing() throws Exception
    {
        final String text = page(GOOD, closed, open);
        assertFalse(text.contains("http://"), text);
        assertFalse(text.contains("https://"), text);
        assertFalse(text.contains("url("), text);
        assertFalse(text.contains("@import"), text);
        final Document page = Specimens.parse(text);
        for (final String name : List.of("script", "link", "img", "iframe", "object", "image", "use"))
        {
            assertEquals(List.of(), Specimens.elements(page, name, ""), name);
        }
        for (final Element link : Specimens.elements(page, "a", ""))
        {
            assertTrue(link.getAttribute("href").matches("[A-Za-z0-9._-]+"), link.getAttribute("href"));
        }
    }

    @Test
    void fitsAPhoneAndTheDark() throws Exception
    {
        final String text = page(GOOD, closed);
        assertTrue(text.contains("width=device-width"), text);
        assertTrue(text.contains("prefers-color-scheme: dark"), text);
        for (final Element svg : Specimens.elements(Specimens.parse(text), "svg", ""))
        {
            assertTrue(svg.hasAttribute("viewBox"));
            assertFalse(svg.hasAttribute("width"));
        }
    }

    @Test
    void whateverIsPutInComesOutAsText() throws Exception
    {
        final SystemResult hostile = Specimens.system(HOSTILE, 100, 1000, 100);
        final Document page = Specimens.parse(page(
            new Verdict(List.of(HOSTILE), List.of(HOSTILE)),
            Specimens.load(HOSTILE, Specimens.phases(), hostile, tagma)));
        assertEquals(List.of(), Specimens.elements(page, "script", ""));
        final String readable = HOSTILE.replace('\u0001', '\uFFFD');
        assertEquals(readable, Specimens.elements(page, "li", "").get(0).getTextContent().strip());
        assertEquals(
            "Percentile curves: description of " + readable,
            Specimens.elements(page, "svg", "").stream()
                .map((svg) -> svg.getAttribute("aria-label"))
                .filter((label) -> label.startsWith("Percentile"))
                .findFirst().orElseThrow());
    }

    @Test
    void aFailureIsTheFirstThingThatItSays() throws Exception
    {
        final Verdict verdict = new Verdict(List.of("missed the rate: 9/s of 10/s"), List.of());
        final Document page = Specimens.parse(page(verdict, open));
        final Element section = Specimens.elements(page, "section", "verdict").get(0);
        assertEquals("verdict bad", section.getAttribute("class"));
        final String text = section.getTextContent();
        assertTrue(text.contains("FAILED") && text.contains("missed the rate: 9/s of 10/s"), text);
        assertFalse(text.contains("OK") || text.contains("Not representative"), text);
        assertEquals(
            "tagma compare: FAILED", page.getElementsByTagName("title").item(0).getTextContent());
    }

    @Test
    void aSystemThatAnsweredNothingHasNoCurveAndIsNamed() throws Exception
    {
        final SystemResult silent = new SystemResult("silent", "", new Histogram(60_000_000_000L, 3), 0, 0, 0);
        final Document page = Specimens.parse(page(GOOD, Specimens.load("rate-1", Phases.NONE, silent)));
        assertEquals(List.of(), curves(page));
        assertEquals(List.of(), Specimens.elements(page, "figure", ""));
        assertTrue(page.getDocumentElement().getTextContent().contains("silent answered nothing"));
        final LoadResult both = Specimens.load("rate-1", Phases.NONE, silent, tagma);
        assertEquals(1, curves(Specimens.parse(page(GOOD, both))).size());
    }

    @Test
    void neighboursOfOneLoadShareANumberAndOthersHaveTheirOwn() throws Exception
    {
        final SystemResult sameRate = Specimens.system("peer", 1000, 3000, tagma.ratePerSecond());
        assertEquals(List.of("1"), numbers(Specimens.load("rate-1", Phases.NONE, tagma, sameRate)));
        assertEquals(List.of("1", "1"), numbers(Specimens.load("in-flight-1", Phases.NONE, tagma, peer)));
        assertEquals(List.of("1"), numbers(Specimens.load("rate-1", Phases.NONE, tagma, tagma, tagma)));
    }

    @Test
    void aSinglePointIsNoCurveOfThroughput() throws Exception
    {
        final Document page = Specimens.parse(page(GOOD, Specimens.load("rate-1", Phases.NONE, tagma)));
        assertEquals(List.of(), Specimens.elements(page, "path", "ring"));
        assertEquals(1, curves(page).size());
    }

    @Test
    void aCurveRunsFromTheLeastValueToTheGreatest() throws Exception
    {
        final SystemResult decades = Specimens.system("decades", 1000, 1, 1000);
        final Document page = Specimens.parse(page(GOOD, Specimens.load("rate-1", Phases.NONE, decades)));
        final String path = curves(page).get(0).getAttribute("d");
        // From 1 to 1,000 ns, and from all of 1,000 requests to one of them: the corners of the plot.
        assertTrue(path.startsWith("M" + Units.pixels(Plot.LEFT) + " " + Units.pixels(Plot.BOTTOM) + "L"), path);
        assertTrue(path.endsWith("L" + Units.pixels(Plot.RIGHT) + " " + Units.pixels(Plot.TOP)), path);
    }

    @Test
    void partsOfTheBarAreAsWideAsTheyTookTime() throws Exception
    {
        final List<Element> bars = Specimens.elements(Specimens.parse(page(GOOD, closed)), "rect", "bar");
        assertEquals(
            List.of("72.00", "504.00", "144.00"), bars.stream().map((bar) -> bar.getAttribute("width")).toList());
        assertEquals(List.of("0.00", "72.00", "576.00"), bars.stream().map((bar) -> bar.getAttribute("x")).toList());
    }

    /** Of loads, in the plot of throughput. */
    private static List<String> numbers(final LoadResult load) throws Exception
    {
        return Specimens.elements(Specimens.parse(page(GOOD, load)), "text", "").stream()
            .filter((text) -> "g".equals(text.getParentNode().getNodeName()))
            .map(Element::getTextContent)
            .toList();
    }

    /** Curves of plots, without those of the legends. */
    private static List<Element> curves(final Document page)
    {
        return Specimens.elements(page, "path", "curve").stream()
            .filter((path) -> "g".equals(path.getParentNode().getNodeName()))
            .toList();
    }
}
