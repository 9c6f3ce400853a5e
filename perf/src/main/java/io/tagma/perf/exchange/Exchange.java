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

import io.tagma.ordering.service.OrderedService;
import io.tagma.perf.exchange.codecs.AmendOrderDecoder;
import io.tagma.perf.exchange.codecs.CancelOrderDecoder;
import io.tagma.perf.exchange.codecs.NewOrderDecoder;
import io.tagma.perf.exchange.codecs.OrderStatus;
import io.tagma.perf.exchange.codecs.RejectReason;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An exchange for one instrument: new, amend and cancel in, fills out. Price first, then time: the best price trades
 * first, and at one price the order that has rested longest. The messages, and what amending does, are in
 * {@code exchange.xml}.
 *
 * <p>Whatever the payload, the answer is a result: what is not a request of this schema to the byte is rejected as
 * malformed. Participants and what each may do are not what this workload is about: whoever knows an order's id can
 * amend or cancel it. Allocates nothing after construction.
 */
public final class Exchange implements OrderedService
{
    /** Greatest price in ticks; the least is 1. */
    public static final long PRICE_MAX = 1_000_000_000_000L;

    /** Greatest quantity of one order in units; the least is 1. */
    public static final long QUANTITY_MAX = 10_000_000_000_000_000L;

    /** Orders that rest in the book at most, unless said otherwise. */
    public static final int CAPACITY_DEFAULT = 1 << 17;

    private final OrderBook book;
    private final ExchangeCounters counters = new ExchangeCounters();
    private final Fills fills = new Fills(ResultWriter.FILLS_MAX);
    private final ResultWriter writer = new ResultWriter();
    private final RequestCheck check = new RequestCheck();
    private final UnsafeBuffer request = new UnsafeBuffer(0, 0);
    private final NewOrderDecoder newOrder = new NewOrderDecoder();
    private final AmendOrderDecoder amendOrder = new AmendOrderDecoder();
    private final CancelOrderDecoder cancelOrder = new CancelOrderDecoder();

    /**
     * Creates an exchange with the default capacity.
     */
    public Exchange()
    {
        this(CAPACITY_DEFAULT);
    }

    /**
     * Creates an exchange.
     *
     * @param capacity orders that rest in the book at most, from 1 to 16,777,216; the same on every replica.
     */
    public Exchange(final int capacity)
    {
        if (capacity < 1 || capacity > 1 << 24)
        {
            throw new IllegalArgumentException("a book holds from 1 to 16,777,216 orders, not " + capacity);
        }
        book = new OrderBook(capacity);
    }

    @Override
    public int onMessage(
        final long sessionId,
        final long position,
        final long sequence,
        final long timestampNs,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final MutableDirectBuffer result)
    {
        request.wrap(buffer, offset, length);
        fills.clear(ResultWriter.fillsThatFit(result.capacity()));
        writer.wrap(result);
        switch (check.templateOf(request))
        {
            case NewOrderDecoder.TEMPLATE_ID:
                newOrder.wrap(request, RequestCheck.HEADER_LENGTH, NewOrderDecoder.BLOCK_LENGTH, 1);
                return onNewOrder();

            case AmendOrderDecoder.TEMPLATE_ID:
                amendOrder.wrap(request, RequestCheck.HEADER_LENGTH, AmendOrderDecoder.BLOCK_LENGTH, 1);
                return onAmendOrder();

            case CancelOrderDecoder.TEMPLATE_ID:
                cancelOrder.wrap(request, RequestCheck.HEADER_LENGTH, CancelOrderDecoder.BLOCK_LENGTH, 1);
                return onCancelOrder();

            default:
                return reject(0, RejectReason.MALFORMED);
        }
    }

    @Override
    public void stateDigest(final MutableDirectBuffer digest, final int offset)
    {
        BookDigest.compute(book, counters, digest, offset);
    }

    @Override
    public int saveState(final MutableDirectBuffer buffer, final int offset)
    {
        return BookState.save(book, counters, buffer, offset);
    }

    @Override
    public void loadState(final DirectBuffer buffer, final int offset, final int length)
    {
        BookState.load(book, counters, buffer, offset);
    }

    /**
     * Orders that rest in the book.
     *
     * @return their number.
     */
    public int restingOrders()
    {
        return book.size();
    }

    /**
     * What it has done so far.
     *
     * @return its counters, live.
     */
    public ExchangeCounters counters()
    {
        return counters;
    }

    private int onNewOrder()
    {
        final long orderId = newOrder.orderId();
        final RejectReason reason = reasonAgainst(newOrder.price(), newOrder.quantity());
        if (RejectReason.NONE != reason)
        {
            return reject(orderId, reason);
        }
        if (OrderBook.NULL_SLOT != book.slotOf(orderId))
        {
            return reject(orderId, RejectReason.DUPLICATE_ORDER);
        }
        // Also if it would trade: whether an order is taken shall not depend on what it would meet.
        if (book.isFull())
        {
            return reject(orderId, RejectReason.BOOK_FULL);
        }

        counters.onNew();
        return enter(orderId, RequestCheck.isBid(newOrder), newOrder.price(), newOrder.quantity());
    }

    private int onAmendOrder()
    {
        final long orderId = amendOrder.orderId();
        final long price = amendOrder.price();
        final long quantity = amendOrder.quantity();
        final RejectReason reason = reasonAgainst(price, quantity);
        if (RejectReason.NONE != reason)
        {
            return reject(orderId, reason);
        }
        final int slot = book.slotOf(orderId);
        if (OrderBook.NULL_SLOT == slot)
        {
            return reject(orderId, RejectReason.UNKNOWN_ORDER);
        }

        counters.onAmend();
        if (book.price(slot) == price && book.quantity(slot) >= quantity)
        {
            book.resize(slot, quantity);
            return writer.write(orderId, 0, quantity, OrderStatus.RESTING, fills);
        }
        final boolean isBid = book.isBid(slot);
        book.remove(slot);
        return enter(orderId, isBid, price, quantity);
    }

    private int onCancelOrder()
    {
        final long orderId = cancelOrder.orderId();
        final int slot = book.slotOf(orderId);
        if (OrderBook.NULL_SLOT == slot)
        {
            return reject(orderId, RejectReason.UNKNOWN_ORDER);
        }

        counters.onCancel();
        final long quantity = book.quantity(slot);
        book.remove(slot);
        return writer.write(orderId, 0, quantity, OrderStatus.CANCELLED, fills);
    }

    private int enter(final long orderId, final boolean isBid, final long price, final long quantity)
    {
        final long remaining = book.match(isBid, price, quantity, fills);
        counters.onFills(fills.size(), quantity - remaining);
        final OrderStatus status;
        if (0 == remaining)
        {
            status = OrderStatus.FILLED;
        }
        else if (book.side(!isBid).isCrossedBy(price))
        {
            counters.onCurtailed();
            status = OrderStatus.CURTAILED;
        }
        else
        {
            book.rest(orderId, isBid, price, remaining);
            status = OrderStatus.RESTING;
        }
        return writer.write(orderId, quantity - remaining, remaining, status, fills);
    }

    private int reject(final long orderId, final RejectReason reason)
    {
        counters.onReject(reason);
        return writer.reject(orderId, reason);
    }

    private static RejectReason reasonAgainst(final long price, final long quantity)
    {
        if (price < 1 || price > PRICE_MAX)
        {
            return RejectReason.BAD_PRICE;
        }
        return quantity < 1 || quantity > QUANTITY_MAX ? RejectReason.BAD_QUANTITY : RejectReason.NONE;
    }
}
