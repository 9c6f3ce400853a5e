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

import io.tagma.ordering.authentication.MacAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("N07 a cluster file that is wrong is refused with one sentence")
class ClusterFileRefusalTest
{
    private static final String SMALL_ORDER = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir
    private Path directory;
    private Path file;
    private String text;

    @BeforeEach
    void storeAGoodOne() throws IOException
    {
        file = directory.resolve("cluster.properties");
        GeneratedCluster.builder().generate().configuration().store(file);
        text = Files.readString(file);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "cluster.id|12|must be 16 digits of 0-9 and a-f",
        "cluster.id|0123456789ABCDEF|must be 16 digits of 0-9 and a-f",
        "epoch|-1|must be from 0 to 2147483647",
        "epoch|x|must be a whole number",
        "epoch|0x1|must be a whole number",
        "epoch|99999999999999999999|must be a whole number",
        "mac|sip-hash|must be aes-cmac or hmac-sha-256",
        "replicas|0|must be from 1 to 64",
        "replicas|65|must be from 1 to 64",
        "clients|0|must be from 1 to 4096",
        "clients|4097|must be from 1 to 4096",
        "faulty.weight|2|must be from 0 to 1, less than a third of the total weight of 4",
        "faulty.weight|-1|must be from 0 to 2147483647",
        "replica.1.weight|0|must be from 1 to 1000000",
        "replica.1.weight|2|must be at most the faulty weight of 1: the cluster could not go on without this replica",
        "replica.2.peer.endpoint|localhost|must be host:port, the port from 1 to 65535, in at most 100 characters",
        "replica.2.peer.endpoint|localhost:0|must be host:port, the port from 1 to 65535, in at most 100 characters",
        "replica.2.peer.endpoint|a:65536|must be host:port, the port from 1 to 65535, in at most 100 characters",
        "replica.2.peer.endpoint|a:1?alias=x|must be host:port, the port from 1 to 65535, in at most 100 characters",
        "replica.2.peer.endpoint|a:1/|must be host:port, the port from 1 to 65535, in at most 100 characters",
        "replica.2.ingress.endpoint|a/b:1|must be host:port, the port from 1 to 65535, in at most 100 characters",
        "replica.0.signing.key|AAAA|must be a public Ed25519 key of full order, 32 bytes in base64",
        "replica.0.signing.key|?|must be a public Ed25519 key of full order, 32 bytes in base64",
        "client.1.agreement.key|AAAA|must be a public X25519 key not of small order, 32 bytes in base64",
        "limit.session.window|1000|must be a power of two from 1 to 1024",
        "limit.session.window|2048|must be a power of two from 1 to 1024",
        "limit.batch.bundles.max|513|must be from 1 to 512",
        "limit.result.length.max|65497|must be from 32 to 65496",
        "limit.payload.length.max|65501|must be at most 65500, what a bundle of limit.bundle.length.max has room for",
        "limit.bundle.length.max|163|must be from 164 to 114688",
        "limit.bundle.length.max|200000|must be from 164 to 114688"})
    void whereAValueIsOutOfRange(final String key, final String value, final String what) throws IOException
    {
        final String weights = key.equals("replica.1.weight") && value.equals("2") ? "faulty.weight" : "";
        replace(key, value);
        if (!weights.isEmpty())
        {
            replace(weights, "1");
        }

        assertRefused(": " + key + " = " + value + " " + what);
    }

    @Test
    void whereAKeyHasASmallOrder() throws IOException
    {
        replace("replica.0.signing.key", SMALL_ORDER);
        assertRefused(": replica.0.signing.key = " + SMALL_ORDER +
            " must be a public Ed25519 key of full order, 32 bytes in base64");
        replace("replica.0.signing.key", value("replica.1.signing.key"));
        replace("client.1.agreement.key", SMALL_ORDER);
        assertRefused(": client.1.agreement.key = " + SMALL_ORDER +
            " must be a public X25519 key not of small order, 32 bytes in base64");
    }

    @Test
    void whereAKeyIsUnknownMissingOrDoubled() throws IOException
    {
        Files.writeString(file, text + "replica.4.weight=1\n");
        assertRefused(": replica.4.weight is not a known key");
        Files.writeString(file, text + "limit.sesion.window=1\n");
        assertRefused(": limit.sesion.window is not a known key");
        Files.writeString(file, text + "epoch : 0\n");
        assertRefused(": epoch is given twice");
        Files.writeString(file, text.replace("replica.3.weight", "# replica.3.weight"));
        assertRefused(": replica.3.weight is missing");
    }

    @ParameterizedTest
    @EnumSource
    void whereALimitIsMissing(final Limit limit) throws IOException
    {
        Files.writeString(file, text.replace(limit.key() + "=", "#"));

        assertRefused(": " + limit.key() + " is missing");
    }

    @Test
    void whereTheNumberOfReplicasIsNotThatOfTheMembers() throws IOException
    {
        replace("replicas", "5");
        assertRefused(": replica.4.peer.endpoint is missing");
        replace("replicas", "3");
        assertRefused(": replica.3.agreement.key is not a known key");
    }

    @Test
    void whereTwoMembersShareAnEndpoint() throws IOException
    {
        replace("replica.2.peer.endpoint", "LOCALHOST:20001");
        assertRefused(": replica.2.peer.endpoint = LOCALHOST:20001 is the same as replica.0.ingress.endpoint: " +
            "each member needs its own");
        replace("replica.2.peer.endpoint", "127.0.0.1:20001");
        assertRefused(": replica.2.peer.endpoint = 127.0.0.1:20001 is the same as replica.0.ingress.endpoint: " +
            "each member needs its own");
    }

    @Test
    void whereTwoMembersShareAKey() throws IOException
    {
        replace("replica.3.signing.key", value("replica.1.signing.key"));
        assertRefused(": replica.3.signing.key is the same as replica.1.signing.key: each member needs its own");
        Files.writeString(file, text);
        replace("client.1.agreement.key", value("replica.0.agreement.key"));
        assertRefused(": client.1.agreement.key is the same as replica.0.agreement.key: each member needs its own");
    }

    @Test
    void whereANameCannotBeOne() throws IOException
    {
        Files.writeString(file, text + "client.1.name=two words\n");
        assertRefused(
            ": client.1.name = two words must be of letters, digits, '.', '_' and '-', at most 64 of them");
    }

    @Test
    void whereTheFileIsNoText() throws IOException
    {
        Files.write(file, new byte[]{(byte)0xff, (byte)0xfe});
        assertRefused(" is not text in UTF-8");
        Files.write(file, "epoch=\\u00zz".getBytes(StandardCharsets.UTF_8));
        assertRefused(" holds a malformed \\u escape");
        Files.delete(file);
        assertRefused(" does not exist");
    }

    @Test
    void whereTheClusterHasNoId()
    {
        assertEquals(
            "cluster configuration: cluster.id = 0 stands for no cluster",
            assertThrows(
                ConfigurationException.class,
                () -> ClusterConfiguration.builder().macAlgorithm(MacAlgorithm.AES_CMAC).conclude()).getMessage());
    }

    private void assertRefused(final String sentence)
    {
        assertEquals(
            "cluster file " + file + sentence,
            assertThrows(ConfigurationException.class, () -> ClusterConfiguration.load(file)).getMessage());
    }

    private void replace(final String key, final String value) throws IOException
    {
        final String current = Files.readString(file);
        Files.writeString(file, current.replaceFirst("(?m)^" + key.replace(".", "\\.") + "=.*$", key + "=" + value));
    }

    private String value(final String key)
    {
        final int start = text.indexOf("\n" + key + "=") + key.length() + 2;
        return text.substring(start, text.indexOf('\n', start));
    }
}
