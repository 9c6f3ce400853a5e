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
 * When a checkpoint is due, and which of them with a snapshot: functions of the executed batches alone, the same on
 * every replica. Written by {@link Delivery} after each batch, and by {@link AgreedState} when a snapshot is loaded.
 */
final class DueCheckpoints
{
    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    /** How many were due so far. */
    private long number;
    /** Effective time of the last due one; of the first batch before there is one; 0 before that. */
    private long lastTimeNs;

    DueCheckpoints(final ProtocolParameters parameters, final ReplicaStatus status)
    {
        this.parameters = parameters;
        this.status = status;
    }

    /** Whether the batch that was just executed makes one due. To be asked once after each. */
    boolean afterExecuted()
    {
        if (0 == lastTimeNs)
        {
            lastTimeNs = status.effectiveTimeNs();
        }
        if (0 != status.executedSequence() % parameters.checkpointInterval &&
            status.effectiveTimeNs() - lastTimeNs < parameters.checkpointIntervalMaxNs)
        {
            return false;
        }
        lastTimeNs = status.effectiveTimeNs();
        number++;
        return true;
    }

    /** Whether a snapshot belongs to the one that is due. */
    boolean isWithSnapshot()
    {
        return 0 == number % parameters.snapshots.interval();
    }

    void restored(final long newNumber, final long newLastTimeNs)
    {
        number = newNumber;
        lastTimeNs = newLastTimeNs;
    }

    long number()
    {
        return number;
    }

    long lastTimeNs()
    {
        return lastTimeNs;
    }
}
