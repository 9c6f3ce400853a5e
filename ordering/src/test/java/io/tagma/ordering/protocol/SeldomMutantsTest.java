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

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules that the seeds of the simulator notice seldom or never when they are broken: each is noticed by the test named
 * beside it.
 */
class SeldomMutantsTest
{
    @TempDir
    private Path directory;

    static Stream<RuleMutant> mutants()
    {
        return Stream.of(ofViews(), ofOthers(), ofKnownSignatures()).flatMap((some) -> some);
    }

    private static Stream<RuleMutant> ofViews()
    {
        return Stream.of(
            new RuleMutant(
                "X26", "progress for others does not reset a request's timer", "protocol/ViewTimers.java",
                "isTiming && hasPassed(oldestNs, timeoutNs())",
                "isTiming && hasPassed(Math.max(oldestNs, progressAtNs), timeoutNs())",
                "protocol.PrimaryRowsTest", "censorship"),
            new RuleMutant(
                "X27", "time-outs double", "protocol/BaseTimeout.java",
                "            timeout *= 2;", "            timeout *= views > Integer.MAX_VALUE ? 2 : 1;",
                "protocol.ViewRowsTest", "longerThanATimeout"),
            new RuleMutant(
                "X28", "a view that others weighing K are at or above is joined", "protocol/PeerStates.java",
                "weightInOrAbove(views[i]) >= quorums.weakQuorum())",
                "weightInOrAbove(views[i]) >= quorums.quorum())",
                "protocol.ViewChangeTest", "joins"),
            new RuleMutant(
                "T16", "who enters a view says STATUS at once", "protocol/Lacking.java",
                "        if (status.isActive() && !wasActive)", "        if (status.isActive() & !status.isActive())",
                "protocol.ViewChangeTest", "proposedTooEarly"),
            new RuleMutant(
                "T17", "it asks for what comes after what it has executed", "protocol/Lacking.java",
                "            isToLookAhead = true;", "            isToLookAhead = status.nowNs() < 0;",
                "protocol.ViewChangeTest", "proposedTooEarlyWithOneBehind"),
            new RuleMutant(
                "T18", "silence that is borne follows the primary's pauses", "protocol/PrimarySilence.java",
                "Math.max(heartbeatsNs, PAUSES * pauseNs)", "heartbeatsNs",
                "protocol.PrimarySilenceTest", "followsItsPauses"),
            new RuleMutant(
                "T19", "who stood still himself has not heard a silence", "protocol/ViewTimers.java",
                "            listeningSinceNs = status.nowNs();\n        }",
                "            listeningSinceNs += 0;\n        }",
                "protocol.ViewChangeTest", "stoodStill"));
    }

    private static Stream<RuleMutant> ofOthers()
    {
        return Stream.of(
            new RuleMutant(
                "X16b", "signatures are counted for equal content", "protocol/CheckpointLog.java",
                "entry.isSigned() && entry.hasContentOf(content);", "entry.isSigned();",
                "protocol.CheckpointRowsTest", "split"),
            new RuleMutant(
                "X17", "what is damaged below a barrier is no torn tail", "journal/RecoveryRules.java",
                "        if (lastRecordNumber < durableRecordNumber)",
                "        if (false & lastRecordNumber < durableRecordNumber)",
                "simulation.JournalRowsTest", "rotAndPowerLoss", "INV8"),
            new RuleMutant(
                "X21", "what cannot be read is not left out", "journal/RecoveryRules.java",
                "        if (!ended)\n        {\n            ended = true;",
                "        if (!ended & ended)\n        {\n            ended = true;",
                "simulation.JournalRowsTest", "rotAndProcessCrash", "INV7"),
            new RuleMutant(
                "X31", "who is behind by more than a window is told what is committed", "protocol/Retransmission.java",
                "        else\n        {\n            outbound.readHistory(peerId, firstSequence,",
                "        else if (firstSequence < 0)\n        {\n" +
                "            outbound.readHistory(peerId, firstSequence,",
                "protocol.CoreClusterTest", "shouldCatchUpWithinAndBeyondTheWindow"),
            new RuleMutant(
                "X33", "each sender has its own places for early votes", "protocol/EarlyVotes.java",
                "        final int place = senderId * window +", "        final int place = 0 * senderId * window +",
                "protocol.EarlyVotesTest", "floodOfLaterViews"),
            new RuleMutant(
                "X34", "tags are checked before signatures", "replica/PeerFrameVerifier.java",
                "        if (!authenticators.fromReplica(peerId).verify(",
                "        if (io.tagma.codecs.peer.CheckpointDecoder.TEMPLATE_ID != templateId &&\n" +
                "            !authenticators.fromReplica(peerId).verify(",
                "replica.HostileTagsTest", "signedUnderWrongTags"),
            new RuleMutant(
                "T13", "those who signed a certificate weigh a quorum", "protocol/CertificateCheck.java",
                "        if (candidate.weight(parameters.quorums) < parameters.quorums.quorum())",
                "        if (candidate.weight(parameters.quorums) < 1)",
                "protocol.CheckpointRowsTest", "tooFewSigners"),
            new RuleMutant(
                "T14", "h of a VIEW-CHANGE is certified", "protocol/StatementChecks.java",
                "        if (0 == cursor.stableSequence())", "        if (cursor.stableSequence() >= 0)",
                "protocol.LyingStatementTest", "inflatedStableCheckpoint"),
            new RuleMutant(
                "T15", "a session's numbers rise by one through a batch", "protocol/NormalCase.java",
                "        if (!hasConsistentNumbers(buffer, offset))",
                "        if (false & !hasConsistentNumbers(buffer, offset))",
                "protocol.ProposalRowsTest", "numbersOutOfOrder"),
            new RuleMutant(
                "Y01", "a session is closed before anything is said of it", "protocol/Execution.java",
                "        if (null != asked && asked.isOpen())", "        if (null != asked & null == asked)",
                "protocol.ResolvingTest", "never"),
            new RuleMutant(
                "Y02", "only its own client asks about a session", "protocol/Resolving.java",
                "        return null == session || session.clientId() != clientId ?",
                "        return null == session ?",
                "protocol.ResolvingTest", "othersSession"));
    }

    private static Stream<RuleMutant> ofKnownSignatures()
    {
        return Stream.of(
            new RuleMutant(
                "T20", "a known signature is that of its signer", "protocol/KnownSignatures.java",
                "signer >= known.length || !isKnown(signer)", "signer >= known.length || !isKnown(signer & 0)",
                "protocol.KnownSignaturesTest", "ofAnotherSigner"),
            new RuleMutant(
                "T21", "a known signature is of its content", "protocol/KnownSignatures.java",
                "content, contentOffset, CheckpointEntry.CONTENT_LENGTH,", "content, contentOffset, 0,",
                "protocol.KnownSignaturesTest", "ofOtherContent"),
            new RuleMutant(
                "T22", "a known signature is the same bytes", "protocol/KnownSignatures.java",
                "            FrameLayout.SIGNATURE_LENGTH, wanted", "            0, wanted",
                "protocol.KnownSignaturesTest", "otherBytes"),
            new RuleMutant(
                "T23", "known signatures must weigh a quorum", "protocol/KnownSignatures.java",
                "certificate.weight(quorums) < quorums.quorum()", "certificate.weight(quorums) < quorums.weakQuorum()",
                "protocol.KnownSignaturesTest", "lessThanAQuorum"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    @DisplayName("A broken rule is noticed by its test, which passes where nothing is broken")
    void killed(final RuleMutant mutant) throws ReflectiveOperationException
    {
        mutant.assertKilled(directory);
    }
}
