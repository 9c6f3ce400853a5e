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
 * Each rule about the transfer of snapshots and of the log, broken on purpose, is noticed by the test named beside it.
 */
class TransferMutantsTest
{
    @TempDir
    private Path directory;

    static Stream<RuleMutant> mutants()
    {
        return Stream.of(
            fetch(
                "W01", "a chunk is proved before it is kept", "SnapshotFetch",
                "        if (!digests.proves(", "        if (false & !digests.proves(", "badChunk"),
            fetch(
                "W02", "the length of a snapshot is proved with each chunk", "SnapshotDigest",
                "LENGTH_OFFSET, length, LITTLE", "LENGTH_OFFSET, 0 * length, LITTLE", "badChunk"),
            fetch(
                "W03", "a path has as many steps as the tree is high", "SnapshotDigest",
                "        if (step != chunk.stepCount())", "        if (step > chunk.stepCount())", "longPath"),
            fetch(
                "W04", "who sent a bad chunk is not asked again", "SnapshotFetch",
                "            dropped |= 1L << senderId;", "            dropped |= 0L << senderId;", "badChunk"),
            fetch(
                "W05", "what was not asked for is not looked at", "SnapshotFetch",
                "            0 == (awaited[senderId] >>> bit & 1))", "            bit < 0)", "notAskedFor"),
            fetch(
                "W06", "who does not answer gives way to others", "SnapshotFetch",
                "            release(peer);\n            rests", "            rests", "silentSource"),
            fetch(
                "W07", "who does not answer is left alone for longer each time", "SnapshotFetch",
                "Math.min(failures[peer] + 1, DOUBLINGS_MAX)", "0 * DOUBLINGS_MAX", "silentSource"),
            fetch(
                "W08", "what is on the disk is not asked for", "SnapshotFetch",
                "        return !has(kept, chunk) && ", "        return ", "resumed"),
            fetch(
                "W09", "what nobody has any more is given up", "SnapshotFetch",
                "        if (isStale && ", "        if (false & isStale && ", "movingTarget"),
            fetch(
                "W10", "one asker is sent so much in an interval", "SnapshotSource",
                "        if (chunkCount[senderId] > CHUNKS_PER_INTERVAL)",
                "        if (chunkCount[senderId] > 9 * CHUNKS_PER_INTERVAL)", "source"),
            fetch(
                "W11", "only what is certified is sent", "SnapshotSource",
                "sequence > log.certifiedSequence() || ", "", "source"),
            new RuleMutant(
                "W12", "the journal says what it lacks before it goes on behind that", "protocol/Snapshots.java",
                "        records.restoredSnapshot(sequence, fetchedDigest);\n", "",
                "simulation.TransferRowsTest", "loss"),
            new RuleMutant(
                "W13", "nothing is executed behind batches that are not there", "protocol/Recovery.java",
                "        if (isBehindGap ||", "        if (isBehindGap & false ||",
                "simulation.TransferRowsTest", "journalsWithAGap"),
            log(
                "W14", "no two are asked for the same batch at once", "StateTransfer",
                "!sources.isUnderWay(sequence) && ", "", "eachOnceFromAll"),
            log(
                "W15", "a source is asked for no more bytes than are safe on their way", "BatchSources",
                "BYTES_UNDER_WAY_MAX / Math.max(1, meanLength)", "batchesMax", "boundedByBytes"),
            log(
                "W16", "who does not answer is left alone for longer each time", "BatchSources",
                "Math.min(failures[source] + 1, DOUBLINGS_MAX)", "0 * DOUBLINGS_MAX", "silentSource"),
            log(
                "W18", "a source is given as long as it takes", "BatchSources",
                "TIMES_USUAL * answerNs[source]", "0 * answerNs[source]", "slowSource"),
            log(
                "W17", "a long run of digests is not stated again at once", "Retransmission",
                "isRecent && firstSequence >=", "isRecent & false && firstSequence >=", "statedOnce"));
    }

    private static RuleMutant log(
        final String id,
        final String rule,
        final String file,
        final String original,
        final String replacement,
        final String method)
    {
        return new RuleMutant(
            id, rule, "protocol/" + file + ".java", original, replacement, "protocol.LogFetchTest", method);
    }

    private static RuleMutant fetch(
        final String id,
        final String rule,
        final String file,
        final String original,
        final String replacement,
        final String method)
    {
        return new RuleMutant(
            id, rule, "protocol/" + file + ".java", original, replacement, "protocol.SnapshotFetchTest", method);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    @DisplayName("A broken rule is noticed by its test, which passes where nothing is broken")
    void killed(final RuleMutant mutant) throws ReflectiveOperationException
    {
        mutant.assertKilled(directory);
    }
}
