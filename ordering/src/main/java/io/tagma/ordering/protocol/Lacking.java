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

/**
 * What this replica lacks, and the STATUS that says so: now and then while all is well, often while something is
 * lacking. From the primary it is the heartbeat, too. {@link Retransmission} answers it elsewhere.
 */
final class Lacking
{
    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final OrderingLog log;
    private final PeerStates peers;
    private final Marks marks;
    private final MessageWriter messages;
    private final Checkpointing checkpointing;
    private long random;
    private long counter;
    private long nextStatusNs;
    private long executedBefore;
    private long progressAtNs;
    private boolean wasActive;
    /** Whether the next STATUS asks for what comes after what is executed, not from the first unfinished on. */
    private boolean isToLookAhead;

    Lacking(final Core core, final Checkpointing checkpointing)
    {
        parameters = core.parameters;
        status = core.status;
        log = core.log;
        peers = core.peers;
        marks = core.marks;
        messages = core.messages;
        this.checkpointing = checkpointing;
        random = parameters.randomSeed * 0x9E37_79B9_7F4A_7C15L + parameters.replicaId + 1;
    }

    /** Sends STATUS when its time has come: soon if something is lacking. */
    boolean tick()
    {
        if (status.executedSequence() != executedBefore)
        {
            executedBefore = status.executedSequence();
            progressAtNs = status.nowNs();
        }
        final boolean isLacking = isLacking();
        if (status.isActive() && !wasActive)
        {
            // Proposals of the new view, sent before it was entered here, were of no use; its primary hears of it.
            isToLookAhead = true;
            nextStatusNs = status.nowNs();
        }
        wasActive = status.isActive();
        if (marks.isNews())
        {
            nextStatusNs = status.nowNs();
        }
        if (isLacking && nextStatusNs - status.nowNs() > parameters.repairIntervalNs * 3 / 2)
        {
            nextStatusNs = status.nowNs() + jittered(parameters.repairIntervalNs);
        }
        if (status.nowNs() < nextStatusNs)
        {
            return false;
        }
        nextStatusNs = status.nowNs() + jittered(
            isLacking ? Math.min(parameters.repairIntervalNs, quietIntervalNs()) : quietIntervalNs());
        send();
        return true;
    }

    /** The primary's STATUS is its heartbeat. */
    private long quietIntervalNs()
    {
        return status.isPrimary() ? parameters.viewChange.heartbeatIntervalNs() : parameters.statusIntervalNs;
    }

    private boolean isLacking()
    {
        final boolean isStuck = status.nowNs() - progressAtNs >= parameters.repairIntervalNs &&
            (status.heardSequence() > status.executedSequence() ||
            peers.credibleExecuted() > status.executedSequence());
        return isStuck || isFarBehind() || checkpointing.isLacking() || 0 != status.awaitedSequence() ||
            !status.isActive();
    }

    private boolean isFarBehind()
    {
        return peers.credibleExecuted() - status.executedSequence() > parameters.batchSlots;
    }

    /** Timers of different replicas must not beat in step: between half and one and a half of the interval. */
    private long jittered(final long intervalNs)
    {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return intervalNs / 2 + Math.floorMod(random, intervalNs);
    }

    /**
     * After a while without progress also what nobody has told of: the proposal and every vote for it may have been
     * lost on their way here, while the others need our vote.
     */
    private long lastToAskFor()
    {
        final boolean isQuiet = status.nowNs() - progressAtNs >= parameters.repairIntervalNs;
        final long unheard = status.executedSequence() + (isQuiet ? parameters.pipelineDepth : 0);
        return Math.max(status.heardSequence(), unheard);
    }

    /**
     * The first sequence that votes still matter for. Mostly the one after what is executed; lower where this replica
     * executed on the COMMITs or the word of others, is not prepared itself, and somebody has yet to execute: our
     * COMMIT may be the one that lacks there.
     */
    long firstUnfinished()
    {
        final long executed = status.executedSequence();
        // Where there are no others, none is behind.
        final long lowest = Math.min(executed, Math.max(
            status.stableSequence(), Math.max(peers.lowestExecuted(), executed - parameters.batchSlots)));
        for (long sequence = lowest + 1; sequence <= executed; sequence++)
        {
            if (isUnfinished(sequence))
            {
                return sequence;
            }
        }
        return executed + 1;
    }

    /** Whether this replica, which has executed it, could still say COMMIT for it and has not. */
    private boolean isUnfinished(final long sequence)
    {
        final OrderingSlot slot = log.slot(sequence);
        return status.isVoting() && !slot.isPrepared() &&
            (slot.accepted.isAbsent() || slot.accepted.is(slot.committed));
    }

    private void send()
    {
        long prePrepares = 0;
        long prepares = 0;
        long commits = 0;
        final long firstUnexecuted = status.executedSequence() + 1;
        final long first = isToLookAhead ? firstUnexecuted : firstUnfinished();
        isToLookAhead = first != firstUnexecuted;
        final long last = Math.min(lastToAskFor(), status.highWatermark());
        for (int i = 0; i < parameters.batchSlots && first + i <= last; i++)
        {
            final long sequence = first + i;
            final long bit = 1L << i;
            if (sequence <= status.stableSequence() ||
                sequence <= status.executedSequence() && !isUnfinished(sequence))
            {
                continue;
            }
            final OrderingSlot slot = log.slot(sequence);
            prePrepares |= slot.accepted.isAbsent() ? bit : 0;
            prepares |= slot.isPrepared() ? 0 : bit;
            commits |= slot.committed.isAbsent() ? bit : 0;
        }
        counter++;
        marks.told();
        messages.status(counter, checkpointing.lastSentSequence(), first, prePrepares, prepares, commits);
    }
}
