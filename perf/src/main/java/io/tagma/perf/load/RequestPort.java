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

import org.agrona.DirectBuffer;

/**
 * Where requests go: a client of the cluster, or a fake one. Answers come through the response handler that it was made
 * with, from within {@link #poll()}.
 */
public interface RequestPort
{
    /**
     * Offers a request.
     *
     * @param buffer that holds it.
     * @param offset of its first byte.
     * @param length in bytes.
     * @return its number, above zero, rising by one within a session; or one of the negative values of
     *         {@link io.tagma.ordering.client.TagmaClient}.
     */
    long offer(DirectBuffer buffer, int offset, int length);

    /**
     * One duty cycle: sends what was offered, receives.
     *
     * @return work done; 0 if there was none.
     */
    int poll();
}
