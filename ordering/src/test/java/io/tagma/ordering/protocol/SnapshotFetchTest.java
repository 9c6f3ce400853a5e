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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.peer.ChunkDecoder;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What is asked of whom while a snapshot is fetched, and what is made of the answers.
 */
class SnapshotFetchTest extends FetchFixture
{
    @BeforeEach
    void start()
    {
        make();
    }

    @Test
    @DisplayName("nothing is fetched while batches are executed, nor what is executed already")
    void onlyWhoIsStuck()
    {
        for (int i = 1; i < 100; i++)
        {
            core.status.executed(i, 0, 1);
            work(10 * MS);
        }
        assertFalse(fetch.isFetching());
        work(STUCK_NS);
        assertTrue(fetch.isFetching());
    }

    @Test
    @DisplayName("all others are asked at once, for different chunks, and it ends with all of them on the disk")
    void fromAllAtOnce()
    {
        begin();
        answerAll(questions());
        final List<Question> second = questions();
        assertEquals(3, second.stream().map(Question::peer).distinct().count(), second.toString());
        final TreeSet<Integer> asked = new TreeSet<>();
        for (final Question question : second)
        {
            chunksOf(question).forEach(chunk -> assertTrue(asked.add(chunk), "asked twice: " + chunk));
        }
        answerAll(second);
        for (int i = 0; i < 20 && outbound.loaded.isEmpty(); i++)
        {
            answerAll(questions());
        }
        assertEquals(CHUNKS, outbound.keptChunks.size());
        assertEquals(CHUNKS, fetch.chunkCount());
        assertEquals(List.of(SEQUENCE), outbound.loaded);
        assertTrue(fetch.onGathered(SEQUENCE, true));
        assertFalse(fetch.onGathered(SEQUENCE, true), "once");
        assertFalse(fetch.isFetching());
    }

    @Test
    @DisplayName("G05: each bit that is wrong in a chunk or its path is noticed; its sender is counted and left out")
    void badChunk()
    {
        final UnsafeBuffer good = chunk(0, SEQUENCE);
        int tried = 0;
        for (int bit = FrameLayout.HEADER_LENGTH * 8; bit < good.capacity() * 8; bit += 5)
        {
            if (isUnderProof(bit / 8, good))
            {
                start();
                begin();
                final Question question = questions().get(0);
                final UnsafeBuffer bad = chunk(0, SEQUENCE);
                bad.putByte(bit / 8, (byte)(bad.getByte(bit / 8) ^ 1 << (bit & 7)));
                assertEquals(Rejection.CHUNK, fetch.onChunk(question.peer(), bad, 0), "bit " + bit);
                assertEquals(1L << question.peer(), fetch.dropped());
                assertTrue(outbound.keptChunks.isEmpty());
                work(0);
                assertTrue(questions().stream().noneMatch(next -> next.peer() == question.peer()));
                tried++;
            }
        }
        assertTrue(tried > 100, "bits tried: " + tried);
    }

