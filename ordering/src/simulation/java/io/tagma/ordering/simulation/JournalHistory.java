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
package io.tagma.ordering.simulation;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.journal.CommitMarkDecoder;
import io.tagma.codecs.journal.EntryDecoder;
import io.tagma.codecs.journal.MessageHeaderEncoder;
import io.tagma.codecs.journal.StableCertificateDecoder;
import io.tagma.codecs.journal.StoredBatchDecoder;
import io.tagma.codecs.journal.StoredBatchEncoder;
import io.tagma.codecs.peer.CheckpointContentDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.journal.JournalReader;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the side agent reads from a journal for replicas that fell behind, without an index on disk: everything is kept
 * in maps, and the reader goes on where it stopped.
 */
final class JournalHistory
{
    private final JournalReader reader;
    /** Whether it is as if what lies at or below the second newest certified snapshot were no longer there. */
    private final boolean isCut;
    private long newestNamed;
    private long cutSequence;
    /** StoredBatch messages by digest. */
    private final Map<DigestValue, UnsafeBuffer> batches = new HashMap<>();
    /** By sequence. */
    private final TreeMap<Long, DigestValue> committed = new TreeMap<>();
    private final TreeMap<Long, UnsafeBuffer> certificates = new TreeMap<>();
    private final EntryDecoder entry = new EntryDecoder();
    private final StoredBatchDecoder storedBatch = new StoredBatchDecoder();
    private final StableCertificateDecoder stableCertificate = new StableCertificateDecoder();
    private final PrePrepareDecoder prePrepare = new PrePrepareDecoder();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);

    JournalHistory(final JournalReader reader, final boolean isCut)
    {
        this.isCut = isCut;
        this.reader = reader;
    }

    private void readOn()
    {
        int count;
        do
        {
            count = reader.poll(this::onRecord, Integer.MAX_VALUE);
        }
        while (count > 0);
    }

    private void onRecord(
        final long record, final long position, final DirectBuffer buffer, final int offset, final int length)
    {
        final int body = offset + FrameLayout.HEADER_LENGTH;
        switch (buffer.getShort(offset + 2, LITTLE_ENDIAN))
        {
            case EntryDecoder.TEMPLATE_ID ->
            {
                entry.wrap(buffer, body, EntryDecoder.BLOCK_LENGTH, EntryDecoder.SCHEMA_VERSION);
                final DigestValue digest = DigestValue.at(buffer, body + EntryDecoder.digestEncodingOffset());
                entry.wrapPrePrepare(view);
                batches.putIfAbsent(digest, storedBatchOf(digest));
            }
            case StoredBatchDecoder.TEMPLATE_ID ->
            {
                storedBatch.wrap(buffer, body, StoredBatchDecoder.BLOCK_LENGTH, StoredBatchDecoder.SCHEMA_VERSION);
                batches.putIfAbsent(
                    DigestValue.at(buffer, body + StoredBatchDecoder.digestEncodingOffset()),
                    copy(buffer, offset, length));
            }
            case CommitMarkDecoder.TEMPLATE_ID ->
                committed.put(
                    buffer.getLong(body + CommitMarkDecoder.sequenceEncodingOffset(), LITTLE_ENDIAN),
                    DigestValue.at(buffer, body + CommitMarkDecoder.digestEncodingOffset()));
            case StableCertificateDecoder.TEMPLATE_ID ->
            {
                stableCertificate.wrap(
                    buffer, body, StableCertificateDecoder.BLOCK_LENGTH, StableCertificateDecoder.SCHEMA_VERSION);
                final long sequence = stableCertificate.sequence();
                stableCertificate.wrapCertificate(view);
                certificates.put(sequence, copy(view, 0, view.capacity()));
                cut(view.getLong(
                    JournalWitness.CONTENT_OFFSET + CheckpointContentDecoder.snapshotSequenceEncodingOffset(),
                    LITTLE_ENDIAN));
            }
            default ->
            {
                // Nothing that others ask for.
            }
        }
    }

    private void cut(final long named)
    {
        if (isCut && named > newestNamed)
        {
            cutSequence = newestNamed;
            newestNamed = named;
        }
    }

    private UnsafeBuffer storedBatchOf(final DigestValue digest)
    {
        prePrepare.wrap(
            view, FrameLayout.HEADER_LENGTH, PrePrepareDecoder.BLOCK_LENGTH, PrePrepareDecoder.SCHEMA_VERSION);
        final long sequence = prePrepare.sequence();
        final long timestampNs = prePrepare.timestampNs();
        final long bundleCount = prePrepare.bundleCount();
        final byte[] bodies = new byte[prePrepare.bodiesLength()];
        prePrepare.getBodies(bodies, 0, bodies.length);
        final UnsafeBuffer message = new UnsafeBuffer(
            new byte[FrameLayout.HEADER_LENGTH + StoredBatchEncoder.BLOCK_LENGTH + Integer.BYTES + bodies.length]);
        final UnsafeBuffer digestBytes = new UnsafeBuffer(new byte[FrameLayout.DIGEST_LENGTH]);
        digest.put(digestBytes, 0);
        new StoredBatchEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
            .sequence(sequence)
            .timestampNs(timestampNs)
            .putDigest(digestBytes, 0, FrameLayout.DIGEST_LENGTH)
            .bundleCount(bundleCount)
            .reserved(0)
            .putBodies(bodies, 0, bodies.length);
        return message;
    }

    private static UnsafeBuffer copy(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new UnsafeBuffer(bytes);
    }

    /** The batch of a digest as a StoredBatch message, executed or not; null if the journal does not hold it. */
    UnsafeBuffer batch(final DigestValue digest)
    {
        readOn();
        final UnsafeBuffer batch = batches.get(digest);
        return null == batch || batch.getLong(
            FrameLayout.HEADER_LENGTH + StoredBatchDecoder.sequenceEncodingOffset(), LITTLE_ENDIAN) <= cutSequence ?
            null : batch;
    }

    /** A run of digests of executed batches, shorter than asked for where the journal ends. */
    UnsafeBuffer digests(final long firstSequence, final int count)
    {
        readOn();
        int found = 0;
        while (found < count && firstSequence > cutSequence && committed.containsKey(firstSequence + found))
        {
            found++;
        }
        final UnsafeBuffer digests = new UnsafeBuffer(new byte[found * FrameLayout.DIGEST_LENGTH]);
        for (int i = 0; i < found; i++)
        {
            committed.get(firstSequence + i).put(digests, i * FrameLayout.DIGEST_LENGTH);
        }
        return digests;
    }

    /** The lowest certificate at or above a sequence, a Certificate message; null if there is none. */
    UnsafeBuffer certificateAtOrAbove(final long sequence)
    {
        readOn();
        final Map.Entry<Long, UnsafeBuffer> found = certificates.ceilingEntry(sequence);
        return null == found ? null : found.getValue();
    }
}
