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
package io.tagma.ordering.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tagma.ordering.protocol.Quorums;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsTest
{
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "3, 0", "4, 1", "6, 1", "7, 2", "64, 21"})
    void tolerateLessThanAThirdOfEqualReplicas(final int replicas, final int faultyWeight)
    {
        final ClusterConfiguration configuration =
            GeneratedCluster.builder().replicas(replicas).seed(1).generate().configuration();

        assertEquals(faultyWeight, configuration.faultyWeight());
        assertEquals(faultyWeight, new Quorums(configuration.weights(), configuration.faultyWeight()).faulty());
    }

    @Test
    void areRefusedWhereOneReplicaAloneWeighsMoreThanWhatMayBeFaulty()
    {
        assertEquals(
            "cluster configuration: replica.2.weight = 3 must be at most the faulty weight of 2: " +
            "the cluster could not go on without this replica",
            assertThrows(
                ConfigurationException.class,
                () -> GeneratedCluster.builder().weights(new int[]{1, 1, 3, 1, 1, 1, 1}).seed(1).generate())
                .getMessage());
    }

    @Test
    void areRefusedForMoreReplicasThanAFrameHasTagsFor()
    {
        assertEquals(
            "cluster configuration: replicas = 65 must be from 1 to 64",
            assertThrows(
                ConfigurationException.class,
                () -> GeneratedCluster.builder().replicas(65).seed(1).generate()).getMessage());
    }
}
