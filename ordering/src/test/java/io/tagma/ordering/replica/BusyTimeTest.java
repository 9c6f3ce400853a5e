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
package io.tagma.ordering.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BusyTimeTest
{
    @Test
    void shouldAddUpTheCyclesThatFoundWorkAndNotTheIdlingAfterTheOthers()
    {
        final BusyTime busyTime = new BusyTime();
        busyTime.onDutyCycle(-100, 0);
        busyTime.onDutyCycle(900, 3);
        busyTime.onDutyCycle(907, 1);
        busyTime.onDutyCycle(920, 0);
        busyTime.onDutyCycle(5000, 0);
        busyTime.onDutyCycle(9000, 1);
        assertEquals(2, busyTime.cycles());
        assertEquals(7 + 13, busyTime.sumNs());

        busyTime.onDutyCycle(9001, 0);
        assertEquals(3, busyTime.cycles());
        assertEquals(7 + 13 + 1, busyTime.sumNs());
    }
}
