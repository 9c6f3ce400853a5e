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

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.FrameLayout;
import org.agrona.DirectBuffer;

/**
 * What happens to hosts, processes and links while faults go on: crashes in the middle of a duty cycle, power losses,
 * partitions; and how it all ends.
 */
final class Nemesis
{
    private static final long MS = 1_000_000L;
    private static final int GARBAGE_MAX = 64;

    private final Simulation simulation;
    private final SimulationConfiguration configuration;
    private final SimulationRandom random;
    private final SimulationRandom snapshots;
    /** Dead for good. */
    private final boolean[] isBuried;
    private long stableSequence;
    /** Replicas that lost what they said and have not come back to vote yet. */
    private final boolean[] forgetful;
    private boolean isOver;

    Nemesis(final Simulation simulation)
    {
        this.simulation = simulation;
        configuration = simulation.configuration();
        random = simulation.random().stream("nemesis");
        snapshots = random.stream("snapshots");
        isBuried = new boolean[configuration.replicaCount];
        forgetful = new boolean[configuration.replicaCount];
    }

    void start()
    {
        if (configuration.partitions || configuration.backupCrashes || configuration.primaryCrashes ||
            configuration.powerLosses)
        {
            scheduleNext();
        }
        for (int i = 0; i < configuration.replicaCount; i++)
        {
            if (configuration.isMortal(i))
            {
                final int mortal = i;
                simulation.schedule(1 + random.below((int)configuration.faultPhaseNs), () -> bury(mortal));
            }
        }
        if (configuration.scriptedCrashReplica >= 0)
        {
            simulation.faults().add(Fault.BACKUP_CRASH);
            simulation.replica(configuration.scriptedCrashReplica).crashAfter(configuration.scriptedCrashEffect);
        }
        if (configuration.cutOffReplica >= 0)
        {
            cutOff(configuration.cutOffReplica, true);
            if (configuration.cutOffNs < configuration.faultPhaseNs)
            {
                simulation.schedule(configuration.cutOffNs, () -> cutOff(configuration.cutOffReplica, false));
            }
        }
        simulation.schedule(configuration.faultPhaseNs, this::end);
    }

    private void scheduleNext()
    {
        simulation.schedule(1 + random.exponential(15 * MS), this::strike);
    }

    private void strike()
    {
        if (isOver)
        {
            return;
        }
        switch (random.below(5))
        {
            case 0 ->
            {
                if (configuration.partitions)
                {
                    partition();
                }
            }
            case 1 ->
            {
                if (configuration.primaryCrashes)
                {
                    crash(primary(), Fault.PRIMARY_CRASH);
                }
            }
            case 2 ->
            {
                if (configuration.powerLosses)
                {
                    losePower();
                }
            }
            default ->
            {
                if (configuration.backupCrashes)
                {
                    crash(drawBackup(), Fault.BACKUP_CRASH);
                }
            }
        }
        scheduleNext();
    }

    private int drawBackup()
    {
        return (primary() + 1 + random.below(configuration.replicaCount - 1)) % configuration.replicaCount;
    }

    /** Of the highest view that anybody is in. */
    private int primary()
    {
        long view = 0;
        for (int i = 0; i < configuration.replicaCount; i++)
        {
            view = simulation.replica(i).isUp() && !configuration.isByzantine(i) ?
                Math.max(view, simulation.replica(i).status().view()) : view;
        }
        return (int)((view + SimulationKeys.EPOCH) % configuration.replicaCount);
    }

    /** It dies and never comes back. */
    private void bury(final int replica)
    {
        simulation.faults().add(Fault.DEATH);
        isBuried[replica] = true;
        if (simulation.replica(replica).isUp())
        {
            simulation.replica(replica).die(0);
        }
    }

    /** A checkpoint became stable somewhere: under torture that is when the primary falls silent. */
    void onAppended(final DirectBuffer record)
    {
        if (!configuration.viewTorture || isOver || !JournalWitness.isCertificate(record))
        {
            return;
        }
        final long sequence = record.getLong(FrameLayout.HEADER_LENGTH, LITTLE_ENDIAN);
        if (sequence > stableSequence)
        {
            stableSequence = sequence;
            final int victim = primary();
            simulation.faults().add(Fault.PARTITION);
            cutOff(victim, true);
            simulation.schedule(
                1 + random.exponential(2 * configuration.viewTimeoutNs),
                () ->
                {
                    if (!isOver)
                    {
                        cutOff(victim, false);
                    }
                });
        }
    }

    private void cutOff(final int replica, final boolean isCut)
    {
        for (int i = 0; i < configuration.replicaCount; i++)
        {
            if (i != replica && isCut)
            {
                cut(replica, i, true, true);
            }
            else if (i != replica)
            {
                mend(replica, i, true, true);
            }
        }
    }

