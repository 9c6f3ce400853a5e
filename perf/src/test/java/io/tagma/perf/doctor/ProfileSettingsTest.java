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
package io.tagma.perf.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.GeneratedCluster;
import io.tagma.ordering.replica.ReplicaContext;
import io.tagma.ordering.replica.ReplicaSetting;
import io.tagma.tuning.Line;
import io.tagma.tuning.Profile;
import io.tagma.tuning.Wanted;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Profiles know nothing of replicas, so here is where they are held against what a replica takes and needs.
 */
class ProfileSettingsTest
{
    static final List<String> NAMES = Profile.NAMES;

    private static final ClusterConfiguration CLUSTER = GeneratedCluster.builder().seed(1).generate().configuration();

    @ParameterizedTest
    @FieldSource("NAMES")
    void areTakenByAReplica(final String name)
    {
        final ReplicaContext context = new ReplicaContext()
            .cluster(CLUSTER)
            .set(ReplicaSetting.REPLICA_ID, "1")
            .set(ReplicaSetting.DIRECTORY, "nowhere");
        for (final Profile.Setting setting : Profile.named(name).settings())
        {
            assertNotNull(ReplicaSetting.ofKey(setting.key()), setting.key());
            context.set(setting.key(), setting.value(), name);
        }
        // Refuses what is out of range, or does not go together.
        assertEquals(1, context.conclude().replicaId());
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void grantTheSocketBuffersThatAReplicaAsksFor(final String name)
    {
        final long asked = Long.parseLong(ReplicaSetting.SOCKET_BUFFER_LENGTH.defaultValue());
        for (final String what : List.of("sysctl net.core.rmem_max", "sysctl net.core.wmem_max"))
        {
            final Wanted wanted = wanted(name, what);
            assertTrue(wanted.isMetBy(Long.toString(asked)), what);
            assertFalse(wanted.isMetBy(Long.toString(asked - 1)), what);
        }
    }

    @Test
    void wantMoreSpaceThanAReplicaStopsAt()
    {
        final String stopsAt = ReplicaSetting.JOURNAL_FREE_MIN.defaultValue();
        for (final String name : NAMES)
        {
            assertFalse(wanted(name, "space {journal}").isMetBy(stopsAt), name);
        }
    }

    private static Wanted wanted(final String name, final String what)
    {
        return Profile.named(name).lines().stream()
            .filter((line) -> what.equals(line.what())).map(Line::wanted).findFirst().orElseThrow();
    }
}
