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
import io.tagma.ordering.authentication.MacAlgorithm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The cluster file: a properties file with one line for each thing, in one order, so that two equal configurations are
 * two equal texts.
 */
final class ClusterFile
{
    private static final String WHAT = "cluster file";
    private static final Pattern CLUSTER_ID = Pattern.compile("[0-9a-f]{16}");
    private static final String HEADER =
        "# Tagma cluster file. It holds public things only, and must be the same at every member.\n";

    private ClusterFile()
    {
    }

    static void store(final Path file, final ClusterConfiguration configuration)
    {
        PropertiesText.store(WHAT, file, HEADER + text(configuration));
    }

    static ClusterConfiguration load(final Path file)
    {
        final PropertiesText text = PropertiesText.load(WHAT, file);
        final ClusterConfiguration.Builder builder = ClusterConfiguration.builder().source(text.source());

        final String clusterId = text.take("cluster.id");
        if (!CLUSTER_ID.matcher(clusterId).matches())
        {
            throw text.refusal("cluster.id", clusterId, "must be 16 digits of 0-9 and a-f");
        }
        builder.clusterId(HexFormat.fromHexDigitsToLong(clusterId));
        final int epoch = text.takeInt("epoch", 0, Integer.MAX_VALUE);
        builder.epoch(epoch).epochChain(EpochChain.take(text, epoch));
        builder.macAlgorithm(takeMacAlgorithm(text));
        builder.faultyWeight(text.takeInt("faulty.weight", 0, Integer.MAX_VALUE));
        final int replicaCount = text.takeInt("replicas", 1, FrameLayout.MAX_REPLICAS);
        final int clientCount = text.takeInt("clients", 1, ClusterConfiguration.MAX_CLIENTS);

        ClusterLimits limits = new ClusterLimits();
        for (final Limit limit : Limit.values())
        {
            limits = limits.with(limit, text.takeLong(limit.key()));
        }
        builder.limits(limits);
        for (int id = 0; id < replicaCount; id++)
        {
            builder.addReplica(takeReplica(text, "replica." + id));
        }
        for (int id = 1; id <= clientCount; id++)
        {
            builder.addClient(takeClient(text, "client." + id));
        }
        builder.administrators(takeAdministrators(text));
        text.requireNothingLeft();
        return builder.conclude();
    }

    static String text(final ClusterConfiguration configuration)
    {
        final StringBuilder text = new StringBuilder();
        put(text, "cluster.id", HexFormat.of().toHexDigits(configuration.clusterId()));
        put(text, "epoch", configuration.epoch());
        configuration.epochChain().put(text, configuration.epoch());
        put(text, "mac", configuration.macAlgorithm().label());
        put(text, "faulty.weight", configuration.faultyWeight());
        put(text, "replicas", configuration.replicaCount());
        put(text, "clients", configuration.clientCount());
        for (final Limit limit : Limit.values())
        {
            put(text, limit.key(), configuration.limits().get(limit));
        }
        for (int id = 0; id < configuration.replicaCount(); id++)
        {
            putReplica(text, "replica." + id, configuration.replica(id));
        }
        for (int id = 1; id <= configuration.clientCount(); id++)
        {
            putClient(text, "client." + id, configuration.client(id));
        }
        putAdministrators(text, configuration.administrators());
        return text.toString();
    }

    static ReplicaMember takeReplica(final PropertiesText text, final String prefix)
    {
        return new ReplicaMember(
            text.takeEndPoint(prefix + ".peer.endpoint"),
            text.takeEndPoint(prefix + ".ingress.endpoint"),
            text.takeInt(prefix + ".weight", 1, ClusterConfiguration.MAX_WEIGHT),
            text.takeSigningKey(prefix + ".signing.key"),
            text.takeAgreementKey(prefix + ".agreement.key"));
    }

    static ClientMember takeClient(final PropertiesText text, final String prefix)
    {
        return new ClientMember(
            text.has(prefix + ".name") ? text.take(prefix + ".name") : "",
            text.takeSigningKey(prefix + ".signing.key"),
            text.takeAgreementKey(prefix + ".agreement.key"));
    }

    static void putReplica(final StringBuilder text, final String prefix, final ReplicaMember replica)
    {
        put(text, prefix + ".peer.endpoint", replica.peerEndpoint());
        put(text, prefix + ".ingress.endpoint", replica.ingressEndpoint());
        put(text, prefix + ".weight", replica.weight());
        put(text, prefix + ".signing.key", base64(replica.signingKey().encoded()));
        put(text, prefix + ".agreement.key", base64(replica.agreementKey().encoded()));
    }

    static void putClient(final StringBuilder text, final String prefix, final ClientMember client)
    {
        if (!client.name().isEmpty())
        {
            put(text, prefix + ".name", client.name());
        }
        put(text, prefix + ".signing.key", base64(client.signingKey().encoded()));
        put(text, prefix + ".agreement.key", base64(client.agreementKey().encoded()));
    }

    private static Administrators takeAdministrators(final PropertiesText text)
    {
        if (!text.has("administrators"))
        {
            return Administrators.NONE;
        }
        final int count = text.takeInt("administrators", 1, Administrators.MAX);
        final int threshold = text.takeInt("admin.threshold", 1, count);
        final List<Administrator> members = new ArrayList<>();
        for (int number = 1; number <= count; number++)
        {
            members.add(takeAdministrator(text, "administrator." + number));
        }
        return new Administrators(members, threshold);
    }

    private static void putAdministrators(final StringBuilder text, final Administrators administrators)
    {
        if (!administrators.isEmpty())
        {
            put(text, "administrators", administrators.members().size());
            put(text, "admin.threshold", administrators.threshold());
            int number = 1;
            for (final Administrator administrator : administrators.members())
            {
                putAdministrator(text, "administrator." + number++, administrator);
            }
        }
    }

    static Administrator takeAdministrator(final PropertiesText text, final String prefix)
    {
        return new Administrator(text.take(prefix + ".name"), text.takeSigningKey(prefix + ".signing.key"));
    }

    static void putAdministrator(final StringBuilder text, final String prefix, final Administrator administrator)
    {
        put(text, prefix + ".name", administrator.name());
        put(text, prefix + ".signing.key", base64(administrator.signingKey().encoded()));
    }

    private static MacAlgorithm takeMacAlgorithm(final PropertiesText text)
    {
        final String label = text.take("mac");
        final MacAlgorithm algorithm = MacAlgorithm.ofLabel(label);
        if (null == algorithm)
        {
            throw text.refusal("mac", label, "must be " + MacAlgorithm.AES_CMAC.label() + " or " +
                MacAlgorithm.HMAC_SHA_256_128.label());
        }
        return algorithm;
    }

    private static void put(final StringBuilder text, final String key, final Object value)
    {
        text.append(key).append('=').append(value).append('\n');
    }

    private static String base64(final byte[] bytes)
    {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
