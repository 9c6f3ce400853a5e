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

import io.tagma.codecs.FrameLayout;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes and checks Ed25519 signatures of one cluster and epoch. What is signed is a domain tag, the cluster, the epoch,
 * and then the content given here.
 * <p>
 * Tens of microseconds and some kilobytes of garbage each: for a side agent, never for the ordering thread. Not thread
 * safe: one instance for each thread.
 */
public final class Signatures
{
    private static final int INITIAL_CONTENT_LENGTH = 2048;

    private final byte[][] prefixes;
    private final byte[] signatureBytes = new byte[FrameLayout.SIGNATURE_LENGTH];
    private byte[] message = new byte[FrameLayout.DOMAIN_PREFIX_LENGTH + INITIAL_CONTENT_LENGTH];

    /**
     * For one cluster and epoch.
     *
     * @param clusterId of the cluster.
     * @param epoch     of its configuration.
     */
    public Signatures(final long clusterId, final int epoch)
    {
        final SignatureDomain[] domains = SignatureDomain.values();
        prefixes = new byte[domains.length][FrameLayout.DOMAIN_PREFIX_LENGTH];
        for (final SignatureDomain domain : domains)
        {
            final byte[] prefix = prefixes[domain.ordinal()];
            FrameLayout.putDomainPrefix(new UnsafeBuffer(prefix), 0, domain.tag(), clusterId, epoch);
        }
    }

    /**
     * Signs.
     *
     * @param domain          what the signature is for.
     * @param keys            of the signer.
     * @param content         that holds what is signed behind the domain prefix.
     * @param offset          of its first byte.
     * @param length          of it in bytes.
     * @param signature       to write 64 bytes to.
     * @param signatureOffset of the first of them.
     */
    public void sign(
        final SignatureDomain domain,
        final SigningKeys keys,
        final DirectBuffer content,
        final int offset,
        final int length,
        final MutableDirectBuffer signature,
        final int signatureOffset)
    {
        final int messageLength = assemble(domain, content, offset, length);
        keys.sign(message, messageLength, signatureBytes);
        signature.putBytes(signatureOffset, signatureBytes);
    }

    /**
     * Checks a signature.
     *
     * @param domain          what the signature should be for.
     * @param key             of the supposed signer.
     * @param content         that holds what should be signed behind the domain prefix.
     * @param offset          of its first byte.
     * @param length          of it in bytes.
     * @param signature       that holds the 64 bytes to check.
     * @param signatureOffset of the first of them.
     * @return true if the signature is right.
     */
    public boolean verify(
        final SignatureDomain domain,
        final SigningPublicKey key,
        final DirectBuffer content,
        final int offset,
        final int length,
        final DirectBuffer signature,
        final int signatureOffset)
    {
        final int messageLength = assemble(domain, content, offset, length);
        signature.getBytes(signatureOffset, signatureBytes);
        return key.verify(message, messageLength, signatureBytes);
    }

    /**
     * Whether bytes begin with the prefix of a domain.
     *
     * @param domain that is asked for.
     * @param buffer that holds them.
     * @param offset of the first of {@link FrameLayout#DOMAIN_PREFIX_LENGTH} bytes.
     * @return true if they are this cluster's and epoch's prefix for the domain.
     */
    public boolean isPrefix(final SignatureDomain domain, final DirectBuffer buffer, final int offset)
    {
        final byte[] prefix = prefixes[domain.ordinal()];
        for (int i = 0; i < prefix.length; i++)
        {
            if (prefix[i] != buffer.getByte(offset + i))
            {
                return false;
            }
        }
        return true;
    }

    private int assemble(final SignatureDomain domain, final DirectBuffer content, final int offset, final int length)
    {
        final int messageLength = FrameLayout.DOMAIN_PREFIX_LENGTH + length;
        if (messageLength > message.length)
        {
            // Bounded: nothing longer than the greatest bundle or statement is ever signed.
            message = new byte[messageLength];
        }
        System.arraycopy(prefixes[domain.ordinal()], 0, message, 0, FrameLayout.DOMAIN_PREFIX_LENGTH);
        content.getBytes(offset, message, FrameLayout.DOMAIN_PREFIX_LENGTH, length);
        return messageLength;
    }
}
