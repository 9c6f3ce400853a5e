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
package io.tagma.ordering.protocol;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of one batch in memory: as a PRE-PREPARE message without its tag, or as bare bodies that came by transfer.
 */
final class BatchSlot
{
    final UnsafeBuffer buffer;
    final Digest digest = new Digest();
    /** Bit i: bundle i is authentic to this replica. */
    final long[] authentic;
    /** Bit i: the side agent was asked for the signature of bundle i. */
    private final long[] asked;
    /** Bit i: it has answered for bundle i. */
    private final long[] answered;
    /** Bit i: our tag on bundle i, as it came, is wrong. */
    private final long[] refused;
    /** Bit i, as primary: bundle i carries its client's signature, which was asked for and is right. */
    private final long[] signed;

    long sequence = ReplicaStatus.NULL_SEQUENCE;
    /** Rises with each batch that is put here, so that a late answer is not taken for one about it. */
    long stamp;
    long timestampNs;
    int bundleCount;
    /** Bytes of the PRE-PREPARE message at index 0; 0 if the batch came as bare bodies. */
    int prePrepareLength;
    int bodiesOffset;
    int bodiesLength;
    int authenticatorsOffset;
    int authenticatorsLength;
    /** Whether the newest record of this sequence in the journal holds these bytes: a restart finds them again. */
    boolean isJournalled;
    /** As primary: the requests in it, and how long they waited to be proposed, summed over them. */
    long requestCount;
    long waitedNs;

    BatchSlot(final int length, final int bundlesPerBatch)
    {
        buffer = new UnsafeBuffer(new byte[length]);
        authentic = new long[(bundlesPerBatch + Long.SIZE - 1) / Long.SIZE];
        asked = new long[authentic.length];
        answered = new long[authentic.length];
        refused = new long[authentic.length];
        signed = new long[authentic.length];
    }

    boolean holds(final long sequence, final Digest digest)
    {
        return this.sequence == sequence && this.digest.is(digest);
    }

    void begin(final long sequence)
    {
        this.sequence = sequence;
        stamp++;
        digest.clear();
        isJournalled = false;
        prePrepareLength = 0;
        authenticatorsLength = 0;
        requestCount = 0;
        waitedNs = 0;
        for (int i = 0; i < authentic.length; i++)
        {
            authentic[i] = 0;
            asked[i] = 0;
            answered[i] = 0;
            refused[i] = 0;
            signed[i] = 0;
        }
    }

    boolean isAuthentic(final int bundle)
    {
        return 0 != (authentic[bundle >> 6] & (1L << bundle));
    }

    void authenticated(final int bundle)
    {
        authentic[bundle >> 6] |= 1L << bundle;
    }

    boolean isAsked(final int bundle)
    {
        return 0 != (asked[bundle >> 6] & (1L << bundle));
    }

    void asked(final int bundle)
    {
        asked[bundle >> 6] |= 1L << bundle;
    }

    /** Whether the side agent has yet to answer for it. */
    boolean isWaiting(final int bundle)
    {
        return 0 != (asked[bundle >> 6] & ~answered[bundle >> 6] & (1L << bundle));
    }

    void answered(final int bundle)
    {
        answered[bundle >> 6] |= 1L << bundle;
    }

    boolean isRefused(final int bundle)
    {
        return 0 != (refused[bundle >> 6] & (1L << bundle));
    }

    void refused(final int bundle)
    {
        refused[bundle >> 6] |= 1L << bundle;
    }

    boolean isSigned(final int bundle)
    {
        return 0 != (signed[bundle >> 6] & (1L << bundle));
    }

    void signed(final int bundle)
    {
        signed[bundle >> 6] |= 1L << bundle;
    }
}
