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
package io.tagma.ordering;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What every file of the repository is held to. A rule gives a sentence for each violation; a word that must not
 * occur is put together here so that this file may be looked at too.
 */
final class TidyRules
{
    static final int FILE_LINES_MAX = 400;
    static final int LINE_LENGTH_MAX = 120;

    private static final List<String> LICENCE = List.of(
        "/*",
        " * Copyright 2026 The Tagma Authors",
        " *",
        " * Licensed under the Apache License, Version 2.0 (the \"License\");");

    private static final Pattern LEFT_FOR_LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");
    private static final Pattern SWITCHED_OFF = Pattern.compile(
        "@(Dis" + "abled|Ign" + "ore)\\b|new Unsupported" + "OperationException");
    private static final Pattern WORKPLACE = Pattern.compile(
        "/wo" + "rk/|\\.\\./sha" + "red|/ro" + "ot/|\\.m2/repo" + "sitory|repo\\.mav" + "en|jf" + "rog");

    private TidyRules()
    {
    }

    static List<String> violations(final Path path, final List<String> lines)
    {
        final List<String> found = new ArrayList<>();
        if (path.toString().endsWith(".java"))
        {
            java(path, lines, found);
        }
        for (int i = 0; i < lines.size(); i++)
        {
            line(path + ":" + (i + 1), lines.get(i), found);
        }
        return found;
    }

    private static void java(final Path path, final List<String> lines, final List<String> found)
    {
        if (lines.size() < LICENCE.size() || !LICENCE.equals(lines.subList(0, LICENCE.size())))
        {
            found.add(path + " does not begin with the licence");
        }
        if (lines.size() > FILE_LINES_MAX)
        {
            found.add(path + " has " + lines.size() + " lines, more than " + FILE_LINES_MAX);
        }
        for (int i = 0; i < lines.size(); i++)
        {
            final String line = lines.get(i);
            if (line.length() > LINE_LENGTH_MAX && !line.startsWith("import "))
            {
                found.add(path + ":" + (i + 1) + " is " + line.length() + " columns wide");
            }
            if (SWITCHED_OFF.matcher(line).find())
            {
                found.add(path + ":" + (i + 1) + " switches something off: " + line.strip());
            }
        }
    }

    private static void line(final String place, final String line, final List<String> found)
    {
        if (LEFT_FOR_LATER.matcher(line).find())
        {
            found.add(place + " leaves something for later: " + line.strip());
        }
        if (WORKPLACE.matcher(line).find())
        {
            found.add(place + " speaks of the place where it was written: " + line.strip());
        }
        if (line.indexOf('\t') >= 0)
        {
            found.add(place + " has a tab");
        }
        if (line.endsWith(" ") || line.endsWith("\r"))
        {
            found.add(place + " has blanks at its end");
        }
    }
}
