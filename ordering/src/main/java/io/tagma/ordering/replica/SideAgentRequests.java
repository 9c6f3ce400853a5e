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
import org.agrona.MutableDirectBuffer;

/**
 * Work for the side agent: what costs more than the ordering thread can spare. The requests are those of
 * {@link io.tagma.ordering.protocol.Outbound}; each returns false if there is no room, and then nothing was asked.
 */
public interface SideAgentRequests
{
    /**
     * Signs bytes with this replica's key.
     *
     * @param token  to be handed back.
     * @param buffer that holds what is signed.
     * @param offset of its first byte.
     * @param length in bytes.
     * @return false if there is no room.
     */
    boolean sign(long token, DirectBuffer buffer, int offset, int length);

    /**
     * Verifies a replica's signature.
     *
     * @param token           to be handed back.
     * @param replicaId       whose key.
     * @param buffer          that holds what is signed.
     * @param offset          of its first byte.
     * @param length          in bytes.
     * @param signature       that holds the signature.
     * @param signatureOffset of its first byte.
     * @return false if there is no room.
     */
    boolean verifyReplica(
        long token,
        int replicaId,
        DirectBuffer buffer,
        int offset,
        int length,
        DirectBuffer signature,
        int signatureOffset);

    /**
     * Verifies a client's signature over a bundle body; the domain prefix is put before it.
     *
     * @param token           to be handed back.
     * @param clientId        whose key.
     * @param body            that holds the bundle body.
     * @param offset          of its first byte.
     * @param length          in bytes.
     * @param signature       that holds the signature.
     * @param signatureOffset of its first byte.
     * @return false if there is no room.
     */
    boolean verifyClient(
        long token,
        int clientId,
        DirectBuffer body,
        int offset,
        int length,
        DirectBuffer signature,
        int signatureOffset);

    /**
     * Reads a batch from the journal for a peer.
     *
     * @param peerId       for whom.
     * @param sequence     of the batch.
     * @param digest       that holds the batch digest.
     * @param digestOffset of its first byte.
     * @return false if there is no room.
     */
    boolean readBatch(int peerId, long sequence, DirectBuffer digest, int digestOffset);

    /**
     * Reads a run of digests of executed batches for a peer, and the lowest certificate at or above the first.
     *
     * @param peerId        for whom.
     * @param firstSequence of the run.
     * @param count         greatest number of digests.
     * @return false if there is no room.
     */
    boolean readHistory(int peerId, long firstSequence, int count);

    /**
     * Claims the memory that snapshots are copied into.
     *
     * @return where to write from index 0 on; null while the snapshot before is worked on.
     */
    MutableDirectBuffer claimSnapshot();

    /**
     * Hashes and keeps the claimed snapshot.
     *
     * @param sequence whose state it is.
     * @param length   in bytes.
     */
    void takeSnapshot(long sequence, int length);

    /**
     * Says that no snapshot below one is needed again.
     *
     * @param sequence of the oldest one that is.
     */
    void retainSnapshots(long sequence);

    /**
     * Reads chunks of a snapshot for a peer.
     *
     * @param peerId     for whom.
     * @param sequence   of the snapshot.
     * @param firstChunk that bit 0 stands for.
     * @param wanted     bit i: chunk firstChunk + i.
     * @return false if there is no room.
     */
    boolean readChunks(int peerId, long sequence, int firstChunk, long wanted);

    /**
     * Gets ready to keep the chunks of a snapshot, in place of any other, and says which it has kept from before.
     *
     * @param sequence of the snapshot.
     * @param digest   that holds the 32 bytes that name it.
     * @param offset   of the first of them.
     * @return false if there is no room.
     */
    boolean gatherSnapshot(long sequence, DirectBuffer digest, int offset);

    /**
     * Keeps a chunk that was proved.
     *
     * @param chunk  that holds a Chunk message.
     * @param offset of its header.
     * @param length in bytes, without the tag.
     * @return false if there is no room.
     */
    boolean keepChunk(DirectBuffer chunk, int offset, int length);

    /**
     * Puts the chunks together that were kept, all of them, as a snapshot of its own.
     *
     * @param sequence of the snapshot.
     * @return false if there is no room.
     */
    boolean loadGathered(long sequence);
}
