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
package io.tagma.perf.load;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class MachineTest
{
    private static final String ONE_MACHINE =
        "all of it is one machine: no network between the replicas, one power supply";

    @Test
    void saysWhatIsWrongWithASmallMachineAndAShortRun()
    {
        assertEquals(
            List.of(
                "5 processes share 2 processors",
                ONE_MACHINE,
                "the warm-up took 19 s, and the compilers may work for 20 s",
                "it was measured once, which tells no spread"),
            Machine.reservations(5, 2, 19, 1));
    }

    @Test
    void oneMachineStaysOneHoweverLargeItIs()
    {
        assertEquals(List.of(ONE_MACHINE), Machine.reservations(5, 5, 20, 3));
        assertEquals(
            List.of(ONE_MACHINE, "it was measured twice, which tells no spread"), Machine.reservations(5, 64, 20, 2));
    }

    @Test
    void doesNotSpeakOfMachinesThatItDoesNotKnow()
    {
        assertEquals(
            List.of("the client knows neither the replicas' machines nor what else ran there"),
            Machine.reservations(Machine.UNKNOWN, Machine.UNKNOWN, 20, 3));
    }
}
