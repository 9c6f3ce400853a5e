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
package io.tagma.ordering.authentication;

import static io.tagma.ordering.authentication.Vectors.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("N07 key files")
class KeyFilesTest
{
    private final IdentityKeys keys =
        new IdentityKeys(new SigningKeys(random(40, 32)), new AgreementKeys(random(41, 32)));

    @TempDir
    private Path temporary;
    private Path directory;
    private Path signing;
    private Path agreement;

    @BeforeEach
    void store()
    {
        directory = temporary.resolve("member").resolve("keys");
        KeyDirectory.store(directory, keys);
        signing = directory.resolve(KeyDirectory.SIGNING_FILE);
        agreement = directory.resolve(KeyDirectory.AGREEMENT_FILE);
    }

    @Test
    void giveBackTheKeysThatWereStored()
    {
        final IdentityKeys loaded = KeyDirectory.load(directory);

        assertArrayEquals(random(40, 32), loaded.signing().seed());
        assertArrayEquals(random(41, 32), loaded.agreement().privateKey());
        assertEquals(keys.signing().publicKey(), loaded.signing().publicKey());
    }

    @Test
    void areMadeForTheirOwnerOnly() throws IOException
    {
        assertEquals("rwx------", mode(directory));
        assertEquals("rw-------", mode(signing));
        assertEquals("rw-------", mode(agreement));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw---x---", "rw-rw-rw-"})
    void areRefusedWhereOthersMayTouchThem(final String mode) throws IOException
    {
        Files.setPosixFilePermissions(signing, PosixFilePermissions.fromString(mode));

        assertRefused("key file " + signing + " has mode " + mode + ": nobody but its owner may have access, " +
            "so 'chmod 600' it, and change the key if others had any");
    }

    @Test
    void areTakenWithLessThanTheirUsualMode() throws IOException
    {
        Files.setPosixFilePermissions(signing, PosixFilePermissions.fromString("r--------"));

        assertEquals(keys.signing().publicKey(), KeyDirectory.load(directory).signing().publicKey());
    }

    @Test
    void areReadableAsThePlatformWritesThem() throws IOException, GeneralSecurityException
    {
        rewrite(signing, KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded());
        rewrite(agreement, KeyPairGenerator.getInstance("X25519").generateKeyPair().getPrivate().getEncoded());

        KeyDirectory.load(directory);
    }

    @Test
    void areRefusedWhereTheTwoAreSwapped() throws IOException
    {
        final byte[] other = Files.readAllBytes(agreement);
        Files.write(agreement, Files.readAllBytes(signing));
        Files.write(signing, other);

        assertRefused("key file " + signing + " holds an X25519 key: an Ed25519 key is needed");
    }

    @Test
    void areRefusedWithAKeyOfAnotherKind() throws IOException, GeneralSecurityException
    {
        rewrite(signing, KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded());

        assertRefused("key file " + signing + " does not hold an Ed25519 private key in PKCS#8");
    }

    @Test
    void areRefusedWhereOneIsMissing() throws IOException
    {
        Files.delete(agreement);

        assertRefused("key file " + agreement + " does not exist: 'tagma init' or 'tagma init keys' makes one");
        assertEquals(
            "key directory " + directory.resolve("none") + " does not exist",
            assertThrows(KeyException.class, () -> KeyDirectory.load(directory.resolve("none"))).getMessage());
    }

    @Test
    void areRefusedWhereTheyAreGarbled() throws IOException
    {
        final String block = "-----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----";
        Files.writeString(signing, "");
        assertRefused("key file " + signing + " is garbled: it must hold one PEM block, " + block);
        Files.writeString(signing, "-----BEGIN PRIVATE KEY-----");
        assertRefused("key file " + signing + " is garbled: it must hold one PEM block, " + block);
        Files.writeString(signing, "-----BEGIN PRIVATE KEY-----\n????\n-----END PRIVATE KEY-----\n");
        assertRefused("key file " + signing + " is garbled: its PEM block is not base64");
        Files.writeString(signing, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertRefused("key file " + signing + " does not hold an Ed25519 private key in PKCS#8");
        Files.writeString(signing, "x".repeat(4097));
        assertRefused("key file " + signing + " is longer than 4096 bytes: not a key");
    }

    @Test
    void areNeverWrittenOver() throws IOException
    {
        final byte[] before = Files.readAllBytes(signing);

        assertEquals(
            "key file " + signing + " exists already: it is never written over",
            assertThrows(
                KeyException.class,
                () -> KeyDirectory.store(directory, new IdentityKeys(
                    new SigningKeys(random(42, 32)), new AgreementKeys(random(43, 32))))).getMessage());
        assertArrayEquals(before, Files.readAllBytes(signing));
    }

    private void assertRefused(final String sentence)
    {
        assertEquals(sentence, assertThrows(KeyException.class, () -> KeyDirectory.load(directory)).getMessage());
    }

    private static String mode(final Path path) throws IOException
    {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void rewrite(final Path file, final byte[] der) throws IOException
    {
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" +
            Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der) + "\n-----END PRIVATE KEY-----\n");
    }
}
