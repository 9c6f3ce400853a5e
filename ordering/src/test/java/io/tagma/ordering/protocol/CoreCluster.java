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

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.BundleAuthenticatorEncoder;
import io.tagma.codecs.client.BundleBodyEncoder;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A few real replicas joined by a list of messages, on a clock that a test moves. Tags are taken to be right unless a
 * test says otherwise; loss is a predicate.
 */
final class CoreCluster
{
    static final int CLIENT = 1;

    final List<Replica> replicas = new ArrayList<>();
    final List<RecordedOutbound> outbounds = new ArrayList<>();
    final List<EchoLog> services = new ArrayList<>();
    final boolean[] isDown;
    long nowNs = 1_000_000_000L;
    long epochNs = 1_700_000_000_000_000_000L;
    /** Whether a message from the first replica to the second is lost. */
    BiPredicate<Integer, Integer> isLost = (sender, receiver) -> false;
    /** Whether messages of a template are lost. */
    IntPredicate isTemplateLost = template -> false;
    /** Whether a replica finds a bundle's tag wrong. */
    BiPredicate<Integer, Long> isTagWrong = (replicaId, sessionId) -> false;
    /** H of those that start from now on. */
    long awaited;
    /** Of those that start from now on, and the one that their journals begin in. */
    Epochs epochs = new Epochs(0);
    int firstEpoch;
    /** How long every message takes. */
    long delayNs;
    Link link = (sender, receiver, message) -> 0;
    /** Processes that stand still for now: what comes for them waits. */
    final boolean[] isPaused;
    /** By replica: how far its wall clock is ahead. */
    final long[] clockAheadNs = new long[Long.SIZE];
    private final List<InFlight> inFlight = new ArrayList<>();
    private final int members;
    private final int[] identities;
    private final int size;
    private final int checkpointInterval;
    private final int snapshotInterval;

    interface Link
    {
        /** Nanoseconds that it takes beyond what every message does; below 0: it is lost. */
        long delayNs(int sender, int receiver, UnsafeBuffer message);
    }

    private record InFlight(long dueNs, int sender, int receiver, UnsafeBuffer message)
    {
    }

    CoreCluster(final int size, final int checkpointInterval)
    {
        this(size, checkpointInterval, 64);
    }

    CoreCluster(final int size, final int checkpointInterval, final int snapshotInterval)
    {
        this(size, checkpointInterval, snapshotInterval, java.util.stream.IntStream.range(0, size).toArray());
    }

    /** So many members, and processes that each say to be one of them; where two do, neither hears the other. */
    CoreCluster(
        final int members, final int checkpointInterval, final int snapshotInterval, final int... identities)
    {
        this.snapshotInterval = snapshotInterval;
        this.members = members;
        this.identities = identities;
        size = identities.length;
        this.checkpointInterval = checkpointInterval;
        isDown = new boolean[size];
        isPaused = new boolean[size];
        for (int i = 0; i < size; i++)
        {
            replicas.add(null);
            outbounds.add(new RecordedOutbound(identities[i]));
            services.add(null);
            start(i, 1);
        }
    }

    /** Starts a replica from what its journal holds. */
    void start(final int replicaId, final long incarnation)
    {
        start(replicaId, incarnation, 0);
    }

