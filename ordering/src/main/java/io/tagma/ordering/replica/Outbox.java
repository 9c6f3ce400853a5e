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

import io.tagma.journal.Journal;
import io.tagma.ordering.protocol.HaltReason;
import io.tagma.ordering.protocol.Outbound;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What the core said and the world has not seen yet. Records go straight to the journal; votes, messages and replies
 * wait here, each with the number of the last record appended when it was said, until {@link OutboxDrainer} lets it go.
 * Bounded, and allocates nothing after construction. Knows neither Aeron nor threads nor a clock: the simulator runs it
 * too.
 */
public final class Outbox implements Outbound
{
    private final SideAgentRequests sideAgent;
    private final SessionEvents sessions;
    private final HaltHandler haltHandler;
    private final MessageQueue messages;
    private final VoteQueue votes;
    private final ReplyQueue replies;
    private final ReplyQueue.Result result = new ReplyQueue.Result();
    private Journal journal;
    private DurabilityGate gate;
    /** The last record appended. Never decreases. */
    private long lastRecordNumber;

    /**
     * An empty outbox, for a core that replays its journal: nothing can be said before {@link #start}.
     *
     * @param limits      of what it holds.
     * @param resultsMax  greatest number of results in one frame of replies.
     * @param sideAgent   that signs, verifies and reads.
     * @param sessions    told which sessions come and go.
     * @param haltHandler told when the core refuses to go on.
     */
    public Outbox(
        final OutboxLimits limits,
        final int resultsMax,
        final SideAgentRequests sideAgent,
        final SessionEvents sessions,
        final HaltHandler haltHandler)
    {
        this.sideAgent = sideAgent;
        this.sessions = sessions;
        this.haltHandler = haltHandler;
        messages = new MessageQueue(limits.messageArenaLength(), limits.messageLengthMax());
        votes = new VoteQueue(limits.voteCapacity());
        replies = new ReplyQueue(limits.replyArenaLength(), limits.messageLengthMax(), resultsMax);
    }

    /**
     * The journal is replayed and this start is written: from here on the core may speak.
     *
     * @param startedJournal to append to; this outbox is its only writer.
     * @param durabilityGate in front of the same journal.
     */
    public void start(final Journal startedJournal, final DurabilityGate durabilityGate)
    {
        journal = startedJournal;
        gate = durabilityGate;
        // Not the last record: that is the Barrier behind START, and no sync is ever made for a Barrier alone.
        lastRecordNumber = startedJournal.durableRecordNumber();
    }

    @Override
    public MutableDirectBuffer claimRecord(final int length)
    {
        return journal.claim(length);
    }

    @Override
    public long commitRecord()
    {
        lastRecordNumber = journal.commit();
        return lastRecordNumber;
    }

    @Override
    public void requestSync()
    {
        gate.wantSync();
    }

    @Override
    public void prepare(final long view, final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        votes.add(false, view, sequence, digest, digestOffset, lastRecordNumber);
    }

    @Override
    public void commit(final long view, final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        votes.add(true, view, sequence, digest, digestOffset, lastRecordNumber);
    }

    @Override
    public void forgetVotes()
    {
        votes.clear();
        messages.forgetVotes();
    }

    @Override
    public MutableDirectBuffer claimMessage(final int length)
    {
        return messages.claim(length);
    }

    @Override
    public void broadcast()
    {
        messages.commit(MessageQueue.ALL_REPLICAS, lastRecordNumber);
    }

    @Override
    public void sendTo(final int replicaId)
    {
        messages.commit(replicaId, lastRecordNumber);
    }

    @Override
    public void reply(
        final int clientId,
        final long sessionId,
        final long view,
        final long number,
        final long position,
        final short outcome,
        final short form,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        result.number = number;
        result.position = position;
        result.outcome = outcome;
        result.form = form;
        result.buffer = buffer;
        result.offset = offset;
        result.length = length;
        replies.add(clientId, sessionId, view, lastRecordNumber, result);
    }

    @Override
    public void sessionOpened(
        final long sessionId,
        final int clientId,
        final DirectBuffer channel,
        final int channelOffset,
        final int channelLength)
    {
        sessions.sessionOpened(sessionId, clientId, channel, channelOffset, channelLength);
    }

