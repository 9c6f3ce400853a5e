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
package io.tagma.perf.demo;

import io.tagma.perf.exchange.codecs.MessageHeaderDecoder;
import io.tagma.perf.exchange.codecs.OrderResultDecoder;
import io.tagma.perf.exchange.codecs.OrderStatus;
import io.tagma.perf.load.CommittedHandler;
import org.agrona.DirectBuffer;

import java.util.Locale;

/**
 * Counts what an exchange answered.
 */
final class ExchangeTally implements CommittedHandler
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OrderResultDecoder result = new OrderResultDecoder();
    private long fills;
    private long taken;
    private long cancelled;
    private long rejected;

    @Override
    public void onCommitted(
        final long ordinal, final long position, final DirectBuffer buffer, final int offset, final int length)
    {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH + OrderResultDecoder.BLOCK_LENGTH)
        {
            return;
        }
        result.wrapAndApplyHeader(buffer, offset, header);
        final OrderStatus status = result.status();
        if (OrderStatus.REJECTED == status)
        {
            rejected++;
        }
        else if (OrderStatus.CANCELLED == status)
        {
            cancelled++;
        }
        else
        {
            taken++;
        }
        fills += result.fills().count();
    }

    long fills()
    {
        return fills;
    }

    long rejected()
    {
        return rejected;
    }

    String describe()
    {
        return String.format(
            Locale.ROOT,
            "%,d orders entered or amended, %,d cancelled, %,d rejected by the book; %,d fills",
            taken, cancelled, rejected, fills);
    }
}
