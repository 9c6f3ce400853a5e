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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random and mutated messages: whatever comes, a check says something, and says it of the message alone.
 * <p>
 * {@code -Dtagma.fuzz.frames=N} sets how many frames each plane gets, {@code -Dtagma.fuzz.seed=S} makes a run again.
 */
class FuzzTest
{
    private static final int FIRST_TIER_FRAMES = 10_000_000;
    private static final int SECOND_TIER_FRAMES = 100_000_000;
    private static final int ROUNDS_WITHOUT_ALLOCATION = 200_000;

    private static final FrameVerdict[] VERDICTS = FrameVerdict.values();

    /**
     * Each message is checked in a buffer of exactly its size, and again between two neighbours, with two different
     * fillings: a read outside of it throws in the first, and can change the verdict in the others.
     */
    @ParameterizedTest
    @EnumSource(Plane.class)
    @DisplayName("J01 J08 random and mutated frames")
    void everyFrameGetsAVerdictOfItsOwn(final Plane plane)
    {
        final long seed = Long.getLong("tagma.fuzz.seed", System.nanoTime());
        final int frames = Integer.getInteger("tagma.fuzz.frames",
            Integer.getInteger("tagma.test.tier", 1) > 1 ? SECOND_TIER_FRAMES : FIRST_TIER_FRAMES);
        final FrameMutator mutator = new FrameMutator(seed, samplesOf(plane));
        final SharedBuffer zeros = new SharedBuffer((byte)0);
        final SharedBuffer ones = new SharedBuffer((byte)0xFF);
        final UnsafeBuffer exact = new UnsafeBuffer(0, 0);
        final long[] counts = new long[VERDICTS.length];

        for (int i = 0; i < frames; i++)
        {
            final byte[] frame = mutator.next();
            exact.wrap(frame);
            final FrameVerdict verdict = plane.check(exact, 0, frame.length);
            counts[verdict.ordinal()]++;

            final int offset = i & 31;
            if (verdict != zeros.check(plane, frame, offset) || verdict != ones.check(plane, frame, offset))
            {
                assertEquals(verdict, zeros.check(plane, frame, offset), () -> describe(seed, frame));
                assertEquals(verdict, ones.check(plane, frame, offset), () -> describe(seed, frame));
            }
        }

        System.out.println(plane + " seed " + seed + ": " + frames + " frames, " + summary(counts));
        for (final FrameVerdict verdict : VERDICTS)
        {
            assertTrue(counts[verdict.ordinal()] > 0, () -> verdict + " never came up, seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource(Plane.class)
    @DisplayName("J01 a check allocates nothing, whatever it is given")
    void allocatesNothing(final Plane plane)
    {
        final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();
        final UnsafeBuffer[] frames = frames(plane);

        long least = Long.MAX_VALUE;
        for (int run = 0; run < 5; run++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            int passed = 0;
            for (int i = 0; i < ROUNDS_WITHOUT_ALLOCATION; i++)
            {
                final UnsafeBuffer frame = frames[i % frames.length];
                if (FrameVerdict.OK == plane.check(frame, 0, frame.capacity()))
                {
                    passed++;
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            assertTrue(passed > 0);
        }

        assertEquals(0, least);
    }

    @Test
    void theAllocationMeterSeesAllocation()
    {
        final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        final byte[] allocated = new byte[1024];
        final long after = threads.getCurrentThreadAllocatedBytes();

        assertTrue(after - before >= allocated.length);
    }

    /**
     * A check that reads one byte too far is caught by the buffers that the fuzz uses.
     */
    @Test
    @DisplayName("J08 a check that looks at its neighbour is found out")
    void theNeighboursFindAReadOutside()
    {
        final byte[] frame = {1, 2, 3};
        final SharedBuffer zeros = new SharedBuffer((byte)0);
        final SharedBuffer ones = new SharedBuffer((byte)0xFF);
        zeros.put(frame, 4);
        ones.put(frame, 4);

        assertTrue(zeros.buffer().getByte(4 + frame.length) != ones.buffer().getByte(4 + frame.length));
        assertTrue(zeros.buffer().getByte(3) != ones.buffer().getByte(3));
        assertEquals(3, zeros.buffer().getByte(6));
    }

    private static UnsafeBuffer[] frames(final Plane plane)
    {
        final FrameMutator mutator = new FrameMutator(7, samplesOf(plane));
        final UnsafeBuffer[] frames = new UnsafeBuffer[1_000];
        Arrays.setAll(frames, (i) -> new UnsafeBuffer(mutator.next()));
        return frames;
    }

    private static List<byte[]> samplesOf(final Plane plane)
    {
        return Sample.all().stream().filter((sample) -> sample.plane() == plane).map(Sample::message).toList();
    }

    private static String describe(final long seed, final byte[] frame)
    {
        return "seed " + seed + ", frame " + Arrays.toString(frame);
    }

    private static String summary(final long[] counts)
    {
        final Map<FrameVerdict, Long> byVerdict = new EnumMap<>(FrameVerdict.class);
        for (final FrameVerdict verdict : VERDICTS)
        {
            byVerdict.put(verdict, counts[verdict.ordinal()]);
        }
        return byVerdict.entrySet().stream()
            .map((entry) -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    }

    /**
     * A term buffer in small: the message lies between bytes of others.
     */
    private static final class SharedBuffer
    {
        private static final int LENGTH = 8 * 1024;

        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH]);
        private final byte canary;

        SharedBuffer(final byte canary)
        {
            this.canary = canary;
            buffer.setMemory(0, LENGTH, canary);
        }

        UnsafeBuffer buffer()
        {
            return buffer;
        }

        void put(final byte[] frame, final int offset)
        {
            buffer.putBytes(offset, frame);
        }

        FrameVerdict check(final Plane plane, final byte[] frame, final int offset)
        {
            put(frame, offset);
            final FrameVerdict verdict = plane.check(buffer, offset, frame.length);
            buffer.setMemory(offset, frame.length, canary);
            return verdict;
        }
    }
}
