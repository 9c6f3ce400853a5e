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
 * Told of every committed request.
 */
@FunctionalInterface
public interface CommittedHandler
{
    /** For those who only measure. */
    CommittedHandler NONE = (ordinal, position, result, offset, length) ->
    {
    };

    /**
     * A request was committed.
     *
     * @param ordinal  of the request among those that the driver sent, from 1. Not its number in the session: the
     *                 client's own keep-alives take numbers too.
     * @param position global position.
     * @param result   that holds the service's result, borrowed for the call.
     * @param offset   of its first byte.
     * @param length   in bytes.
     */
    void onCommitted(long ordinal, long position, DirectBuffer result, int offset, int length);
}
