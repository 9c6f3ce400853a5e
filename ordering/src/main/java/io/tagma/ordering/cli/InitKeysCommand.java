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

import io.tagma.ordering.authentication.IdentityKeys;
import io.tagma.ordering.authentication.KeyDirectory;
import io.tagma.ordering.configuration.Administrator;
import io.tagma.ordering.configuration.ClientMember;
import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.configuration.EndPoint;
import io.tagma.ordering.configuration.GeneratedCluster;
import io.tagma.ordering.configuration.MemberFile;
import io.tagma.ordering.configuration.ReplicaMember;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Makes the private keys of one member where they shall stay, and the member file with what is public of it.
 */
@Command(
    name = "keys",
    description = {
        "Makes the keys of one replica, client or administrator, and the member file to give to whoever joins the",
        "cluster."},
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
final class InitKeysCommand extends InitStep
{
    @Option(names = "--dir", paramLabel = "DIR", required = true, description = "Directory of the member.")
    private Path directory;

    @ArgGroup(multiplicity = "1")
    private Kind kind;

    @Option(names = "--id", description = "Id, if it was agreed on: a replica's from 0, a client's from 1.")
    private Integer id;

    @Option(
        names = "--name",
        defaultValue = "",
        description = "Client: a name for people to read. Administrator: the name that it signs by.")
    private String name;

    @Option(
        names = "--weight",
        paramLabel = "W",
        defaultValue = "1",
        description = "Replica: its weight; 1 unless given.")
    private int weight;

    @Option(
        names = "--peer-endpoint",
        paramLabel = "HOST:PORT",
        description = "Replica: where the other replicas reach it.")
    private String peerEndpoint;

    @Option(
        names = "--ingress-endpoint",
        paramLabel = "HOST:PORT",
        description = "Replica: where clients reach it.")
    private String ingressEndpoint;

    /** One of the three. */
    private static final class Kind
    {
        @Option(names = "--replica", required = true, description = "Keys of a replica.")
        private boolean isReplica;

        @Option(names = "--client", required = true, description = "Keys of a client.")
        private boolean isClient;

        @Option(names = "--administrator", required = true, description = "Key of an administrator.")
        private boolean isAdministrator;
    }

    @Override
    void run(final PrintWriter out)
    {
        final IdentityKeys keys = IdentityKeys.generate(new SecureRandom());
        final MemberFile member =
            kind.isReplica ? replica(keys) : kind.isAdministrator ? administrator(keys) : client(keys);
        final Path file = directory.resolve(MemberFile.FILE);
        if (Files.exists(file))
        {
            throw new ConfigurationException("member file " + file + " exists already: it is never written over");
        }
        final Path keyDirectory = directory.resolve(GeneratedCluster.KEYS_DIRECTORY);
        if (kind.isAdministrator)
        {
            KeyDirectory.storeSigning(keyDirectory, keys.signing());
        }
        else
        {
            KeyDirectory.store(keyDirectory, keys);
        }
        member.store(file);
        out.println("Private keys of " + (kind.isAdministrator ? "an " : "a ") + member.kind().label() + " in " +
            keyDirectory + ": they stay here, and are nobody else's business.");
        out.println("Member file " + file + ": public, for 'tagma init join'.");
    }

    private MemberFile replica(final IdentityKeys keys)
    {
        final EndPoint peer = endPoint("--peer-endpoint", peerEndpoint);
        final EndPoint ingress = endPoint("--ingress-endpoint", ingressEndpoint);
        return MemberFile.of(
            memberId(0),
            new ReplicaMember(peer, ingress, weight, keys.signing().publicKey(), keys.agreement().publicKey()));
    }

    private MemberFile client(final IdentityKeys keys)
    {
        if (null != peerEndpoint || null != ingressEndpoint)
        {
            throw usage("a client has no endpoint here: it tells the replicas when it opens a session");
        }
        return MemberFile.of(
            memberId(1), new ClientMember(name, keys.signing().publicKey(), keys.agreement().publicKey()));
    }

    private MemberFile administrator(final IdentityKeys keys)
    {
        if (null != peerEndpoint || null != ingressEndpoint || null != id)
        {
            throw usage("an administrator has no endpoint and no id: it has a name, and signs where it is");
        }
        return MemberFile.of(new Administrator(name, keys.signing().publicKey()));
    }

    private int memberId(final int least)
    {
        if (null != id && id < least)
        {
            throw usage("--id " + id + " must be " + least + " or above");
        }
        return null == id ? MemberFile.NO_ID : id;
    }

    private EndPoint endPoint(final String option, final String text)
    {
        if (null == text)
        {
            throw usage(option + " is missing: a replica needs it");
        }
        final EndPoint endPoint = EndPoint.parse(text);
        if (null == endPoint)
        {
            throw usage(option + " " + text + " must be " + EndPoint.FORM);
        }
        return endPoint;
    }
}
