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

import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;

/**
 * Where one replica or client keeps its two private keys: {@code signing.pem} and {@code agreement.pem}.
 */
public final class KeyDirectory
{
    /** File of the Ed25519 private key. */
    public static final String SIGNING_FILE = "signing.pem";
    /** File of the X25519 private key. */
    public static final String AGREEMENT_FILE = "agreement.pem";

    private KeyDirectory()
    {
    }

    /**
     * Reads both keys.
     *
     * @param directory that holds the files.
     * @return the keys.
     * @throws KeyException if a file is missing, garbled, of the wrong type, or open to others than its owner.
     */
    public static IdentityKeys load(final Path directory)
    {
        if (!Files.isDirectory(directory))
        {
            throw new KeyException("key directory " + directory + " does not exist");
        }
        return new IdentityKeys(
            new SigningKeys(KeyFiles.read(directory.resolve(SIGNING_FILE), KeyFiles.ED25519)),
            new AgreementKeys(KeyFiles.read(directory.resolve(AGREEMENT_FILE), KeyFiles.X25519)));
    }

    /**
     * Reads the only key of a party that agrees on none with others.
     *
     * @param directory that holds the file.
     * @return the signing keys.
     * @throws KeyException if the file is missing, garbled, of the wrong type, or open to others than its owner.
     */
    public static SigningKeys loadSigning(final Path directory)
    {
        return new SigningKeys(KeyFiles.read(directory.resolve(SIGNING_FILE), KeyFiles.ED25519));
    }

    /**
     * Writes the only key of a party that agrees on none with others to a new file, which only its owner may read.
     * Makes the directory if there is none.
     *
     * @param directory to write to.
     * @param keys      to write.
     * @throws KeyException if the file exists already or cannot be written.
     */
    public static void storeSigning(final Path directory, final SigningKeys keys)
    {
        make(directory);
        KeyFiles.write(directory.resolve(SIGNING_FILE), KeyFiles.ED25519, keys.seed());
    }

    /**
     * Writes both keys to new files, which only their owner may read. Makes the directory if there is none.
     *
     * @param directory to write to.
     * @param keys      to write.
     * @throws KeyException if a file exists already or cannot be written.
     */
    public static void store(final Path directory, final IdentityKeys keys)
    {
        make(directory);
        KeyFiles.write(directory.resolve(SIGNING_FILE), KeyFiles.ED25519, keys.signing().seed());
        KeyFiles.write(directory.resolve(AGREEMENT_FILE), KeyFiles.X25519, keys.agreement().privateKey());
    }

    private static void make(final Path directory)
    {
        try
        {
            if (!Files.isDirectory(directory))
            {
                final Path parent = directory.toAbsolutePath().getParent();
                if (null != parent)
                {
                    Files.createDirectories(parent);
                }
                Files.createDirectory(
                    directory,
                    PosixFilePermissions.asFileAttribute(EnumSet.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE)));
            }
        }
        catch (final UnsupportedOperationException ex)
        {
            throw new KeyException(
                "key directory " + directory + " lies on a file system that cannot keep it private", ex);
        }
        catch (final IOException ex)
        {
            throw new KeyException("key directory " + directory + " cannot be made: " + ex, ex);
        }
    }
}
