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
 * Whether what a peer says can be acted on in this state. The sender may lie: a refusal is counted and changes nothing.
 * What needs only bytes and keys was checked before.
 */
final class Admission
{
    private final ProtocolParameters parameters;
    private final ReplicaStatus status;

    Admission(final ProtocolParameters parameters, final ReplicaStatus status)
    {
        this.parameters = parameters;
        this.status = status;
    }

    Rejection ofPrePrepare(final int senderId, final long view, final long sequence)
    {
        if (view != status.view() || !status.isActive())
        {
            return Rejection.VIEW;
        }
        if (senderId != status.primary() || senderId == parameters.replicaId)
        {
            return Rejection.SENDER;
        }
        if (!inWindow(sequence))
        {
            return Rejection.WATERMARK;
        }
        // Its NEW-VIEW has proposed for those up to there.
        return sequence > status.takenOverSequence() ? Rejection.NONE : Rejection.DUPLICATE;
    }

    Rejection ofPrepare(final int senderId, final long view, final long sequence)
    {
        if (view != status.view())
        {
            return Rejection.VIEW;
        }
        if (senderId == status.primary())
        {
            return Rejection.SENDER;
        }
        return inWindow(sequence) ? Rejection.NONE : Rejection.WATERMARK;
    }

    Rejection ofCommit(final long view, final long sequence)
    {
        if (view != status.view())
        {
            return Rejection.VIEW;
        }
        return inWindow(sequence) ? Rejection.NONE : Rejection.WATERMARK;
    }

    /** Only a backup holds back what the primary proposed; it is of use for what may be in memory here. */
    Rejection ofHeld(final int senderId, final long view, final long sequence)
    {
        if (view != status.view())
        {
            return Rejection.VIEW;
        }
        if (senderId == status.primary() || senderId == parameters.replicaId)
        {
            return Rejection.SENDER;
        }
        if (!inWindow(sequence))
        {
            return Rejection.WATERMARK;
        }
        if (sequence <= status.executedSequence())
        {
            return Rejection.DUPLICATE;
        }
        return sequence - status.executedSequence() <= parameters.batchSlots ? Rejection.NONE : Rejection.ROOM;
    }

    /**
     * Above h and within two windows; what is further ahead cannot be needed before what is nearer. From its signer
     * alone: until a signature is checked it takes a place, and whoever may take places in another's name can take all.
     */
    Rejection ofCheckpoint(final int senderId, final int signerId, final long sequence)
    {
        if (signerId != senderId || signerId == parameters.replicaId)
        {
            return Rejection.SENDER;
        }
        final long stable = status.stableSequence();
        return sequence > stable && sequence - stable <= 2L * parameters.window ?
            Rejection.NONE : Rejection.CHECKPOINT;
    }

    /** Only a primary orders what is relayed to it. */
    Rejection ofRelay()
    {
        return status.isPrimary() && status.isVoting() ? Rejection.NONE : Rejection.NOT_PRIMARY;
    }

    /**
     * Subtracting cannot overflow: the stable checkpoint is never negative, and sequences on the wire are not either.
     */
    boolean inWindow(final long sequence)
    {
        final long stable = status.stableSequence();
        return sequence > stable && sequence - stable <= parameters.window;
    }
}
