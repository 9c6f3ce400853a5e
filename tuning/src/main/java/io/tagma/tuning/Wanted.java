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
package io.tagma.tuning;

import java.util.List;

/**
 * What a line wants to find: a value itself; {@code >=} or {@code <=} and a number, a version or a length with a unit;
 * {@code one of} or {@code none of} and values, where one that ends in a star stands for all that begin so.
 */
public final class Wanted
{
    private static final String AT_LEAST = ">= ";
    private static final String AT_MOST = "<= ";
    private static final String ONE_OF = "one of ";
    private static final String NONE_OF = "none of ";
    private static final List<String> UNITS = List.of("KiB", "MiB", "GiB");
    private static final int UNIT_BITS = 10;

    private final String text;

    private Wanted(final String text)
    {
        this.text = text;
    }

    /**
     * Reads what is wanted.
     *
     * @param text as in a profile.
     * @return what it means.
     * @throws IllegalArgumentException if it means nothing.
     */
    public static Wanted of(final String text)
    {
        if (text.isBlank())
        {
            throw new IllegalArgumentException("nothing is wanted");
        }
        if (text.startsWith(AT_LEAST) || text.startsWith(AT_MOST))
        {
            numbers(text.substring(AT_LEAST.length()));
        }
        return new Wanted(text);
    }

    /**
     * Whether a value is what is wanted.
     *
     * @param value that was found; {@link Look#NONE} is no number, and neither large nor small enough.
     * @return true if so.
     * @throws IllegalArgumentException if a number is wanted and the value is something else.
     */
    public boolean isMetBy(final String value)
    {
        if (text.startsWith(AT_LEAST) || text.startsWith(AT_MOST))
        {
            if (Look.NONE.equals(value))
            {
                return false;
            }
            final int order = compare(value, text.substring(AT_LEAST.length()));
            return text.startsWith(AT_LEAST) ? order >= 0 : order <= 0;
        }
        if (text.startsWith(ONE_OF))
        {
            return isAmong(value, text.substring(ONE_OF.length()));
        }
        if (text.startsWith(NONE_OF))
        {
            return !isAmong(value, text.substring(NONE_OF.length()));
        }
        return text.equals(value);
    }

    /**
     * The order of two numbers, lengths or versions; of a version only what comes before the first other sign counts.
     *
     * @param left  such as 6.18.44-generic.
     * @param right such as 6.12 or 2 MiB.
     * @return negative, zero or positive.
     * @throws IllegalArgumentException if one of them is none of these.
     */
    static int compare(final String left, final String right)
    {
        final long[] leftNumbers = numbers(left);
        final long[] rightNumbers = numbers(right);
        for (int i = 0; i < Math.max(leftNumbers.length, rightNumbers.length); i++)
        {
            final int order = Long.compare(
                i < leftNumbers.length ? leftNumbers[i] : 0, i < rightNumbers.length ? rightNumbers[i] : 0);
            if (0 != order)
            {
                return order;
            }
        }
        return 0;
    }

    private static long[] numbers(final String text)
    {
        final String[] words = text.split(" ");
        int unitBits = 0;
        if (words.length > 1)
        {
            if (words.length > 2 || !UNITS.contains(words[1]))
            {
                throw new IllegalArgumentException("'" + text + "' is no number");
            }
            unitBits = UNIT_BITS * (1 + UNITS.indexOf(words[1]));
        }
        final String[] parts = words[0].replaceFirst("(?<=[0-9])[^0-9.].*", "").split("\\.");
        final long[] numbers = new long[parts.length];
        for (int i = 0; i < parts.length; i++)
        {
            try
            {
                numbers[i] = Math.multiplyExact(Long.parseLong(parts[i]), 1L << unitBits);
            }
            catch (final NumberFormatException | ArithmeticException ex)
            {
                throw new IllegalArgumentException("'" + text + "' is no number", ex);
            }
        }
        return numbers;
    }

    private static boolean isAmong(final String value, final String values)
    {
        for (final String candidate : values.split(" "))
        {
            final boolean isMatch = candidate.endsWith("*") ?
                value.startsWith(candidate.substring(0, candidate.length() - 1)) : value.equals(candidate);
            if (isMatch)
            {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString()
    {
        return text;
    }
}
