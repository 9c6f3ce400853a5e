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
package io.tagma.ordering.service;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What a replica runs on the agreed order: a matching engine, a ledger, an echo.
 * <p>
 * Every replica makes the same calls with the same arguments in the same order, on its ordering thread. An
 * implementation must be deterministic: no clock, no randomness, no iteration in an order that differs between
 * processes, no input other than these calls. Buffers are borrowed for the call. An exception stops the replica: a
 * request that makes one replica throw makes all of them throw, so answer a bad request with a result that says so.
 */
public interface OrderedService
{
    /**
     * Called once, before anything is replayed or ordered.
     *
     * @param timers through which agreed-time timers are scheduled, for the life of the service.
     */
    default void onStart(final AgreedTimers timers)
    {
    }

    /**
     * A session was opened.
     *
     * @param sessionId   its id: the global position of its opening.
     * @param clientId    of the configured client that opened it.
     * @param timestampNs agreed time, in nanoseconds since the Unix epoch.
     */
    default void onSessionOpen(final long sessionId, final int clientId, final long timestampNs)
    {
    }

    /**
     * A session was closed, by its client or by agreed time.
     *
     * @param sessionId   its id.
     * @param timestampNs agreed time, in nanoseconds since the Unix epoch.
     */
    default void onSessionClose(final long sessionId, final long timestampNs)
    {
    }

    /**
     * One ordered request, exactly once.
     *
     * @param sessionId   of the session that sent it.
     * @param position    global position of this request: rises by one with each executed request of the cluster.
     * @param sequence    sequence number of the batch it came in.
     * @param timestampNs agreed time, in nanoseconds since the Unix epoch: never decreases.
     * @param buffer      that holds the payload, borrowed for the call.
     * @param offset      of its first byte.
     * @param length      of the payload in bytes.
     * @param result      to write the result to, from index 0; its capacity is the configured greatest result.
     * @return bytes of the result, from 0 to the capacity of {@code result}.
     */
    int onMessage(
        long sessionId,
        long position,
        long sequence,
        long timestampNs,
        DirectBuffer buffer,
        int offset,
        int length,
        MutableDirectBuffer result);

    /**
     * A timer of {@link AgreedTimers} expired: agreed time has reached its deadline.
     *
     * @param correlationId given when it was scheduled.
     * @param timestampNs   agreed time, in nanoseconds since the Unix epoch.
     */
    default void onTimer(final long correlationId, final long timestampNs)
    {
    }

    /**
     * Digest of the whole state, the same on every replica after the same prefix of the order.
     * Called off the hot path: at a stop, and by offline verification.
     *
     * @param digest to write 32 bytes to.
     * @param offset of the first of them.
     */
    void stateDigest(MutableDirectBuffer digest, int offset);

    /**
     * Writes the whole state, for a snapshot: the same bytes on every replica after the same prefix of the order, and
     * enough for {@link #loadState} to go on from. Called between two batches, now and then; no request is executed
     * until it returns, so it should only copy. Timers that are scheduled are kept by the replica.
     *
     * @param buffer to write to; it grows as it is written to.
     * @param offset of the first byte.
     * @return bytes written, from 0.
     */
    int saveState(MutableDirectBuffer buffer, int offset);

    /**
     * Replaces the whole state, whatever it was, by one that {@link #saveState} wrote, here or on another replica.
     * Called after {@link #onStart}, never between the two halves of anything; no other call says what led there.
     *
     * @param buffer that holds it, borrowed for the call.
     * @param offset of its first byte.
     * @param length in bytes.
     */
    void loadState(DirectBuffer buffer, int offset, int length);
}
