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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.journal.Durability;
import io.tagma.journal.JournalIdentity;
import io.tagma.journal.fixture.InMemoryDevice;
import io.tagma.journal.fixture.InMemoryJournal;

import java.util.ArrayList;
import java.util.List;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What the side thread does first where it has more to do than it can.
 */
class SignerAgentTest
{
    private static final int LENGTH_MAX = 1 << 14;

    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[FrameLayout.SIGNATURE_LENGTH]);
    private final SideAgentQueue queue = Frames.sideQueue();
    private final RecordedKeys keys = new RecordedKeys();
    private final InMemoryJournal journal = journal();
    /** What may be read at once, and nothing is earned: the clock stands. */
    private final ReadBudget budget = new ReadBudget(() -> 1, 10);
    private final SignerAgent agent = new SignerAgent(
        queue, LENGTH_MAX, LENGTH_MAX, keys,
        new JournalLookup(journal.newReader(), journal.newReader(), LENGTH_MAX, 256), budget);

    private static InMemoryJournal journal()
    {
        final InMemoryDevice device = new InMemoryDevice(1 << 20);
        final JournalIdentity identity = new JournalIdentity(1, 0, 0, new byte[32]);
        InMemoryJournal.create(device, identity);
        return InMemoryJournal.open(device, identity, new byte[16]).start(Durability.PROCESS, false, 0);
    }

    private void signedByClient(final int clientId)
    {
        assertTrue(queue.verifyClient(clientId, clientId, bytes, 0, bytes.capacity(), bytes, 0));
    }

    @Test
    @DisplayName("What replicas sign is not kept waiting by clients that send again")
    void replicasFirst()
    {
        for (int clientId = 1; clientId <= 100; clientId++)
        {
            signedByClient(clientId);
        }
        assertEquals(1, agent.doWork());
        assertTrue(queue.verifyReplica(1, 3, bytes, 0, bytes.capacity(), bytes, 0));
        assertTrue(queue.sign(2, bytes, 0, bytes.capacity()));
        for (int i = 0; i < 3; i++)
        {
            assertEquals(1, agent.doWork());
        }
        assertEquals(List.of("client 1", "replica 3", "sign", "client 2"), keys.done);
    }

    @Test
    @DisplayName("One that asks for much keeps no other one's reads from their place")
    void readsOfOnePeerAreBounded()
    {
        int taken = 0;
        while (queue.readBatch(2, taken + 1, bytes, 0))
        {
            taken++;
        }
        assertEquals(64, taken);
        assertTrue(queue.readHistory(2, 1, 8), "runs of digests are counted apart");
        assertFalse(queue.readHistory(2, 9, 8), "one at a time");
        assertTrue(queue.readBatch(3, 1, bytes, 0));
        final SignerAgent rich = new SignerAgent(
            queue, LENGTH_MAX, LENGTH_MAX, keys,
            new JournalLookup(journal.newReader(), journal.newReader(), LENGTH_MAX, 256),
            new ReadBudget(() -> 1, 1 << 30));
        for (int i = 0; i < 1_000 && !rich.isIdle(); i++)
        {
            rich.doWork();
        }
        assertTrue(rich.isIdle());
        assertTrue(queue.readBatch(2, 1, bytes, 0) && queue.readHistory(2, 1, 8), "there is room again");
    }

    @Test
    @DisplayName("Reading that has used up its budget keeps no signature waiting")
    void readingWaitsAlone()
    {
        budget.spend(1_000_000);
        assertTrue(queue.readHistory(2, 1, 8));
        agent.doWork();
        assertEquals(0, agent.doWork(), "begun, and out of budget");
        assertTrue(queue.readHistory(3, 1, 8));
        signedByClient(1);
        assertTrue(queue.verifyReplica(1, 3, bytes, 0, bytes.capacity(), bytes, 0));
        agent.doWork();
        agent.doWork();
        assertEquals(List.of("replica 3", "client 1"), keys.done);
        assertTrue(!agent.isIdle() && queue.waitingBytes() > 0, "the readings are still to be done");
    }

    /** Writes down what was asked. */
    private static final class RecordedKeys implements SignatureKeys
    {
        final List<String> done = new ArrayList<>();

        @Override
        public void sign(
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final MutableDirectBuffer signature,
            final int signatureOffset)
        {
            done.add("sign");
        }

        @Override
        public boolean verifyReplica(
            final int replicaId,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final DirectBuffer signature,
            final int signatureOffset)
        {
            done.add("replica " + replicaId);
            return true;
        }

        @Override
        public boolean verifyClient(
            final int clientId,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final DirectBuffer signature,
            final int signatureOffset)
        {
            done.add("client " + clientId);
            return true;
        }
    }
}
