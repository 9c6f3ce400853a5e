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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A checker that cannot fail proves nothing: each invariant is shown a good history, and a bad one made by hand.
 */
class InvariantsTest extends InvariantScenario
{
    @Test
    @DisplayName("INV1: two replicas commit different digests at one sequence")
    void disagreement()
    {
        final Invariant agreement = new AgreementInvariant(verdict);
        agreement.onCommittedAppended(0, 10, 1, A);
        agreement.onCommittedAppended(1, 20, 1, A);
        assertClean();
        agreement.onCommittedAppended(2, 30, 1, B);
        assertViolated("INV1 agreement");
    }

    @Test
    @DisplayName("INV2: a replica commits 1 and then 3")
    void gap()
    {
        final Invariant noGap = new NoGapInvariant(verdict, cluster);
        noGap.onCommittedAppended(0, 10, 1, A);
        assertClean();
        noGap.onCommittedAppended(0, 11, 3, A);
        assertViolated("INV2 no gap");
    }

    @Test
    @DisplayName("INV2: a replica commits again after a restart what it had kept")
    void gapBackwards()
    {
        final Invariant noGap = new NoGapInvariant(verdict, cluster);
        noGap.onCommittedAppended(0, 10, 1, A);
        noGap.onCommittedAppended(0, 11, 2, A);
        noGap.onRestarted(0, 10);
        noGap.onCommittedAppended(0, 11, 2, A);
        assertClean();
        noGap.onRestarted(0, 11);
        noGap.onCommittedAppended(0, 12, 2, A);
        assertViolated("INV2 no gap");
    }

    @Test
    @DisplayName("INV2: a replica executes what it has not committed")
    void executesAhead()
    {
        final Invariant noGap = new NoGapInvariant(verdict, cluster);
        noGap.onCommittedAppended(0, 10, 1, A);
        noGap.onState(0, new Invariant.ReplicaState(0, 1, 0, 1, 1, 0));
        assertClean();
        noGap.onState(0, new Invariant.ReplicaState(0, 1, 0, 2, 1, 0));
        assertViolated("INV2 no gap");
    }

    @Test
    @DisplayName("INV3: a batch is journalled under a digest that is not its own")
    void wrongDigest()
    {
        final ValidityInvariant validity = new ValidityInvariant(verdict);
        validity.onBatchAppended(0, EMPTY_1, A, A);
        assertClean();
        validity.onBatchAppended(0, EMPTY_1, A, B);
        assertViolated("INV3 validity");
    }

    @Test
    @DisplayName("INV3: a request is agreed that its client did not make")
    void forgedRequest()
    {
        final ValidityInvariant validity = new ValidityInvariant(verdict);
        final BatchContent batch = Batches.of(1, 1_000, Batches.bundle(1, 1, 5, 1, "x"));
        validity.onMade(batch.requests().get(0));
        validity.onBatchAgreed(batch);
        assertClean();
        validity.onBatchAgreed(Batches.of(2, 1_000, Batches.bundle(1, 1, 5, 1, "y")));
        assertViolated("INV3 validity");
    }

    @Test
    @DisplayName("INV4: a replica's service sees a request twice")
    void executedTwice()
    {
        final ReferenceExecution reference = oneRequest();
        final Invariant exactlyOnce = new ExactlyOnceInvariant(verdict, cluster, reference);
        final Invariant.Execution execution = reference.executions().get(0);
        exactlyOnce.onExecuted(0, execution);
        exactlyOnce.onRestarted(0, 1);
        exactlyOnce.onExecuted(0, execution);
        assertClean();
        exactlyOnce.onExecuted(0, execution);
        assertViolated("INV4 exactly once");
    }

