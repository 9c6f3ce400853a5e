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

/**
 * An order flow made from a seed, shaped after recorded ones: about as many orders created as deleted, few changed,
 * most placed near a price that wanders, one in eight aggressive enough to trade. It keeps no book: what it deletes may
 * have traded long ago, and now and then it deletes what was there before the recording began, as recordings do.
 * Whole numbers only, so that a seed means the same flow on every machine.
 */
public final class OrderFlowGenerator implements OrderFlow
{
    /** 2026-01-02T09:00:00Z. */
    private static final long FIRST_TIMESTAMP_MS = 1_767_344_400_000L;
    private static final long FIRST_ID = 70_000_000L;
    private static final long FIRST_PRICE_TICKS = 23_650;
    private static final long LEAST_PRICE_TICKS = 10_000;
    private static final long GREATEST_PRICE_TICKS = 90_000;
    private static final int GAP_MS = 714;
    private static final int LIVE_MAX = 1024;
    private static final int LIVE_TARGET = 256;
    /** Smallest piece in which most people trade: a hundredth. */
    private static final long LOT = 1_000_000;

    private final SplitMix64 random;
    private final long events;
    private final long[] liveIds = new long[LIVE_MAX];
    private final long[] livePrices = new long[LIVE_MAX];
    private final long[] liveVolumes = new long[LIVE_MAX];
    private final boolean[] liveBids = new boolean[LIVE_MAX];
    private int live;
    private long generated;
    private long nextId = FIRST_ID;
    private long middleTicks = FIRST_PRICE_TICKS;
    private long timestampMs = FIRST_TIMESTAMP_MS;

    /**
     * Starts a flow.
     *
     * @param seed   any; the same seed gives the same flow.
     * @param events of the flow; a longer flow of the same seed begins with the shorter one.
     */
    public OrderFlowGenerator(final long seed, final long events)
    {
        random = new SplitMix64(seed);
        this.events = events;
    }

    @Override
    public boolean next(final OrderEvent event)
    {
        if (generated >= events)
        {
            return false;
        }
        generated++;
        timestampMs += random.next(GAP_MS);
        event.times(timestampMs, timestampMs - timestampMs % 1000);
        wander();

        final int choice = random.next(1000);
        if (live < 2 || live < LIVE_MAX && choice < (live < LIVE_TARGET ? 530 : 460))
        {
            create(event);
        }
        else if (choice >= 985)
        {
            change(event);
        }
        else if (choice >= 980)
        {
            event.set(FIRST_ID - 1 - random.next(1000), OrderAction.DELETED, 0 == random.next(2), middleTicks, LOT);
        }
        else
        {
            delete(event);
        }
        return true;
    }

    @Override
    public void close()
    {
    }

    private void wander()
    {
        if (0 == random.next(8))
        {
            final long moved = middleTicks + random.next(11) - 5;
            middleTicks = Math.max(LEAST_PRICE_TICKS, Math.min(GREATEST_PRICE_TICKS, moved));
        }
    }

    private void create(final OrderEvent event)
    {
        nextId += 1 + random.next(3);
        final boolean isBid = 0 == random.next(2);
        final long price = middleTicks + (isBid ? -1 : 1) * distanceTicks();
        final long volume = 0 == random.next(3) ? 1 + random.next(2_000_000_000) : LOT * (1 + random.next(500));
        liveIds[live] = nextId;
        livePrices[live] = price;
        liveVolumes[live] = volume;
        liveBids[live] = isBid;
        live++;
        event.set(nextId, OrderAction.CREATED, isBid, price, volume);
    }

    /** Below zero: through the middle, so that it probably trades. */
    private long distanceTicks()
    {
        final int kind = random.next(64);
        if (kind < 8)
        {
            return -random.next(40);
        }
        return kind < 62 ? 1 + Math.min(random.next(150), random.next(150)) : 1 + random.next(5000);
    }

    private void change(final OrderEvent event)
    {
        final int i = random.next(live);
        // One in eight grows, which costs it its place; the others shrink, as after a partial fill.
        final long volume = liveVolumes[i];
        liveVolumes[i] = 0 == random.next(8) ? volume + LOT : Math.max(1, volume - volume * random.next(100) / 100);
        event.set(liveIds[i], OrderAction.CHANGED, liveBids[i], livePrices[i], liveVolumes[i]);
    }

    private void delete(final OrderEvent event)
    {
        final int i = random.next(live);
        event.set(
            liveIds[i], OrderAction.DELETED, liveBids[i], livePrices[i], 0 == random.next(10) ? 0 : liveVolumes[i]);
        live--;
        liveIds[i] = liveIds[live];
        livePrices[i] = livePrices[live];
        liveVolumes[i] = liveVolumes[live];
        liveBids[i] = liveBids[live];
    }
}
