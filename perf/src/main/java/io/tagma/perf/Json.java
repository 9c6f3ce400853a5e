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
package io.tagma.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes reports as JSON: maps, lists, text, numbers, truth. Only writes, so a library would be more than is needed.
 */
public final class Json
{
    private static final String INDENT = "  ";

    private Json()
    {
    }

    /**
     * Writes a report to a file.
     *
     * @param file   to write, whatever it held.
     * @param report to write.
     * @throws IOException if that fails.
     */
    public static void write(final Path file, final Map<String, ?> report) throws IOException
    {
        Files.writeString(file, text(report) + "\n");
    }

    /**
     * A report as text.
     *
     * @param value map, list, text, number, truth or null.
     * @return JSON, indented.
     */
    public static String text(final Object value)
    {
        final StringBuilder out = new StringBuilder();
        append(out, value, "\n");
        return out.toString();
    }

    private static void append(final StringBuilder out, final Object value, final String newLine)
    {
        if (value instanceof Map<?, ?> map)
        {
            appendMap(out, map, newLine);
        }
        else if (value instanceof List<?> list)
        {
            appendList(out, list, newLine);
        }
        else if (value instanceof Double number)
        {
            final boolean isFinite = !number.isNaN() && !number.isInfinite();
            out.append(isFinite ? String.format(Locale.ROOT, "%.3f", number) : "null");
        }
        else if (null == value || value instanceof Number || value instanceof Boolean)
        {
            out.append(value);
        }
        else
        {
            appendText(out, value.toString());
        }
    }

    private static void appendMap(final StringBuilder out, final Map<?, ?> map, final String newLine)
    {
        out.append('{');
        final Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext())
        {
            final Map.Entry<?, ?> entry = entries.next();
            out.append(newLine).append(INDENT);
            appendText(out, entry.getKey().toString());
            out.append(": ");
            append(out, entry.getValue(), newLine + INDENT);
            out.append(entries.hasNext() ? "," : newLine);
        }
        out.append('}');
    }

    private static void appendList(final StringBuilder out, final List<?> list, final String newLine)
    {
        out.append('[');
        final Iterator<?> values = list.iterator();
        while (values.hasNext())
        {
            out.append(newLine).append(INDENT);
            append(out, values.next(), newLine + INDENT);
            out.append(values.hasNext() ? "," : newLine);
        }
        out.append(']');
    }

    private static void appendText(final StringBuilder out, final String text)
    {
        out.append('"');
        for (int i = 0; i < text.length(); i++)
        {
            final char c = text.charAt(i);
            if ('"' == c || '\\' == c)
            {
                out.append('\\').append(c);
            }
            else if (c < ' ')
            {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int)c));
            }
            else
            {
                out.append(c);
            }
        }
        out.append('"');
    }
}