    @Test
    @DisplayName("INV4: a replica executes again what is in the snapshot that it went on from")
    void executedAgainAfterASnapshot()
    {
        final ReferenceExecution reference = oneRequest();
        final ExactlyOnceInvariant exactlyOnce = new ExactlyOnceInvariant(verdict, cluster, reference);
        final Invariant.Execution execution = reference.executions().get(0);
        exactlyOnce.onRestarted(0, 1);
        exactlyOnce.onRestored(0, execution.sequence() - 1, 0);
        exactlyOnce.onExecuted(0, execution);
        assertClean();
        exactlyOnce.onRestarted(0, 1);
        exactlyOnce.onRestored(0, execution.sequence(), 0);
        exactlyOnce.onExecuted(0, execution);
        assertViolated("INV4 exactly once");
    }

    @Test
    @DisplayName("INV4: a replica answers with another result than the history gives")
    void wrongReply()
    {
        final ReferenceExecution reference = oneRequest();
        final ExactlyOnceInvariant exactlyOnce = new ExactlyOnceInvariant(verdict, cluster, reference);
        final ReferenceExecution.Answer answer = reference.answer(1, 1, 1);
        exactlyOnce.onCommittedReply(0, 1, 1, 1, answer.position(), answer.result(), false);
        exactlyOnce.onCommittedReply(0, 1, 1, 1, answer.position(), Sha256Digests.of(answer.result()), true);
        assertClean();
        exactlyOnce.onCommittedReply(0, 1, 1, 1, answer.position(), new byte[16], false);
        assertViolated("INV4 exactly once");
    }

    @Test
    @DisplayName("INV4: a replica answers a request that is not in the history")
    void inventedReply()
    {
        final ExactlyOnceInvariant exactlyOnce = new ExactlyOnceInvariant(verdict, cluster, oneRequest());
        exactlyOnce.onCommittedReply(0, 1, 1, 2, 3, new byte[16], false);
        assertViolated("INV4 exactly once");
    }

    @Test
    @DisplayName("INV5: a tree head is signed that is not the history's")
    void wrongRoot()
    {
        final Invariant checkpoints = new CheckpointInvariant(verdict, cluster);
        final ReferenceMerkleTree tree = new ReferenceMerkleTree();
        for (int sequence = 1; sequence <= 8; sequence++)
        {
            final DigestValue digest = new DigestValue(sequence, 0, 0, 0);
            checkpoints.onCommittedAppended(0, sequence, sequence, digest);
            tree.append(digest);
        }
        checkpoints.onVoteSent(0, VoteType.CHECKPOINT, 0, 8, tree.head(8));
        assertClean();
        checkpoints.onVoteSent(0, VoteType.CHECKPOINT, 0, 8, tree.head(7));
        assertViolated("INV5 checkpoints");
    }

    @Test
    @DisplayName("INV5: two replicas sign different contents at one sequence")
    void differentContents()
    {
        final Invariant checkpoints = new CheckpointInvariant(verdict, cluster);
        checkpoints.onCheckpointSent(0, 8, A);
        checkpoints.onCheckpointSent(1, 8, A);
        assertClean();
        checkpoints.onCheckpointSent(2, 8, B);
        assertViolated("INV5 checkpoints");
    }

    @Test
    @DisplayName("INV5: a checkpoint counts as stable with two right signatures of four")
    void thinCertificate()
    {
        final Invariant checkpoints = new CheckpointInvariant(verdict, cluster);
        final ReferenceMerkleTree tree = new ReferenceMerkleTree();
        checkpoints.onCommittedAppended(0, 1, 1, A);
        tree.append(A);
        checkpoints.onCertificateAppended(0, 2, 1, tree.head(1), 0b0111);
        assertClean();
        checkpoints.onCertificateAppended(0, 2, 1, tree.head(1), 0b0011);
        assertViolated("INV5 checkpoints");
    }

