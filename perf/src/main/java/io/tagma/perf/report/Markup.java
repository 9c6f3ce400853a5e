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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes elements, each closed, and text, all of it escaped: what comes out is HTML and well-formed XML as well,
 * whatever is put in. The style sheet is the one thing that goes in as it is.
 */
final class Markup
{
    /** Elements that have no end tag in HTML. */
    private static final Set<String> VOID = Set.of("meta", "br", "hr", "link", "img");
    private static final char REPLACEMENT = '\uFFFD';

    private final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Begins an element.
     *
     * @param element    its name.
     * @param attributes name, value, name, value...
     */
    Markup open(final String element, final Object... attributes)
    {
        if (VOID.contains(element))
        {
            throw new IllegalArgumentException(element + " has no content");
        }
        tag(element, attributes).append('>');
        open.push(element);
        return this;
    }

    /** An element that has no content by its nature: of HTML's void ones. */
    Markup empty(final String element, final Object... attributes)
    {
        if (!VOID.contains(element))
        {
            throw new IllegalArgumentException(element + " may have content");
        }
        tag(element, attributes).append("/>\n");
        return this;
    }

    /** An element with text in it. */
    Markup element(final String element, final String text, final Object... attributes)
    {
        return open(element, attributes).text(text).close();
    }

    /** Text. */
    Markup text(final String text)
    {
        escape(text);
        return this;
    }

    /** The style sheet; it may not have in it what HTML and XML read in different ways. */
    Markup style(final String css)
    {
        if (css.indexOf('<') >= 0 || css.indexOf('&') >= 0)
        {
            throw new IllegalArgumentException("a style sheet with < or & in it");
        }
        open("style");
        out.append('\n').append(css);
        return close();
    }

    /** Ends the element that was begun last. */
    Markup close()
    {
        final String element = open.pop();
        out.append("</").append(element).append(">\n");
        return this;
    }

    /**
     * The whole.
     *
     * @return the document.
     * @throws IllegalStateException if an element has not been ended.
     */
    String finish()
    {
        if (!open.isEmpty())
        {
            throw new IllegalStateException("not ended: " + open);
        }
        return out.toString();
    }

    private StringBuilder tag(final String element, final Object... attributes)
    {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2)
        {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1].toString());
            out.append('"');
        }
        return out;
    }

    private void escape(final String text)
    {
        for (int i = 0; i < text.length(); )
        {
            final int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c)
            {
                case '&':
                    out.append("&amp;");
                    break;

                case '<':
                    out.append("&lt;");
                    break;

                case '>':
                    out.append("&gt;");
                    break;

                case '"':
                    out.append("&quot;");
                    break;

                case '\'':
                    out.append("&#39;");
                    break;

                default:
                    out.appendCodePoint(isOfXml(c) ? c : REPLACEMENT);
                    break;
            }
        }
    }

    /** XML 1.0, production 2: no control characters but these, no lone surrogates, no non-characters. */
    private static boolean isOfXml(final int c)
    {
        return '\t' == c || '\n' == c || '\r' == c || (c >= ' ' && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
            c >= 0x10000;
    }
}
