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

import static io.tagma.codecs.FrameLayout.DIGEST_LENGTH;
import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static io.tagma.codecs.FrameLayout.TAG_LENGTH;
import static io.tagma.ordering.replica.Frames.CLUSTER_ID;
import static io.tagma.ordering.replica.Frames.EPOCH;
import static io.tagma.ordering.replica.Frames.REPLICAS;

import io.tagma.codecs.client.RepliesDecoder;
import io.tagma.codecs.journal.CommitMarkEncoder;
import io.tagma.codecs.journal.Durability;
import io.tagma.codecs.journal.MessageHeaderEncoder;
import io.tagma.codecs.peer.GroupSizeEncodingEncoder;
import io.tagma.codecs.peer.MessageHeaderDecoder;
import io.tagma.codecs.peer.StatusEncoder;
import io.tagma.codecs.peer.VotesDecoder;
import io.tagma.codecs.peer.VotesEncoder;
import io.tagma.journal.JournalIdentity;
import io.tagma.journal.fixture.InMemoryDevice;
import io.tagma.journal.fixture.InMemoryJournal;

import java.util.ArrayList;
import java.util.List;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An outbox and its drainer between an in-memory journal and a world that writes down in words what it is sent.
 */
final class OutboxFixture implements PeerPublisher, ClientPublisher, SideAgentRequests, SessionEvents
{
    static final int OWN = 1;
    static final OutboxLimits LIMITS = new OutboxLimits(4096, 1 << 15, 1 << 15, 1 << 8);

    final List<String> sent = new ArrayList<>();
    final List<String> loopedBack = new ArrayList<>();
    final List<Long> durable = new ArrayList<>();
    final boolean[] connected = {true, true, true, true};
    final TestKeys keys = new TestKeys(OWN, REPLICAS).client(1, 9).client(1, 0).client(2, 10);
    final InMemoryJournal journal;
    final Outbox outbox;
    final OutboxDrainer drainer;
    final UnsafeBuffer digest = new UnsafeBuffer(new byte[DIGEST_LENGTH]);
    boolean isClientDraining = true;
    Runnable onLoopback = () -> {};

    private final UnsafeBuffer result = new UnsafeBuffer(new byte[2048]);
    private final TestKeys[] peersKeys = new TestKeys[REPLICAS];

    OutboxFixture(final Durability durability)
    {
        final InMemoryDevice device = new InMemoryDevice(1 << 20);
        final JournalIdentity identity = new JournalIdentity(CLUSTER_ID, EPOCH, OWN, new byte[32]);
        InMemoryJournal.create(device, identity);
        journal = InMemoryJournal.open(device, identity, new byte[16]).start(durability, false, 0);
        final DurabilityGate gate = new DurabilityGate(journal, durability);
        outbox = new Outbox(LIMITS, 1024, this, this, (reason, sequence) -> sent.add("halt " + reason));
        outbox.start(journal, gate);
        drainer = new OutboxDrainer(
            new FrameOrigin(CLUSTER_ID, EPOCH, OWN), REPLICAS, LIMITS, outbox, gate,
            new OutboxDrainer.Peers(this, this, keys));
        drainer.connect(this::onLoopback, durable::add);
        for (int i = 0; i < REPLICAS; i++)
        {
            peersKeys[i] = new TestKeys(i, REPLICAS);
        }
    }

    void append()
    {
        final int length = HEADER_LENGTH + CommitMarkEncoder.BLOCK_LENGTH;
        new CommitMarkEncoder().wrapAndApplyHeader(outbox.claimRecord(length), 0, new MessageHeaderEncoder())
            .sequence(1).putDigest(digest, 0, DIGEST_LENGTH);
        outbox.commitRecord();
    }

    void prepare(final long sequence)
    {
        append();
        outbox.prepare(0, sequence, digest, 0);
    }

    void commit(final long sequence)
    {
        append();
        outbox.commit(0, sequence, digest, 0);
    }

    void status(final long counter)
    {
        final int length = HEADER_LENGTH + StatusEncoder.BLOCK_LENGTH;
        final StatusEncoder encoder = new StatusEncoder().wrapAndApplyHeader(
            outbox.claimMessage(length), 0, new io.tagma.codecs.peer.MessageHeaderEncoder());
        encoder.origin().clusterId(CLUSTER_ID).epoch(EPOCH).sender(OWN);
        encoder.counter(counter);
    }

    /** Votes said again, to one. */
    void votesTo(final int receiver)
    {
        final int length =
            HEADER_LENGTH + VotesEncoder.BLOCK_LENGTH + 2 * GroupSizeEncodingEncoder.ENCODED_LENGTH;
        final VotesEncoder encoder = new VotesEncoder().wrapAndApplyHeader(
            outbox.claimMessage(length), 0, new io.tagma.codecs.peer.MessageHeaderEncoder());
        encoder.origin().clusterId(CLUSTER_ID).epoch(EPOCH).sender(OWN);
        encoder.view(0).preparesCount(0);
        encoder.commitsCount(0);
        outbox.sendTo(receiver);
    }

