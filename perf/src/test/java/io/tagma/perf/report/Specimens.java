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
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reports with known figures, and what a parser sees of a page.
 */
final class Specimens
{
    static final double MICRO = 1000;

    private Specimens()
    {
    }

    /** Latencies of 1 to {@code count} units, each once. */
    static Histogram rising(final int count, final double unitNs)
    {
        final Histogram histogram = new Histogram(60_000_000_000L, 3);
        for (int i = 1; i <= count; i++)
        {
            histogram.recordValue((long)(i * unitNs));
        }
        return histogram;
    }

    static SystemResult system(final String name, final int count, final double unitNs, final double ratePerSecond)
    {
        final Histogram histogram = rising(count, unitNs);
        return new SystemResult(
            name, "conditions of " + name, histogram, ratePerSecond, histogram.getValueAtPercentile(50),
            histogram.getValueAtPercentile(99));
    }

    static LoadResult load(final String label, final Phases phases, final SystemResult... systems)
    {
        final List<List<String>> rows = new ArrayList<>();
        for (final SystemResult system : systems)
        {
            rows.add(List.of(system.name(), Units.latency(system.p50Ns())));
        }
        return new LoadResult(
            label, "description of " + label, List.of(systems), phases,
            List.of(new Table("figures of " + label, List.of("", "p50"), rows)));
    }

    static Phases phases()
    {
        return new Phases(
            List.of(
                new Phases.Part("waiting", 20 * MICRO, "-"),
                new Phases.Part("agreeing", 140 * MICRO, "80.0 us"),
                new Phases.Part("the rest", 40 * MICRO, "")),
            200 * MICRO);
    }

    static Report report(final Verdict verdict, final LoadResult... loads)
    {
        final Map<String, String> environment = new LinkedHashMap<>();
        environment.put("processors", "2 of a kind");
        environment.put("command", "tagma compare --in-flight 1");
        return new Report("tagma compare", verdict, List.of(loads), environment);
    }

    /** Fails if it is no well-formed XML. */
    static Document parse(final String page) throws IOException, SAXException, ParserConfigurationException
    {
        final DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new InputSource(new StringReader(page)));
    }

    /** Elements of a name and, unless it is empty, a class. */
    static List<Element> elements(final Document page, final String name, final String ofClass)
    {
        final List<Element> found = new ArrayList<>();
        final NodeList nodes = page.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++)
        {
            final Element element = (Element)nodes.item(i);
            if (ofClass.isEmpty() || List.of(element.getAttribute("class").split(" ")).contains(ofClass))
            {
                found.add(element);
            }
        }
        return found;
    }
}
