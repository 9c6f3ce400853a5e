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

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * How time-outs grow.
 */
class ViewChangeParametersTest
{
    @Test
    @DisplayName("X27 the time-out doubles with each view without progress, up to its ceiling")
    void doublesUpToTheCeiling()
    {
        final long maxNs = 60_000_000_000L;
        final ViewChangeParameters parameters =
            new ViewChangeParameters(ViewChangeParameters.ofDefaults(4, 64).limits(), 1_000_000_000L, maxNs);
        assertEquals(1_000_000_000L, parameters.timeoutNs(0));
        assertEquals(2_000_000_000L, parameters.timeoutNs(1));
        assertEquals(32_000_000_000L, parameters.timeoutNs(5));
        assertEquals(maxNs, parameters.timeoutNs(6));
        assertEquals(maxNs, parameters.timeoutNs(Long.MAX_VALUE));
    }
}
