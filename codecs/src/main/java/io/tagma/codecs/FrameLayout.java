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
package io.tagma.codecs;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Where things lie in a frame: a message, then its tag. Positions inside a message are the schemas'.
 */
public final class FrameLayout
{
    /** Bytes of the SBE message header before every message. */
    public static final int HEADER_LENGTH = 8;
    /** Bytes of a message authentication code. */
    public static final int TAG_LENGTH = 16;
    /** Bytes of a SHA-256 digest. */
    public static final int DIGEST_LENGTH = 32;
    /** Bytes of an Ed25519 signature. */
    public static final int SIGNATURE_LENGTH = 64;
    /** Bytes before each payload of a bundle: its length as uint32. */
    public static final int PAYLOAD_HEADER_LENGTH = 4;
    /** Greatest number of replicas that a frame can be addressed to. */
    public static final int MAX_REPLICAS = 64;

    /**
     * Bytes that come before what is hashed or signed: a domain tag of 16, cluster id, epoch, zero.
     */
    public static final int DOMAIN_PREFIX_LENGTH = 32;

    /** Domain tag of a batch digest; sequence and timestamp follow the prefix, then the bodies. */
    public static final String BATCH_DOMAIN = "tagma/batch/1";
    /** Domain tag of a client's signature over a bundle body. */
    public static final String BUNDLE_DOMAIN = "tagma/bundle/1";
    /** Domain tag of a replica's signature over a checkpoint's content. */
    public static final String CHECKPOINT_DOMAIN = "tagma/ckpt/1";
    /** Domain tag of a replica's signature over a complaint's content. */
    public static final String COMPLAINT_DOMAIN = "tagma/complain/1";
    /** Domain tag of a replica's signature over a ViewChange, and of the digest that names it. */
    public static final String VIEW_CHANGE_DOMAIN = "tagma/viewchg/1";
    /** Domain tag of a primary's signature over a NewView, and of the digest that names it. */
    public static final String NEW_VIEW_DOMAIN = "tagma/newview/1";
    /** Domain tag of a snapshot's digest; sequence and length follow the prefix, then the root over its chunks. */
    public static final String SNAPSHOT_DOMAIN = "tagma/snapshot/1";
    /** Domain of a signature of an administrator. */
    public static final String RECOVERY_DOMAIN = "tagma/recover/1";

    private FrameLayout()
    {
    }

    /**
     * Writes the prefix that separates what is hashed or signed by purpose, cluster and epoch.
     *
     * @param buffer    to write to: {@link #DOMAIN_PREFIX_LENGTH} bytes from the offset on.
     * @param offset    of the first byte.
     * @param domain    one of the domain tags of this class.
     * @param clusterId of the cluster.
     * @param epoch     of the configuration.
     */
    public static void putDomainPrefix(
        final MutableDirectBuffer buffer,
        final int offset,
        final String domain,
        final long clusterId,
        final int epoch)
    {
        buffer.setMemory(offset, DOMAIN_PREFIX_LENGTH, (byte)0);
        buffer.putBytes(offset, domain.getBytes(US_ASCII));
        buffer.putLong(offset + 16, clusterId, LITTLE_ENDIAN);
        buffer.putInt(offset + 24, epoch, LITTLE_ENDIAN);
    }

    /**
     * Puts another epoch into a prefix.
     *
     * @param buffer that holds it.
     * @param offset of its first byte.
     * @param epoch  of the configuration.
     */
    public static void putEpoch(final MutableDirectBuffer buffer, final int offset, final int epoch)
    {
        buffer.putInt(offset + 24, epoch, LITTLE_ENDIAN);
    }

    /**
     * The order of digests: byte by byte from the first, unsigned.
     *
     * @param a      that holds one digest.
     * @param aIndex of its first byte.
     * @param b      that holds the other.
     * @param bIndex of its first byte.
     * @return negative, 0 or positive as the one is below, equal to or above the other.
     */
    public static int compareDigests(final DirectBuffer a, final int aIndex, final DirectBuffer b, final int bIndex)
    {
        for (int i = 0; i < DIGEST_LENGTH; i += Long.BYTES)
        {
            final int order = Long.compareUnsigned(
                a.getLong(aIndex + i, BIG_ENDIAN), b.getLong(bIndex + i, BIG_ENDIAN));
            if (0 != order)
            {
                return order;
            }
        }
        return 0;
    }
}
