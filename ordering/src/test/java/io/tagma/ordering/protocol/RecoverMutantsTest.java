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
 * The rules by which a cluster is brought back, each broken once.
 */
class RecoverMutantsTest
{
    @TempDir
    private Path directory;

    static Stream<RuleMutant> mutants()
    {
        return Stream.of(
            core(
                "E01", "what was executed behind the end of an epoch is undone", "Recovery",
                "        return buffer.getLong(sequenceOffset, LITTLE_ENDIAN) <= " +
                "core.parameters.epochs.endOf(epoch());",
                "        return true;", "everyInstant"),
            core(
                "E02", "votes and views of an epoch that is over count no more", "Recovery",
                "        if (epoch() < core.parameters.epoch)",
                "        if (header.templateId() == RecoverDecoder.TEMPLATE_ID)", "everyInstant"),
            core(
                "E03", "an epoch begins behind the certificate that the journal holds", "Recovery",
                " || core.status.stableSequence() != handOver", "", "notGiven"),
            core(
                "E04", "who was not given the RECOVER does not take part", "Recovery",
                "        if (epoch() != core.parameters.epoch)", "        if (epoch() > core.parameters.epoch)",
                "notGiven"),
            core(
                "E05", "a certificate is verified for the epoch of its sequence", "CertificateCheck",
                "parameters.epochs.of(candidate.sequence())", "parameters.epoch", "viewChangeRightAfter"),
            core(
                "E06", "a state is of the epoch of its sequence", "AgreedState",
                "parameters.epochs.of(sequence) == epoch", "parameters.epoch == epoch", "snapshotOfTheEpochBefore"),
            new RuleMutant(
                "E07", "no snapshot is gone on from that a certificate names which was undone",
                "replica/CertifiedSnapshots.java",
                "        names.removeIf(name -> name.certificate() > end);", "",
                "replica.CertifiedSnapshotsTest", "undone"),
            new RuleMutant(
                "E08", "what was undone is told nobody as history", "replica/JournalLookup.java",
                "        if (sequence > index.endAt(recordNumber))", "        if (sequence < 0)",
                "replica.JournalLookupTest", "undone"),
            new RuleMutant(
                "E09", "keys are bound to the RECOVER", "configuration/EpochChain.java",
                "return handOvers.isEmpty() ? new byte[0]", "return handOvers.size() >= 0 ? new byte[0]",
                "configuration.SuccessionTest", "keysAreBoundToTheRecovery"),
            new RuleMutant(
                "E10", "enough different administrators sign", "audit/RecoveryProof.java",
                "            signatures.size() >= threshold,", "            signatures.size() >= threshold - 1,",
                "audit.RecoveryProofTest", "threshold"),
            new RuleMutant(
                "E11", "a signature is for one configuration", "audit/Recoveries.java",
                "signed.administrator() < administrators.members().size() && check.verify(",
                "signed.administrator() < administrators.members().size() || check.verify(",
                "audit.RecoveryProofTest", "otherSignatures"),
            new RuleMutant(
                "E12", "what is signed is the cluster file that follows", "audit/RecoveryProof.java",
                "HexFormat.of().formatHex(after.digest()).equals(file.configuration())", "true",
                "audit.RecoveryProofTest", "otherConfiguration"));
    }

    private static RuleMutant core(
        final String id,
        final String rule,
        final String file,
        final String original,
        final String replacement,
        final String method)
    {
        return new RuleMutant(
            id, rule, "protocol/" + file + ".java", original, replacement, "protocol.RecoverRowsTest", method);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    @DisplayName("A broken rule is noticed")
    void killed(final RuleMutant mutant) throws ReflectiveOperationException
    {
        mutant.assertKilled(directory);
    }
}
