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
import io.tagma.codecs.journal.CommitMarkDecoder;
import io.tagma.codecs.journal.EntryDecoder;
import io.tagma.codecs.journal.MessageHeaderDecoder;
import io.tagma.codecs.journal.MessageHeaderEncoder;
import io.tagma.codecs.journal.RecoverDecoder;
import io.tagma.codecs.journal.StableCertificateDecoder;
import io.tagma.codecs.journal.StoredBatchDecoder;
import io.tagma.codecs.journal.StoredBatchEncoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads recorded journal records as the side agent reads a journal.
 */
final class RecordedHistory
{
    private RecordedHistory()
    {
    }

    /** Commit marks that a later RECOVER has undone are no part of it. */
    private static long endAt(final List<UnsafeBuffer> records, final int index)
    {
        for (final UnsafeBuffer record : records.subList(index, records.size()))
        {
            if (is(record, RecoverDecoder.TEMPLATE_ID))
            {
                return record.getLong(FrameLayout.HEADER_LENGTH + RecoverDecoder.sequenceEncodingOffset());
            }
        }
        return Long.MAX_VALUE;
    }

    static UnsafeBuffer digests(final List<UnsafeBuffer> records, final long firstSequence, final int limit)
    {
        final ExpandableArrayBuffer found = new ExpandableArrayBuffer();
        int count = 0;
        final CommitMarkDecoder mark = new CommitMarkDecoder();
        for (int i = 0; i < records.size(); i++)
        {
            final UnsafeBuffer record = records.get(i);
            if (is(record, CommitMarkDecoder.TEMPLATE_ID))
            {
                mark.wrap(record, FrameLayout.HEADER_LENGTH, CommitMarkDecoder.BLOCK_LENGTH, 1);
                if (mark.sequence() == firstSequence + count && count < limit &&
                    mark.sequence() <= endAt(records, i))
                {
                    found.putBytes(
                        count * Digest.LENGTH, record,
                        FrameLayout.HEADER_LENGTH + CommitMarkDecoder.digestEncodingOffset(), Digest.LENGTH);
                    count++;
                }
            }
        }
        return new UnsafeBuffer(found, 0, count * Digest.LENGTH);
    }

    static UnsafeBuffer certificate(final List<UnsafeBuffer> records, final long firstSequence)
    {
        final StableCertificateDecoder decoder = new StableCertificateDecoder();
        for (final UnsafeBuffer record : records)
        {
            if (is(record, StableCertificateDecoder.TEMPLATE_ID))
            {
                decoder.wrap(record, FrameLayout.HEADER_LENGTH, StableCertificateDecoder.BLOCK_LENGTH, 1);
                if (decoder.sequence() >= firstSequence)
                {
                    return new UnsafeBuffer(
                        record, FrameLayout.HEADER_LENGTH + StableCertificateDecoder.BLOCK_LENGTH + Integer.BYTES,
                        decoder.certificateLength());
                }
            }
        }
        return new UnsafeBuffer(new byte[0]);
    }

    /** A batch by its digest, executed or not. */
    static UnsafeBuffer batch(
        final List<UnsafeBuffer> records, final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        for (final UnsafeBuffer record : records)
        {
            final boolean isStored = is(record, StoredBatchDecoder.TEMPLATE_ID);
            final int offset = FrameLayout.HEADER_LENGTH +
                (isStored ? StoredBatchDecoder.digestEncodingOffset() : EntryDecoder.digestEncodingOffset());
            if ((isStored || is(record, EntryDecoder.TEMPLATE_ID)) &&
                Digest.equal(record, offset, digest, digestOffset))
            {
                return batch(List.of(record), sequence);
            }
        }
        return null;
    }

    static UnsafeBuffer batch(final List<UnsafeBuffer> records, final long sequence)
    {
        final EntryDecoder entry = new EntryDecoder();
        final StoredBatchDecoder stored = new StoredBatchDecoder();
        for (final UnsafeBuffer record : records)
        {
            if (is(record, StoredBatchDecoder.TEMPLATE_ID))
            {
                stored.wrap(record, FrameLayout.HEADER_LENGTH, StoredBatchDecoder.BLOCK_LENGTH, 1);
                if (stored.sequence() == sequence)
                {
                    return record;
                }
            }
            else if (is(record, EntryDecoder.TEMPLATE_ID))
            {
                entry.wrap(record, FrameLayout.HEADER_LENGTH, EntryDecoder.BLOCK_LENGTH, 1);
                if (entry.sequence() == sequence)
                {
                    return storedBatch(record, FrameLayout.HEADER_LENGTH + EntryDecoder.BLOCK_LENGTH + Integer.BYTES);
                }
            }
        }
        return null;
    }

    /** The digest that was proposed or accepted at a sequence. */
    static void entryDigest(final List<UnsafeBuffer> records, final long sequence, final Digest digest)
    {
        final EntryDecoder entry = new EntryDecoder();
        for (final UnsafeBuffer record : records)
        {
            if (is(record, EntryDecoder.TEMPLATE_ID))
            {
                entry.wrap(record, FrameLayout.HEADER_LENGTH, EntryDecoder.BLOCK_LENGTH, 1);
                if (entry.sequence() == sequence)
                {
                    digest.set(record, FrameLayout.HEADER_LENGTH + EntryDecoder.digestEncodingOffset());
                }
            }
        }
    }

    private static UnsafeBuffer storedBatch(final UnsafeBuffer record, final int prePrepareOffset)
    {
        final PrePrepareDecoder prePrepare = new PrePrepareDecoder();
        final int block = prePrepareOffset + FrameLayout.HEADER_LENGTH;
        prePrepare.wrap(record, block, PrePrepareDecoder.BLOCK_LENGTH, 1);
        final int bodiesLength = prePrepare.bodiesLength();
        final UnsafeBuffer result = new UnsafeBuffer(
            new byte[FrameLayout.HEADER_LENGTH + StoredBatchEncoder.BLOCK_LENGTH + Integer.BYTES + bodiesLength]);
        new StoredBatchEncoder().wrapAndApplyHeader(result, 0, new MessageHeaderEncoder())
            .sequence(prePrepare.sequence())
            .timestampNs(prePrepare.timestampNs())
            .putDigest(record, block + PrePrepareDecoder.digestEncodingOffset(), Digest.LENGTH)
            .bundleCount(prePrepare.bundleCount())
            .reserved(0)
            .putBodies(record, block + PrePrepareDecoder.BLOCK_LENGTH + Integer.BYTES, bodiesLength);
        return result;
    }

    private static boolean is(final UnsafeBuffer record, final int templateId)
    {
        return templateId == new MessageHeaderDecoder().wrap(record, 0).templateId();
    }
}
