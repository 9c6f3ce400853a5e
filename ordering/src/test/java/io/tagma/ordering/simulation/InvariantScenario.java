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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.BeforeEach;

/**
 * Four replicas that an invariant watches, and what it must say of them.
 */
abstract class InvariantScenario
{
    static final DigestValue A = new DigestValue(1, 2, 3, 4);
    static final DigestValue B = new DigestValue(5, 6, 7, 8);
    static final BatchContent EMPTY_1 = new BatchContent(1, 1_000, new byte[0]);
    static final ReferenceExecution.Limits LIMITS =
        new ReferenceExecution.Limits(4, 16, 64, 16, 1_000_000_000L, 1_000_000_000L);

    final Verdict verdict = new Verdict();
    ClusterFacts cluster;

    @BeforeEach
    final void fourReplicas()
    {
        cluster = new ClusterFacts(4, 8, false, 0);
        verdict.at(7, 9_000);
    }

    final void assertClean()
    {
        assertNull(verdict.first());
    }

    final void assertViolated(final String invariant)
    {
        assertNotNull(verdict.first(), "nothing was flagged");
        assertEquals(invariant, verdict.first().invariant());
    }
}
