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

import io.tagma.perf.exchange.codecs.MessageHeaderDecoder;
import io.tagma.perf.exchange.codecs.OrderResultDecoder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * An exchange with results as text: {@code id status reason filled remaining [resting@pricexquantity, ...]}.
 */
final class ExchangeFixture
{
    private final Exchange exchange;
    private final Requests requests = new Requests();
    private final ExpandableArrayBuffer request = new ExpandableArrayBuffer(128);
    private final UnsafeBuffer result;
    private final OrderResultDecoder decoder = new OrderResultDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private long position;

    ExchangeFixture(final int capacity, final int resultLengthMax)
    {
        exchange = new Exchange(capacity);
        result = new UnsafeBuffer(new byte[resultLengthMax]);
    }

    ExchangeFixture()
    {
        this(1024, 1024);
    }

    Exchange exchange()
    {
        return exchange;
    }

    String bid(final long orderId, final long price, final long quantity)
    {
        return execute(requests.newOrder(request, orderId, true, price, quantity));
    }

    String ask(final long orderId, final long price, final long quantity)
    {
        return execute(requests.newOrder(request, orderId, false, price, quantity));
    }

    String amend(final long orderId, final long price, final long quantity)
    {
        return execute(requests.amendOrder(request, orderId, price, quantity));
    }

    String cancel(final long orderId)
    {
        return execute(requests.cancelOrder(request, orderId));
    }

    String raw(final byte[] payload)
    {
        request.putBytes(0, payload);
        return execute(payload.length);
    }

    String digest()
    {
        final byte[] digest = new byte[32];
        exchange.stateDigest(new UnsafeBuffer(digest), 0);
        return HexFormat.of().formatHex(digest);
    }

    /** Its state, as a snapshot has it. */
    byte[] save()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(128);
        final byte[] state = new byte[exchange.saveState(buffer, 8)];
        buffer.getBytes(8, state);
        return state;
    }

    void load(final byte[] state)
    {
        exchange.loadState(new UnsafeBuffer(state), 0, state.length);
    }

    private String execute(final int length)
    {
        result.setMemory(0, result.capacity(), (byte)0xFF);
        final int resultLength = exchange.onMessage(1, ++position, 1, 0, request, 0, length, result);
        return 0 == resultLength ? "" : text(resultLength);
    }

    private String text(final int resultLength)
    {
        decoder.wrapAndApplyHeader(result, 0, header);
        final StringBuilder text = new StringBuilder();
        text.append(decoder.orderId()).append(' ');
        text.append(decoder.status()).append(' ');
        final long filled = decoder.filledQuantity();
        final long remaining = decoder.remainingQuantity();
        text.append(decoder.rejectReason()).append(' ').append(filled).append(' ').append(remaining).append(' ');
        final List<String> fills = new ArrayList<>();
        for (final OrderResultDecoder.FillsDecoder fill : decoder.fills())
        {
            fills.add(fill.restingOrderId() + "@" + fill.price() + "x" + fill.quantity());
        }
        if (decoder.limit() != resultLength)
        {
            throw new AssertionError("a result of " + resultLength + " bytes holds " + decoder.limit());
        }
        return text.append(fills).toString();
    }
}
