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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The same exchange, written to be obviously right: a sorted map of insertion-ordered maps, results as text.
 */
final class ReferenceExchange
{
    private static final class Order
    {
        private final boolean isBid;
        private final long price;
        private long quantity;

        private Order(final boolean isBid, final long price, final long quantity)
        {
            this.isBid = isBid;
            this.price = price;
            this.quantity = quantity;
        }
    }

    private final int capacity;
    private final Map<Long, Order> orders = new HashMap<>();
    private final TreeMap<Long, LinkedHashMap<Long, Order>> bids = new TreeMap<>((a, b) -> Long.compare(b, a));
    private final TreeMap<Long, LinkedHashMap<Long, Order>> asks = new TreeMap<>();

    ReferenceExchange(final int capacity)
    {
        this.capacity = capacity;
    }

    String newOrder(final long orderId, final boolean isBid, final long price, final long quantity)
    {
        final String reason = reason(price, quantity);
        if (null != reason)
        {
            return rejected(orderId, reason);
        }
        if (orders.containsKey(orderId))
        {
            return rejected(orderId, "DUPLICATE_ORDER");
        }
        return orders.size() >= capacity ? rejected(orderId, "BOOK_FULL") : enter(orderId, isBid, price, quantity);
    }

    String amendOrder(final long orderId, final long price, final long quantity)
    {
        final String reason = reason(price, quantity);
        if (null != reason)
        {
            return rejected(orderId, reason);
        }
        final Order order = orders.get(orderId);
        if (null == order)
        {
            return rejected(orderId, "UNKNOWN_ORDER");
        }
        if (order.price == price && quantity <= order.quantity)
        {
            order.quantity = quantity;
            return orderId + " RESTING NONE 0 " + quantity + " []";
        }
        takeOut(orderId, order);
        return enter(orderId, order.isBid, price, quantity);
    }

    String cancelOrder(final long orderId)
    {
        final Order order = orders.get(orderId);
        if (null == order)
        {
            return rejected(orderId, "UNKNOWN_ORDER");
        }
        takeOut(orderId, order);
        return orderId + " CANCELLED NONE 0 " + order.quantity + " []";
    }

    /** Every order in price-time order, bids first. */
    String book()
    {
        final StringBuilder text = new StringBuilder();
        for (final Map<Long, LinkedHashMap<Long, Order>> side : List.of(bids, asks))
        {
            side.forEach((price, level) ->
                level.forEach((id, order) -> text.append(id + "@" + price + "x" + order.quantity + " ")));
            text.append("| ");
        }
        return text.toString();
    }

    private String enter(final long orderId, final boolean isBid, final long price, final long quantity)
    {
        final List<String> fills = new ArrayList<>();
        final TreeMap<Long, LinkedHashMap<Long, Order>> opposite = isBid ? asks : bids;
        long remaining = quantity;
        while (remaining > 0 && fills.size() < ResultWriter.FILLS_MAX && crosses(opposite, isBid, price))
        {
            final Iterator<Map.Entry<Long, Order>> queue = opposite.firstEntry().getValue().entrySet().iterator();
            final Map.Entry<Long, Order> first = queue.next();
            final long restingId = first.getKey();
            final Order resting = first.getValue();
            final long traded = Math.min(remaining, resting.quantity);
            remaining -= traded;
            resting.quantity -= traded;
            fills.add(restingId + "@" + resting.price + "x" + traded);
            if (0 == resting.quantity)
            {
                takeOut(restingId, resting);
            }
        }
        final String status;
        if (0 == remaining)
        {
            status = "FILLED";
        }
        else if (crosses(opposite, isBid, price))
        {
            status = "CURTAILED";
        }
        else
        {
            status = "RESTING";
            final Order order = new Order(isBid, price, remaining);
            orders.put(orderId, order);
            (isBid ? bids : asks).computeIfAbsent(price, (p) -> new LinkedHashMap<>()).put(orderId, order);
        }
        return orderId + " " + status + " NONE " + (quantity - remaining) + " " + remaining + " " + fills;
    }

    private void takeOut(final long orderId, final Order order)
    {
        orders.remove(orderId);
        final TreeMap<Long, LinkedHashMap<Long, Order>> side = order.isBid ? bids : asks;
        final LinkedHashMap<Long, Order> level = side.get(order.price);
        level.remove(orderId);
        if (level.isEmpty())
        {
            side.remove(order.price);
        }
    }

    private static boolean crosses(
        final TreeMap<Long, LinkedHashMap<Long, Order>> opposite,
        final boolean isBid,
        final long price)
    {
        return !opposite.isEmpty() && (isBid ? opposite.firstKey() <= price : opposite.firstKey() >= price);
    }

    private static String reason(final long price, final long quantity)
    {
        if (price < 1 || price > 1_000_000_000_000L)
        {
            return "BAD_PRICE";
        }
        return quantity < 1 || quantity > 10_000_000_000_000_000L ? "BAD_QUANTITY" : null;
    }

    private static String rejected(final long orderId, final String reason)
    {
        return orderId + " REJECTED " + reason + " 0 0 []";
    }
}