    @Override
    public void sessionForgotten(final long sessionId)
    {
        sessions.sessionForgotten(sessionId);
    }

    @Override
    public boolean sign(final long token, final DirectBuffer buffer, final int offset, final int length)
    {
        return sideAgent.sign(token, buffer, offset, length);
    }

    @Override
    public boolean verifyReplica(
        final long token,
        final int replicaId,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final DirectBuffer signature,
        final int signatureOffset)
    {
        return sideAgent.verifyReplica(token, replicaId, buffer, offset, length, signature, signatureOffset);
    }

    @Override
    public boolean verifyClient(
        final long token,
        final int clientId,
        final DirectBuffer body,
        final int offset,
        final int length,
        final DirectBuffer signature,
        final int signatureOffset)
    {
        return sideAgent.verifyClient(token, clientId, body, offset, length, signature, signatureOffset);
    }

    @Override
    public boolean readBatch(
        final int peerId, final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        return sideAgent.readBatch(peerId, sequence, digest, digestOffset);
    }

    @Override
    public boolean readHistory(final int peerId, final long firstSequence, final int count)
    {
        return sideAgent.readHistory(peerId, firstSequence, count);
    }

    @Override
    public MutableDirectBuffer claimSnapshot()
    {
        return sideAgent.claimSnapshot();
    }

    @Override
    public void takeSnapshot(final long sequence, final int length)
    {
        sideAgent.takeSnapshot(sequence, length);
    }

    @Override
    public void retainSnapshots(final long sequence)
    {
        sideAgent.retainSnapshots(sequence);
    }

    @Override
    public void retainRecords(final long recordNumber)
    {
        journal.retainFrom(recordNumber);
    }

    @Override
    public boolean readChunks(final int peerId, final long sequence, final int firstChunk, final long wanted)
    {
        return sideAgent.readChunks(peerId, sequence, firstChunk, wanted);
    }

    @Override
    public boolean gatherSnapshot(final long sequence, final DirectBuffer digest, final int offset)
    {
        return sideAgent.gatherSnapshot(sequence, digest, offset);
    }

    @Override
    public boolean keepChunk(final DirectBuffer chunk, final int offset, final int length)
    {
        return sideAgent.keepChunk(chunk, offset, length);
    }

    @Override
    public boolean loadGathered(final long sequence)
    {
        return sideAgent.loadGathered(sequence);
    }

    @Override
    public void halt(final HaltReason reason, final long sequence)
    {
        haltHandler.onHalt(reason, sequence);
    }

    /**
     * Whether requests of clients may still come in: the first to be left waiting.
     *
     * @return false when half of what it holds is taken.
     */
    public boolean hasRoomForClients()
    {
        return hasFree(2);
    }

    /**
     * Whether messages of peers may still come in.
     *
     * @return false when only a quarter of what it holds is left.
     */
    public boolean hasRoomForPeers()
    {
        return hasFree(4);
    }

    private boolean hasFree(final int divisor)
    {
        return messages.free() >= messages.capacity() / divisor &&
            replies.free() >= replies.capacity() / divisor &&
            votes.free() >= votes.capacity() / divisor;
    }

    /**
     * Messages that found no room.
     *
     * @return their count since construction.
     */
    public long droppedMessages()
    {
        return messages.dropped();
    }

    /**
     * Own votes that found no room. They are said again when a peer's status lacks them.
     *
     * @return their count since construction.
     */
    public long droppedVotes()
    {
        return votes.dropped();
    }

    /**
     * Replies that found no room.
     *
     * @return their count since construction.
     */
    public long droppedReplies()
    {
        return replies.dropped();
    }

    /**
     * Bytes of messages and replies that wait.
     *
     * @return their count.
     */
    public long waitingBytes()
    {
        return (long)messages.capacity() - messages.free() + replies.capacity() - replies.free();
    }

    /**
     * Own votes that wait.
     *
     * @return their count.
     */
    public int waitingVotes()
    {
        return votes.capacity() - votes.free();
    }

    boolean isEmpty()
    {
        return messages.isEmpty() && votes.isEmpty() && replies.isEmpty();
    }

    MessageQueue messages()
    {
        return messages;
    }

    VoteQueue votes()
    {
        return votes;
    }

    ReplyQueue replies()
    {
        return replies;
    }
}
