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
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.journal.Durability;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutboxTest
{
    private final OutboxFixture process = new OutboxFixture(Durability.PROCESS);
    private final OutboxFixture power = new OutboxFixture(Durability.POWER);

    @Test
    void votesOfOneDutyCycleTravelTogether()
    {
        process.prepare(5);
        process.commit(4);
        process.prepare(6);
        process.drain();
        assertEquals(List.of("1 view 0 p5 p6 c4"), process.loopedBack);
        assertEquals(
            List.of("to 0: view 0 p5 p6 c4", "to 2: view 0 p5 p6 c4", "to 3: view 0 p5 p6 c4"), process.takeSent());
        assertEquals(0, process.drain());
    }

    @Test
    void votesThatTheLoopbackCausesTravelWithTheirCause()
    {
        process.onLoopback = () ->
        {
            if (1 == process.loopedBack.size())
            {
                process.commit(5);
            }
        };
        process.prepare(5);
        process.drain();
        assertEquals(List.of("1 view 0 p5", "1 view 0 c5"), process.loopedBack);
        assertEquals(
            List.of("to 0: view 0 p5 c5", "to 2: view 0 p5 c5", "to 3: view 0 p5 c5"), process.takeSent());
    }

    @Test
    void votesOfTwoViewsTravelApartAndInOrder()
    {
        process.prepare(5);
        process.append();
        process.outbox.prepare(1, 5, process.digest, 0);
        process.drain();
        assertEquals(List.of("1 view 0 p5", "1 view 1 p5"), process.loopedBack);
        assertEquals("to 0: view 0 p5", process.sent.get(0));
        assertEquals("to 0: view 1 p5", process.sent.get(3));
    }

    @Test
    @DisplayName("what speaks in a view that is left is not said, whichever queue it waits in; the rest is")
    void forgetsVotes()
    {
        process.prepare(5);
        process.votesTo(2);
        process.status(1);
        process.outbox.sendTo(2);
        process.votesTo(3);
        process.outbox.forgetVotes();
        process.drain();
        assertEquals(List.of(), process.loopedBack);
        final String length = "message of " + (8 + io.tagma.codecs.peer.StatusEncoder.BLOCK_LENGTH + 16);
        assertEquals(List.of("to 2: " + length), process.takeSent());
        process.votesTo(3);
        process.drain();
        assertEquals(1, process.takeSent().size());
    }

    @Test
    void messagesGoToAllOrToOneAndNotToThoseWhoAreAway()
    {
        process.connected[3] = false;
        process.status(1);
        process.outbox.broadcast();
        process.status(2);
        process.outbox.sendTo(2);
        process.status(3);
        process.outbox.sendTo(3);
        process.drain();
        final String length = "message of " + (8 + io.tagma.codecs.peer.StatusEncoder.BLOCK_LENGTH + 16);
        assertEquals(List.of("to 0: " + length, "to 2: " + length, "to 2: " + length), process.takeSent());
    }

    @Test
    void repliesOfOneDutyCycleTravelTogetherBySession()
    {
        process.append();
        process.reply(1, 9, 1, 100);
        process.reply(1, 9, 2, 0);
        process.reply(2, 10, 1, 7);
        process.reply(1, 9, 3, 100);
        process.reply(1, 0, 1, 0);
        process.drain();
        assertEquals(List.of("reply 1/9: 1 2 3", "reply 2/10: 1", "reply 1/0: 1"), process.takeSent());
        process.reply(2, 10, 2, 7);
        process.drain();
        assertEquals(List.of("reply 2/10: 2"), process.takeSent());
    }

    @Test
    void repliesAreSplitAtTheFrameLimit()
    {
        process.append();
        for (int number = 1; number <= 5; number++)
        {
            process.reply(1, 9, number, 1500);
            process.reply(2, 10, number, 10);
        }
        process.drain();
        assertEquals(
            List.of("reply 1/9: 1 2", "reply 1/9: 3 4", "reply 1/9: 5", "reply 2/10: 1 2 3 4 5"), process.takeSent());
    }

    @Test
    @DisplayName("with durability power nothing leaves, not even to itself, before its record is on the device")
    void waitsForTheDevice()
    {
        power.prepare(5);
        power.status(1);
        power.outbox.sendTo(0);
        power.reply(2, 10, 1, 7);
        assertEquals(0, power.drain());
        assertTrue(power.journal.isSyncRequested());
        assertTrue(power.loopedBack.isEmpty());
        assertTrue(power.sent.isEmpty());

        final long first = power.journal.lastRecordNumber();
        power.prepare(6);
        power.reply(2, 10, 2, 7);
        power.journal.completeSync();
        power.drain();
        assertEquals(List.of(first), power.durable);
        assertEquals(List.of("1 view 0 p5"), power.loopedBack);
        assertEquals("reply 2/10: 1", power.sent.get(power.sent.size() - 1));
        assertEquals(5, power.takeSent().size());

        assertTrue(power.journal.isSyncRequested());
        power.journal.completeSync();
        power.drain();
        assertEquals(List.of("1 view 0 p5", "1 view 0 p6"), power.loopedBack);
        assertEquals(
            List.of("to 0: view 0 p6", "to 2: view 0 p6", "to 3: view 0 p6", "reply 2/10: 2"), power.takeSent());
        power.drain();
        assertFalse(power.journal.isSyncRequested());
    }

    @Test
    void askedSyncIsAnsweredInBothModes()
    {
        process.append();
        process.outbox.requestSync();
        process.drain();
        assertTrue(process.journal.isSyncRequested());
        process.journal.completeSync();
        process.drain();
        assertEquals(List.of(process.journal.lastRecordNumber()), process.durable);
        process.append();
        process.drain();
        assertFalse(process.journal.isSyncRequested());
    }

    @Test
    void fullArenasDropAndCountAndRefuseInputBefore()
    {
        boolean clientsWereRefusedFirst = false;
        while (0 == process.outbox.droppedMessages())
        {
            clientsWereRefusedFirst |= !process.outbox.hasRoomForClients() && process.outbox.hasRoomForPeers();
            process.outbox.claimMessage(4000);
            process.outbox.broadcast();
        }
        assertTrue(clientsWereRefusedFirst);
        assertFalse(process.outbox.hasRoomForPeers());
        process.drain();
        assertTrue(process.outbox.hasRoomForClients());
        assertEquals(0, process.outbox.waitingBytes());

        while (0 == process.outbox.droppedReplies())
        {
            process.reply(1, 9, 1, 1500);
        }
        while (0 == process.outbox.droppedVotes())
        {
            process.prepare(1);
        }
        assertFalse(process.outbox.hasRoomForPeers());
        process.drain();
        assertTrue(process.outbox.hasRoomForClients());
    }

    @Test
    void messagesAboveTheLimitAreOwnMistakes()
    {
        assertThrows(
            IllegalArgumentException.class,
            () -> process.outbox.claimMessage(OutboxFixture.LIMITS.messageLengthMax() + 1));
        assertThrows(IllegalArgumentException.class, () -> process.outbox.claimMessage(0));
    }

    @Test
    @DisplayName("K09 a client that never drains loses its own replies and nobody else's")
    void clientThatDoesNotDrainIsDropped()
    {
        process.isClientDraining = false;
        process.append();
        process.reply(1, 9, 1, 100);
        process.prepare(5);
        process.drain();
        assertEquals(1, process.drainer.droppedReplyFrames());
        assertEquals(3, process.takeSent().size());
        assertEquals(0, process.outbox.waitingBytes());
        process.isClientDraining = true;
        process.reply(3, 77, 1, 100);
        process.reply(2, 10, 1, 100);
        process.drain();
        assertEquals(2, process.drainer.droppedReplyFrames());
        assertEquals(List.of("reply 2/10: 1"), process.takeSent());
    }

    @Test
    void ringsWrapWithoutMixingEntries()
    {
        for (int i = 0; i < 1000; i++)
        {
            power.append();
            power.reply(1, 9, i + 1, (i * 131) % 1400);
            power.status(i);
            power.outbox.sendTo(0);
            if (2 == i % 3)
            {
                power.drain();
                power.journal.completeSync();
                power.drain();
            }
        }
        final long messages = power.sent.stream().filter(line -> line.startsWith("to 0")).count();
        long replies = 0;
        for (final String line : power.sent)
        {
            replies += line.startsWith("reply") ? line.split(" ").length - 2 : 0;
        }
        assertEquals(999, messages);
        assertEquals(999, replies);
    }
}
