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

import io.tagma.codecs.FrameLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether the members of a cluster go together: numbers, weights, and nothing that two of them share.
 */
final class MembershipCheck
{
    private static final String NAME_FORM = "letters, digits, '.', '_' and '-', at most 64 of them";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{0,64}");

    private MembershipCheck()
    {
    }

    static int greatestFaultyWeight(final ReplicaMember[] replicas)
    {
        long total = 0;
        for (final ReplicaMember replica : replicas)
        {
            total += Math.max(0, replica.weight());
        }
        return (int)Math.min((Math.max(1, total) - 1) / 3, Integer.MAX_VALUE);
    }

    static void check(final String source, final ClusterConfiguration configuration)
    {
        require(0 != configuration.clusterId(), source, "cluster.id = 0 stands for no cluster");
        require(configuration.epoch() >= 0, source, "epoch = " + configuration.epoch() + " must be 0 or above");
        checkCounts(source, configuration.replicaCount(), configuration.clientCount());
        checkWeights(source, configuration);
        configuration.epochChain().check(source, configuration.epoch());
        checkThreshold(source, configuration.administrators());
        checkDistinct(source, configuration);
    }

    static void checkCount(final String source, final int administratorCount)
    {
        require(
            administratorCount >= 0 && administratorCount <= Administrators.MAX,
            source,
            "administrators = " + administratorCount + " must be from 0 to " + Administrators.MAX);
    }

    private static void checkThreshold(final String source, final Administrators administrators)
    {
        final int count = administrators.members().size();
        checkCount(source, count);
        require(
            0 == count ? 0 == administrators.threshold() :
            administrators.threshold() >= 1 && administrators.threshold() <= count,
            source,
            "admin.threshold = " + administrators.threshold() + " must be from " + Math.min(1, count) + " to " + count);
    }

    static void checkCounts(final String source, final int replicaCount, final int clientCount)
    {
        require(
            replicaCount >= 1 && replicaCount <= FrameLayout.MAX_REPLICAS,
            source,
            "replicas = " + replicaCount + " must be from 1 to " + FrameLayout.MAX_REPLICAS);
        require(
            clientCount >= 1 && clientCount <= ClusterConfiguration.MAX_CLIENTS,
            source,
            "clients = " + clientCount + " must be from 1 to " + ClusterConfiguration.MAX_CLIENTS);
    }

    static void checkWeight(final String source, final String prefix, final ReplicaMember replica)
    {
        require(
            replica.weight() >= 1 && replica.weight() <= ClusterConfiguration.MAX_WEIGHT,
            source,
            prefix + ".weight = " + replica.weight() + " must be from 1 to " + ClusterConfiguration.MAX_WEIGHT);
    }

    static void checkName(final String source, final String prefix, final Administrator administrator)
    {
        require(
            !administrator.name().isEmpty() && NAME.matcher(administrator.name()).matches(),
            source,
            prefix + ".name = " + administrator.name() + " must be of " + NAME_FORM + ", and not empty");
    }

    static void checkName(final String source, final String prefix, final ClientMember client)
    {
        require(
            NAME.matcher(client.name()).matches(),
            source,
            prefix + ".name = " + client.name() + " must be of " + NAME_FORM);
    }

    private static void checkWeights(final String source, final ClusterConfiguration configuration)
    {
        long total = 0;
        for (int id = 0; id < configuration.replicaCount(); id++)
        {
            checkWeight(source, "replica." + id, configuration.replica(id));
            total += configuration.replica(id).weight();
        }
        final int faultyWeight = configuration.faultyWeight();
        final long faultyWeightMax = (total - 1) / 3;
        require(
            faultyWeight >= 0 && faultyWeight <= faultyWeightMax,
            source,
            "faulty.weight = " + faultyWeight + " must be from 0 to " + faultyWeightMax +
            ", less than a third of the total weight of " + total);
        for (int id = 0; id < configuration.replicaCount(); id++)
        {
            final int weight = configuration.replica(id).weight();
            require(
                0 == faultyWeight || weight <= faultyWeight,
                source,
                "replica." + id + ".weight = " + weight + " must be at most the faulty weight of " + faultyWeight +
                ": the cluster could not go on without this replica");
        }
    }

    private static void checkDistinct(final String source, final ClusterConfiguration configuration)
    {
        final Map<Object, String> seen = new HashMap<>();
        for (int id = 0; id < configuration.replicaCount(); id++)
        {
            final ReplicaMember replica = configuration.replica(id);
            final String prefix = "replica." + id;
            distinct(seen, replica.peerEndpoint().place(), source, prefix + ".peer.endpoint", replica.peerEndpoint());
            distinct(
                seen,
                replica.ingressEndpoint().place(),
                source,
                prefix + ".ingress.endpoint",
                replica.ingressEndpoint());
            distinct(seen, replica.signingKey(), source, prefix + ".signing.key", "");
            distinct(seen, replica.agreementKey(), source, prefix + ".agreement.key", "");
        }
        for (int id = 1; id <= configuration.clientCount(); id++)
        {
            final ClientMember client = configuration.client(id);
            final String prefix = "client." + id;
            checkName(source, prefix, client);
            distinct(seen, client.signingKey(), source, prefix + ".signing.key", "");
            distinct(seen, client.agreementKey(), source, prefix + ".agreement.key", "");
        }
        int number = 1;
        for (final Administrator administrator : configuration.administrators().members())
        {
            final String prefix = "administrator." + number++;
            checkName(source, prefix, administrator);
            distinct(seen, administrator.name(), source, prefix + ".name", administrator.name());
            distinct(seen, administrator.signingKey(), source, prefix + ".signing.key", "");
        }
    }

    private static void distinct(
        final Map<Object, String> seen, final Object value, final String source, final String key, final Object shown)
    {
        final String other = seen.put(value, key);
        final String assignment = key + (shown.toString().isEmpty() ? "" : " = " + shown);
        require(null == other, source, assignment + " is the same as " + other + ": each member needs its own");
    }

    private static void require(final boolean holds, final String source, final String what)
    {
        if (!holds)
        {
            throw new ConfigurationException(source + ": " + what);
        }
    }
}