    @Test
    @DisplayName("INV7: a replica votes for another digest after a restart")
    void secondDigest()
    {
        final Invariant ledger = new GhostLedgerInvariant(verdict, cluster);
        ledger.onVoteSent(1, VoteType.PREPARE, 0, 1, A);
        ledger.onRestarted(1, 0);
        ledger.onVoteSent(1, VoteType.PREPARE, 0, 1, A);
        ledger.onVoteSent(1, VoteType.COMMIT, 0, 1, A);
        assertClean();
        ledger.onVoteSent(1, VoteType.PREPARE, 0, 1, B);
        assertViolated("INV7 ghost ledger");
    }

    @Test
    @DisplayName("INV7: a replica votes in a view that it has left")
    void olderView()
    {
        final Invariant ledger = new GhostLedgerInvariant(verdict, cluster);
        ledger.onVoteSent(1, VoteType.PREPARE, 2, 1, A);
        assertClean();
        ledger.onVoteSent(1, VoteType.PREPARE, 1, 2, A);
        assertViolated("INV7 ghost ledger");
    }

    @Test
    @DisplayName("INV8: a vote leaves with no record behind it")
    void voteWithoutRecord()
    {
        final Invariant journal = new JournalBeforeSendInvariant(verdict, cluster, oneRequest());
        journal.onEntryAppended(1, 5, 0, 1, A);
        journal.onVoteSent(1, VoteType.PREPARE, 0, 1, A);
        journal.onPreparedAppended(1, 6, 0, 1, A);
        journal.onVoteSent(1, VoteType.COMMIT, 0, 1, A);
        assertClean();
        journal.onVoteSent(1, VoteType.PREPARE, 0, 2, A);
        assertViolated("INV8 journal before send");
    }

    @Test
    @DisplayName("INV8: under power durability a vote leaves before its record is on the device")
    void voteBeforeSync()
    {
        cluster = new ClusterFacts(4, 8, true, 0);
        final Invariant journal = new JournalBeforeSendInvariant(verdict, cluster, oneRequest());
        journal.onEntryAppended(1, 5, 0, 1, A);
        journal.onDurable(1, 5);
        journal.onVoteSent(1, VoteType.PREPARE, 0, 1, A);
        assertClean();
        journal.onPreparedAppended(1, 6, 0, 1, A);
        journal.onVoteSent(1, VoteType.COMMIT, 0, 1, A);
        assertViolated("INV8 journal before send");
    }

    @Test
    @DisplayName("INV8: a replica states a batch as committed without the mark")
    void statementWithoutMark()
    {
        final Invariant journal = new JournalBeforeSendInvariant(verdict, cluster, oneRequest());
        journal.onCommittedAppended(0, 3, 1, A);
        journal.onCommittedStated(0, 1);
        assertClean();
        journal.onRestarted(0, 2);
        journal.onCommittedStated(0, 1);
        assertViolated("INV8 journal before send");
    }

    @Test
    @DisplayName("INV8: a replica that fetched a snapshot states a batch before it as committed")
    void statementFromASnapshot()
    {
        final Invariant journal = new JournalBeforeSendInvariant(verdict, cluster, oneRequest());
        journal.onSnapshotFetched(0, 9, 2, true);
        journal.onReplied(0, 1, 1, 1, 2);
        assertClean();
        journal.onCommittedStated(0, 2);
        assertViolated("INV8 journal before send");
    }

    @Test
    @DisplayName("INV8: of a snapshot that was fetched a replica repeats the replies that are in it, and no older ones")
    void repliesOfASnapshot()
    {
        final ReferenceExecution reference = oneRequest();
        for (int number = 2; number <= 20; number++)
        {
            reference.execute(Batches.of(number + 1, 2_000, Batches.bundle(1, 1, 1, number, "request")));
        }
        final Invariant journal = new JournalBeforeSendInvariant(verdict, cluster, reference);
        journal.onSnapshotFetched(0, 9, 18, true);
        journal.onReplied(0, 1, 0, 1, 1);
        journal.onReplied(0, 1, 1, 17, 18);
        journal.onReplied(0, 1, 1, 2, 3);
        journal.onCommittedAppended(0, 12, 19, A);
        journal.onReplied(0, 1, 1, 18, 19);
        assertClean();
        journal.onReplied(0, 1, 1, 1, 2);
        assertViolated("INV8 journal before send");
    }