    private void crash(final int replica, final Fault fault)
    {
        if (simulation.replica(replica).isUp())
        {
            simulation.faults().add(fault);
            simulation.replica(replica).crashAfter(random.below(24));
        }
    }

    /** The process is dead: sometimes in the middle of an append. It starts again after a while. */
    void onCrash(final SimulatedReplica replica)
    {
        if (configuration.scriptedCrashLosesPower)
        {
            replica.losePower(0, 0);
        }
        else
        {
            replica.die(random.coin() ? random.below(GARBAGE_MAX) : 0);
        }
        if (configuration.scriptedCrashRots)
        {
            replica.rotJournal();
        }
        restartLater(replica);
    }

    private void restartLater(final SimulatedReplica replica)
    {
        simulation.schedule(1 + random.exponential(random.coin() ? 2 * MS : 40 * MS), () -> restart(replica));
    }

    private void restart(final SimulatedReplica replica)
    {
        if (!replica.isUp() && !isBuried[replica.id()])
        {
            if (snapshots.chance(configuration.snapshotRotPpm))
            {
                replica.rotSnapshot(snapshots.below(1 << 20));
            }
            replica.start();
            if (replica.storage().isBurnt())
            {
                simulation.faults().add(Fault.BURNT_IDENTITY);
                isBuried[replica.id()] = true;
            }
            simulation.wake(replica);
        }
    }

    private void losePower()
    {
        if (configuration.powerDurability && random.chance(200_000))
        {
            for (int i = 0; i < configuration.replicaCount; i++)
            {
                losePower(simulation.replica(i));
            }
        }
        else if (configuration.powerDurability)
        {
            losePower(simulation.replica(random.below(configuration.replicaCount)));
        }
        else
        {
            final int backup = drawBackup();
            if (!configuration.isByzantine(backup) && mayForget(backup))
            {
                forgetful[backup] = true;
                losePower(simulation.replica(backup));
            }
        }
    }

    /** Without syncs at most F may be faulty or have forgotten at a time. */
    private boolean mayForget(final int replica)
    {
        int faulty = Long.bitCount(configuration.byzantineReplicas | configuration.mortalReplicas);
        for (int i = 0; i < forgetful.length; i++)
        {
            if (forgetful[i] && simulation.replica(i).isUp() && 0 == simulation.replica(i).status().awaitedSequence())
            {
                forgetful[i] = false;
            }
            faulty += forgetful[i] && i != replica ? 1 : 0;
        }
        return faulty < (configuration.replicaCount - 1) / 3;
    }

    private void losePower(final SimulatedReplica replica)
    {
        if (!replica.isUp())
        {
            return;
        }
        simulation.faults().add(Fault.POWER_LOSS);
        final int unsynced = replica.storage().unsyncedRecords();
        final int kept = unsynced > 0 ? random.below(unsynced + 1) : 0;
        final int torn = kept < unsynced && random.coin() ? 1 + random.below(200) : 0;
        if (torn > 0)
        {
            simulation.faults().add(Fault.TORN_TAIL);
        }
        replica.losePower(kept, torn);
        restartLater(replica);
    }

    private void partition()
    {
        final int cutOff = random.coin() ? drawBackup() : random.below(configuration.replicaCount);
        final boolean oneWay = random.coin();
        final boolean incoming = random.coin();
        simulation.faults().add(oneWay ? Fault.ONE_WAY_PARTITION : Fault.PARTITION);
        final long other = random.coin() ? -1L : random.nextLong();
        for (int i = 0; i < configuration.replicaCount; i++)
        {
            if (i != cutOff && 0 != (other >>> i & 1))
            {
                cut(cutOff, i, !oneWay || !incoming, !oneWay || incoming);
            }
        }
        simulation.schedule(
            1 + random.exponential(30 * MS),
            () ->
            {
                for (int i = 0; i < configuration.replicaCount && !isOver; i++)
                {
                    if (i != cutOff && 0 != (other >>> i & 1))
                    {
                        mend(cutOff, i, !oneWay || !incoming, !oneWay || incoming);
                    }
                }
            });
    }

    private void cut(final int one, final int other, final boolean outgoing, final boolean incoming)
    {
        if (outgoing)
        {
            simulation.network().cut(one, other);
        }
        if (incoming)
        {
            simulation.network().cut(other, one);
        }
    }

    private void mend(final int one, final int other, final boolean outgoing, final boolean incoming)
    {
        if (outgoing)
        {
            simulation.network().mend(one, other);
        }
        if (incoming)
        {
            simulation.network().mend(other, one);
        }
    }

    /** Faults end: links are whole, and every process is up and stays up. */
    private void end()
    {
        isOver = true;
        simulation.network().heal();
        for (int i = 0; i < configuration.replicaCount; i++)
        {
            simulation.replica(i).crashAfter(Integer.MAX_VALUE);
            restart(simulation.replica(i));
        }
        simulation.onHealed();
    }

    boolean isOver()
    {
        return isOver;
    }
}
