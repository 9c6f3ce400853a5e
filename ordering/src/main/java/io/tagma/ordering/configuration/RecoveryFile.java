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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A RECOVER on its way from administrator to administrator and to each replica: which epoch shall begin, and behind
 * which certificate. Public; worth something by its signatures alone.
 *
 * @param clusterId     of the cluster.
 * @param epoch         that shall begin, from 1.
 * @param sequence      behind which; 0 for the beginning.
 * @param certificate   a Certificate message without its tag; empty at sequence 0.
 * @param configuration digest of the configuration of the epoch, as hexadecimal digits: what is signed.
 * @param signatures    by name of administrator.
 */
public record RecoveryFile(
    long clusterId,
    int epoch,
    long sequence,
    byte[] certificate,
    String configuration,
    Map<String, byte[]> signatures)
{
    private static final String WHAT = "recovery file";
    private static final String HEADER = "# Tagma recovery file. Public. It takes the signatures of administrators, " +
        "then goes to each replica.\n";
    private static final String SIGNATURE = "signature.";

    /**
     * Reads a recovery file.
     *
     * @param file           to read.
     * @param administrators who may have signed it.
     * @return what is in it; nothing of it is verified.
     * @throws ConfigurationException if it cannot be read, or something in it is missing, unknown or doubled.
     */
    public static RecoveryFile load(final Path file, final Administrators administrators)
    {
        final PropertiesText text = PropertiesText.load(WHAT, file);
        final long clusterId = HexFormat.fromHexDigitsToLong(text.takeHex("cluster.id", Long.BYTES));
        final int epoch = text.takeInt("epoch", 1, Integer.MAX_VALUE);
        final long sequence = text.takeLong("sequence");
        final byte[] certificate = text.takeBase64("certificate");
        final String configuration = text.takeHex("configuration", FrameLayout.DIGEST_LENGTH);
        final Map<String, byte[]> signatures = new TreeMap<>();
        for (final Administrator administrator : administrators.members())
        {
            final String key = SIGNATURE + administrator.name();
            if (text.has(key))
            {
                final byte[] signature = text.takeBase64(key);
                if (FrameLayout.SIGNATURE_LENGTH != signature.length)
                {
                    throw new ConfigurationException(
                        text.source() + ": " + key + " must be " + FrameLayout.SIGNATURE_LENGTH + " bytes");
                }
                signatures.put(administrator.name(), signature);
            }
        }
        text.requireNothingLeft();
        return new RecoveryFile(clusterId, epoch, sequence, certificate, configuration, signatures);
    }

    /**
     * With one signature more.
     *
     * @param name      of the administrator.
     * @param signature 64 bytes.
     * @return another one.
     */
    public RecoveryFile with(final String name, final byte[] signature)
    {
        final Map<String, byte[]> more = new TreeMap<>(signatures);
        more.put(name, signature.clone());
        return new RecoveryFile(clusterId, epoch, sequence, certificate, configuration, more);
    }

    /**
     * Writes a new recovery file.
     *
     * @param file that must not exist.
     * @throws ConfigurationException if it exists or cannot be written.
     */
    public void store(final Path file)
    {
        PropertiesText.store(WHAT, file, text());
    }

    /**
     * Puts this in the place of a recovery file, whole or not at all.
     *
     * @param file that exists.
     * @throws ConfigurationException if it cannot be written.
     */
    public void replace(final Path file)
    {
        final Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try
        {
            Files.writeString(unfinished, text());
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        catch (final IOException ex)
        {
            throw new ConfigurationException(WHAT + " " + file + " cannot be written: " + ex, ex);
        }
    }

    private String text()
    {
        final StringBuilder text = new StringBuilder(HEADER)
            .append("cluster.id=").append(HexFormat.of().toHexDigits(clusterId)).append('\n')
            .append("epoch=").append(epoch).append('\n')
            .append("sequence=").append(sequence).append('\n')
            .append("certificate=").append(Base64.getEncoder().encodeToString(certificate)).append('\n')
            .append("configuration=").append(configuration).append('\n');
        signatures.forEach((name, signature) -> text.append(SIGNATURE).append(name).append('=')
            .append(Base64.getEncoder().encodeToString(signature)).append('\n'));
        return text.toString();
    }
}
