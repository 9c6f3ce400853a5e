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

import io.tagma.ordering.authentication.MacAlgorithm;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.configuration.MemberJoin;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Joins member files into one cluster file. Nothing secret is read or written.
 */
@Command(
    name = "join",
    description = "Joins the member files of all organisations into one cluster file, which holds public things only.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
final class InitJoinCommand extends InitStep
{
    @Option(names = "--cluster", paramLabel = "FILE", required = true, description = "Cluster file to make.")
    private Path file;

    @Option(
        names = "--mac",
        paramLabel = "ALGORITHM",
        converter = MacAlgorithmConverter.class,
        defaultValue = "aes-cmac",
        description = "Message authentication: aes-cmac or hmac-sha-256; aes-cmac unless given.")
    private MacAlgorithm macAlgorithm;

    @Option(
        names = "--faulty-weight",
        paramLabel = "F",
        description = {
            "Greatest weight that may be faulty; less than a third of all unless given.",
            "Members of which none may be faulty are joined only if this is 0."})
    private Integer faultyWeight;

    @Option(
        names = "--admin-threshold",
        paramLabel = "T",
        description = "How many administrators must sign a recovery; more than half of them unless given.")
    private Integer adminThreshold;

    @Parameters(arity = "1..*", paramLabel = "member.properties", description = "Member files.")
    private List<Path> members;

    @Override
    void run(final PrintWriter out)
    {
        final ClusterConfiguration.Builder builder =
            ClusterConfiguration.builder().clusterId(newClusterId()).macAlgorithm(macAlgorithm);
        if (null != faultyWeight)
        {
            builder.faultyWeight(faultyWeight);
        }
        MemberJoin.join(members, null == adminThreshold ? MemberJoin.MAJORITY : adminThreshold, builder);
        final ClusterConfiguration configuration = builder.conclude();
        requireMeant(configuration);
        configuration.store(file);
        ClusterReport.print(out, file, configuration);
        out.println("Compare this SHA-256 with the other organisations before the first start.");
    }

    /** A file that was left out would otherwise pass for a cluster that was never to tolerate anything. */
    private void requireMeant(final ClusterConfiguration configuration)
    {
        if (null == faultyWeight && 0 == configuration.faultyWeight())
        {
            throw new ConfigurationException(
                "F would be 0: with " + configuration.replicaCount() + (1 == configuration.replicaCount() ?
                " replica" : " replicas") + " of these weights none may be faulty, from four of equal weight on " +
                "one may; if that is meant, say --faulty-weight 0");
        }
    }

    private static long newClusterId()
    {
        final SecureRandom random = new SecureRandom();
        long clusterId = random.nextLong();
        while (0 == clusterId)
        {
            clusterId = random.nextLong();
        }
        return clusterId;
    }
}
