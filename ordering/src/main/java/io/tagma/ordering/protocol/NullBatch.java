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

import io.tagma.codecs.FrameLayout;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The batch that takes a place where nothing is kept: timestamp 0, no requests. It has a real digest for each sequence,
 * and everybody can make it.
 */
final class NullBatch
{
    private static final int SEQUENCE_OFFSET = FrameLayout.DOMAIN_PREFIX_LENGTH;
    private static final int TIMESTAMP_OFFSET = SEQUENCE_OFFSET + Long.BYTES;

    private final Hashing hashing;
    private final UnsafeBuffer content = new UnsafeBuffer(new byte[TIMESTAMP_OFFSET + Long.BYTES]);
    private final Digest digest = new Digest();
    private long sequence = ReplicaStatus.NULL_SEQUENCE;

    NullBatch(final ProtocolParameters parameters, final Hashing hashing)
    {
        this.hashing = hashing;
        FrameLayout.putDomainPrefix(content, 0, FrameLayout.BATCH_DOMAIN, parameters.clusterId, parameters.epoch);
    }

    /**
     * The digest of the null batch at a sequence.
     *
     * @return valid until the next call.
     */
    Digest digest(final long ofSequence)
    {
        if (sequence != ofSequence)
        {
            sequence = ofSequence;
            content.putLong(SEQUENCE_OFFSET, ofSequence, ByteOrder.LITTLE_ENDIAN);
            hashing.sha256(content, 0, content.capacity(), digest.bytes(), 0);
            digest.present();
        }
        return digest;
    }

    /** Puts it where the batch of its sequence is executed from. */
    BatchSlot putInto(final BatchStore store, final long ofSequence)
    {
        return store.putBodies(ofSequence, 0, 0, digest(ofSequence).bytes(), 0, content, 0, 0);
    }
}
