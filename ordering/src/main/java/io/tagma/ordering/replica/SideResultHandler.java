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
 * Takes what the side agent answers, on the ordering thread: the inputs of {@code Replica} by the same names.
 */
public interface SideResultHandler
{
    /**
     * A signature was made.
     *
     * @param token     of the request.
     * @param signature that holds it.
     * @param offset    of its first byte.
     */
    void onSigned(long token, DirectBuffer signature, int offset);

    /**
     * A signature was checked.
     *
     * @param token of the request.
     * @param valid whether it is right.
     */
    void onVerified(long token, boolean valid);

    /**
     * A batch was read from the journal.
     *
     * @param peerId      for whom.
     * @param storedBatch that holds a StoredBatch message.
     * @param offset      of its first byte.
     * @param length      in bytes.
     */
    void onBatchRead(int peerId, DirectBuffer storedBatch, int offset, int length);

    /**
     * A snapshot was hashed and kept.
     *
     * @param sequence whose state it is.
     * @param digest   that holds the 32 bytes that name it.
     * @param offset   of the first of them.
     */
    void onSnapshotTaken(long sequence, DirectBuffer digest, int offset);

    /**
     * A run of digests was read from the journal.
     *
     * @param peerId            for whom.
     * @param firstSequence     of the run.
     * @param count             of digests.
     * @param digests           that holds them.
     * @param digestsOffset     of the first byte.
     * @param certificate       that holds a Certificate message.
     * @param certificateOffset of its first byte.
     * @param certificateLength in bytes; 0 if there is none.
     */
    void onHistoryRead(
        int peerId,
        long firstSequence,
        int count,
        DirectBuffer digests,
        int digestsOffset,
        DirectBuffer certificate,
        int certificateOffset,
        int certificateLength);
}
