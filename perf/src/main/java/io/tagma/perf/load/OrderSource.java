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
package io.tagma.perf.load;

import io.tagma.perf.flow.OrderEvent;
import io.tagma.perf.flow.OrderFlow;
import io.tagma.perf.flow.OrderRequestEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * The requests of an order flow.
 */
public final class OrderSource implements RequestSource
{
    private final OrderFlow flow;
    private final OrderEvent event = new OrderEvent();
    private final OrderRequestEncoder encoder = new OrderRequestEncoder();

    /**
     * Starts where the flow is.
     *
     * @param flow to read; whoever opened it closes it.
     */
    public OrderSource(final OrderFlow flow)
    {
        this.flow = flow;
    }

    @Override
    public int next(final MutableDirectBuffer buffer)
    {
        return flow.next(event) ? encoder.encode(event, buffer, 0) : END;
    }
}