    /** Starts a replica from one of its snapshots, 0 for none, and what its journal holds. */
    void start(final int replicaId, final long incarnation, final long snapshotSequence)
    {
        final ProtocolParameters parameters = new ProtocolParameters.Builder()
            .clusterId(1)
            .epochs(epochs)
            .replicaId(identities[replicaId])
            .quorums(new Quorums(java.util.stream.IntStream.generate(() -> 1).limit(members).toArray()))
            .checkpointInterval(checkpointInterval)
            .snapshots(new SnapshotParameters(snapshotInterval, SnapshotParameters.CHUNK_LENGTH))
            .batchSlots(8)
            .pendingLength(1 << 18)
            .clientCount(4)
            .sessionLimit(4)
            .randomSeed(replicaId + 1)
            .conclude();
        final RecordedOutbound outbound = outbounds.get(replicaId);
        final EchoLog service = new EchoLog();
        final Replica replica = new Replica(
            parameters,
            outbound,
            new TestHashing(),
            (client, session, body, bodyOffset, bodyLength, authenticator, authenticatorOffset) ->
                !isTagWrong.test(replicaId, session),
            service);
        outbound.replica(replica);
        outbound.snapshotDigest = digests(epochs);
        replicas.set(replicaId, replica);
        services.set(replicaId, service);
        if (snapshotSequence > 0)
        {
            final RecordedOutbound.Snapshot snapshot = outbound.snapshots.get(snapshotSequence);
            replica.snapshots().restore(
                snapshotSequence, snapshot.digest(), 0, new UnsafeBuffer(snapshot.bytes()), 0,
                snapshot.bytes().length);
        }
        replica.snapshots().leadsOnFrom(outbound.leadsOnFrom);
        replica.snapshots().beginsIn(firstEpoch);
        outbound.keptRecords().forEach(record -> replica.onRecord(record, 0, record.capacity()));
        replica.onTime(nowNs, epochNs);
        replica.onReplayed(incarnation, awaited);
        isDown[replicaId] = false;
    }

    static SnapshotDigest digests(final Epochs epochs)
    {
        return new SnapshotDigest(1, epochs, SnapshotParameters.CHUNK_LENGTH, new TestHashing());
    }

    /** What stands for a signature: who made it, and for which epoch. */
    static long signedBy(final int signerId, final DirectBuffer signed, final int offset)
    {
        return signerId | (long)signed.getInt(offset + 24) << Integer.SIZE;
    }

    void crash(final int replicaId)
    {
        isDown[replicaId] = true;
        outbounds.get(replicaId).sent.clear();
        outbounds.get(replicaId).answers.clear();
    }

    /** Moves the clock and lets everybody do a duty cycle, some times. */
    void run(final int cycles)
    {
        for (int cycle = 0; cycle < cycles; cycle++)
        {
            nowNs += 1_000_000L;
            epochNs += 1_000_000L;
            for (int i = 0; i < size; i++)
            {
                if (!isDown[i] && !isPaused[i])
                {
                    replicas.get(i).onTime(nowNs, epochNs + clockAheadNs[i]);
                    outbounds.get(i).answerAll();
                    replicas.get(i).onEndOfBurst();
                    outbounds.get(i).answerAll();
                }
            }
            for (int i = 0; i < size; i++)
            {
                send(i);
            }
            deliver();
        }
    }

    private void send(final int sender)
    {
        for (final RecordedOutbound.Sent sent : outbounds.get(sender).takeSent())
        {
            for (int receiver = 0; receiver < size; receiver++)
            {
                final boolean isAddressed =
                    sent.receiver() == RecordedOutbound.TO_ALL || sent.receiver() == identities[receiver];
                if (identities[receiver] != identities[sender] && isAddressed && !isDown[receiver] &&
                    !isLost.test(sender, receiver) && !isTemplateLost.test(sent.message().getShort(2)))
                {
                    final long extraNs = link.delayNs(sender, receiver, sent.message());
                    if (extraNs >= 0)
                    {
                        inFlight.add(new InFlight(nowNs + delayNs + extraNs, sender, receiver, sent.message()));
                        deliver();
                    }
                }
            }
        }
    }

    private void deliver()
    {
        for (int i = 0; i < inFlight.size(); )
        {
            final InFlight next = inFlight.get(i);
            if (next.dueNs > nowNs || isPaused[next.receiver])
            {
                i++;
                continue;
            }
            inFlight.remove(i);
            if (!isDown[next.receiver])
            {
                replicas.get(next.receiver).onMessage(
                    identities[next.sender], next.message, 0, next.message.capacity());
            }
        }
    }

    long open(final long openNumber)
    {
        for (int i = 0; i < size; i++)
        {
            if (!isDown[i])
            {
                bundle(i, BundleKind.OPEN, 0, openNumber, true, "aeron:udp?endpoint=localhost:9");
            }
        }
        run(20);
        return outbounds.get(0).replies.stream()
            .filter(reply -> 0 == reply.sessionId() && openNumber == reply.number() &&
                reply.outcome() == Outcome.COMMITTED.value())
            .findFirst().orElseThrow().position();
    }

