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
package io.tagma.ordering.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the simulator stands on: randomness, time, the network, the references.
 */
class GroundTest
{
    private final EventQueue events = new EventQueue();
    private final FaultCounts faults = new FaultCounts();
    private final List<Frame> arrived = new ArrayList<>();

    @Test
    @DisplayName("Streams: same seed and name, same numbers, whatever was drawn from the root in between")
    void namedStreams()
    {
        final SimulationRandom one = new SimulationRandom(42);
        final SimulationRandom two = new SimulationRandom(42);
        one.nextLong();
        assertEquals(one.stream("network").nextLong(), two.stream("network").nextLong());
        assertNotEquals(two.stream("network").nextLong(), two.stream("disk").nextLong());
        assertNotEquals(two.stream("disk", 0).nextLong(), two.stream("disk", 1).nextLong());
    }

    @Test
    @DisplayName("Draws stay in their ranges and come near their means")
    void ranges()
    {
        final SimulationRandom random = new SimulationRandom(7);
        long sum = 0;
        int heads = 0;
        for (int i = 0; i < 100_000; i++)
        {
            assertTrue(random.below(7) < 7);
            final long between = random.between(-3, 3);
            assertTrue(between >= -3 && between <= 3);
            sum += random.exponential(1_000);
            heads += random.chance(250_000) ? 1 : 0;
        }
        assertEquals(1_000.0, sum / 100_000.0, 50.0);
        assertEquals(25_000, heads, 1_000);
    }