    void reply(final int clientId, final long sessionId, final long number, final int length)
    {
        outbox.reply(clientId, sessionId, 0, number, 100 + number, (short)0, (short)0, result, 0, length);
    }

    int drain()
    {
        return drainer.drain();
    }

    List<String> takeSent()
    {
        final List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    private void onLoopback(final int sender, final DirectBuffer message, final int offset, final int length)
    {
        loopedBack.add(sender + " " + describeVotes(message, offset));
        onLoopback.run();
    }

    @Override
    public boolean readChunks(final int peerId, final long sequence, final int firstChunk, final long wanted)
    {
        return false;
    }

    @Override
    public boolean gatherSnapshot(final long sequence, final DirectBuffer digest, final int offset)
    {
        return false;
    }

    @Override
    public boolean keepChunk(final DirectBuffer chunk, final int offset, final int length)
    {
        return false;
    }

    @Override
    public boolean loadGathered(final long sequence)
    {
        return false;
    }

    @Override
    public void retainSnapshots(final long sequence)
    {
        sent.add("snapshots from " + sequence);
    }

    @Override
    public MutableDirectBuffer claimSnapshot()
    {
        return null;
    }

    @Override
    public void takeSnapshot(final long sequence, final int length)
    {
        sent.add("snapshot " + sequence);
    }

    @Override
    public boolean isConnected(final int peerId)
    {
        return connected[peerId];
    }

    @Override
    public boolean offer(
        final int peerId,
        final DirectBuffer message,
        final int offset,
        final int length,
        final DirectBuffer tag,
        final int tagOffset)
    {
        final int taggedLength = PeerFrames.taggedLength(message, offset, length);
        if (!peersKeys[peerId].fromReplica(OWN).verify(message, offset, taggedLength, tag, tagOffset))
        {
            throw new AssertionError("wrong tag for " + peerId);
        }
        final boolean isVotes = VotesDecoder.TEMPLATE_ID == PeerFrames.templateId(message, offset);
        sent.add("to " + peerId + ": " +
            (isVotes ? describeVotes(message, offset) : "message of " + (length + TAG_LENGTH)));
        return true;
    }

    @Override
    public boolean offer(
        final int clientId,
        final long sessionId,
        final DirectBuffer message,
        final int offset,
        final int length,
        final DirectBuffer tag,
        final int tagOffset)
    {
        if (!isClientDraining)
        {
            return false;
        }
        if (!TestKeys.ofDirection("r" + OWN, "c" + clientId + "/" + sessionId)
            .verify(message, offset, length, tag, tagOffset))
        {
            throw new AssertionError("wrong tag for session " + sessionId);
        }
        final RepliesDecoder decoder = new RepliesDecoder().wrapAndApplyHeader(
            message, offset, new io.tagma.codecs.client.MessageHeaderDecoder());
        final StringBuilder text = new StringBuilder("reply " + decoder.clientId() + "/" + decoder.sessionId() + ":");
        for (final RepliesDecoder.ResultsDecoder reply : decoder.results())
        {
            text.append(' ').append(reply.number());
            reply.skipResult();
        }
        if (HEADER_LENGTH + decoder.encodedLength() != length)
        {
            throw new AssertionError("Replies of " + length + " bytes end at " + decoder.encodedLength());
        }
        sent.add(text.toString());
        return true;
    }

    private static String describeVotes(final DirectBuffer message, final int offset)
    {
        final VotesDecoder decoder = new VotesDecoder().wrapAndApplyHeader(message, offset, new MessageHeaderDecoder());
        final StringBuilder text = new StringBuilder("view " + decoder.view());
        for (final VotesDecoder.PreparesDecoder prepare : decoder.prepares())
        {
            text.append(" p").append(prepare.sequence());
        }
        for (final VotesDecoder.CommitsDecoder commit : decoder.commits())
        {
            text.append(" c").append(commit.sequence());
        }
        return text.toString();
    }

    @Override
    public boolean sign(final long token, final DirectBuffer buffer, final int offset, final int length)
    {
        return sent.add("sign " + token);
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
        return sent.add("verify replica " + replicaId);
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
        return sent.add("verify client " + clientId);
    }

    @Override
    public boolean readBatch(
        final int peerId, final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        return sent.add("read batch " + sequence);
    }

    @Override
    public boolean readHistory(final int peerId, final long firstSequence, final int count)
    {
        return sent.add("read history " + firstSequence);
    }

    @Override
    public void sessionOpened(
        final long sessionId,
        final int clientId,
        final DirectBuffer channel,
        final int channelOffset,
        final int channelLength)
    {
        sent.add("opened " + sessionId);
    }

    @Override
    public void sessionForgotten(final long sessionId)
    {
        sent.add("forgotten " + sessionId);
    }
}
