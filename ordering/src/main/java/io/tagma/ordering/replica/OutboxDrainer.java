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

import static io.tagma.codecs.FrameLayout.TAG_LENGTH;
import static io.tagma.ordering.replica.ByteRing.NULL_OFFSET;

import io.tagma.codecs.FrameLimits;
import io.tagma.ordering.authentication.Authenticator;

import java.util.function.LongConsumer;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Empties the outbox at the end of a duty cycle: first own votes go back to the core, as long as that yields more of
 * them, then messages, votes and replies leave, one frame of votes for each view and of replies for each session. What
 * depends on a record that is not durable yet stays.
 */
public final class OutboxDrainer
{
    private final int replicaId;
    private final int replicaCount;
    private final Outbox outbox;
    private final DurabilityGate gate;
    private final Peers peers;
    private final VotesWriter votesWriter;
    private final RepliesWriter repliesWriter;
    private final UnsafeBuffer tag = new UnsafeBuffer(new byte[TAG_LENGTH]);
    private LoopbackHandler loopbackHandler;
    private LongConsumer durableHandler;
    private long droppedReplyFrames;

    /**
     * Who is at the other end.
     *
     * @param replicas       the way to the other replicas.
     * @param clients        the way to the clients.
     * @param authenticators that tag what leaves.
     */
    public record Peers(PeerPublisher replicas, ClientPublisher clients, LocalAuthenticators authenticators)
    {
    }

    /**
     * A drainer of one outbox.
     *
     * @param origin       of this replica's frames.
     * @param replicaCount number of replicas.
     * @param limits       of the outbox.
     * @param outbox       to drain.
     * @param gate         in front of its journal.
     * @param peers        who is at the other end.
     */
    public OutboxDrainer(
        final FrameOrigin origin,
        final int replicaCount,
        final OutboxLimits limits,
        final Outbox outbox,
        final DurabilityGate gate,
        final Peers peers)
    {
        this.replicaId = origin.sender();
        this.replicaCount = replicaCount;
        this.outbox = outbox;
        this.gate = gate;
        this.peers = peers;
        votesWriter = new VotesWriter(origin, limits.messageLengthMax(), FrameLimits.VOTES_MAX);
        repliesWriter = new RepliesWriter(origin, outbox.replies(), limits.messageLengthMax());
    }

    /**
     * Closes the circle; before the first drain.
     *
     * @param loopback that own votes come back by: {@code Replica::onMessage}.
     * @param durable  told up to which record all is on the device: {@code Replica::onDurable}.
     */
    public void connect(final LoopbackHandler loopback, final LongConsumer durable)
    {
        loopbackHandler = loopback;
        durableHandler = durable;
    }

    /**
     * Lets go what may leave.
     *
     * @return work count.
     */
    public int drain()
    {
        int workCount = 0;
        if (gate.poll())
        {
            durableHandler.accept(gate.durableRecordNumber());
            workCount++;
        }
        final long released = gate.releasedRecordNumber();
        workCount += loopBack(released);
        workCount += sendMessages(released);
        workCount += sendVotes();
        workCount += sendReplies(released);
        gate.endOfDutyCycle(!outbox.isEmpty());
        return workCount;
    }

    /**
     * Hands durable own votes back to the core, and those that this makes it say, until there are no more.
     */
    private int loopBack(final long released)
    {
        final VoteQueue votes = outbox.votes();
        int workCount = 0;
        while (votes.loopedBack() < votes.tail())
        {
            long end = votes.loopedBack();
            while (end < votes.tail() && votes.requiredRecordNumber(end) <= released)
            {
                end++;
            }
            if (end == votes.loopedBack())
            {
                break;
            }
            end = votesWriter.write(votes, votes.loopedBack(), end);
            votes.onLoopedBackTo(end);
            loopbackHandler.onMessage(replicaId, votesWriter.message(), 0, votesWriter.length());
            workCount++;
        }
        return workCount;
    }

    private int sendMessages(final long released)
    {
        final MessageQueue messages = outbox.messages();
        int workCount = 0;
        int entry = messages.first(released);
        while (NULL_OFFSET != entry)
        {
            final int offset = messages.messageOffset(entry);
            final int length = messages.messageLength(entry);
            final int receiver = messages.receiver(entry);
            if (MessageQueue.ALL_REPLICAS == receiver)
            {
                sendToAll(messages.buffer(), offset, length);
            }
            else if (MessageQueue.NO_REPLICA != receiver)
            {
                send(receiver, messages.buffer(), offset, length,
                    PeerFrames.taggedLength(messages.buffer(), offset, length));
            }
            messages.removeFirst();
            workCount++;
            entry = messages.first(released);
        }
        return workCount;
    }

    /** Only what was handed back leaves: both wait for the same records. */
    private int sendVotes()
    {
        final VoteQueue votes = outbox.votes();
        int workCount = 0;
        while (votes.head() < votes.loopedBack())
        {
            votes.releaseTo(votesWriter.write(votes, votes.head(), votes.loopedBack()));
            sendToAll(votesWriter.message(), 0, votesWriter.length());
            workCount++;
        }
        return workCount;
    }

    private void sendToAll(final DirectBuffer message, final int offset, final int length)
    {
        final int taggedLength = PeerFrames.taggedLength(message, offset, length);
        for (int peerId = 0; peerId < replicaCount; peerId++)
        {
            if (peerId != replicaId)
            {
                send(peerId, message, offset, length, taggedLength);
            }
        }
    }

    private void send(
        final int peerId,
        final DirectBuffer message,
        final int offset,
        final int length,
        final int taggedLength)
    {
        if (peers.replicas.isConnected(peerId))
        {
            peers.authenticators.toReplica(peerId).tag(message, offset, taggedLength, tag, 0);
            peers.replicas.offer(peerId, message, offset, length, tag, 0);
        }
    }

    private int sendReplies(final long released)
    {
        if (outbox.replies().isEmpty())
        {
            return 0;
        }
        final int sessions = repliesWriter.gather(released);
        int workCount = 0;
        for (int session = 0; session < sessions; session++)
        {
            int run = repliesWriter.firstRun(session);
            while (NULL_OFFSET != run)
            {
                final int clientId = repliesWriter.clientId(run);
                final long sessionId = repliesWriter.sessionId(run);
                run = repliesWriter.write(run);
                sendReplies(clientId, sessionId);
                workCount++;
            }
        }
        repliesWriter.release();
        return workCount;
    }

    private void sendReplies(final int clientId, final long sessionId)
    {
        final Authenticator authenticator = peers.authenticators.toClient(clientId, sessionId);
        if (null == authenticator)
        {
            droppedReplyFrames++;
            return;
        }
        authenticator.tag(repliesWriter.message(), 0, repliesWriter.length(), tag, 0);
        if (!peers.clients.offer(clientId, sessionId, repliesWriter.message(), 0, repliesWriter.length(), tag, 0))
        {
            droppedReplyFrames++;
        }
    }

    /**
     * Frames of replies that no client took: not connected, not draining, or forgotten.
     *
     * @return their count since construction.
     */
    public long droppedReplyFrames()
    {
        return droppedReplyFrames;
    }
}
