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
import java.util.Map;

/**
 * The page: one file that needs no other and asks nobody for anything. The policy in its head says so to the browser
 * as well. It has no script.
 */
final class Page
{
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private final Report report;
    private final Markup markup = new Markup();

    Page(final Report report)
    {
        this.report = report;
    }

    /** HTML that is well-formed XML as well. */
    String text()
    {
        markup.open("html", "lang", "en").open("head")
            .empty("meta", "charset", "utf-8")
            .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
            .empty("meta", "name", "color-scheme", "content", "light dark")
            .empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
            .element("title", report.command() + ": " + report.verdict().word())
            .style(Style.CSS)
            .close();
        markup.open("body").open("main").element("h1", report.command());
        report.verdict().write(markup);
        ThroughputChart.draw(markup, report.loads());
        for (int number = 1; number <= report.loads().size(); number++)
        {
            load(number, report.loads().get(number - 1));
        }
        environment();
        files();
        return markup.close().close().close().finish();
    }

    private void load(final int number, final LoadResult load)
    {
        markup.open("section", "id", "load-" + number).element("h2", "Load " + number + ": " + load.description());
        for (final SystemResult system : load.systems())
        {
            if (!system.hasAnswered())
            {
                markup.element("p", system.name() + " answered nothing, so there is nothing to draw of it.",
                    "class", "fail");
            }
        }
        PercentileChart.draw(markup, load);
        load.tables().forEach(this::table);
        PhaseBar.draw(markup, load.phases());
        markup.close();
    }

    private void table(final Table table)
    {
        markup.open("div", "class", "wide").open("table").element("caption", table.caption());
        markup.open("thead").open("tr");
        table.head().forEach((cell) -> markup.element("th", cell, "scope", "col"));
        markup.close().close().open("tbody");
        for (final List<String> row : table.rows())
        {
            markup.open("tr").element("th", row.get(0), "scope", "row");
            row.subList(1, row.size()).forEach((cell) -> markup.element("td", cell));
            markup.close();
        }
        markup.close().close().close();
    }

    private void environment()
    {
        markup.open("section", "id", "environment").element("h2", "Where and how it was measured")
            .open("table", "class", "words").open("tbody");
        for (final Map.Entry<String, String> line : report.environment().entrySet())
        {
            markup.open("tr").element("th", line.getKey(), "scope", "row").element("td", line.getValue()).close();
        }
        markup.close().close().close();
    }

    private void files()
    {
        markup.open("section", "id", "files").element("h2", "Files beside this page").open("ul");
        file(ReportDirectory.FIGURES, "all figures, for machines");
        for (int number = 1; number <= report.loads().size(); number++)
        {
            for (final SystemResult system : report.loads().get(number - 1).systems())
            {
                file(
                    ReportDirectory.distributionName(number, report.loads().get(number - 1), system),
                    "percentile distribution of " + system.name() + " under load " + number + ", in microseconds");
            }
        }
        markup.close().close();
    }

    private void file(final String name, final String what)
    {
        markup.open("li").element("a", name, "href", name).text(": " + what).close();
    }
}
