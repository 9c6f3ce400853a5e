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
package io.tagma.ordering.protocol;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Everything the core can do to the world, in order: append, vote, send, reply, and work for the side agent.
 * <p>
 * Nothing here blocks or fails: a full queue drops and counts (retransmission repairs), a failed journal stops the
 * replica. Whatever is said after a record was committed leaves only once that record is as durable as the configured
 * durability demands. Buffers handed in are borrowed for the call; claimed ones are valid until the matching commit or
 * send, which follows directly.
 */
public interface Outbound
{
    /**
     * Claims room for one journal record, a message of the journal schema.
     *
     * @param length of the message in bytes, its header included.
     * @return where to encode it, from index 0.
     */
    MutableDirectBuffer claimRecord(int length);

    /**
     * Appends the claimed record.
     *
     * @return its record number, which rises by one.
     */
    long commitRecord();

    /**
     * Asks that everything appended so far reach the device, whatever the durability. Answered by
     * {@link Replica#onDurable(long)}.
     */
    void requestSync();

    /**
     * Votes PREPARE, to all, this replica included: its own vote comes back once durable.
     *
     * @param view         of the vote.
     * @param sequence     of the vote.
     * @param digest       that holds the batch digest.
     * @param digestOffset of its first byte.
     */
    void prepare(long view, long sequence, DirectBuffer digest, int digestOffset);

    /**
     * Votes COMMIT, to all, this replica included: its own vote comes back once durable.
     *
     * @param view         of the vote.
     * @param sequence     of the vote.
     * @param digest       that holds the batch digest.
     * @param digestOffset of its first byte.
     */
    void commit(long view, long sequence, DirectBuffer digest, int digestOffset);

    /**
     * The view is left: own votes and proposals that are neither sent nor looped back yet never will be.
     */
    void forgetVotes();

    /**
     * Claims room for one message of the peer schema, without its tag.
     *
     * @param length in bytes, the header included.
     * @return where to encode it, from index 0.
     */
    MutableDirectBuffer claimMessage(int length);

    /**
     * Sends the claimed message to every other replica.
     */
    void broadcast();

    /**
     * Sends the claimed message to one other replica.
     *
     * @param replicaId of the receiver.
     */
    void sendTo(int replicaId);

    /**
     * Replies to a client; replies of one duty cycle to one session travel together.
     *
     * @param clientId  of the client.
     * @param sessionId of the session; 0 when it answers an OPEN.
     * @param view      of this replica.
     * @param number    of the request.
     * @param position  global position of the request; 0 if rejected.
     * @param outcome   a value of {@link io.tagma.codecs.client.Outcome}.
     * @param form      a value of {@link io.tagma.codecs.client.ResultForm}.
     * @param result    that holds the result or its digest.
     * @param offset    of its first byte.
     * @param length    in bytes.
     */
    void reply(
        int clientId,
        long sessionId,
        long view,
        long number,
        long position,
        short outcome,
        short form,
        DirectBuffer result,
        int offset,
        int length);

    /**
     * A session was opened by execution: derive its keys and connect its response channel.
     *
     * @param sessionId     of the session.
     * @param clientId      of its client.
     * @param channel       that holds the response channel in ASCII.
     * @param channelOffset of its first byte.
     * @param channelLength in bytes.
     */
    void sessionOpened(long sessionId, int clientId, DirectBuffer channel, int channelOffset, int channelLength);

    /**
     * A session left the table: its keys and its publication may go.
     *
     * @param sessionId of the session.
     */
    void sessionForgotten(long sessionId);

    /**
     * Has the side agent sign bytes with this replica's key. Answered by {@link Replica#onSigned}.
     *
     * @param token  to be handed back.
     * @param buffer that holds what is signed, domain prefix included.
     * @param offset of its first byte.
     * @param length in bytes.
     * @return false if the side agent has no room: nothing was asked.
     */
    boolean sign(long token, DirectBuffer buffer, int offset, int length);