    @Test
    @DisplayName("INV8: a reply to what lies behind the snapshot that was fetched needs the mark")
    void replyBehindASnapshot()
    {
        final Invariant journal = new JournalBeforeSendInvariant(verdict, cluster, oneRequest());
        journal.onSnapshotFetched(0, 9, 1, true);
        journal.onReplied(0, 1, 0, 1, 1);
        assertClean();
        journal.onReplied(0, 1, 1, 1, 2);
        assertViolated("INV8 journal before send");
    }

    @Test
    @DisplayName("INV9: the stable sequence of a replica goes back")
    void goesBack()
    {
        final Invariant monotone = new MonotoneInvariant(verdict, cluster);
        monotone.onState(0, new Invariant.ReplicaState(0, 9, 8, 9, 5, 100));
        monotone.onState(0, new Invariant.ReplicaState(0, 9, 8, 10, 5, 100));
        assertClean();
        monotone.onState(0, new Invariant.ReplicaState(0, 9, 0, 10, 5, 100));
        assertViolated("INV9 monotone");
    }

    @Test
    @DisplayName("INV9: a restarted replica has executed less than its journal says")
    void forgets()
    {
        final Invariant monotone = new MonotoneInvariant(verdict, cluster);
        monotone.onCommittedAppended(0, 4, 1, A);
        monotone.onCommittedAppended(0, 8, 2, A);
        monotone.onState(0, new Invariant.ReplicaState(0, 2, 0, 2, 1, 0));
        monotone.onRestarted(0, 7);
        monotone.onState(0, new Invariant.ReplicaState(0, 1, 0, 1, 1, 0));
        assertClean();
        monotone.onRestarted(0, 7);
        monotone.onState(0, new Invariant.ReplicaState(0, 1, 0, 0, 1, 0));
        assertViolated("INV9 monotone");
    }

    @Test
    @DisplayName("INV14: a replica goes beyond its window, or fills a queue beyond its capacity")
    void outOfBounds()
    {
        final BoundsInvariant bounds = new BoundsInvariant(verdict, cluster);
        bounds.onState(0, new Invariant.ReplicaState(0, 16, 0, 0, 1, 0));
        bounds.onOccupancy(0, "outbox", 10, 10);
        assertClean();
        bounds.onState(0, new Invariant.ReplicaState(0, 17, 0, 0, 1, 0));
        assertViolated("INV14 bounds");
        final Verdict other = new Verdict();
        new BoundsInvariant(other, cluster).onOccupancy(0, "outbox", 11, 10);
        assertNotNull(other.first());
    }

    @Test
    @DisplayName("INV12: a client takes an answer that the history does not give")
    void wrongAnswerAccepted()
    {
        final Oracle oracle = new Oracle(cluster, verdict, LIMITS);
        oracle.answerAccepted(1, 1, 1, 1, new byte[0]);
        assertViolated("INV12 client truth");
    }

    @Test
    @DisplayName("A violation tells invariant, step and time")
    void tellsWhere()
    {
        new AgreementInvariant(verdict).check(false, "replica {} lied", 3);
        assertEquals("INV1 agreement violated at step 7 (9 us): replica 3 lied", verdict.first().toString());
    }

    private static ReferenceExecution oneRequest()
    {
        final ReferenceExecution reference = new ReferenceExecution(LIMITS);
        reference.execute(Batches.of(1, 1_000, Batches.bundle(2, 1, 0, 1, "channel")));
        reference.execute(Batches.of(2, 2_000, Batches.bundle(1, 1, 1, 1, "request")));
        return reference;
    }
}