    @Test
    @DisplayName("Events come by time, and in the order scheduled where times are equal")
    void eventOrder()
    {
        final SimulationRandom random = new SimulationRandom(3);
        final List<long[]> ran = new ArrayList<>();
        for (int i = 0; i < 1_000; i++)
        {
            final long delayNs = random.below(50);
            final long order = i;
            events.schedule(delayNs, new EventQueue.Event()
            {
                @Override
                void run()
                {
                    ran.add(new long[]{ delayNs, order });
                }
            });
        }
        for (EventQueue.Event event = events.next(); null != event; event = events.next())
        {
            event.run();
        }
        final List<long[]> sorted = new ArrayList<>(ran);
        sorted.sort((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
        assertEquals(sorted, ran);
        assertEquals(1_000, ran.size());
        assertNull(events.next());
    }

    @Test
    @DisplayName("A link without faults brings every frame once, in order")
    void cleanLink()
    {
        final SimulatedNetwork network = network(new LinkConditions());
        for (int i = 0; i < 100; i++)
        {
            network.send(frame(0, 1, i));
        }
        run();
        assertEquals(100, arrived.size());
        for (int i = 0; i < 100; i++)
        {
            assertEquals(i, arrived.get(i).buffer.getInt(0));
        }
    }

    @Test
    @DisplayName("I01 loss, duplication, garbling and reordering happen about as often as asked")
    void faultyLink()
    {
        final LinkConditions conditions = new LinkConditions();
        conditions.delay = LinkConditions.Delay.EXPONENTIAL;
        conditions.keepsOrder = false;
        conditions.lossPpm = 200_000;
        conditions.duplicationPpm = 300_000;
        conditions.garblePpm = 100_000;
        final SimulatedNetwork network = network(conditions);
        for (int i = 0; i < 10_000; i++)
        {
            network.send(frame(0, 1, i));
        }
        run();
        assertEquals(2_000, faults.of(Fault.LOSS), 300);
        assertEquals(2_400, faults.of(Fault.DUPLICATION), 300);
        assertEquals(800, faults.of(Fault.GARBLE), 200);
        assertEquals(10_000 - faults.of(Fault.LOSS) + faults.of(Fault.DUPLICATION), arrived.size());
        assertTrue(arrived.stream().anyMatch(frame -> Frame.NOBODY == frame.creator));
        int inversions = 0;
        for (int i = 1; i < arrived.size(); i++)
        {
            inversions += arrived.get(i).buffer.capacity() >= 4 && arrived.get(i - 1).buffer.capacity() >= 4 &&
                arrived.get(i).buffer.getInt(0) < arrived.get(i - 1).buffer.getInt(0) ? 1 : 0;
        }
        assertTrue(inversions > 1_000, "reordered " + inversions);
    }

    @Test
    @DisplayName("A cut is of one direction, and lasts until it is mended")
    void cut()
    {
        final SimulatedNetwork network = network(new LinkConditions());
        network.cut(0, 1);
        network.send(frame(0, 1, 1));
        network.send(frame(1, 0, 2));
        run();
        assertEquals(1, arrived.size());
        network.mend(0, 1);
        network.send(frame(0, 1, 3));
        run();
        assertEquals(2, arrived.size());
        assertEquals(1, faults.of(Fault.CUT));
    }

    @Test
    @DisplayName("The reference tree has the heads of RFC 6962")
    void merkleHeads()
    {
        final ReferenceMerkleTree tree = new ReferenceMerkleTree();
        final List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < 33; i++)
        {
            final UnsafeBuffer leaf = new UnsafeBuffer(new byte[33]);
            new DigestValue(i, i, i, i).put(leaf, 1);
            leaves.add(Sha256Digests.of(leaf.byteArray()));
            tree.append(new DigestValue(i, i, i, i));
        }
        assertEquals(value(leaves.get(0)), tree.head(1));
        assertEquals(value(node(leaves.get(0), leaves.get(1))), tree.head(2));
        assertEquals(value(node(node(leaves.get(0), leaves.get(1)), leaves.get(2))), tree.head(3));
        for (int size = 1; size <= 33; size++)
        {
            assertEquals(value(recursive(leaves.subList(0, size))), tree.head(size));
        }
    }

    private static byte[] recursive(final List<byte[]> leaves)
    {
        if (1 == leaves.size())
        {
            return leaves.get(0);
        }
        int split = 1;
        while (split * 2 < leaves.size())
        {
            split *= 2;
        }
        return node(recursive(leaves.subList(0, split)), recursive(leaves.subList(split, leaves.size())));
    }

    private static byte[] node(final byte[] left, final byte[] right)
    {
        return Sha256Digests.of(new byte[]{ 1 }, left, right);
    }

    @ParameterizedTest
    @CsvSource({ "NONE,0,0", "AHEAD,3600000000000,3600000000000", "BEHIND,-3600000000000,-3600000000000",
        "FROZEN,0,-600000000", "FAST,0,6000000", "SLOW,0,-6000000" })
    @DisplayName("I06 a wall clock goes wrong as asked, from a quarter of the fault phase to its end; no other does")
    void clocksGoWrongAsAsked(final ClockFault fault, final long atStartNs, final long laterNs)
    {
        final SimulationConfiguration configuration = SimulationConfiguration.calm(4);
        configuration.faultPhaseNs = 1_000_000_000L;
        configuration.clockFault = fault;
        configuration.clockFaultReplicas = 1L << 2;
        final WallClocks clocks = new WallClocks(6, configuration);
        final long[][] wanted = {
            { 249_999_999L, 0 }, { 250_000_000L, atStartNs }, { 850_000_000L, laterNs }, { 1_000_000_000L, 0 } };
        for (final long[] moment : wanted)
        {
            assertEquals(WallClocks.EPOCH_NS + moment[0] + moment[1], clocks.timeNs(2, moment[0]));
            assertEquals(WallClocks.EPOCH_NS + moment[0], clocks.timeNs(3, moment[0]));
            assertEquals(WallClocks.EPOCH_NS + moment[0], clocks.timeNs(5, moment[0]));
        }
    }

    private static DigestValue value(final byte[] bytes)
    {
        return DigestValue.at(new UnsafeBuffer(bytes), 0);
    }

    @Test
    @DisplayName("L01 L02: the reference executes a number once, and a repeated or far one not at all")
    void referenceExecutesOnce()
    {
        final ReferenceExecution reference =
            new ReferenceExecution(new ReferenceExecution.Limits(4, 16, 64, 16, 1_000_000L, 1_000_000L));
        reference.execute(Batches.of(1, 1_000, Batches.bundle(2, 1, 0, 1, "channel")));
        reference.execute(Batches.of(2, 2_000, Batches.bundle(1, 1, 1, 1, "a", "b")));
        reference.execute(Batches.of(
            3, 3_000, Batches.bundle(1, 1, 1, 2, "other", "c"), Batches.bundle(1, 1, 1, 9, "far")));
        assertEquals(3, reference.executions().size());
        assertEquals(List.of(2L, 3L, 4L), positions(reference));
        assertEquals(2, reference.skipped());
        assertEquals(2, reference.answer(1, 1, 1).position());
        assertEquals(4, reference.answer(1, 1, 3).position());
        assertNull(reference.answer(1, 1, 9));
        assertEquals(3, reference.sequenceOf(4));
    }

    @Test
    @DisplayName("The reference closes a session that agreed time outlived, and forgets it a window later")
    void referenceTimesOut()
    {
        final ReferenceExecution reference =
            new ReferenceExecution(new ReferenceExecution.Limits(1, 16, 64, 2, 1_000_000L, 1_500_000L));
        reference.execute(Batches.of(1, 1_000, Batches.bundle(2, 1, 0, 1, "channel")));
        reference.execute(Batches.of(2, 100_000_000L));
        reference.execute(Batches.of(3, 100_000_000L, Batches.bundle(2, 1, 0, 2, "full")));
        reference.execute(Batches.of(4, 100_000_000L, Batches.bundle(1, 1, 1, 1, "late")));
        assertEquals(Collections.emptyList(), positions(reference));
        assertNull(reference.answer(1, 0, 2));
        reference.execute(Batches.of(5, 100_000_000L));
        reference.execute(Batches.of(6, 100_000_000L, Batches.bundle(2, 1, 0, 3, "again")));
        assertEquals(2, reference.answer(1, 0, 3).position());
    }

    @Test
    @DisplayName("A frame whose flipped bit is flipped back is its maker's again; with another one it is nobody's")
    void flippedTwice()
    {
        final Frame made = frame(0, 1, 5);
        final Frame flipped = made.withFlippedBit(17);
        assertEquals(Frame.NOBODY, flipped.creator);
        assertEquals(Frame.NOBODY, flipped.withFlippedBit(18).creator);
        assertEquals(0, flipped.withFlippedBit(17).creator);
        assertEquals(0, flipped.withFlippedBit(18).withFlippedBit(17).withFlippedBit(18).creator);
    }

    private static List<Long> positions(final ReferenceExecution reference)
    {
        return reference.executions().stream().map(Invariant.Execution::position).toList();
    }

    private SimulatedNetwork network(final LinkConditions conditions)
    {
        return new SimulatedNetwork(events, 2, conditions, new SimulationRandom(11), faults, arrived::add);
    }

    private static Frame frame(final int from, final int to, final int content)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[16]);
        buffer.putInt(0, content);
        return new Frame(from, to, from, buffer, 0, 16);
    }

    private void run()
    {
        for (EventQueue.Event event = events.next(); null != event; event = events.next())
        {
            event.run();
        }
    }
}
