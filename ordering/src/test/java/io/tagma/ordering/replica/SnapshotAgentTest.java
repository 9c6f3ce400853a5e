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
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.journal.JournalException;
import io.tagma.journal.SnapshotStore;
import io.tagma.ordering.protocol.SnapshotDigest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotAgentTest
{
    private static final int LENGTH = 100_000;

    private final SnapshotDigest digests = new SnapshotDigest(1, 0, 1024, new TestHashing());
    private final List<String> taken = new ArrayList<>();
    @TempDir
    private Path directory;
    private SnapshotStore store;
    private SnapshotAgent agent;
    private boolean isFull;

    @BeforeEach
    void start() throws IOException
    {
        store = new SnapshotStore(
            directory,
            (channel, metadata) ->
            {
                if (isFull)
                {
                    throw new IOException("no room");
                }
            });
        agent = new SnapshotAgent(digests, store, () -> taken.add("woken"));
    }

    @Test
    void itsMemoryIsTakenFromTheCopyUntilTheDigestIsHandedOn() throws IOException
    {
        final MutableDirectBuffer copy = agent.claim();
        for (int i = 0; i < LENGTH; i++)
        {
            copy.putByte(i, (byte)i);
        }
        assertEquals(0, agent.doWork());
        agent.take(8, LENGTH);
        assertNull(agent.claim());
        assertEquals(0, poll());
        assertEquals(1, agent.doWork());
        assertEquals(0, agent.doWork());
        assertNull(agent.claim());
        final byte[] bytes = new byte[LENGTH];
        copy.getBytes(0, bytes);
        assertEquals(new UnsafeBuffer(bytes), store.map(8), "kept before it is said");
        final UnsafeBuffer expected = new UnsafeBuffer(new byte[32]);
        digests.compute(8, copy, 0, LENGTH, expected, 0);
        assertEquals(1, poll());
        assertEquals(0, poll());
        assertEquals(List.of("woken", "8 " + HexFormat.of().formatHex(expected.byteArray())), taken);
        assertNotNull(agent.claim());
        assertEquals(1, agent.count());
        assertEquals(LENGTH, agent.length());
    }

    @Test
    void whatIsBelowTheOldestThatIsNeededIsDeleted() throws IOException
    {
        for (final long sequence : new long[]{ 8, 16, 24 })
        {
            agent.claim().putLong(0, sequence);
            agent.take(sequence, 8);
            agent.doWork();
            poll();
        }
        agent.retain(16);
        assertEquals(List.of(8L, 16L, 24L), store.sequences());
        assertEquals(1, agent.doWork());
        assertEquals(0, agent.doWork());
        assertEquals(List.of(16L, 24L), store.sequences());
    }

    @Test
    @DisplayName("H10 H11: a snapshot that cannot be kept stops the replica, and its digest is not handed on")
    void failure()
    {
        isFull = true;
        agent.claim().putLong(0, 1);
        agent.take(8, 8);
        assertEquals(1, agent.doWork());
        final JournalException failure = assertThrows(JournalException.class, this::poll);
        assertEquals(JournalException.Reason.FAILED, failure.reason());
        assertTrue(failure.getMessage().contains("no room"));
        assertNull(agent.claim());
        assertEquals(List.of("woken"), taken);
    }

    private int poll()
    {
        return agent.poll(new SideResultHandler()
        {
            @Override
            public void onSnapshotTaken(final long sequence, final DirectBuffer digest, final int offset)
            {
                final byte[] bytes = new byte[32];
                digest.getBytes(offset, bytes);
                taken.add(sequence + " " + HexFormat.of().formatHex(bytes));
            }

            @Override
            public void onSigned(final long token, final DirectBuffer signature, final int offset)
            {
                throw new AssertionError("signed");
            }

            @Override
            public void onVerified(final long token, final boolean valid)
            {
                throw new AssertionError("verified");
            }

            @Override
            public void onBatchRead(
                final int peerId, final DirectBuffer storedBatch, final int offset, final int length)
            {
                throw new AssertionError("batch");
            }

            @Override
            public void onHistoryRead(
                final int peerId,
                final long firstSequence,
                final int count,
                final DirectBuffer digests,
                final int digestsOffset,
                final DirectBuffer certificate,
                final int certificateOffset,
                final int certificateLength)
            {
                throw new AssertionError("history");
            }
        });
    }
}
