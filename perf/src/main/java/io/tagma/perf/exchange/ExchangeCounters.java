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
package io.tagma.perf.exchange;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import io.tagma.perf.exchange.codecs.RejectReason;

/**
 * What an exchange has done so far. Part of its state: replicas agree on it. Written by the exchange alone.
 */
public final class ExchangeCounters
{
    private static final int REASONS = 7;

    private final long[] rejected = new long[REASONS];
    private long entered;
    private long amended;
    private long cancelled;
    private long curtailed;
    private long fills;
    private long tradedQuantity;

    ExchangeCounters()
    {
    }

    void onNew()
    {
        entered++;
    }

    void onAmend()
    {
        amended++;
    }

    void onCancel()
    {
        cancelled++;
    }

    void onCurtailed()
    {
        curtailed++;
    }

    void onFills(final int count, final long quantity)
    {
        fills += count;
        // Wraps after 2^63 units: still the same on every replica.
        tradedQuantity += quantity;
    }

    void onReject(final RejectReason reason)
    {
        rejected[reason.value()]++;
    }

    /**
     * Writes all of them, little endian.
     *
     * @return offset of the first byte behind them.
     */
    int save(final MutableDirectBuffer buffer, final int offset)
    {
        buffer.putLong(offset, entered, LITTLE_ENDIAN);
        buffer.putLong(offset + 8, amended, LITTLE_ENDIAN);
        buffer.putLong(offset + 16, cancelled, LITTLE_ENDIAN);
        buffer.putLong(offset + 24, curtailed, LITTLE_ENDIAN);
        buffer.putLong(offset + 32, fills, LITTLE_ENDIAN);
        buffer.putLong(offset + 40, tradedQuantity, LITTLE_ENDIAN);
        int end = offset + 48;
        for (final long count : rejected)
        {
            buffer.putLong(end, count, LITTLE_ENDIAN);
            end += Long.BYTES;
        }
        return end;
    }

    int load(final DirectBuffer buffer, final int offset)
    {
        entered = buffer.getLong(offset, LITTLE_ENDIAN);
        amended = buffer.getLong(offset + 8, LITTLE_ENDIAN);
        cancelled = buffer.getLong(offset + 16, LITTLE_ENDIAN);
        curtailed = buffer.getLong(offset + 24, LITTLE_ENDIAN);
        fills = buffer.getLong(offset + 32, LITTLE_ENDIAN);
        tradedQuantity = buffer.getLong(offset + 40, LITTLE_ENDIAN);
        int end = offset + 48;
        for (int i = 0; i < rejected.length; i++)
        {
            rejected[i] = buffer.getLong(end, LITTLE_ENDIAN);
            end += Long.BYTES;
        }
        return end;
    }

    /**
     * New orders taken.
     *
     * @return their number.
     */
    public long entered()
    {
        return entered;
    }

    /**
     * Amendments done.
     *
     * @return their number.
     */
    public long amended()
    {
        return amended;
    }

    /**
     * Orders cancelled on request.
     *
     * @return their number.
     */
    public long cancelled()
    {
        return cancelled;
    }

    /**
     * Orders that met more resting ones than a result holds.
     *
     * @return their number.
     */
    public long curtailed()
    {
        return curtailed;
    }

    /**
     * Fills, each counted once.
     *
     * @return their number.
     */
    public long fills()
    {
        return fills;
    }

    /**
     * Sum of the quantities of all fills, modulo 2^64.
     *
     * @return units.
     */
    public long tradedQuantity()
    {
        return tradedQuantity;
    }

    /**
     * Requests rejected.
     *
     * @param reason why.
     * @return their number.
     */
    public long rejected(final RejectReason reason)
    {
        return rejected[reason.value()];
    }

    /**
     * Requests rejected for whatever reason.
     *
     * @return their number.
     */
    public long rejected()
    {
        long sum = 0;
        for (final long count : rejected)
        {
            sum += count;
        }
        return sum;
    }
}
