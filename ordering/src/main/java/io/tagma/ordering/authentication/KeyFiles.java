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

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Private keys as files: PEM around PKCS#8 (RFC 8410), as {@code openssl pkey} reads and writes it. A file is made with
 * mode 0600, never written over, and refused when anyone but its owner may touch it.
 */
final class KeyFiles
{
    static final Encoding ED25519 = new Encoding("Ed25519", "302e020100300506032b657004220420");
    static final Encoding X25519 = new Encoding("X25519", "302e020100300506032b656e04220420");

    private static final Encoding[] ENCODINGS = {ED25519, X25519};
    private static final int KEY_LENGTH = 32;
    private static final int FILE_LENGTH_MAX = 4096;
    private static final int LINE_LENGTH = 64;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);

    private KeyFiles()
    {
    }

    /**
     * How a type of key is wrapped: the bytes of PKCS#8 that come before the 32 of the key.
     */
    static final class Encoding
    {
        private final String name;
        private final byte[] prefix;

        private Encoding(final String name, final String prefixHex)
        {
            this.name = name;
            this.prefix = HexFormat.of().parseHex(prefixHex);
        }

        private boolean isOf(final byte[] der)
        {
            return prefix.length + KEY_LENGTH == der.length &&
                Arrays.equals(prefix, 0, prefix.length, der, 0, prefix.length);
        }
    }

    /**
     * Writes a private key to a new file.
     *
     * @param file     that must not exist.
     * @param encoding of the key's type.
     * @param key      32 bytes.
     */
    static void write(final Path file, final Encoding encoding, final byte[] key)
    {
        final byte[] der = Arrays.copyOf(encoding.prefix, encoding.prefix.length + KEY_LENGTH);
        System.arraycopy(key, 0, der, encoding.prefix.length, KEY_LENGTH);
        final String body = Base64.getMimeEncoder(LINE_LENGTH, new byte[]{'\n'}).encodeToString(der);
        final byte[] pem = (BEGIN + "\n" + body + "\n" + END + "\n").getBytes(US_ASCII);

        try (FileChannel channel = FileChannel.open(
            file,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(EnumSet.of(OWNER_READ, OWNER_WRITE))))
        {
            final ByteBuffer bytes = ByteBuffer.wrap(pem);
            while (bytes.hasRemaining())
            {
                channel.write(bytes);
            }
            channel.force(true);
        }
        catch (final FileAlreadyExistsException ex)
        {
            throw new KeyException("key file " + file + " exists already: it is never written over", ex);
        }
        catch (final UnsupportedOperationException ex)
        {
            throw new KeyException("key file " + file + " lies on a file system that cannot keep it private", ex);
        }
        catch (final IOException ex)
        {
            throw new KeyException("key file " + file + " cannot be written: " + ex, ex);
        }
    }

    /**
     * Reads a private key.
     *
     * @param file     that holds it.
     * @param encoding of the type that it must have.
     * @return its 32 bytes.
     */
    static byte[] read(final Path file, final Encoding encoding)
    {
        final byte[] der = decode(file, readPrivate(file));
        if (!encoding.isOf(der))
        {
            for (final Encoding other : ENCODINGS)
            {
                if (other.isOf(der))
                {
                    throw new KeyException(
                        "key file " + file + " holds an " + other.name + " key: an " + encoding.name +
                        " key is needed");
                }
            }
            throw new KeyException(
                "key file " + file + " does not hold an " + encoding.name + " private key in PKCS#8");
        }
        return Arrays.copyOfRange(der, encoding.prefix.length, der.length);
    }

    private static String readPrivate(final Path file)
    {
        if (!Files.exists(file))
        {
            throw new KeyException("key file " + file + " does not exist: 'tagma init' or 'tagma init keys' makes one");
        }
        try
        {
            final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (!OWNER_ONLY.containsAll(permissions))
            {
                throw new KeyException(
                    "key file " + file + " has mode " + PosixFilePermissions.toString(permissions) +
                    ": nobody but its owner may have access, so 'chmod 600' it, and change the key if others had any");
            }
            if (Files.size(file) > FILE_LENGTH_MAX)
            {
                throw new KeyException("key file " + file + " is longer than " + FILE_LENGTH_MAX + " bytes: not a key");
            }
            return new String(Files.readAllBytes(file), US_ASCII);
        }
        catch (final UnsupportedOperationException ex)
        {
            throw new KeyException("key file " + file + " lies on a file system that cannot keep it private", ex);
        }
        catch (final IOException ex)
        {
            throw new KeyException("key file " + file + " cannot be read: " + ex, ex);
        }
    }

    private static byte[] decode(final Path file, final String text)
    {
        final String trimmed = text.strip();
        if (trimmed.startsWith(BEGIN) && trimmed.endsWith(END) && trimmed.length() >= BEGIN.length() + END.length())
        {
            try
            {
                final String body = trimmed.substring(BEGIN.length(), trimmed.length() - END.length());
                return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
            }
            catch (final IllegalArgumentException ex)
            {
                throw new KeyException("key file " + file + " is garbled: its PEM block is not base64", ex);
            }
        }
        throw new KeyException("key file " + file + " is garbled: it must hold one PEM block, " + BEGIN + " to " + END);
    }
}