    void request(final long sessionId, final long firstNumber, final String... payloads)
    {
        bundle(0, BundleKind.REQUESTS, sessionId, firstNumber, false, payloads);
    }

    void bundle(
        final int replicaId,
        final BundleKind kind,
        final long sessionId,
        final long firstNumber,
        final boolean isSigned,
        final String... payloads)
    {
        final UnsafeBuffer body = body(kind, sessionId, firstNumber, payloads);
        final UnsafeBuffer authenticator = authenticator(isSigned);
        replicas.get(replicaId).onBundle(
            CLIENT, sessionId, body, 0, body.capacity(), authenticator, 0, authenticator.capacity());
    }

    static UnsafeBuffer body(
        final BundleKind kind, final long sessionId, final long firstNumber, final String... payloads)
    {
        int length = BundleBodyEncoder.BLOCK_LENGTH;
        for (final String payload : payloads)
        {
            length += FrameLayout.PAYLOAD_HEADER_LENGTH + payload.length();
        }
        final UnsafeBuffer body = new UnsafeBuffer(new byte[length]);
        new BundleBodyEncoder().wrap(body, 0)
            .kind(kind)
            .count(payloads.length)
            .bodyLength(length)
            .clientId(CLIENT)
            .reserved(0)
            .sessionId(sessionId)
            .firstNumber(firstNumber);
        int index = BundleBodyEncoder.BLOCK_LENGTH;
        for (final String payload : payloads)
        {
            body.putInt(index, payload.length());
            body.putBytes(index + FrameLayout.PAYLOAD_HEADER_LENGTH, payload.getBytes(StandardCharsets.US_ASCII));
            index += FrameLayout.PAYLOAD_HEADER_LENGTH + payload.length();
        }
        return body;
    }

    UnsafeBuffer authenticator(final boolean isSigned)
    {
        final int tagsEnd = BundleAuthenticatorEncoder.BLOCK_LENGTH + members * FrameLayout.TAG_LENGTH;
        final UnsafeBuffer authenticator = new UnsafeBuffer(
            new byte[tagsEnd + (isSigned ? FrameLayout.SIGNATURE_LENGTH : 0)]);
        new BundleAuthenticatorEncoder().wrap(authenticator, 0)
            .tagCount(members)
            .signatureCount(isSigned ? 1 : 0)
            .reserved(0);
        if (isSigned)
        {
            authenticator.putInt(tagsEnd, CLIENT);
        }
        return authenticator;
    }

    String treeHead(final int replicaId)
    {
        final UnsafeBuffer root = new UnsafeBuffer(new byte[Digest.LENGTH]);
        replicas.get(replicaId).treeHead(root, 0);
        return java.util.HexFormat.of().formatHex(root.byteArray());
    }

    ReplicaStatus status(final int replicaId)
    {
        return replicas.get(replicaId).status();
    }

    /** SHA-256 by the JDK. */
    static final class TestHashing implements Hashing
    {
        @Override
        public void sha256(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final MutableDirectBuffer digest,
            final int digestOffset)
        {
            sha256(buffer, offset, length, buffer, 0, 0, digest, digestOffset);
        }

        @Override
        public void sha256(
            final DirectBuffer first,
            final int firstOffset,
            final int firstLength,
            final DirectBuffer second,
            final int secondOffset,
            final int secondLength,
            final MutableDirectBuffer digest,
            final int digestOffset)
        {
            final byte[] bytes = new byte[firstLength + secondLength];
            first.getBytes(firstOffset, bytes, 0, firstLength);
            second.getBytes(secondOffset, bytes, firstLength, secondLength);
            try
            {
                final MessageDigest sha = MessageDigest.getInstance("SHA-256");
                sha.update(bytes);
                final byte[] out = new byte[Digest.LENGTH];
                sha.digest(out, 0, out.length);
                digest.putBytes(digestOffset, out);
            }
            catch (final NoSuchAlgorithmException | DigestException ex)
            {
                throw new IllegalStateException(ex);
            }
        }
    }
}
