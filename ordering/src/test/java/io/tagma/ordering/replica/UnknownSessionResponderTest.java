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
import static io.tagma.ordering.replica.Frames.CLUSTER_ID;
import static io.tagma.ordering.replica.Frames.EPOCH;
import static io.tagma.ordering.replica.Frames.REPLICAS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.ClientFrameCheck;
import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.FrameVerdict;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.MessageHeaderDecoder;
import io.tagma.codecs.client.Outcome;
import io.tagma.codecs.client.RepliesDecoder;
import io.tagma.ordering.authentication.MacKeys;
import io.tagma.ordering.authentication.PartyKind;
import io.tagma.ordering.configuration.GeneratedCluster;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class UnknownSessionResponderTest
{
    private static final int OWN = 2;
    private static final int CLIENT = 1;
    private static final long SESSION = 9;
    private static final long NEXT_POSITION = 100;

    private final GeneratedCluster cluster = GeneratedCluster.builder().clients(1).generate();
    private final MacKeys ownKeys =
        cluster.configuration().macKeys(PartyKind.REPLICA, OWN, cluster.replicaKeys(OWN));
    private final MacKeys clientKeys =
        cluster.configuration().macKeys(PartyKind.CLIENT, CLIENT, cluster.clientKeys(CLIENT));
    private final Frames frames = new Frames();
    private int answers;
    private final UnknownSessionResponder responder = new UnknownSessionResponder(
        new FrameOrigin(CLUSTER_ID, EPOCH, OWN), ownKeys,
        (clientId, sessionId, message, offset, length, tag, tagOffset) ->
        {
            assertTrue(clientKeys.fromReplica(OWN, sessionId).verify(message, offset, length, tag, tagOffset));
            assertEquals(FrameVerdict.OK, ClientFrameCheck.checkReplies(
                message, offset, length, FrameLimits.builder().replicaCount(REPLICAS).build()));
            final RepliesDecoder decoder =
                new RepliesDecoder().wrapAndApplyHeader(message, offset, new MessageHeaderDecoder());
            assertEquals(SESSION, decoder.sessionId());
            assertEquals(Outcome.REJECTED_UNKNOWN_SESSION, decoder.results().next().outcome());
            answers++;
            return true;
        });
    private void hear(final long timeNs, final long sessionId, final byte[] frame)
    {
        responder.onDutyCycle(timeNs, 0, NEXT_POSITION);
        responder.onUnknownSession(CLIENT, sessionId, new UnsafeBuffer(frame), frame.length - TAG_LENGTH);
    }

    private byte[] request(final long sessionId)
    {
        return frames.requests(
            CLIENT, sessionId, BundleKind.REQUESTS, new byte[10], clientKeys.toReplica(OWN, sessionId));
    }

    @Test
    void tellsTheClientUnderTheSessionsOwnKeyAndNotTooOften()
    {
        hear(0, SESSION, request(SESSION));
        assertEquals(1, answers);
        hear(1_000_000, SESSION, request(SESSION));
        assertEquals(1, answers);
        hear(10_000_000, SESSION, request(SESSION));
        assertEquals(2, answers);
    }

    @Test
    void clientThatProvedItsSessionIsToldWhateverOthersNameInItsName()
    {
        hear(0, SESSION, request(SESSION));
        for (int i = 1; i <= 10; i++)
        {
            // The one derivation of this interval goes to a session that the client never had.
            final byte[] forged = request(SESSION + i);
            forged[forged.length - 1] ^= 1;
            hear(10_000_000L * i, SESSION + i, forged);
            hear(10_000_000L * i, SESSION, request(SESSION));
            assertEquals(1 + i, answers);
        }
    }

    @Test
    void saysNothingToForgedFramesNorOfSessionsThatMayJustNotBeOpenHereYet()
    {
        final byte[] forged = request(SESSION);
        forged[forged.length - 1] ^= 1;
        hear(0, SESSION, forged);
        hear(10_000_000, NEXT_POSITION, request(NEXT_POSITION));
        assertEquals(0, answers);
    }
}
