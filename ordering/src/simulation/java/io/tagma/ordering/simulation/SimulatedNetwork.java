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

import java.util.Arrays;

/**
 * One directed link for each ordered pair of nodes. Loses, doubles, delays, reorders, garbles, clogs and cuts as its
 * conditions and the seed say; authenticates nothing, as on a real network.
 */
final class SimulatedNetwork
{
    /** Who takes what arrives. */
    interface Receiver
    {
        /**
         * A frame has arrived.
         *
         * @param frame it.
         */
        void onArrival(Frame frame);
    }

    private static final int RECORDED = 1_024;

    private final EventQueue events;
    private final LinkConditions conditions;
    private final SimulationRandom random;
    private final FaultCounts faults;
    private final Receiver receiver;
    private final int nodeCount;
    /** Of link from * nodeCount + to: how many cuts lie on it. */
    private final int[] cuts;
    /** Time before which nothing arrives on the link. */
    private final long[] cloggedUntilNs;
    /** Latest arrival on the link so far, which keeps the order where conditions ask for it. */
    private final long[] lastArrivalNs;
    /** What an eavesdropper remembers: recent frames, and old ones. */
    private final Frame[] recorded = new Frame[RECORDED];
    private long sentFrames;
    private long sentBytes;

    SimulatedNetwork(
        final EventQueue events,
        final int nodeCount,
        final LinkConditions conditions,
        final SimulationRandom random,
        final FaultCounts faults,
        final Receiver receiver)
    {
        this.events = events;
        this.nodeCount = nodeCount;
        this.conditions = conditions;
        this.random = random;
        this.faults = faults;
        this.receiver = receiver;
        cuts = new int[nodeCount * nodeCount];
        cloggedUntilNs = new long[nodeCount * nodeCount];
        lastArrivalNs = new long[nodeCount * nodeCount];
    }

    /**
     * Sends a frame on its way.
     *
     * @param frame to send; not changed.
     */
    void send(final Frame frame)
    {
        sentBytes += frame.length();
        record(frame);
        final int link = link(frame.from, frame.to);
        if (cuts[link] > 0)
        {
            faults.add(Fault.CUT);
            return;
        }
        if (random.chance(conditions.lossPpm))
        {
            faults.add(Fault.LOSS);
            return;
        }
        if (random.chance(conditions.clogPpm))
        {
            faults.add(Fault.CLOG);
            cloggedUntilNs[link] = Math.max(cloggedUntilNs[link], events.nowNs() + conditions.clogNs);
        }
        Frame carried = frame;
        if (random.chance(conditions.garblePpm))
        {
            faults.add(Fault.GARBLE);
            carried = garbled(frame);
        }
        deliver(carried, link);
        if (random.chance(conditions.duplicationPpm))
        {
            faults.add(Fault.DUPLICATION);
            deliver(carried, link);
        }
    }

    /** Half of the places keep what they have for long, so that frames from before a restart are still there. */
    private void record(final Frame frame)
    {
        final int place = (int)(sentFrames++ % RECORDED);
        if (null == recorded[place] || 0 == (place & 1) || 0 == sentFrames % (31 * RECORDED))
        {
            recorded[place] = frame;
        }
        if (random.chance(conditions.replayPpm))
        {
            final Frame old = recorded[random.below((int)Math.min(sentFrames, RECORDED))];
            faults.add(Fault.REPLAY);
            deliver(old, link(old.from, old.to));
        }
    }

    private Frame garbled(final Frame frame)
    {
        return random.chance(100_000) ?
            frame.truncatedTo(random.below(frame.length())) :
            frame.withFlippedBit(random.below(frame.length() * 8));
    }

    private void deliver(final Frame frame, final int link)
    {
        final long nowNs = events.nowNs();
        long arrivalNs = Math.max(nowNs + conditions.drawDelayNs(random), cloggedUntilNs[link]);
        if (conditions.keepsOrder)
        {
            arrivalNs = Math.max(arrivalNs, lastArrivalNs[link]);
        }
        lastArrivalNs[link] = Math.max(lastArrivalNs[link], arrivalNs);
        events.schedule(arrivalNs - nowNs, new Arrival(frame));
    }

    /**
     * Cuts a link; cuts add up.
     *
     * @param from sending node.
     * @param to   receiving node.
     */
    void cut(final int from, final int to)
    {
        cuts[link(from, to)]++;
    }

    /**
     * Takes one cut off a link.
     *
     * @param from sending node.
     * @param to   receiving node.
     */
    void mend(final int from, final int to)
    {
        final int link = link(from, to);
        cuts[link] = Math.max(0, cuts[link] - 1);
    }

    /** Takes all faults away; frames under way still arrive. */
    void heal()
    {
        conditions.heal();
        Arrays.fill(cuts, 0);
    }

    long sentBytes()
    {
        return sentBytes;
    }

    private int link(final int from, final int to)
    {
        return from * nodeCount + to;
    }

    private final class Arrival extends EventQueue.Event
    {
        private final Frame frame;

        private Arrival(final Frame frame)
        {
            this.frame = frame;
        }

        @Override
        void run()
        {
            receiver.onArrival(frame);
        }
    }
}
