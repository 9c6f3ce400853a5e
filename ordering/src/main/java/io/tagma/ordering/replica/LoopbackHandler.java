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
package io.tagma.ordering.replica;

import org.agrona.DirectBuffer;

/**
 * Where own votes come back in, once durable: the front door that every other vote uses too.
 */
@FunctionalInterface
public interface LoopbackHandler
{
    /**
     * One message of the peer schema.
     *
     * @param sender  own id.
     * @param message that holds it.
     * @param offset  of its first byte.
     * @param length  in bytes.
     */
    void onMessage(int sender, DirectBuffer message, int offset, int length);
}
