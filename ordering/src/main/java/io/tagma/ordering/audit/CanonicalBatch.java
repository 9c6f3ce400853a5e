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
package io.tagma.ordering.audit;

import io.tagma.codecs.FrameLayout;
import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.protocol.Hashing;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The one encoding of a batch that its digest is taken over: domain, cluster, epoch, sequence, timestamp, bodies.
 */
final class CanonicalBatch
{
    private static final int SEQUENCE_OFFSET = FrameLayout.DOMAIN_PREFIX_LENGTH;
    private static final int TIMESTAMP_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    private static final int HEAD_LENGTH = TIMESTAMP_OFFSET + Long.BYTES;

    private final Hashing hashing = new Sha256();
    private final UnsafeBuffer head = new UnsafeBuffer(new byte[HEAD_LENGTH]);
    private final UnsafeBuffer digest = new UnsafeBuffer(new byte[FrameLayout.DIGEST_LENGTH]);

    /**
     * Computes the digest of a log's batch.
     *
     * @param log at a batch.
     * @return 32 bytes, until the next call.
     */
    UnsafeBuffer digest(final OrderedLog log)
    {
        FrameLayout.putDomainPrefix(
            head, 0, FrameLayout.BATCH_DOMAIN, log.identity().clusterId(), log.recoveries.epochs().of(log.sequence()));
        head.putLong(SEQUENCE_OFFSET, log.sequence(), ByteOrder.LITTLE_ENDIAN);
        head.putLong(TIMESTAMP_OFFSET, log.timestampNs(), ByteOrder.LITTLE_ENDIAN);
        hashing.sha256(head, 0, HEAD_LENGTH, log.bodies(), 0, log.bodiesLength(), digest, 0);
        return digest;
    }
}