    private static boolean isUnderProof(final int index, final UnsafeBuffer message)
    {
        final int block = FrameLayout.HEADER_LENGTH;
        final int path = block + ChunkDecoder.BLOCK_LENGTH;
        final int bytes = path + 4 + Digest.LENGTH * (message.getShort(path + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
        return index >= block + ChunkDecoder.snapshotLengthEncodingOffset() &&
            index < block + ChunkDecoder.chunkNumberEncodingOffset() ||
            index >= path + 4 && index < bytes || index >= bytes + 4;
    }

    @Test
    @DisplayName("G05: the right chunk of an older snapshot, or of another place, is not one of this")
    void rightElsewhere()
    {
        begin();
        final Question question = questions().get(0);
        assertEquals(Rejection.UNWANTED, fetch.onChunk(question.peer(), chunk(0, SEQUENCE - 8), 0));
        final UnsafeBuffer moved = chunk(1, SEQUENCE);
        moved.putInt(
            FrameLayout.HEADER_LENGTH + ChunkDecoder.chunkNumberEncodingOffset(), 0, ByteOrder.LITTLE_ENDIAN);
        assertEquals(Rejection.CHUNK, fetch.onChunk(question.peer(), moved, 0));
    }

    @Test
    @DisplayName("G05: a path of more steps, or fewer, than the tree is high is not one of it")
    void longPath()
    {
        final UnsafeBuffer good = chunk(0, SEQUENCE);
        final int count = FrameLayout.HEADER_LENGTH + ChunkDecoder.BLOCK_LENGTH + 2;
        final int steps = good.getShort(count, ByteOrder.LITTLE_ENDIAN);
        for (final int change : new int[]{ -1, 1 })
        {
            start();
            begin();
            final int end = count + 2 + (steps + Math.min(change, 0)) * Digest.LENGTH;
            final int rest = count + 2 + steps * Digest.LENGTH;
            final UnsafeBuffer bad = new UnsafeBuffer(new byte[good.capacity() + change * Digest.LENGTH]);
            bad.putBytes(0, good, 0, end);
            bad.putShort(count, (short)(steps + change), ByteOrder.LITTLE_ENDIAN);
            bad.putBytes(
                count + 2 + (steps + change) * Digest.LENGTH, good, rest, good.capacity() - rest);
            assertEquals(Rejection.CHUNK, fetch.onChunk(questions().get(0).peer(), bad, 0), "change " + change);
        }
    }

    @Test
    @DisplayName("G13: what was not asked for is not looked at, not even once more")
    void notAskedFor()
    {
        begin();
        final Question question = questions().get(0);
        final int other = 0 == question.peer() ? 1 : 0;
        assertEquals(Rejection.UNWANTED, fetch.onChunk(other, chunk(0, SEQUENCE), 0));
        assertEquals(Rejection.UNWANTED, fetch.onChunk(question.peer(), chunk(9, SEQUENCE), 0));
        assertEquals(Rejection.NONE, fetch.onChunk(question.peer(), chunk(0, SEQUENCE), 0));
        assertEquals(Rejection.UNWANTED, fetch.onChunk(question.peer(), chunk(0, SEQUENCE), 0));
    }

    @Test
    @DisplayName("G07: who does not answer in time is left alone for a while, longer each time, and others are asked")
    void silentSource()
    {
        begin();
        final Question first = questions().get(0);
        long rest = 0;
        for (int round = 0; round < 3; round++)
        {
            final long asked = nowNs;
            final List<Question> others = new ArrayList<>();
            boolean isAskedAgain = false;
            while (!isAskedAgain)
            {
                work(10 * MS);
                for (final Question question : questions())
                {
                    isAskedAgain |= question.peer() == first.peer();
                    others.add(question);
                }
                assertTrue(nowNs - asked < 1_000_000 * MS, "never asked again");
            }
            assertTrue(others.stream().anyMatch(question -> question.first() == first.first()), "asked of others");
            assertTrue(nowNs - asked > rest, "rests longer: " + (nowNs - asked) + " after " + rest);
            rest = nowNs - asked;
        }
    }

    @Test
    @DisplayName("chunks that are on the disk when it begins are not asked for; a restart costs none of them")
    void resumed()
    {
        work(STUCK_NS);
        work(0);
        for (int chunk = 0; chunk < CHUNKS - 2; chunk++)
        {
            fetch.onKept(SEQUENCE, snapshot.length, chunk);
        }
        outbound.takeSent();
        nowNs += 1_000 * MS;
        final TreeSet<Integer> asked = new TreeSet<>();
        for (int i = 0; i < 20; i++)
        {
            work(100 * MS);
            questions().forEach(question -> asked.addAll(chunksOf(question)));
        }
        assertEquals(new TreeSet<>(List.of(CHUNKS - 2, CHUNKS - 1)), asked);
    }

    @Test
    @DisplayName("a chunk that finds no room on its way to the disk is asked for again")
    void noRoom()
    {
        begin();
        final Question question = questions().get(0);
        outbound.keepsChunks = false;
        assertEquals(Rejection.BUDGET, fetch.onChunk(question.peer(), chunk(0, SEQUENCE), 0));
        outbound.keepsChunks = true;
        work(MS);
        assertTrue(questions().stream().anyMatch(next -> chunksOf(next).contains(0)));
    }

    @Test
    @DisplayName("G09: what nobody has any more is given up for what a newer certificate names; what comes in is not")
    void movingTarget()
    {
        begin();
        final UnsafeBuffer newer = new UnsafeBuffer(new byte[Digest.LENGTH]);
        digests.compute(SEQUENCE + 8, new UnsafeBuffer(snapshot), 0, snapshot.length, newer, 0);
        certificate = certificate(core.parameters, SEQUENCE + 8, newer);
        final Question first = questions().get(0);
        for (int chunk = 0; chunk < 5; chunk++)
        {
            work(300 * MS);
            fetch.onKept(SEQUENCE, snapshot.length, chunk);
        }
        assertEquals(List.of(SEQUENCE), outbound.gathered, first.toString());
        for (int i = 0; i < 100 && outbound.gathered.size() < 2; i++)
        {
            work(100 * MS);
        }
        assertEquals(List.of(SEQUENCE, SEQUENCE + 8), outbound.gathered);
        assertEquals(0, fetch.chunkCount());
    }

    @Test
    @DisplayName("G12: who gets there by the log needs no snapshot any more")
    void caughtUpByLog()
    {
        begin();
        core.status.restored(SEQUENCE, 0, 1);
        work(MS);
        assertFalse(fetch.isFetching());
        work(STUCK_NS);
        assertFalse(fetch.isFetching());
    }

    @Test
    @DisplayName("what was kept and proves wrong when it is put together is fetched anew")
    void rottedWhileGathered()
    {
        begin();
        for (int chunk = 0; chunk < CHUNKS; chunk++)
        {
            fetch.onKept(SEQUENCE, snapshot.length, chunk);
        }
        work(MS);
        assertEquals(List.of(SEQUENCE), outbound.loaded);
        assertFalse(fetch.onGathered(SEQUENCE, false));
        work(STUCK_NS);
        work(MS);
        assertEquals(List.of(SEQUENCE, SEQUENCE), outbound.gathered);
    }

    @Test
    @DisplayName("G13: a source sends one asker so much in an interval, and nothing that is not certified")
    void source()
    {
        final SnapshotSource source = new SnapshotSource(core, new SnapshotMessages(core));
        begin();
        final UnsafeBuffer question = outbound.takeSent().get(0).message();
        assertEquals(Rejection.UNWANTED, source.onFetchChunks(0, question, 0), "none is certified");
        core.status.restored(SEQUENCE, 0, 1);
        assertEquals(Rejection.UNWANTED, source.onFetchChunks(0, question, 0), "none is certified");
        core.snapshotLog.certified(SEQUENCE, digest, 0, SEQUENCE);
        assertEquals(Rejection.NONE, source.onFetchChunks(0, question, 0));
        assertEquals(Rejection.NONE, source.onFetchChunks(0, question, 0));
        assertEquals(Rejection.BUDGET, source.onFetchChunks(0, question, 0));
        assertEquals(Rejection.NONE, source.onFetchChunks(1, question, 0), "each has its own");
        assertEquals(3, outbound.chunkReads.size());
        nowNs += 100 * MS;
        core.status.time(nowNs, nowNs);
        assertEquals(Rejection.NONE, source.onFetchChunks(0, question, 0));
    }
}
