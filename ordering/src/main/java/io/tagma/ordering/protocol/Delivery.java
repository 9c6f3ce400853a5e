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
 * Takes what is agreed and at hand to execution, in order, and says to the others that it was.
 */
final class Delivery
{
    /** Executions in one go: a long backlog is worked off without starving the network. */
    private static final int EXECUTIONS_PER_BURST = 64;

    private final ReplicaStatus status;
    private final OrderingLog log;
    private final BatchStore store;
    private final Admission admission;
    private final TransferPlan plan;
    private final Execution execution;
    private final Checkpointing checkpointing;
    private final DueCheckpoints due;
    private final Snapshots snapshots;
    private final NormalCase normalCase;
    private final PhaseTimes phaseTimes;
    private final RelayPace relayPace;
    private final NullBatch nullBatch;
    private final Digest toExecute = new Digest();

    Delivery(
        final Core core,
        final Execution execution,
        final Snapshots snapshots,
        final Checkpointing checkpointing,
        final NormalCase normalCase)
    {
        status = core.status;
        log = core.log;
        store = core.store;
        admission = core.admission;
        plan = core.plan;
        phaseTimes = core.phaseTimes;
        relayPace = core.relayPace;
        nullBatch = core.nullBatch;
        due = core.due;
        this.execution = execution;
        this.snapshots = snapshots;
        this.checkpointing = checkpointing;
        this.normalCase = normalCase;
    }

    /** Executes what is committed and at hand, in order. */
    int executeReady()
    {
        int count = 0;
        while (count < EXECUTIONS_PER_BURST && !status.isHalted())
        {
            final long sequence = status.executedSequence() + 1;
            if (sequence > status.highWatermark() || !snapshots.take())
            {
                break;
            }
            final Digest agreed = plan.agreedDigest(sequence);
            if (agreed.isAbsent())
            {
                break;
            }
            toExecute.set(agreed);
            final BatchSlot batch = batchOf(sequence);
            if (null == batch)
            {
                break;
            }
            if (admission.inWindow(sequence))
            {
                log.slot(sequence).commit(toExecute);
            }
            execute(batch);
            count++;
        }
        if (count > 0)
        {
            normalCase.lookAgain();
        }
        return count;
    }

    /** From memory; the null batch can be made where it is wanted. */
    private BatchSlot batchOf(final long sequence)
    {
        final BatchSlot batch = store.find(sequence, toExecute);
        return null == batch && toExecute.is(nullBatch.digest(sequence)) ?
            nullBatch.putInto(store, sequence) : batch;
    }

    /** Also the way of {@link Recovery}. */
    void execute(final BatchSlot batch)
    {
        final long firstPosition = status.nextPosition();
        execution.execute(batch, batch.isJournalled);
        phaseTimes.executed(batch.sequence, status.nextPosition() - firstPosition);
        relayPace.executed(batch);
        if (due.afterExecuted())
        {
            if (due.isWithSnapshot())
            {
                snapshots.due();
            }
            checkpointing.due();
        }
    }
}
