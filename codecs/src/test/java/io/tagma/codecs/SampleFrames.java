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
package io.tagma.codecs;

import static io.tagma.codecs.SampleBundles.authenticator;
import static io.tagma.codecs.SampleBundles.joined;
import static io.tagma.codecs.SampleBundles.payload;

import java.util.Arrays;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.client.Outcome;
import io.tagma.codecs.client.RepliesEncoder;
import io.tagma.codecs.client.RequestsEncoder;
import io.tagma.codecs.client.ResultForm;
import io.tagma.codecs.peer.BatchEncoder;
import io.tagma.codecs.peer.BooleanType;
import io.tagma.codecs.peer.CertificateEncoder;
import io.tagma.codecs.peer.CheckpointContentEncoder;
import io.tagma.codecs.peer.CheckpointEncoder;
import io.tagma.codecs.peer.ChunkEncoder;
import io.tagma.codecs.peer.CommittedEncoder;
import io.tagma.codecs.peer.FetchChunksEncoder;
import io.tagma.codecs.peer.FetchEncoder;
import io.tagma.codecs.peer.HeldEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.OriginEncoder;
import io.tagma.codecs.peer.PrePrepareEncoder;
import io.tagma.codecs.peer.RelayEncoder;
import io.tagma.codecs.peer.StatusEncoder;
import io.tagma.codecs.peer.VotesEncoder;

/**
 * One well-formed message of every template of the peer and client schemas, as another implementation would encode it.
 */
final class SampleFrames
{
    static final FrameLimits LIMITS = FrameLimits.builder().replicaCount(4).clientIdMax(9).build();
    static final int REPLICAS = 4;
    static final int CLIENT = 7;
    static final long SESSION = 41;
    static final byte[] DIGEST = payload(32, 0xD1);
    static final byte[] SIGNATURE = payload(64, 0x51);
    /** The bundles 0, 9 and 511. */
    static final byte[] BUNDLES = bundles(0, 9, 511);

    private static final long CLUSTER = 0x1122334455667788L;

    private SampleFrames()
    {
    }

    static byte[] bodies()
    {
        return joined(
            SampleBundles.requests(CLIENT, SESSION, 5, payload(3, 1), payload(0, 0), payload(9, 2)),
            SampleBundles.keepAlive(CLIENT, SESSION, 8),
            SampleBundles.open(3, 1, SampleBundles.CHANNEL),
            SampleBundles.close(2, 17, 4));
    }

    static byte[] authenticators()
    {
        return joined(
            authenticator(REPLICAS, 0),
            authenticator(REPLICAS, 1),
            authenticator(REPLICAS, 1),
            authenticator(REPLICAS, 0));
    }

    static byte[] prePrepare()
    {
        return prePrepare(4, bodies(), authenticators());
    }

