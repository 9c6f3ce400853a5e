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

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The invariants about views, each with a good history and a bad one made by hand.
 */
class ViewInvariantsTest extends InvariantScenario
{
    private static final DigestValue NULL_1 = ReferenceSelection.nullDigest(1);
    private static final Map<Integer, DigestValue> THREE = Map.of(0, name(0), 1, name(1), 2, name(2));

    private static DigestValue name(final int signer)
    {
        return new DigestValue(signer, 0, 0, 9);
    }

    private static StatementContent.ViewChange empty(final int signer, final long view)
    {
        return new StatementContent.ViewChange(signer, view, 0, Map.of(), Map.of());
    }

    private static StatementContent.ViewChange claims(
        final int signer, final long view, final DigestValue prepared, final long preparedView)
    {
        return new StatementContent.ViewChange(
            signer, view, 0, Map.of(1L, new StatementContent.Claim(prepared, preparedView)),
            Map.of(1L, Map.of(prepared, preparedView)));
    }

    private Invariant going(final StatementContent.ViewChange... viewChanges)
    {
        final Invariant newView = new NewViewInvariant(verdict, cluster);
        for (final StatementContent.ViewChange viewChange : viewChanges)
        {
            newView.onViewChangeAppended(3, 1, name(viewChange.signer()), viewChange);
        }
        return newView;
    }

    private static StatementContent.NewView newView(final long view, final DigestValue... selected)
    {
        return new StatementContent.NewView((int)(view + SimulationKeys.EPOCH) % 4, view, 0, THREE, List.of(selected));
    }

    @Test
    @DisplayName("INV6: after a batch is committed another one is accepted in a later view")
    void replacedAfterCommit()
    {
        final Invariant lock = new LockInvariant(verdict, cluster);
        lock.onTargetAppended(0, 1, 1);
        lock.onCommittedAppended(0, 2, 1, A);
        lock.onEntryAppended(1, 1, 1, 1, B);
        lock.onSelectedAppended(1, 2, 2, 1, A);
        assertClean();
        lock.onSelectedAppended(2, 3, 2, 1, B);
        assertViolated("INV6 lock");
    }

    @Test
    @DisplayName("INV7: a replica votes below a view that it sent a VIEW-CHANGE for")
    void votesBelow()
    {
        final Invariant ledger = new GhostLedgerInvariant(verdict, cluster);
        ledger.onVoteSent(0, VoteType.PREPARE, 1, 1, A);
        ledger.onStatementSent(0, true, 2, name(0));
        ledger.onStatementSent(0, true, 2, name(0));
        assertClean();
        ledger.onVoteSent(0, VoteType.PREPARE, 1, 2, A);
        assertViolated("INV7 ghost ledger");
    }

    @Test
    @DisplayName("INV7: a replica says two VIEW-CHANGEs for one view")
    void twoStatements()
    {
        final Invariant ledger = new GhostLedgerInvariant(verdict, cluster);
        ledger.onStatementSent(0, true, 2, name(0));
        ledger.onStatementSent(0, false, 2, name(1));
        assertClean();
        ledger.onStatementSent(0, true, 2, name(1));
        assertViolated("INV7 ghost ledger");
    }

    @Test
    @DisplayName("INV7: what is prepared is missing from a VIEW-CHANGE")
    void forgotPrepared()
    {
        final Invariant claims = new ClaimsInvariant(verdict, cluster);
        claims.onEntryAppended(0, 1, 0, 1, A);
        claims.onPreparedAppended(0, 2, 0, 1, A);
        claims.onViewChangeAppended(0, 3, name(0), claims(0, 1, A, 0));
        claims.onViewChangeAppended(0, 3, name(1), empty(1, 1));
        assertClean();
        claims.onViewChangeAppended(0, 4, name(0), empty(0, 2));
        assertViolated("INV7 ghost ledger");
    }

    @Test
    @DisplayName("INV7: a NEW-VIEW that selects otherwise ends a claim as prepared, not one as accepted")
    void superseded()
    {
        final Invariant claims = new ClaimsInvariant(verdict, cluster);
        claims.onEntryAppended(0, 1, 0, 1, A);
        claims.onPreparedAppended(0, 2, 0, 1, A);
        claims.onNewViewAppended(0, 3, name(0), newView(1, NULL_1));
        claims.onViewChangeAppended(0, 4, name(0), new StatementContent.ViewChange(
            0, 2, 0, Map.of(), Map.of(1L, Map.of(A, 0L))));
        assertClean();
        claims.onViewChangeAppended(0, 5, name(0), empty(0, 3));
        assertViolated("INV7 ghost ledger");
    }

    @Test
    @DisplayName("INV8: a VIEW-CHANGE leaves before it is on the device")
    void saidTooEarly()
    {
        final Invariant before = new JournalBeforeSendInvariant(verdict, cluster, new ReferenceExecution(LIMITS));
        before.onViewChangeAppended(0, 5, name(0), empty(0, 1));
        before.onDurable(0, 5);
        before.onStatementSent(0, true, 1, name(0));
        assertClean();
        before.onViewChangeAppended(0, 9, name(1), empty(0, 2));
        before.onStatementSent(0, true, 2, name(1));
        assertViolated("INV8 journal before send");
    }

    @Test
    @DisplayName("INV11: a batch that is prepared and accepted by a weak quorum is taken over")
    void takenOver()
    {
        going(claims(0, 1, A, 0), claims(1, 1, A, 0), empty(2, 1)).onNewViewAppended(3, 9, name(9), newView(1, A));
        assertClean();
        going(claims(0, 1, A, 0), claims(1, 1, A, 0), empty(2, 1))
            .onNewViewAppended(3, 9, name(9), newView(1, NULL_1));
        assertViolated("INV11 new view");
    }

    @Test
    @DisplayName("INV11: what one alone says that it prepared is not taken over")
    void inventedClaim()
    {
        going(claims(0, 1, A, 0), empty(1, 1), empty(2, 1)).onNewViewAppended(3, 9, name(9), newView(1, A));
        assertViolated("INV11 new view");
    }

    @Test
    @DisplayName("INV11: a NEW-VIEW of two VIEW-CHANGEs, or of one for another view, or of another primary")
    void notAQuorum()
    {
        going(empty(0, 1), empty(1, 1), empty(2, 1)).onNewViewAppended(3, 9, name(9), newView(1));
        assertClean();
        going(empty(0, 1), empty(1, 1)).onNewViewAppended(3, 9, name(9), newView(1));
        assertViolated("INV11 new view");
    }

    @Test
    @DisplayName("INV11: a NEW-VIEW that is not its primary's")
    void notThePrimary()
    {
        going(empty(0, 1), empty(1, 1), empty(2, 1)).onNewViewAppended(
            3, 9, name(9), new StatementContent.NewView(1, 1, 0, THREE, List.of()));
        assertViolated("INV11 new view");
    }
}
