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
 * Each rule about what is held back and who is marked, broken on purpose, is noticed by the test named beside it.
 */
class HeldMutantsTest
{
    @TempDir
    private Path directory;

    static Stream<RuleMutant> mutants()
    {
        return Stream.of(
            held(
                "V01", "a HELD that names a bundle does not vouch for it", "HeldVoices",
                "holds(id, view, sequence, digest) && !names(id, sequence, bundle) ?",
                "holds(id, view, sequence, digest) ?", "namingIsNotVouching"),
            held(
                "V02", "those who vouch weigh K", "HeldBundles",
                "            parameters.quorums.weakQuorum();",
                "            parameters.quorums.weakQuorum() - 1;", "oneVoiceEach"),
            held(
                "V03", "one replica is counted once", "HeldBundles",
                "parameters.quorums.weightOf(others) >=",
                "parameters.quorums.weightOf(others & prepares.votersFor(batch.digest)) + " +
                "parameters.quorums.weightOf(others & voices.vouchersFor(" +
                "status.view(), batch.sequence, batch.digest, bundle)) >=", "oneVoiceEach"),
            held(
                "V04", "a HELD of the primary is refused", "Admission",
                "        if (senderId == status.primary() || senderId == parameters.replicaId)\n        {\n" +
                "            return Rejection.SENDER;\n        }\n        if (!inWindow(sequence))\n        {\n" +
                "            return Rejection.WATERMARK;\n        }\n        if (sequence <= status.executed",
                "        if (!inWindow(sequence))\n        {\n" +
                "            return Rejection.WATERMARK;\n        }\n        if (sequence <= status.executed",
                "oneVoiceEach"),
            held(
                "V05", "a HELD is for one digest", "HeldVoices",
                "sequences[place] == sequence && digest.is(digests, place * Digest.LENGTH);",
                "sequences[place] == sequence && digest.isPresent();", "onlyForItsBatch"),
            held(
                "V06", "what was vouched for stays so", "HeldVoices",
                "isSame && senderId != replicaId ? named[index] & said : said;", "said;", "replayed"),
            held(
                "V07", "a signature is asked for at HELD weighing K", "WantedSignatures",
                "            parameters.quorums.weakQuorum();", "            1;", "wrongSignature"),
            held(
                "V08", "a signature is checked before it is passed on", "SignedRequests",
                "        if (isValid)", "        if (isValid || true)", "wrongSignature"),
            held(
                "V09", "STATUS repeats what is held back", "MessageWriter",
                "        return log.slot(sequence).accepted.isAbsent() &&",
                "        return false & log.slot(sequence).accepted.isAbsent() &&", "statusRepeatsIt"),
            held(
                "V10", "a marked client signs first", "Marks",
                "        return isOwn[clientId] || weights", "        return false && weights",
                "markedClientSignsFirst"),
            held(
                "V11", "a signature that is right goes to all", "WantedSignatures",
                "        if (null == batch || !putSignature(batch, cursor))",
                "        if (null == batch || cursor.count() > 0)", "signatureIsAskedForAndPassedOn"),
            new RuleMutant(
                "V12", "one other replica's mark means nothing", "protocol/Marks.java",
                "weights[clientId] >= quorums.weakQuorum();", "weights[clientId] >= 1;", "protocol.MarksTest",
                "othersCountByWeight"));
    }

    private static RuleMutant held(
        final String id,
        final String rule,
        final String file,
        final String original,
        final String replacement,
        final String method)
    {
        return new RuleMutant(
            id, rule, "protocol/" + file + ".java", original, replacement, "protocol.HeldTest", method);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    @DisplayName("A broken rule is noticed by its test, which passes where nothing is broken")
    void killed(final RuleMutant mutant) throws ReflectiveOperationException
    {
        mutant.assertKilled(directory);
    }
}
