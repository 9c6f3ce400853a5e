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

import io.tagma.codecs.BundleCursor;
import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.PrePrepareEncoder;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes a batch of what waits: as many bundles as fit, oldest first, encoded as the PRE-PREPARE message that will carry
 * it, in the place of memory that it will be executed from.
 */
final class Batcher
{
    private static final int LENGTH_FIELD = Integer.BYTES;
    private static final int DIGEST_PREFIX_LENGTH = FrameLayout.DOMAIN_PREFIX_LENGTH + 2 * Long.BYTES;
    private static final int SEQUENCE_OFFSET = FrameLayout.DOMAIN_PREFIX_LENGTH;
    private static final int TIMESTAMP_OFFSET = SEQUENCE_OFFSET + Long.BYTES;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final PendingBundles pending;
    private final ClientSessions sessions;
    private final Hashing hashing;
    private final BundleCursor cursor = new BundleCursor();
    private final UnsafeBuffer digestPrefix = new UnsafeBuffer(new byte[DIGEST_PREFIX_LENGTH]);
    private final UnsafeBuffer authenticatorsDigest = new UnsafeBuffer(new byte[Digest.LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final PrePrepareEncoder prePrepare = new PrePrepareEncoder();

    Batcher(
        final ProtocolParameters parameters,
        final ReplicaStatus status,
        final PendingBundles pending,
        final ClientSessions sessions,
        final Hashing hashing)
    {
        this.parameters = parameters;
        this.status = status;
        this.pending = pending;
        this.sessions = sessions;
        this.hashing = hashing;
        FrameLayout.putDomainPrefix(
            digestPrefix, 0, FrameLayout.BATCH_DOMAIN, parameters.clusterId, parameters.epoch);
    }

    /**
     * Fills a batch slot with the next proposal; with nothing waiting it is an idle tick.
     */
    void fill(final BatchSlot slot, final long sequence)
    {
        slot.begin(sequence);
        slot.timestampNs = status.epochNs();
        measure(slot, sequence);
        slot.bodiesOffset = FrameLayout.HEADER_LENGTH + PrePrepareEncoder.BLOCK_LENGTH + LENGTH_FIELD;
        slot.authenticatorsOffset = slot.bodiesOffset + slot.bodiesLength + LENGTH_FIELD;
        slot.prePrepareLength = slot.authenticatorsOffset + slot.authenticatorsLength;
        copyBundles(slot);
        digestPrefix.putLong(SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
        digestPrefix.putLong(TIMESTAMP_OFFSET, slot.timestampNs, ByteOrder.LITTLE_ENDIAN);
        hashing.sha256(
            digestPrefix, 0, DIGEST_PREFIX_LENGTH, slot.buffer, slot.bodiesOffset, slot.bodiesLength,
            slot.digest.bytes(), 0);
        slot.digest.present();
        encodeBlock(slot);
    }

    private void measure(final BatchSlot slot, final long sequence)
    {
        int bundleCount = 0;
        int bodiesLength = 0;
        int authenticatorsLength = 0;
        int withSignaturesLength = 0;
        dropWhatIsTooLate(sequence);
        sessions.beginCheck();
        while (!pending.atEnd() && bundleCount < parameters.bundlesPerBatch)
        {
            // Room for a signature that may be asked for later is left beside each bundle.
            withSignaturesLength += pending.bodyLength() + parameters.authenticatorLength() +
                FrameLayout.SIGNATURE_LENGTH;
            if (withSignaturesLength > parameters.batchLengthMax || !continuesBatch(sequence))
            {
                break;
            }
            bodiesLength += pending.bodyLength();
            authenticatorsLength += pending.authenticatorLength();
            slot.authenticated(bundleCount);
            slot.requestCount += cursor.count();
            slot.waitedNs += cursor.count() * (status.nowNs() - pending.arrivedNs());
            bundleCount++;
            pending.next();
        }
        slot.bundleCount = bundleCount;
        slot.bodiesLength = bodiesLength;
        slot.authenticatorsLength = authenticatorsLength;
    }

    /** A bundle that repeats part of one in this batch is for the next one: backups accept no overlap. */
    private boolean continuesBatch(final long sequence)
    {
        return !isTooLate(sequence) && sessions.continuesBatch(cursor);
    }

    /**
     * A session may have been closed before its bundles are proposed. Until batch (sequence of its closing + L) they
     * execute to an error; beyond that backups may have forgotten the session with its key, and would hold the batch
     * for ever.
     */
    private void dropWhatIsTooLate(final long sequence)
    {
        pending.rewind();
        while (!pending.atEnd() && isTooLate(sequence))
        {
            pending.next();
        }
        pending.release();
    }

    private boolean isTooLate(final long sequence)
    {
        cursor.wrap(pending.buffer(), pending.bodyOffset(), pending.bodyLength());
        cursor.next();
        if (BundleKind.OPEN == cursor.kind())
        {
            return false;
        }
        final ClientSession session = sessions.find(cursor.sessionId());
        return null == session || !session.isOpen() && sequence > session.closedAtSequence() + parameters.window;
    }

    private void copyBundles(final BatchSlot slot)
    {
        int bodyIndex = slot.bodiesOffset;
        int authenticatorIndex = slot.authenticatorsOffset;
        pending.rewind();
        for (int i = 0; i < slot.bundleCount; i++)
        {
            slot.buffer.putBytes(bodyIndex, pending.buffer(), pending.bodyOffset(), pending.bodyLength());
            slot.buffer.putBytes(
                authenticatorIndex, pending.buffer(), pending.authenticatorOffset(), pending.authenticatorLength());
            bodyIndex += pending.bodyLength();
            authenticatorIndex += pending.authenticatorLength();
            pending.next();
        }
        pending.release();
        slot.buffer.putInt(slot.bodiesOffset - LENGTH_FIELD, slot.bodiesLength, ByteOrder.LITTLE_ENDIAN);
        slot.buffer.putInt(
            slot.authenticatorsOffset - LENGTH_FIELD, slot.authenticatorsLength, ByteOrder.LITTLE_ENDIAN);
    }

    private void encodeBlock(final BatchSlot slot)
    {
        hashing.sha256(
            slot.buffer, slot.authenticatorsOffset, slot.authenticatorsLength, authenticatorsDigest, 0);
        prePrepare.wrapAndApplyHeader(slot.buffer, 0, header);
        prePrepare.origin()
            .clusterId(parameters.clusterId)
            .epoch(parameters.epoch)
            .sender(parameters.replicaId);
        prePrepare
            .view(status.view())
            .sequence(slot.sequence)
            .timestampNs(slot.timestampNs)
            .putDigest(slot.digest.bytes(), 0, Digest.LENGTH)
            .putAuthenticatorsDigest(authenticatorsDigest, 0, Digest.LENGTH)
            .bundleCount(slot.bundleCount)
            .reserved(0);
    }
}
