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

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * INV10 apart from the others: the oracle counts votes by itself, and must notice every way to count too few.
 */
class QuorumSoundnessInvariantTest extends InvariantScenario
{
    @Test
    @DisplayName("INV10: prepared by the primary, itself, and the same backup twice")
    void preparedByTooFew()
    {
        // The primary of view 0 is replica 1.
        final Invariant quorums = new QuorumSoundnessInvariant(verdict, cluster);
        quorums.onVoteDelivered(0, 1, VoteType.PRE_PREPARE, 0, 1, A);
        quorums.onEntryAppended(0, 1, 0, 1, A);
        quorums.onVoteDelivered(0, 2, VoteType.PREPARE, 0, 1, A);
        quorums.onPreparedAppended(0, 2, 0, 1, A);
        assertClean();
        quorums.onVoteDelivered(0, 1, VoteType.PRE_PREPARE, 0, 2, A);
        quorums.onEntryAppended(0, 3, 0, 2, A);
        quorums.onVoteDelivered(0, 1, VoteType.PREPARE, 0, 2, A);
        quorums.onVoteDelivered(0, 3, VoteType.PREPARE, 0, 2, B);
        quorums.onPreparedAppended(0, 4, 0, 2, A);
        assertViolated("INV10 quorum soundness");
    }

    @Test
    @DisplayName("INV10: a backup accepts what the primary did not propose to it")
    void acceptedWithoutProposal()
    {
        final Invariant quorums = new QuorumSoundnessInvariant(verdict, cluster);
        quorums.onVoteDelivered(0, 1, VoteType.PRE_PREPARE, 0, 1, A);
        quorums.onEntryAppended(0, 1, 0, 1, A);
        assertClean();
        quorums.onEntryAppended(0, 2, 0, 2, A);
        assertViolated("INV10 quorum soundness");
    }

    @Test
    @DisplayName("INV10: committed by two of four, one of them twice")
    void committedByTooFew()
    {
        final Invariant quorums = new QuorumSoundnessInvariant(verdict, cluster);
        quorums.onVoteDelivered(1, 0, VoteType.COMMIT, 0, 1, A);
        quorums.onVoteDelivered(1, 2, VoteType.COMMIT, 0, 1, A);
        quorums.onVoteDelivered(1, 3, VoteType.COMMIT, 0, 1, A);
        quorums.onCommittedAppended(1, 2, 1, A);
        assertClean();
        quorums.onVoteDelivered(1, 0, VoteType.COMMIT, 0, 2, A);
        quorums.onVoteDelivered(1, 2, VoteType.COMMIT, 0, 2, A);
        quorums.onVoteDelivered(1, 2, VoteType.COMMIT, 0, 2, A);
        quorums.onCommittedAppended(1, 3, 2, A);
        assertViolated("INV10 quorum soundness");
    }

    @Test
    @DisplayName("INV10: committed by votes that were heard in an earlier life")
    void votesOfAnEarlierLife()
    {
        final Invariant quorums = new QuorumSoundnessInvariant(verdict, cluster);
        quorums.onVoteDelivered(1, 0, VoteType.COMMIT, 0, 1, A);
        quorums.onVoteDelivered(1, 2, VoteType.COMMIT, 0, 1, A);
        quorums.onVoteDelivered(1, 3, VoteType.COMMIT, 0, 1, A);
        quorums.onRestarted(1, 0);
        quorums.onCommittedAppended(1, 2, 1, A);
        assertViolated("INV10 quorum soundness");
    }

    @Test
    @DisplayName("INV10: committed by statements of a weak quorum is sound, of one replica is not")
    void committedByStatements()
    {
        final Invariant quorums = new QuorumSoundnessInvariant(verdict, cluster);
        quorums.onStatementDelivered(1, 0, 1, A);
        quorums.onStatementDelivered(1, 2, 1, A);
        quorums.onCommittedAppended(1, 2, 1, A);
        assertClean();
        quorums.onStatementDelivered(1, 0, 2, A);
        quorums.onStatementDelivered(1, 0, 2, A);
        quorums.onCommittedAppended(1, 2, 2, A);
        assertViolated("INV10 quorum soundness");
    }
}
