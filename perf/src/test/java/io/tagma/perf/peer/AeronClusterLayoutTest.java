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
package io.tagma.perf.peer;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AeronClusterLayoutTest
{
    private final AeronClusterLayout layout = new AeronClusterLayout(3, 20_000);

    @Test
    void noTwoListenAtOnePort()
    {
        final Set<String> endpoints = new HashSet<>();
        int count = 0;
        for (final String member : layout.members().split("\\|"))
        {
            final String[] parts = member.split(",");
            endpoints.addAll(Arrays.asList(parts).subList(1, parts.length));
            endpoints.add(layout.logControlEndpoint(Integer.parseInt(parts[0])));
            count += parts.length;
        }
        assertEquals(count, endpoints.size());
        assertEquals(AeronClusterLayout.portCount(3), endpoints.size());
    }

    @Test
    void aClientIsToldWhereEachNodeTakesRequests()
    {
        assertEquals("0=localhost:20000,1=localhost:20006,2=localhost:20012", layout.ingressEndpoints());
        assertTrue(layout.members().startsWith("0,localhost:20000,"), layout.members());
    }
}
