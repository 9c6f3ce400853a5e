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
package io.tagma.ordering.cli;

import io.tagma.ordering.configuration.Administrator;
import io.tagma.ordering.configuration.Administrators;
import io.tagma.ordering.configuration.ClusterConfiguration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is said of a cluster that was just made: who is in it, and what it stands.
 */
final class ClusterReport
{
    private ClusterReport()
    {
    }

    static void print(final PrintWriter out, final Path file, final ClusterConfiguration configuration)
    {
        final int faultyWeight = configuration.faultyWeight();
        out.println("Cluster " + HexFormat.of().toHexDigits(configuration.clusterId()) + ", epoch " +
            configuration.epoch() + ": " + count(configuration.replicaCount(), "replica") + " of total weight " +
            IntStream.of(configuration.weights()).sum() + ", " + count(configuration.clientCount(), "client") + ", " +
            configuration.macAlgorithm().label() + ".");
        if (0 == faultyWeight)
        {
            out.println("F = 0: no faulty replica is tolerated. If one stops, ordering stops; if one lies, it may be " +
                "believed; and with durability = process a loss of power loses what was not yet on the device. " +
                "From four replicas of equal weight on, one may be faulty.");
        }
        else
        {
            out.println("F = " + faultyWeight + ": replicas of a total weight of " + faultyWeight +
                " may be faulty, whatever they do.");
        }
        final Administrators administrators = configuration.administrators();
        out.println(administrators.isEmpty() ?
            "No administrators: if hosts of more than F lose power at once, a cluster of durability = process stops " +
            "for good, and nobody can bring it back." :
            "Administrators: " + administrators.members().stream().map(Administrator::name)
                .collect(Collectors.joining(", ")) + "; " + administrators.threshold() + " of them must sign a " +
            "recovery.");
        out.println("  cluster file " + file + ": public, the same for all; SHA-256 " +
            HexFormat.of().formatHex(configuration.digest()));
    }

    private static String count(final int number, final String what)
    {
        return number + " " + what + (1 == number ? "" : "s");
    }
}
