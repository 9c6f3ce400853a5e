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
 * What this replica knows of one sequence number in the window: the digest it accepted, the votes, what was decided.
 * Written by {@link NormalCase} and {@link TakeOver}; {@link StateTransfer} may add what others state as committed.
 */
final class OrderingSlot
{
    /** Digest proposed, accepted or taken over in the current view. Once present it never changes in that view. */
    final Digest accepted = new Digest();
    /** Digest that is committed; may differ from the accepted one if the primary equivocated. Never changes. */
    final Digest committed = new Digest();
    final VoteSet prepares;
    final VoteSet commits;

    private long sequence;
    /** The mark is journalled and COMMIT said. */
    private boolean isPrepared;

    OrderingSlot(final Quorums quorums)
    {
        prepares = new VoteSet(quorums);
        commits = new VoteSet(quorums);
    }

    void reset(final long sequence)
    {
        this.sequence = sequence;
        accepted.clear();
        committed.clear();
        prepares.clear();
        commits.clear();
        isPrepared = false;
    }

    /** The view is left: what was accepted and voted in it is past. */
    void leaveView()
    {
        accepted.clear();
        prepares.clear();
        commits.clear();
        isPrepared = false;
    }

    long sequence()
    {
        return sequence;
    }

    void accept(final Digest digest)
    {
        Invariants.verify(
            accepted.isAbsent() || accepted.is(digest), Invariants.ONE_DIGEST_ACCEPTED, sequence, 0);
        accepted.set(digest);
    }

    void prepared()
    {
        isPrepared = true;
    }

    boolean isPrepared()
    {
        return isPrepared;
    }

    void commit(final Digest digest)
    {
        Invariants.verify(
            committed.isAbsent() || committed.is(digest), Invariants.ONE_DIGEST_COMMITTED, sequence, 0);
        committed.set(digest);
    }

    @Override
    public String toString()
    {
        return sequence + (accepted.isPresent() ? " accepted" : "") + (isPrepared ? " prepared" : "") +
            (committed.isPresent() ? " committed" : "");
    }
}