    /**
     * Has the side agent verify a replica's signature. Answered by {@link Replica#onVerified}.
     *
     * @param token           to be handed back.
     * @param replicaId       whose key.
     * @param buffer          that holds what is signed, domain prefix included.
     * @param offset          of its first byte.
     * @param length          in bytes.
     * @param signature       that holds the signature.
     * @param signatureOffset of its first byte.
     * @return false if the side agent has no room: nothing was asked.
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
     * Has the side agent verify a client's signature over a bundle body (it puts the domain prefix before it).
     * Answered by {@link Replica#onVerified}.
     *
     * @param token           to be handed back.
     * @param clientId        whose key.
     * @param body            that holds the bundle body.
     * @param offset          of its first byte.
     * @param length          in bytes.
     * @param signature       that holds the signature.
     * @param signatureOffset of its first byte.
     * @return false if the side agent has no room: nothing was asked.
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
     * Has the side agent read a batch from the journal, for a peer. Answered by {@link Replica#onBatchRead} if the
     * journal holds it.
     *
     * @param peerId       for whom.
     * @param sequence     of the batch.
     * @param digest       that holds the batch digest.
     * @param digestOffset of its first byte.
     * @return false if the side agent has no room: nothing was asked.
     */
    boolean readBatch(int peerId, long sequence, DirectBuffer digest, int digestOffset);

    /**
     * Has the side agent read a run of digests of executed batches from the journal, for a peer, and the lowest
     * certificate at or above the first of them. Answered by {@link Replica#onHistoryRead}.
     *
     * @param peerId        for whom.
     * @param firstSequence of the run.
     * @param count         greatest number of digests.
     * @return false if the side agent has no room: nothing was asked.
     */
    boolean readHistory(int peerId, long firstSequence, int count);

    /**
     * Claims the memory that snapshots are copied into: there is one, which grows where it must.
     *
     * @return where to write from index 0 on; null while the side agent is at work on the snapshot before.
     */
    MutableDirectBuffer claimSnapshot();

    /**
     * Has the side agent hash the claimed snapshot and keep it. Answered by {@link Replica#onSnapshotTaken}.
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
     * Says that a start needs nothing of the journal below a record: all from it on is on the device, and so is a
     * snapshot that it leads on from.
     *
     * @param recordNumber of the first record still needed.
     */
    void retainRecords(long recordNumber);

    /**
     * Has the side agent read chunks of a snapshot, for a peer. Answered by {@link SnapshotInputs#onChunkRead}, once
     * for each that there is.
     *
     * @param peerId     for whom.
     * @param sequence   of the snapshot.
     * @param firstChunk that bit 0 stands for.
     * @param wanted     bit i: chunk firstChunk + i.
     * @return false if the side agent has no room: nothing was asked.
     */
    boolean readChunks(int peerId, long sequence, int firstChunk, long wanted);

    /**
     * Has the side agent get ready to keep the chunks of a snapshot, in place of any other. For each that it has kept
     * from before and that is still right it answers {@link SnapshotInputs#onChunkKept}.
     *
     * @param sequence of the snapshot.
     * @param digest   that holds the 32 bytes that name it.
     * @param offset   of the first of them.
     * @return false if the side agent has no room: nothing was asked.
     */
    boolean gatherSnapshot(long sequence, DirectBuffer digest, int offset);

    /**
     * Has the side agent keep a chunk that was proved. Answered by {@link SnapshotInputs#onChunkKept}.
     *
     * @param chunk  that holds a Chunk message.
     * @param offset of its header.
     * @param length in bytes, without the tag.
     * @return false if the side agent has no room: nothing was asked.
     */
    boolean keepChunk(DirectBuffer chunk, int offset, int length);

    /**
     * Has the side agent put the chunks together that it has kept, all of them, as a snapshot of its own. Answered by
     * {@link SnapshotInputs#onGathered}.
     *
     * @param sequence of the snapshot.
     * @return false if the side agent has no room: nothing was asked.
     */
    boolean loadGathered(long sequence);

    /**
     * This replica must not go on; the shell stops it in order and says why.
     *
     * @param reason   why.
     * @param sequence at which.
     */
    void halt(HaltReason reason, long sequence);
}
