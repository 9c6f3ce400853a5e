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
 * What must be true of this replica to say a thing. Every vote passes here, and nothing passes that a correct replica
 * may not say: a failure is our own contradiction and stops the process before the message exists.
 */
final class OutboundGuard
{
    private final ReplicaStatus status;
    private final OrderingLog log;

    OutboundGuard(final ReplicaStatus status, final OrderingLog log)
    {
        this.status = status;
        this.log = log;
    }

    /** We are the primary, vote, and have journalled this very digest; the batch lies in the window. */
    void prePrepare(final long sequence, final Digest digest)
    {
        require(status.isPrimary(), "only the primary proposes", sequence);
        mayVote(sequence);
        require(sequence <= status.proposedSequence(), "a proposal is the next one", sequence);
        require(log.slot(sequence).accepted.is(digest), "a proposal is journalled first", sequence);
    }

    /** We are a backup, vote, and have journalled and accepted this very digest. */
    void prepare(final long sequence, final Digest digest)
    {
        require(!status.isPrimary(), "the primary sends no PREPARE", sequence);
        mayVote(sequence);
        require(log.slot(sequence).accepted.is(digest), "PREPARE follows acceptance", sequence);
    }

    /** We are a backup, vote, and have accepted nothing there: who accepted vouches for every bundle. */
    void held(final long sequence)
    {
        require(!status.isPrimary(), "the primary holds nothing back", sequence);
        mayVote(sequence);
        require(log.slot(sequence).accepted.isAbsent(), "what is accepted is not held back", sequence);
    }

    /** We are prepared with this very digest, and the mark is journalled. */
    void commit(final long sequence, final Digest digest)
    {
        mayVote(sequence);
        final OrderingSlot slot = log.slot(sequence);
        require(slot.isPrepared() && slot.accepted.is(digest), "COMMIT follows the prepared mark", sequence);
    }

    /** We executed exactly to it, so the tree head in it is ours. */
    void checkpoint(final long sequence)
    {
        require(!status.isReplaying(), "nothing is sent while the journal is replayed", sequence);
        require(sequence <= status.executedSequence(), "a checkpoint follows execution", sequence);
    }

    /** We journalled the commit mark of everything up to here. */
    void committed(final long lastSequence)
    {
        require(lastSequence <= status.executedSequence(), "only what is executed is stated", lastSequence);
    }

    private void mayVote(final long sequence)
    {
        require(status.isVoting(), "neither an amnesiac nor a replaying or halted replica votes", sequence);
        require(
            sequence > status.stableSequence() && sequence <= status.highWatermark(),
            "votes lie in the window",
            sequence);
    }

    private static void require(final boolean holds, final String rule, final long sequence)
    {
        if (!holds)
        {
            throw new IllegalStateException(
                "about to say what a correct replica may not, at " + sequence + ": " + rule);
        }
    }
}
