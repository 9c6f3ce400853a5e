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
package io.tagma.perf.flow;

import java.util.Locale;

/**
 * Takes one row apart. Prices become whole ticks here, without a detour over floating point.
 */
final class OrderRow
{
    private static final String[] COLUMNS = OrderFlowFormat.HEADER.split(",", -1);
    private static final int ID = 0;
    private static final int TIMESTAMP = 1;
    private static final int EXCHANGE_TIMESTAMP = 2;
    private static final int PRICE = 3;
    private static final int VOLUME = 4;
    private static final int ACTION = 5;
    private static final int DIRECTION = 6;

    private final OrderFlowReader reader;
    private final int[] starts = new int[COLUMNS.length + 1];
    private byte[] line;

    OrderRow(final OrderFlowReader reader)
    {
        this.reader = reader;
    }

    void parse(final byte[] bytes, final int length, final OrderEvent event)
    {
        line = bytes;
        int columns = 0;
        for (int i = 0; i < length; i++)
        {
            if (',' == bytes[i] && ++columns < starts.length)
            {
                starts[columns] = i + 1;
            }
        }
        if (columns + 1 != COLUMNS.length)
        {
            throw reader.bad("has " + (columns + 1) + " columns instead of " + COLUMNS.length);
        }
        starts[COLUMNS.length] = length + 1;

        event.times(
            number(TIMESTAMP, 0, Long.MAX_VALUE),
            number(EXCHANGE_TIMESTAMP, 0, Long.MAX_VALUE));
        event.set(
            number(ID, 1, Long.MAX_VALUE),
            action(),
            isBid(),
            priceTicks(),
            number(VOLUME, 0, OrderFlowFormat.VOLUME_MAX));
    }

    private long number(final int column, final long least, final long greatest)
    {
        final long value = digits(starts[column], end(column));
        if (value < least || value > greatest)
        {
            throw bad(column, String.format(Locale.ROOT, "a whole number from %,d to %,d", least, greatest));
        }
        return value;
    }

    private long priceTicks()
    {
        final int start = starts[PRICE];
        final int end = end(PRICE);
        int point = start;
        while (point < end && '.' != line[point])
        {
            point++;
        }
        final long units = digits(start, point);
        final int decimals = end - point - 1;
        long hundredths = 0;
        if (point < end)
        {
            hundredths = decimals > 2 ? -1 : digits(point + 1, end) * (1 == decimals ? 10 : 1);
        }
        if (units < 0 || hundredths < 0 || units > OrderFlowFormat.PRICE_TICKS_MAX / OrderFlowFormat.TICKS_PER_UNIT ||
            units * OrderFlowFormat.TICKS_PER_UNIT + hundredths > OrderFlowFormat.PRICE_TICKS_MAX)
        {
            throw bad(PRICE, String.format(
                Locale.ROOT,
                "a number from 0 to %,d with at most two decimals",
                OrderFlowFormat.PRICE_TICKS_MAX / OrderFlowFormat.TICKS_PER_UNIT));
        }
        return units * OrderFlowFormat.TICKS_PER_UNIT + hundredths;
    }

    private OrderAction action()
    {
        if (is(ACTION, "created"))
        {
            return OrderAction.CREATED;
        }
        if (is(ACTION, "deleted"))
        {
            return OrderAction.DELETED;
        }
        if (is(ACTION, "changed"))
        {
            return OrderAction.CHANGED;
        }
        throw bad(ACTION, "created, changed or deleted");
    }

    private boolean isBid()
    {
        if (is(DIRECTION, "bid"))
        {
            return true;
        }
        if (is(DIRECTION, "ask"))
        {
            return false;
        }
        throw bad(DIRECTION, "bid or ask");
    }

    private boolean is(final int column, final String text)
    {
        final int start = starts[column];
        if (end(column) - start != text.length())
        {
            return false;
        }
        for (int i = 0; i < text.length(); i++)
        {
            if (line[start + i] != text.charAt(i))
            {
                return false;
            }
        }
        return true;
    }

    /** The number between two places of the line, or -1 if it is none or too long for a long. */
    private long digits(final int start, final int end)
    {
        if (end <= start || end - start > 19)
        {
            return -1;
        }
        long value = 0;
        for (int i = start; i < end; i++)
        {
            final int digit = line[i] - '0';
            if (digit < 0 || digit > 9)
            {
                return -1;
            }
            value = value * 10 + digit;
        }
        // 19 digits overflow into the negative, or not at all: 9,999,999,999,999,999,999 < 2^64.
        return value < 0 ? -1 : value;
    }

    private int end(final int column)
    {
        return starts[column + 1] - 1;
    }

    private OrderFlowException bad(final int column, final String wanted)
    {
        return reader.bad(
            COLUMNS[column] + " is '" + reader.text(starts[column], end(column)) + "' and must be " + wanted);
    }
}
