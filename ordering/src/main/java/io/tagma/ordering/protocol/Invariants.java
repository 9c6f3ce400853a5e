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
 * What must hold of this replica whatever the others do. A violation is our own contradiction, never a peer's lie: the
 * process stops with the invariant's name, and journal and seed reproduce it.
 */
final class Invariants
{
    static final String VIEW_RISES = "views are entered in rising order, each once";
    static final String STABLE_RISES = "the stable checkpoint rises";
    static final String EXECUTION_HAS_NO_GAP = "each batch is executed after the one before it, once";
    static final String EXECUTION_RISES = "a snapshot that is restored is of a later batch than the last executed one";
    static final String TIME_RISES = "effective time does not decrease";
    static final String PROPOSALS_HAVE_NO_GAP = "a primary proposes the next sequence, once";
    static final String EXECUTION_IN_WINDOW = "nothing is executed beyond h + L";
    static final String ONE_DIGEST_ACCEPTED = "one digest is accepted at one view and sequence";
    static final String ONE_DIGEST_COMMITTED = "one digest is committed at one sequence";
    static final String ENTRY_IS_OF_ITS_VIEW = "an entry is of the view of its pre-prepare";
    static final String PREPARED_IS_ACCEPTED = "what is prepared was accepted in that view";
    static final String SELECTION_IN_WINDOW = "a new view takes over at most a window of sequences";
    static final String PLACES_ARE_COUNTED = "a place for a statement is free when nobody refers to it";
    static final String POSITIONS_FOLLOW_EXECUTION = "positions rise by at most the requests executed";

    private final ReplicaStatus status;
    private long view;
    private long stableSequence;
    private long executedSequence;
    private long nextPosition = 1;

    Invariants(final ReplicaStatus status)
    {
        this.status = status;
    }

    static void verify(final boolean holds, final String invariant, final long a, final long b)
    {
        if (!holds)
        {
            throw new IllegalStateException("invariant broken: " + invariant + " (" + a + ", " + b + ")");
        }
    }

    /** Cheap; checked at the end of each burst, in production too. */
    void check()
    {
        verify(status.view() >= view, "the view does not decrease", status.view(), view);
        verify(status.stableSequence() >= stableSequence, STABLE_RISES, status.stableSequence(), stableSequence);
        verify(
            status.executedSequence() >= executedSequence,
            EXECUTION_HAS_NO_GAP,
            status.executedSequence(),
            executedSequence);
        verify(
            status.executedSequence() <= status.highWatermark(),
            EXECUTION_IN_WINDOW,
            status.executedSequence(),
            status.highWatermark());
        verify(status.nextPosition() >= nextPosition, POSITIONS_FOLLOW_EXECUTION, status.nextPosition(), nextPosition);
        view = status.view();
        stableSequence = status.stableSequence();
        executedSequence = status.executedSequence();
        nextPosition = status.nextPosition();
    }
}