    static byte[] prePrepare(final int bundleCount, final byte[] bodies, final byte[] authenticators)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final PrePrepareEncoder encoder = new PrePrepareEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        origin(encoder.origin(), 0);
        encoder.view(4).sequence(77).timestampNs(1_700_000_000_000_000_000L)
            .putDigest(DIGEST, 0, DIGEST.length)
            .putAuthenticatorsDigest(DIGEST, 0, DIGEST.length)
            .bundleCount(bundleCount)
            .reserved(0)
            .putBodies(bodies, 0, bodies.length)
            .putAuthenticators(authenticators, 0, authenticators.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] votes(final int prepares, final int commits)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final VotesEncoder encoder = new VotesEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        origin(encoder.origin(), 1);
        encoder.view(4);
        final VotesEncoder.PreparesEncoder prepareGroup = encoder.preparesCount(prepares);
        for (int i = 0; i < prepares; i++)
        {
            prepareGroup.next().sequence(78 + i).putDigest(DIGEST, 0, DIGEST.length);
        }
        final VotesEncoder.CommitsEncoder commitGroup = encoder.commitsCount(commits);
        for (int i = 0; i < commits; i++)
        {
            commitGroup.next().sequence(76 + i).putDigest(DIGEST, 0, DIGEST.length);
        }
        return message(buffer, encoder.encodedLength());
    }

    static byte[] checkpoint()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final CheckpointEncoder encoder = new CheckpointEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        origin(encoder.origin(), 2);
        content(encoder.content());
        encoder.signer(3).reserved(0).putSignature(SIGNATURE, 0, SIGNATURE.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] certificate(final int... signers)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final CertificateEncoder encoder = new CertificateEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        origin(encoder.origin(), 2);
        content(encoder.content());
        final CertificateEncoder.SignaturesEncoder group = encoder.signaturesCount(signers.length);
        for (final int signer : signers)
        {
            group.next().signer(signer).reserved(0).putSignature(SIGNATURE, 0, SIGNATURE.length);
        }
        return message(buffer, encoder.encodedLength());
    }

    static byte[] status()
    {
        return status(new long[0]);
    }

    static byte[] status(final long[] heldSequences, final long... marks)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final StatusEncoder encoder = new StatusEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        origin(encoder.origin(), 3);
        encoder.incarnation(1).counter(12).view(4).stableSequence(0).executedSequence(70).checkpointSequence(0)
            .awaitedSequence(0).newView(3).lackingFrom(71).lackingPrePrepares(-1L).lackingPrepares(3).lackingCommits(0)
            .active(BooleanType.T).reserved1((short)0).reserved2(0).reserved3(0);
        final StatusEncoder.HeldEncoder held = encoder.heldCount(heldSequences.length);
        for (final long sequence : heldSequences)
        {
            held.next().sequence(sequence).putDigest(DIGEST, 0, DIGEST.length).putBundles(BUNDLES, 0, BUNDLES.length);
        }
        final StatusEncoder.MarksEncoder marked = encoder.marksCount(marks.length);
        for (final long client : marks)
        {
            marked.next().clientId(client);
        }
        return message(buffer, encoder.encodedLength());
    }

    static byte[] held()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final HeldEncoder encoder = new HeldEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        origin(encoder.origin(), 3);
        encoder.view(4).sequence(77).putDigest(DIGEST, 0, DIGEST.length).putBundles(BUNDLES, 0, BUNDLES.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] fetchChunks()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final FetchChunksEncoder encoder = new FetchChunksEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        origin(encoder.origin(), 3);
        encoder.sequence(77).wanted(0x8000_0000_0000_0005L).firstChunk(9).reserved(0);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] chunk(final int steps, final int length)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final ChunkEncoder encoder = new ChunkEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        origin(encoder.origin(), 3);
        encoder.sequence(77).snapshotLength(70_000).chunkNumber(2).reserved(0);
        final ChunkEncoder.PathEncoder path = encoder.pathCount(steps);
        for (int i = 0; i < steps; i++)
        {
            path.next().putDigest(DIGEST, 0, DIGEST.length);
        }
        encoder.putBytes(new byte[length], 0, length);
        return message(buffer, encoder.encodedLength());
    }

    private static byte[] bundles(final int... places)
    {
        final byte[] set = new byte[64];
        for (final int place : places)
        {
            set[place / 8] |= (byte)(1 << place % 8);
        }
        return set;
    }

    static byte[] committed(final int count)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final CommittedEncoder encoder = new CommittedEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        origin(encoder.origin(), 3);
        encoder.firstSequence(71);
        final CommittedEncoder.DigestsEncoder group = encoder.digestsCount(count);
        for (int i = 0; i < count; i++)
        {
            group.next().putDigest(DIGEST, 0, DIGEST.length);
        }
        return message(buffer, encoder.encodedLength());
    }

    static byte[] fetch(final long... sequences)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final FetchEncoder encoder = new FetchEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        origin(encoder.origin(), 3);
        final FetchEncoder.WantedEncoder group = encoder.wantedCount(sequences.length);
        for (final long sequence : sequences)
        {
            group.next().sequence(sequence).putDigest(DIGEST, 0, DIGEST.length);
        }
        return message(buffer, encoder.encodedLength());
    }

    static byte[] batch(final int bundleCount, final byte[] bodies)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final BatchEncoder encoder = new BatchEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        origin(encoder.origin(), 3);
        encoder.sequence(71).timestampNs(9).putDigest(DIGEST, 0, DIGEST.length)
            .bundleCount(bundleCount).reserved(0).putBodies(bodies, 0, bodies.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] relay(final byte[] body, final byte[] authenticator)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RelayEncoder encoder = new RelayEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        origin(encoder.origin(), 3);
        encoder.putBody(body, 0, body.length).putAuthenticator(authenticator, 0, authenticator.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] requests()
    {
        return requests(
            CLIENT,
            SESSION,
            2,
            joined(
                SampleBundles.requests(CLIENT, SESSION, 5, payload(3, 1), payload(8, 2)),
                SampleBundles.keepAlive(CLIENT, SESSION, 7)),
            joined(authenticator(REPLICAS, 0), authenticator(REPLICAS, 1)));
    }

    static byte[] open()
    {
        return requests(
            CLIENT, 0, 1, SampleBundles.open(CLIENT, 1, SampleBundles.CHANNEL), authenticator(REPLICAS, 1));
    }

    static byte[] requests(
        final int clientId,
        final long sessionId,
        final int bundleCount,
        final byte[] bodies,
        final byte[] authenticators)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RequestsEncoder encoder = new RequestsEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new io.tagma.codecs.client.MessageHeaderEncoder());
        encoder.origin().clusterId(CLUSTER).epoch(0).sender(clientId);
        encoder.sessionId(sessionId).bundleCount(bundleCount).reserved(0)
            .putBodies(bodies, 0, bodies.length)
            .putAuthenticators(authenticators, 0, authenticators.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] replies()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RepliesEncoder encoder = new RepliesEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new io.tagma.codecs.client.MessageHeaderEncoder());
        encoder.origin().clusterId(CLUSTER).epoch(0).sender(2);
        encoder.clientId(CLIENT).reserved(0).sessionId(SESSION).view(4);
        final RepliesEncoder.ResultsEncoder group = encoder.resultsCount(3);
        group.next().number(5).position(100).outcome(Outcome.COMMITTED).form(ResultForm.FULL).reserved(0)
            .putResult(new byte[]{1, 2, 3}, 0, 3);
        group.next().number(6).position(101).outcome(Outcome.COMMITTED).form(ResultForm.DIGEST).reserved(0)
            .putResult(DIGEST, 0, DIGEST.length);
        group.next().number(7).position(0).outcome(Outcome.REJECTED_CLOSED).form(ResultForm.FULL).reserved(0)
            .putResult(new byte[0], 0, 0);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] message(final ExpandableArrayBuffer buffer, final int bodyLength)
    {
        return Arrays.copyOf(buffer.byteArray(), FrameLayout.HEADER_LENGTH + bodyLength);
    }

    static UnsafeBuffer exact(final byte[] message)
    {
        return new UnsafeBuffer(message);
    }

    private static void origin(final OriginEncoder origin, final int sender)
    {
        origin.clusterId(CLUSTER).epoch(0).sender(sender);
    }

    private static void content(final CheckpointContentEncoder content)
    {
        content.sequence(1024).nextPosition(5001).effectiveTimeNs(1_700_000_000_000_000_000L).snapshotSequence(0);
        for (int i = 0; i < 32; i++)
        {
            content.root(i, (short)(i + 1)).snapshotDigest(i, (short)0).nextConfigurationDigest(i, (short)0);
        }
    }
}
