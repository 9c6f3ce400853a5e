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

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.peer.CheckpointContentDecoder;
import io.tagma.codecs.peer.CheckpointContentEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What this replica would sign after the batch that it executed last, and how it compares with what others signed.
 */
final class CheckpointContent
{
    private static final int SNAPSHOT_SEQUENCE_OFFSET = CheckpointContentDecoder.snapshotSequenceEncodingOffset();
    private static final int SNAPSHOT_DIGEST_OFFSET = CheckpointContentDecoder.snapshotDigestEncodingOffset();

    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CheckpointEntry.CONTENT_LENGTH]);
    private final ReplicaStatus status;
    private final Execution execution;
    private final SnapshotLog snapshots;
    private final CheckpointContentEncoder encoder = new CheckpointContentEncoder();
    private final UnsafeBuffer zeroDigest = new UnsafeBuffer(new byte[Digest.LENGTH]);

    CheckpointContent(final Core core, final Execution execution)
    {
        status = core.status;
        snapshots = core.snapshotLog;
        this.execution = execution;
    }

    /**
     * Encodes it into {@link #buffer}.
     *
     * @return false if the digest of the snapshot that it names is not known yet: its place holds zeros.
     */
    boolean encode()
    {
        final boolean isComplete = snapshots.namedDigest().isPresent();
        execution.frontier().root(buffer, CheckpointContentEncoder.rootEncodingOffset());
        encoder
            .wrap(buffer, 0)
            .sequence(status.executedSequence())
            .nextPosition(status.nextPosition())
            .effectiveTimeNs(status.effectiveTimeNs())
            .snapshotSequence(snapshots.namedSequence())
            .putSnapshotDigest(isComplete ? snapshots.namedDigest().bytes() : zeroDigest, 0, Digest.LENGTH)
            .putNextConfigurationDigest(zeroDigest, 0, Digest.LENGTH);
        return isComplete;
    }

    static long snapshotSequence(final DirectBuffer content, final int offset)
    {
        return content.getLong(offset + SNAPSHOT_SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    static int snapshotDigestOffset(final int contentOffset)
    {
        return contentOffset + SNAPSHOT_DIGEST_OFFSET;
    }

    /**
     * Whether a certificate says what we say.
     *
     * @param isComplete whether we know the snapshot's digest; if not, all else is compared.
     */
    static boolean agrees(final DirectBuffer content, final boolean isComplete, final CertificateStore certificate)
    {
        final boolean isNamed = ReplicaStatus.NULL_SEQUENCE != snapshotSequence(content, 0);
        for (int i = 0; i < CheckpointEntry.CONTENT_LENGTH; i += Long.BYTES)
        {
            final boolean isOfSnapshot = !isComplete && i >= SNAPSHOT_DIGEST_OFFSET &&
                i < SNAPSHOT_DIGEST_OFFSET + Digest.LENGTH || !isNamed && SNAPSHOT_SEQUENCE_OFFSET == i;
            if (!isOfSnapshot && content.getLong(i) != certificate.content().getLong(certificate.contentOffset() + i))
            {
                return false;
            }
        }
        return true;
    }
}
