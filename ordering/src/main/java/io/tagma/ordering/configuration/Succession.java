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

/**
 * From the configuration of one epoch to those before and after it. A RECOVER changes nothing else: the members, their
 * keys and all limits stay what they were.
 */
public final class Succession
{
    private Succession()
    {
    }

    /**
     * The configuration that the cluster was made with.
     *
     * @param configuration of some epoch.
     * @return that of the epoch before any RECOVER.
     */
    public static ClusterConfiguration genesis(final ClusterConfiguration configuration)
    {
        return inEpoch(
            configuration, configuration.epoch() - configuration.epochChain().length(), EpochChain.NONE);
    }

    /**
     * The configuration of the next epoch, if that begins with a RECOVER.
     *
     * @param configuration of the present epoch.
     * @param handOver      behind which the next begins.
     * @return the configuration that administrators sign.
     * @throws ConfigurationException if it would begin before the present epoch did.
     */
    public static ClusterConfiguration next(
        final ClusterConfiguration configuration, final EpochChain.HandOver handOver)
    {
        return inEpoch(configuration, configuration.epoch() + 1, configuration.epochChain().with(handOver));
    }

    /**
     * The configuration of the epoch before.
     *
     * @param configuration of the present epoch.
     * @return that of the epoch before; null if the present one did not begin with a RECOVER.
     */
    public static ClusterConfiguration before(final ClusterConfiguration configuration)
    {
        return null == configuration.epochChain().last() ? null :
            inEpoch(configuration, configuration.epoch() - 1, configuration.epochChain().withoutLast());
    }

    private static ClusterConfiguration inEpoch(
        final ClusterConfiguration other, final int epoch, final EpochChain chain)
    {
        final ClusterConfiguration.Builder builder = ClusterConfiguration.builder()
            .source(other.source())
            .clusterId(other.clusterId())
            .epoch(epoch)
            .epochChain(chain)
            .administrators(other.administrators())
            .macAlgorithm(other.macAlgorithm())
            .faultyWeight(other.faultyWeight())
            .limits(other.limits());
        for (int id = 0; id < other.replicaCount(); id++)
        {
            builder.addReplica(other.replica(id));
        }
        for (int id = 1; id <= other.clientCount(); id++)
        {
            builder.addClient(other.client(id));
        }
        return builder.conclude();
    }
}
