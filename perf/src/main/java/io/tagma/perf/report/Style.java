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

/**
 * The style sheet of the page. Colours are named once for light and once for dark; where the page is narrow, words in
 * plots are made greater by as much as the plots have become smaller.
 */
final class Style
{
    static final String CSS = """
        :root {
          color-scheme: light dark;
          --paper: #ffffff; --ink: #1b1f24; --soft: #5a6470; --line: #dde2e8; --tint: #f4f6f8;
          --good: #0b6b4f; --bad: #b3261e; --warn: #8a5a00; --in: #ffffff; --rest: #75808c;
          --s0: #1f63d1; --s1: #c2540a; --s2: #0c7d61; --s3: #7c3fc4; --s4: #b52a6f; --s5: #7a6400;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #14171b; --ink: #e6e9ed; --soft: #a0aab6; --line: #2d343c; --tint: #1d2228;
            --good: #4fd1a5; --bad: #ff8a80; --warn: #f0b95a; --in: #14171b; --rest: #8b96a3;
            --s0: #74a9ff; --s1: #ff9d5c; --s2: #45cfa8; --s3: #bf9bff; --s4: #ff85b8; --s5: #dcc24a;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; padding: 1rem; max-width: 66rem; background: var(--paper); color: var(--ink);
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: break-word;
        }
        h1 { font-size: 1.6rem; margin: 0.5rem 0; }
        h2 { font-size: 1.2rem; margin: 2.5rem 0 0.5rem; }
        h3 { font-size: 1rem; margin: 1.5rem 0 0.5rem; }
        a { color: var(--s0); }
        .verdict { margin: 1rem 0; padding: 0.75rem 1rem; background: var(--tint); border-left: 5px solid; }
        .verdict p { margin: 0; font-weight: 600; }
        .verdict ul { margin: 0.25rem 0; padding-left: 1.2rem; }
        .good { border-color: var(--good); }
        .warn { border-color: var(--warn); }
        .bad { border-color: var(--bad); }
        .bad p:first-child, .fail { color: var(--bad); }
        figure { margin: 1rem 0; }
        figcaption { color: var(--soft); font-size: 0.85rem; }
        svg { display: block; width: 100%; height: auto; }
        svg text { font-size: 13px; fill: var(--soft); }
        svg .in { fill: var(--in); font-weight: 600; }
        .grid { stroke: var(--line); stroke-width: 1; fill: none; }
        .s0 { --own: var(--s0); } .s1 { --own: var(--s1); } .s2 { --own: var(--s2); }
        .s3 { --own: var(--s3); } .s4 { --own: var(--s4); } .s5 { --own: var(--s5); }
        .rest { --own: var(--rest); }
        .curve { stroke: var(--own); stroke-width: 2.5; fill: none; stroke-linejoin: round; }
        .span { stroke: var(--own); stroke-width: 2; fill: none; opacity: 0.5; }
        .ring { stroke: var(--own); stroke-width: 2; fill: var(--paper); }
        .dot { stroke: var(--paper); stroke-width: 1; fill: var(--own); }
        .bar { fill: var(--own); stroke: var(--paper); stroke-width: 2; }
        .swatch { display: inline-block; width: 0.7rem; height: 0.7rem; margin-right: 0.5rem; background: var(--own); }
        .legend { list-style: none; margin: 0.5rem 0; padding: 0; font-size: 0.9rem; }
        .legend li { margin: 0.2rem 0; color: var(--soft); }
        .legend strong { color: var(--ink); }
        .key { display: inline-block; width: 40px; height: 16px; margin-right: 0.5rem; vertical-align: middle; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; font-size: 0.85rem; font-variant-numeric: tabular-nums; width: 100%; }
        caption { text-align: left; color: var(--soft); padding: 0.5rem 0; }
        th, td { padding: 0.3rem 0.45rem; border-bottom: 1px solid var(--line); }
        th, td { text-align: right; white-space: nowrap; }
        th:first-child { text-align: left; padding-left: 0; }
        thead th { color: var(--soft); font-weight: 500; }
        tbody th { font-weight: 500; }
        .words td, .words th { text-align: left; white-space: normal; vertical-align: top; }
        .words td { overflow-wrap: anywhere; }
        @media (max-width: 40rem) {
          svg text { font-size: 22px; }
          .curve { stroke-width: 4; }
          .key .curve { stroke-width: 2.5; }
          .grid { stroke-width: 1.5; }
          .words td, .words th { display: block; padding-left: 0; }
          .words th { border-bottom: 0; padding-bottom: 0; color: var(--soft); }
          .words td { padding-top: 0; }
        }
        @media print { body { max-width: none; } }
        """;

    private Style()
    {
    }
}
