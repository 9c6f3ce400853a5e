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
 * The rules by which a primary is found to be slow, each broken alone.
 */
class PaceMutantsTest
{
    @TempDir
    private Path directory;

    static Stream<RuleMutant> mutants()
    {
        return Stream.of(
            new RuleMutant(
                "P01", "agreed time that stays behind is complained about", "protocol/ViewTimers.java",
                "agreedTimeLag.isTooGreat(idleTimeoutNs) || ", "",
                "protocol.SlowPrimaryTest", "standsInThePast"),
            new RuleMutant(
                "P02", "it must have been behind for a time-out", "protocol/AgreedTimeLag.java",
                "        return status.nowNs() - laggingSinceNs > timeoutNs;",
                "        return status.nowNs() - laggingSinceNs > -timeoutNs;",
                "protocol.SlowPrimaryTest", "standstill"),
            new RuleMutant(
                "P03", "relayed requests that take far longer than they did are complained about",
                "protocol/ViewTimers.java",
                " || relayPace.isSlow(timeoutNs())", "",
                "protocol.SlowPrimaryTest", "delaysEverything"),
            new RuleMutant(
                "P04", "what commits usually take is no slowness of the primary", "protocol/RelayPace.java",
                "Math.max(learnedNs, baseTimeout.usualLatencyNs())", "learnedNs",
                "protocol.SlowPrimaryTest", "slowNetwork"),
            new RuleMutant(
                "P05", "what some commits take is not what they usually take", "protocol/RecentMedian.java",
                "sortedNs[length / 2]", "sortedNs[length - 1]",
                "protocol.SlowPrimaryTest", "delaysEverything"),
            new RuleMutant(
                "P06", "a window is judged by its fastest request", "protocol/RelayPace.java",
                "        fastestNs = Math.min(fastestNs, status.nowNs() - relayedAtNs);",
                "        fastestNs = status.nowNs() - relayedAtNs;",
                "protocol.RelayPaceTest", "fastest"),
            new RuleMutant(
                "P07", "a window with a full batch is not judged", "protocol/RelayPace.java",
                "isFull || fastestNs <= boundNs()", "fastestNs <= boundNs()",
                "protocol.RelayPaceTest", "overload"),
            new RuleMutant(
                "P08", "the bound doubles where the next view is no faster", "protocol/RelayPace.java",
                "Math.min(doublings + 1, DOUBLINGS_MAX)", "0",
                "protocol.RelayPaceTest", "doubles"),
            new RuleMutant(
                "P09", "what was under way when this replica stood still is not counted", "protocol/RelayPace.java",
                " || relayedAtNs - restartedAtNs < 0", "",
                "protocol.RelayPaceTest", "restarted"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    @DisplayName("A broken rule is noticed by its test, which passes where nothing is broken")
    void killed(final RuleMutant mutant) throws ReflectiveOperationException
    {
        mutant.assertKilled(directory);
    }
}
