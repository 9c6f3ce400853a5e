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
 * Each rule about what is cut off journals, broken on purpose, is noticed by the test named beside it.
 */
class RetentionMutantsTest
{
    @TempDir
    private Path directory;

    static Stream<RuleMutant> mutants()
    {
        return Stream.of(
            core(
                "R01", "what was said up to the end of a certificate's window may lie before it", "Retention",
                " + parameters.window;", " + 0 * parameters.window;", "cut"),
            core(
                "R02", "a snapshot that stands for what is cut is on the disk", "Retention",
                " || !snapshots.isOldestHeld(durableRecordNumber)", "", "waitsForTheSnapshot"),
            core(
                "R03", "two snapshots stand for what is cut", "Retention",
                "sequences[usable] <= snapshots.oldestNeeded()",
                "sequences[usable] <= snapshots.certifiedSequence()", "cut"),
            core(
                "R04", "nothing of a cut journal is executed that its beginning is missing of", "Recovery",
                " || core.status.executedSequence() < core.snapshotLog.leadsOnFrom()", "", "noSnapshot"),
            core(
                "R05", "a start knows the restart points before it", "Recovery",
                "        core.retention.replayed(", "        core.retention.replayed(0 * ", "startsAgainAndAgain"),
            core(
                "R06", "a restart point says in which view the replica is", "Retention",
                "        view.journal();\n", "", "viewIsKept"),
            new RuleMutant(
                "R07", "what lies in a window that the journal has half of is of the past", "protocol/Recovery.java",
                "        return sequence <= core.snapshotLog.leadsOnFrom();", "        return false;",
                "simulation.RetentionRowsTest", "cutOften"),
            new RuleMutant(
                "R08", "the journal on the device comes to the snapshot that stands for what is cut",
                "protocol/SnapshotLog.java", " && heldRecordNumbers[i] <= durableRecordNumber", "",
                "protocol.SnapshotLogTest", "heldOnceTheJournalOnTheDeviceComesToIt"),
            new RuleMutant(
                "R09", "a start goes on from no snapshot that its journal has not come to, however many are certified",
                "replica/CertifiedSnapshots.java", " && namesAhead.peekFirst().sequence() <= reachedSequence", "",
                "replica.CertifiedSnapshotsTest", "certificatesFarAhead"));
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
            id, rule, "protocol/" + file + ".java", original, replacement, "protocol.RetentionTest", method);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    @DisplayName("A broken rule is noticed by its test, which passes where nothing is broken")
    void killed(final RuleMutant mutant) throws ReflectiveOperationException
    {
        mutant.assertKilled(directory);
    }
}
