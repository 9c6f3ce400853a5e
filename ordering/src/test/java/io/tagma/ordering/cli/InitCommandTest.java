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

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.ordering.authentication.MacAlgorithm;
import io.tagma.ordering.authentication.PartyKind;
import io.tagma.ordering.configuration.ClusterConfiguration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class InitCommandTest
{
    @TempDir
    private Path temporary;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void makesAWholeCluster()
    {
        final Path directory = temporary.resolve("cluster");
        assertEquals(0, init("--dir", directory.toString(), "--replicas", "4", "--clients", "2"));

        final ClusterConfiguration configuration = ClusterConfiguration.load(directory.resolve("cluster.properties"));
        assertEquals(4, configuration.replicaCount());
        assertEquals(2, configuration.clientCount());
        for (int id = 0; id < 4; id++)
        {
            configuration.loadKeys(PartyKind.REPLICA, id, directory.resolve("replica-" + id + "/keys"));
            assertTrue(Files.isDirectory(directory.resolve("replica-" + id + "/journal")));
        }
        configuration.loadKeys(PartyKind.CLIENT, 2, directory.resolve("client-2/keys"));
        assertTrue(out.toString().contains("F = 1: replicas of a total weight of 1 may be faulty"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void takesWeightsPortsHostAndAlgorithm()
    {
        final Path directory = temporary.resolve("cluster");
        assertEquals(0, init(
            "--dir", directory.toString(), "--weights", "2,2,1,1,1", "--base-port", "31000", "--host", "127.0.0.1",
            "--mac", "hmac-sha-256"));

        final ClusterConfiguration configuration = ClusterConfiguration.load(directory.resolve("cluster.properties"));
        assertArrayEquals(new int[]{2, 2, 1, 1, 1}, configuration.weights());
        assertEquals("127.0.0.1:31009", configuration.replica(4).ingressEndpoint().toString());
        assertEquals(MacAlgorithm.HMAC_SHA_256_128, configuration.macAlgorithm());
    }

    @Test
    void saysWhatAClusterThatToleratesNothingMeans()
    {
        assertEquals(0, init("--dir", temporary.resolve("one").toString(), "--replicas", "1"));

        assertTrue(out.toString().contains(
            "F = 0: no faulty replica is tolerated. If one stops, ordering stops; if one lies, it may be believed; " +
            "and with durability = process a loss of power loses what was not yet on the device."), out.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    @DisplayName("two or three are no better than one: F = 0, and it is said")
    void saysThatTwoOrThreeTolerateNothingEither(final int replicas)
    {
        final Path directory = temporary.resolve("few");
        assertEquals(0, init("--dir", directory.toString(), "--replicas", Integer.toString(replicas)));

        assertTrue(out.toString().contains("F = 0: no faulty replica is tolerated."), out.toString());
        assertTrue(
            out.toString().contains("From four replicas of equal weight on, one may be faulty."), out.toString());
        assertEquals(0, ClusterConfiguration.load(directory.resolve("cluster.properties")).faultyWeight());
    }

    @Test
    void makesFourReplicasUnlessTold()
    {
        final Path directory = temporary.resolve("cluster");
        assertEquals(0, init("--dir", directory.toString()));

        assertEquals(1, ClusterConfiguration.load(directory.resolve("cluster.properties")).faultyWeight());
    }

    @Test
    void refusesADirectoryThatHoldsSomething() throws IOException
    {
        final Path file = temporary.resolve("precious");
        Files.writeString(file, "content");

        assertRefused("tagma init: directory " + temporary + " is not empty: keys and journals are never written over",
            "--dir", temporary.toString());
        assertEquals("content", Files.readString(file));
        assertRefused("tagma init: " + file + " is not a directory", "--dir", file.toString());
    }

    @Test
    void refusesWhatCannotBeAClusterAndMakesNothing()
    {
        final Path directory = temporary.resolve("cluster");
        assertRefused("tagma init: cluster configuration: replicas = 65 must be from 1 to 64",
            "--dir", directory.toString(), "--replicas", "65");
        assertRefused("tagma init: cluster configuration: replicas = -1 must be from 1 to 64",
            "--dir", directory.toString(), "--replicas", "-1");
        assertRefused("tagma init: cluster configuration: clients = 2000000000 must be from 1 to 4096",
            "--dir", directory.toString(), "--clients", "2000000000");
        assertRefused("tagma init: cluster configuration: replica.0.weight = 5 must be at most the faulty weight of " +
            "2: the cluster could not go on without this replica",
            "--dir", directory.toString(), "--weights", "5,1,1,1");
        assertRefused("tagma init: endpoint localhost:65536 must be host:port, the port from 1 to 65535, " +
            "in at most 100 characters", "--dir", directory.toString(), "--base-port", "65530");
        assertFalse(Files.exists(directory));
    }

    @Test
    void answersAWrongCommandLineWithItsUsage()
    {
        assertEquals(64, init("--replicas", "4"));
        assertTrue(err.toString().startsWith("--dir is missing: it says where to make the cluster"), err.toString());
        assertEquals(64, init("--dir", "x", "--mac", "sip-hash"));
        assertEquals(64, init("--dir", "x", "--replicas", "3", "--weights", "1,1"));
        assertEquals(64, init("keys", "--dir", "x"));
        assertEquals(64, init("keys", "--dir", "x", "--replica"));
        assertEquals(64, init("keys", "--dir", "x", "--client", "--peer-endpoint", "a:1"));
        assertFalse(Files.exists(Path.of("x")));
    }

    @Test
    void letsOrganisationsMakeTheirOwnKeysAndJoinThem() throws IOException
    {
        final Path file = joined();
        final ClusterConfiguration configuration = ClusterConfiguration.load(file);

        for (int id = 0; id < 4; id++)
        {
            configuration.loadKeys(PartyKind.REPLICA, id, temporary.resolve("organisation-" + id + "/keys"));
        }
        configuration.loadKeys(PartyKind.CLIENT, 1, temporary.resolve("client/keys"));
        assertEquals("trader", configuration.client(1).name());
        assertFalse(Files.readString(file).contains("PRIVATE"));

        final Path home = temporary.resolve("organisation-2");
        assertEquals(0, init("journal", "--cluster", file.toString(), "--replica", "2", "--dir", home.toString()));
        assertTrue(Files.isDirectory(home.resolve("journal")));
    }

    @Test
    void joinsAdministratorsByTheirNames() throws IOException
    {
        for (final String name : new String[]{"ann", "bob", "eve"})
        {
            assertEquals(0, init(
                "keys", "--dir", temporary.resolve(name).toString(), "--administrator", "--name", name));
            assertFalse(Files.exists(temporary.resolve(name).resolve("keys/agreement.pem")));
        }
        assertEquals(64, init("keys", "--dir", "x", "--administrator", "--id", "1"));
        joined();
        final Path file = temporary.resolve("administered.properties");
        assertEquals(0, init("join", "--cluster", file.toString(), "--admin-threshold", "3", member("ann"),
            member("organisation-0"), member("organisation-1"), member("bob"), member("organisation-2"),
            member("organisation-3"), member("client"), member("eve")), err.toString());
        assertTrue(
            out.toString().contains("Administrators: ann, bob, eve; 3 of them must sign a recovery."), out.toString());
        assertEquals(3, ClusterConfiguration.load(file).administrators().threshold());
        assertEquals("bob", ClusterConfiguration.load(file).administrators().members().get(1).name());
    }

    @Test
    void joinsMembersWithoutIdsInTheOrderOfTheirFiles()
    {
        for (final String name : new String[]{"b", "a"})
        {
            assertEquals(0, init("keys", "--dir", temporary.resolve(name).toString(), "--replica",
                "--peer-endpoint", name + ":1", "--ingress-endpoint", name + ":2"));
        }
        assertEquals(0, init("keys", "--dir", temporary.resolve("zero").toString(), "--replica", "--id", "0",
            "--peer-endpoint", "zero:1", "--ingress-endpoint", "zero:2"));
        assertEquals(0, init("keys", "--dir", temporary.resolve("client").toString(), "--client"));
        final Path file = temporary.resolve("cluster.properties");
        final String[] join = {
            "join", "--cluster", file.toString(), member("a"), member("b"), member("client"), member("zero")};
        assertRefused("tagma init join: F would be 0: with 3 replicas of these weights none may be faulty, from four " +
            "of equal weight on one may; if that is meant, say --faulty-weight 0", join);
        assertFalse(Files.exists(file));
        final String[] meant = Arrays.copyOf(join, join.length + 2);
        meant[join.length] = "--faulty-weight";
        meant[join.length + 1] = "0";
        assertEquals(0, init(meant), err.toString());
        assertTrue(out.toString().contains("F = 0: no faulty replica is tolerated."), out.toString());

        final ClusterConfiguration configuration = ClusterConfiguration.load(file);
        assertEquals("zero:1", configuration.replica(0).peerEndpoint().toString());
        assertEquals("a:1", configuration.replica(1).peerEndpoint().toString());
        assertEquals("b:1", configuration.replica(2).peerEndpoint().toString());
    }

    @Test
    void refusesToJoinMembersThatDoNotGoTogether() throws IOException
    {
        final Path file = joined();
        final Path other = temporary.resolve("other.properties");

        assertRefused("tagma init join: cluster file " + file + " exists already: it is never written over",
            "join", "--cluster", file.toString(), "--faulty-weight", "0", member("organisation-0"), member("client"));
        assertRefused("tagma init join: member file " + member("organisation-0") + ": id = 0 is that of " +
            member("organisation-0") + " too: each replica needs its own",
            "join", "--cluster", other.toString(), member("organisation-0"), member("organisation-0"));
        assertRefused(
            "tagma init join: replica 1 is missing: a member file asks for a higher id, and none for this one",
            "join", "--cluster", other.toString(), member("organisation-0"), member("organisation-2"));
        assertRefused("tagma init join: cluster configuration: clients = 0 must be from 1 to 4096",
            "join", "--cluster", other.toString(), member("organisation-0"));
        Files.writeString(Path.of(member("client")), "secret=1\n", StandardOpenOption.APPEND);
        assertRefused("tagma init join: member file " + member("client") + ": secret is not a known key",
            "join", "--cluster", other.toString(), member("organisation-0"), member("client"));
        assertFalse(Files.exists(other));
    }

    @Test
    @DisplayName("N07 wrong key file, swapped key files, a key that others may read: status 78 before anything is made")
    void refusesAJournalForKeysThatAreNotTheReplicas() throws IOException
    {
        final Path file = joined();
        final Path home = temporary.resolve("organisation-2");
        final Path signing = home.resolve("keys/signing.pem");
        final String[] journal =
            {"journal", "--cluster", file.toString(), "--replica", "1", "--dir", home.toString()};

        assertRefused("tagma init journal: key file " + signing + " does not hold the key of replica 1 in cluster " +
            "file " + file + ": it holds that of replica 2", journal);
        journal[4] = "4";
        assertRefused(
            "tagma init journal: cluster file " + file + " has no replica 4: its replicas are 0 to 3", journal);
        journal[4] = "2";
        Files.setPosixFilePermissions(signing, PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused("tagma init journal: key file " + signing + " has mode rw-r--r--: nobody but its owner may " +
            "have access, so 'chmod 600' it, and change the key if others had any", journal);
        Files.setPosixFilePermissions(signing, PosixFilePermissions.fromString("rw-------"));
        Files.copy(temporary.resolve("client/keys/agreement.pem"), home.resolve("keys/agreement.pem"),
            StandardCopyOption.REPLACE_EXISTING);
        assertRefused("tagma init journal: key file " + home.resolve("keys/agreement.pem") +
            " does not hold the key of replica 2 in cluster file " + file + ": it holds that of client 1", journal);
        Files.copy(home.resolve("keys/agreement.pem"), signing, StandardCopyOption.REPLACE_EXISTING);
        assertRefused("tagma init journal: key file " + signing + " holds an X25519 key: an Ed25519 key is needed",
            journal);
        assertFalse(Files.exists(home.resolve("journal")));
    }

    @Test
    @DisplayName("N07 an unknown key in the cluster file: status 78 before anything is made")
    void refusesAClusterFileWithAnUnknownKey() throws IOException
    {
        final Path file = joined();
        final Path home = temporary.resolve("organisation-0");
        Files.writeString(file, "colour=blue\n", StandardOpenOption.APPEND);

        assertRefused("tagma init journal: cluster file " + file + ": colour is not a known key",
            "journal", "--cluster", file.toString(), "--replica", "0", "--dir", home.toString());
        assertFalse(Files.exists(home.resolve("journal")));
    }

    @Test
    void refusesASecondJournal()
    {
        final Path file = joined();
        final Path home = temporary.resolve("organisation-0");
        final String[] journal =
            {"journal", "--cluster", file.toString(), "--replica", "0", "--dir", home.toString()};

        assertEquals(0, init(journal));
        assertRefused("tagma init journal: The directory " + home.resolve("journal") +
            " is not empty: a journal is made once, in a directory of its own.", journal);
    }

    @Test
    void refusesToMakeKeysTwice() throws IOException
    {
        final Path home = temporary.resolve("client");
        assertEquals(0, init("keys", "--dir", home.toString(), "--client"));
        final byte[] before = Files.readAllBytes(home.resolve("keys/signing.pem"));

        assertRefused("tagma init keys: member file " + home.resolve("member.properties") +
            " exists already: it is never written over", "keys", "--dir", home.toString(), "--client");
        Files.delete(home.resolve("member.properties"));
        assertRefused("tagma init keys: key file " + home.resolve("keys/signing.pem") +
            " exists already: it is never written over", "keys", "--dir", home.toString(), "--client");
        assertArrayEquals(before, Files.readAllBytes(home.resolve("keys/signing.pem")));
    }

    private Path joined()
    {
        final String[] arguments = new String[8];
        arguments[0] = "join";
        arguments[1] = "--cluster";
        arguments[2] = temporary.resolve("cluster.properties").toString();
        for (int id = 0; id < 4; id++)
        {
            final String name = "organisation-" + id;
            assertEquals(0, init("keys", "--dir", temporary.resolve(name).toString(), "--replica", "--id", "" + id,
                "--peer-endpoint", name + ".example:20000", "--ingress-endpoint", name + ".example:20001"));
            arguments[3 + id] = member(name);
        }
        assertEquals(
            0, init("keys", "--dir", temporary.resolve("client").toString(), "--client", "--name", "trader"));
        arguments[7] = member("client");
        assertEquals(0, init(arguments), err.toString());
        return temporary.resolve("cluster.properties");
    }

    private String member(final String name)
    {
        return temporary.resolve(name).resolve("member.properties").toString();
    }

    private void assertRefused(final String sentence, final String... arguments)
    {
        assertEquals(78, init(arguments), () -> err.toString());
        assertEquals(sentence + System.lineSeparator(), err.toString());
    }

    private int init(final String... arguments)
    {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        final CommandLine tagma = new CommandLine(CommandLine.Model.CommandSpec.create().name("tagma"))
            .addSubcommand(new InitCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
        final String[] all = new String[arguments.length + 1];
        all[0] = "init";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return tagma.execute(all);
    }
}
