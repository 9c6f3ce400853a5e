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
 * Order events, one after the other. Not thread safe.
 */
public interface OrderFlow extends AutoCloseable
{
    /**
     * Reads the next event.
     *
     * @param event to fill.
     * @return false at the end: the event is as before.
     * @throws OrderFlowException if the source is not what it should be; the message is one sentence for its owner.
     */
    boolean next(OrderEvent event);

    @Override
    void close();
}
