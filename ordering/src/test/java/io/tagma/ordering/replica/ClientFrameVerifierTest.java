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

import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static io.tagma.codecs.FrameLayout.TAG_LENGTH;
import static io.tagma.ordering.replica.Frames.CLUSTER_ID;
import static io.tagma.ordering.replica.Frames.EPOCH;
import static io.tagma.ordering.replica.Frames.REPLICAS;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.client.BundleKind;
import io.tagma.ordering.authentication.Authenticator;

import java.util.ArrayList;
import java.util.List;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Replica 2 hears from client 1, which has session 9, and from client 2, which has none.
 */
class ClientFrameVerifierTest implements IngressListener
{
    private static final int OWN = 2;
    private static final int CLIENT = 1;
    private static final long SESSION = 9;
    private static final byte[] CHANNEL = "aeron:udp?endpoint=127.0.0.1:40000".getBytes(US_ASCII);

    private final Frames frames = new Frames();
    private final List<String> heard = new ArrayList<>();
    private final FrameRejections rejections = new FrameRejections(REPLICAS);
    private final ClientFrameVerifier verifier = new ClientFrameVerifier(
        new FrameOrigin(CLUSTER_ID, EPOCH, OWN),
        FrameLimits.builder().replicaCount(REPLICAS).build(),
        clientId -> clientId == 1 || clientId == 2,
        new TestKeys(OWN, REPLICAS).client(CLIENT, SESSION).client(CLIENT, 0).client(2, 0),
        rejections,
        (clientId, sessionId, body, bodyOffset, bodyLength, authenticator, authenticatorOffset, authenticatorLength) ->
            heard.add("bundle " + clientId + " " + sessionId + " " + bodyLength + " " + authenticatorLength),
        this);
    private final Authenticator sessionKey = TestKeys.ofDirection("c1/9", "r2");
    private final Authenticator sessionlessKey = TestKeys.ofDirection("c1/0", "r2");

    @Override
    public void onOpenHeard(final int clientId, final DirectBuffer channel, final int offset, final int length)
    {
        heard.add("open " + clientId + " " + channel.getStringWithoutLengthAscii(offset, length));
    }

    @Override
    public void onUnknownSession(
        final int clientId, final long sessionId, final DirectBuffer frame, final int messageLength)
    {
        heard.add("unknown " + clientId + " " + sessionId);
    }

    @Test
    void handsOnTheBundlesOfAGoodFrame()
    {
        assertTrue(onFrame(frames.requests(CLIENT, SESSION, BundleKind.REQUESTS, new byte[100], sessionKey)));
        assertEquals(List.of("bundle 1 9 136 72"), heard);
    }

    @Test
    void tellsTheShellWhereAnOpenWantsItsAnswer()
    {
        assertTrue(onFrame(frames.requests(CLIENT, 0, BundleKind.OPEN, CHANNEL, sessionlessKey)));
        assertEquals("open 1 " + new String(CHANNEL, US_ASCII), heard.get(0));
        assertEquals(2, heard.size());
    }

    @Test
    void unknownSessionsAndClientsAreCountedAndToldApart()
    {
        final byte[] noSession = frames.requests(2, SESSION, BundleKind.REQUESTS, new byte[8], sessionKey);
        assertRejected(noSession, FrameRejection.SESSION);
        assertEquals(List.of("unknown 2 9"), heard);
        final byte[] noClient = frames.requests(3, SESSION, BundleKind.REQUESTS, new byte[8], sessionKey);
        assertRejected(noClient, FrameRejection.CLIENT);
        assertEquals(1, heard.size());
    }

    @Test
    @DisplayName("B05 garbled tags of clients; B10 every byte of a Requests frame is covered")
    void rejectsEveryChangedByte()
    {
        final byte[] good = frames.requests(CLIENT, SESSION, BundleKind.REQUESTS, new byte[20], sessionKey);
        for (int i = 0; i < good.length; i++)
        {
            final byte[] frame = good.clone();
            frame[i] ^= 0x10;
            assertFalse(onFrame(frame));
        }
        assertTrue(heard.stream().noneMatch(line -> line.startsWith("bundle")));
        final byte[] lastByte = good.clone();
        lastByte[good.length - 1] ^= 1;
        assertRejected(lastByte, FrameRejection.TAG);
    }

    @Test
    @DisplayName("C03 client frames of another cluster or epoch under the same keys")
    void rejectsOtherClustersAndEpochs()
    {
        final byte[] cluster = frames.requests(CLIENT, SESSION, BundleKind.REQUESTS, new byte[20], sessionKey);
        new UnsafeBuffer(cluster).putLong(HEADER_LENGTH, CLUSTER_ID + 1, LITTLE_ENDIAN);
        assertRejected(frames.retagged(cluster, sessionKey), FrameRejection.CLUSTER);
        final byte[] epoch = frames.requests(CLIENT, SESSION, BundleKind.REQUESTS, new byte[20], sessionKey);
        new UnsafeBuffer(epoch).putInt(HEADER_LENGTH + 8, EPOCH + 1, LITTLE_ENDIAN);
        assertRejected(frames.retagged(epoch, sessionKey), FrameRejection.EPOCH);
    }

    @Test
    @DisplayName("B07 a bundle in another client's name inside a frame of one's own")
    void rejectsBundlesOfOthers()
    {
        final byte[] frame = frames.requests(CLIENT, SESSION, BundleKind.REQUESTS, new byte[20], sessionKey);
        final int bodyClientId = HEADER_LENGTH + 32 + 4 + 8;
        assertEquals(CLIENT, new UnsafeBuffer(frame).getInt(bodyClientId, LITTLE_ENDIAN));
        new UnsafeBuffer(frame).putInt(bodyClientId, 2, LITTLE_ENDIAN);
        assertRejected(frames.retagged(frame, sessionKey), FrameRejection.SENDER);
    }

    @Test
    @DisplayName("B07 what replicas say to each other is no client frame")
    void rejectsPeerMessages()
    {
        assertRejected(frames.votes(CLIENT, 0, 7, sessionKey), FrameRejection.SCHEMA);
        assertRejected(new byte[HEADER_LENGTH + TAG_LENGTH - 1], FrameRejection.LENGTH);
    }

    private boolean onFrame(final byte[] frame)
    {
        return verifier.onFrame(new UnsafeBuffer(frame), 0, frame.length);
    }

    private void assertRejected(final byte[] frame, final FrameRejection reason)
    {
        final long before = rejections.ofClients(reason);
        assertFalse(onFrame(frame));
        assertEquals(before + 1, rejections.ofClients(reason));
    }
}
