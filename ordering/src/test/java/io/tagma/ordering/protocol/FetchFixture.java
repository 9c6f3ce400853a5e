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

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.peer.CertificateEncoder;
import io.tagma.codecs.peer.FetchChunksDecoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.StatusDecoder;
import io.tagma.codecs.peer.StatusEncoder;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A replica that fetches a snapshot, and what the others answer it, for tests.
 */
abstract class FetchFixture
{
    static final int CHUNK_LENGTH = 64;
    static final int CHUNKS = 37;
    static final long SEQUENCE = 640;
    static final long MS = 1_000_000L;
    static final long STUCK_NS = 1_000 * MS;

    /** A question to a peer. */
    record Question(int peer, long sequence, int first, long wanted)
    {
    }

    final SnapshotDigest digests = new SnapshotDigest(1, 0, CHUNK_LENGTH, new CoreCluster.TestHashing());
    final byte[] snapshot = new byte[CHUNKS * CHUNK_LENGTH - 9];
    final UnsafeBuffer digest = new UnsafeBuffer(new byte[Digest.LENGTH]);
    RecordedOutbound outbound;
    Core core;
    SnapshotFetch fetch;
    CertificateStore certificate;
    long nowNs = MS;

    /** Another replica that has executed nothing, and three that are far ahead. */
    void make()
    {
        new Random(7).nextBytes(snapshot);
        digests.compute(SEQUENCE, new UnsafeBuffer(snapshot), 0, snapshot.length, digest, 0);
        outbound = new RecordedOutbound(3);
        final ProtocolParameters parameters = new ProtocolParameters.Builder()
            .clusterId(1)
            .replicaId(3)
            .quorums(new Quorums(new int[]{ 1, 1, 1, 1 }))
            .checkpointInterval(8)
            .snapshots(new SnapshotParameters(1, CHUNK_LENGTH))
            .batchSlots(8)
            .pendingLength(1 << 18)
            .clientCount(4)
            .sessionLimit(4)
            .conclude();
        core = new Core(parameters, outbound, new CoreCluster.TestHashing(), (a, b, c, d, e, f, g) -> true);
        fetch = new SnapshotFetch(core, new SnapshotMessages(core));
        certificate = certificate(parameters, SEQUENCE, digest);
        for (int peer = 0; peer < 3; peer++)
        {
            says(peer, SEQUENCE + 30);
        }
        work(0);
    }

    void begin()
    {
        work(STUCK_NS);
        work(0);
        work(0);
        assertEquals(List.of(SEQUENCE), outbound.gathered);
    }

    void work(final long laterNs)
    {
        nowNs += laterNs;
        core.status.time(nowNs, nowNs);
        fetch.work(certificate);
    }

    List<Question> questions()
    {
        final List<Question> questions = new ArrayList<>();
        for (final RecordedOutbound.Sent sent : outbound.takeSent())
        {
            final FetchChunksDecoder decoder = new FetchChunksDecoder().wrap(
                sent.message(), FrameLayout.HEADER_LENGTH, FetchChunksDecoder.BLOCK_LENGTH,
                FetchChunksDecoder.SCHEMA_VERSION);
            questions.add(new Question(
                sent.receiver(), decoder.sequence(), (int)decoder.firstChunk(), decoder.wanted()));
        }
        return questions;
    }

    static List<Integer> chunksOf(final Question question)
    {
        final List<Integer> chunks = new ArrayList<>();
        for (long bits = question.wanted(); 0 != bits; bits &= bits - 1)
        {
            chunks.add(question.first() + Long.numberOfTrailingZeros(bits));
        }
        return chunks;
    }

    void answerAll(final List<Question> questions)
    {
        for (final Question question : questions)
        {
            for (final int chunk : chunksOf(question))
            {
                if (chunk < CHUNKS)
                {
                    assertEquals(Rejection.NONE, fetch.onChunk(question.peer(), chunk(chunk, SEQUENCE), 0));
                    fetch.onKept(SEQUENCE, snapshot.length, chunk);
                }
            }
        }
        work(MS);
    }

    UnsafeBuffer chunk(final int number, final long sequence)
    {
        final SnapshotTree tree = new SnapshotTree(new CoreCluster.TestHashing());
        final UnsafeBuffer bytes = new UnsafeBuffer(snapshot);
        tree.begin(CHUNKS);
        for (int i = 0; i < CHUNKS; i++)
        {
            tree.add(bytes, i * CHUNK_LENGTH, digests.lengthOf(snapshot.length, i));
        }
        final int length = digests.lengthOf(snapshot.length, number);
        final UnsafeBuffer message =
            new UnsafeBuffer(new byte[ChunkView.messageLength(tree.stepCount(number), length)]);
        final int at = new ChunkView().encode(message, 0, sequence, snapshot.length, number, tree, length);
        message.putBytes(at, bytes, number * CHUNK_LENGTH, length);
        return message;
    }

    static CertificateStore certificate(
        final ProtocolParameters parameters, final long snapshotSequence, final UnsafeBuffer snapshotDigest)
    {
        final UnsafeBuffer message = new UnsafeBuffer(
            new byte[FrameLayout.HEADER_LENGTH + CertificateEncoder.BLOCK_LENGTH + 4]);
        final CertificateEncoder encoder = new CertificateEncoder();
        encoder.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        encoder.content().sequence(snapshotSequence + 16).snapshotSequence(snapshotSequence);
        encoder.signaturesCount(0);
        final CertificateStore store = new CertificateStore(parameters);
        message.putBytes(
            CheckpointContent.snapshotDigestOffset(CertificateStore.CONTENT_OFFSET), snapshotDigest, 0, Digest.LENGTH);
        store.set(message, 0, message.capacity());
        return store;
    }

    void says(final int peer, final long executed)
    {
        final UnsafeBuffer message = new UnsafeBuffer(
            new byte[FrameLayout.HEADER_LENGTH + StatusEncoder.BLOCK_LENGTH + 8]);
        final StatusEncoder encoder = new StatusEncoder();
        encoder.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        encoder.incarnation(1).counter(1).executedSequence(executed);
        core.peers.take(
            peer,
            new StatusDecoder().wrap(
                message, FrameLayout.HEADER_LENGTH, StatusEncoder.BLOCK_LENGTH, StatusDecoder.SCHEMA_VERSION),
            nowNs);
    }
}
