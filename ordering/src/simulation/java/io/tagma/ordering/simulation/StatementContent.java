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

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.statement.NewViewDecoder;
import io.tagma.codecs.statement.ViewChangeDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What statements about a change of view say, read for the oracle with the generated decoders alone.
 */
final class StatementContent
{
    /**
     * A batch and the highest view that something is claimed of it for.
     *
     * @param digest of the batch.
     * @param view   highest.
     */
    record Claim(DigestValue digest, long view)
    {
    }

    /**
     * What a VIEW-CHANGE says.
     *
     * @param signer   who says it.
     * @param view     to be entered.
     * @param stable   h.
     * @param prepared P, by sequence.
     * @param accepted Qs, by sequence and digest; what P implies included.
     */
    record ViewChange(
        int signer, long view, long stable, Map<Long, Claim> prepared, Map<Long, Map<DigestValue, Long>> accepted)
    {
    }

    /**
     * What a NEW-VIEW says.
     *
     * @param signer   who says it.
     * @param view     to be entered.
     * @param start    of what is taken over.
     * @param members  digests of the VIEW-CHANGEs that it goes by, by signer.
     * @param selected digests from start + 1 on.
     */
    record NewView(int signer, long view, long start, Map<Integer, DigestValue> members, List<DigestValue> selected)
    {
        /** Whether it says what is at a sequence: above its end it says that nothing is. */
        boolean selects(final long sequence, final DigestValue digest)
        {
            return sequence > start && sequence <= start + selected.size() &&
                selected.get((int)(sequence - start - 1)).equals(digest);
        }
    }

    private StatementContent()
    {
    }

    static boolean isViewChange(final byte[] statement)
    {
        return ViewChangeDecoder.TEMPLATE_ID == statement[2];
    }

    static ViewChange viewChange(final byte[] statement)
    {
        final ViewChangeDecoder decoder = new ViewChangeDecoder();
        decoder.wrap(
            new UnsafeBuffer(statement), FrameLayout.HEADER_LENGTH, ViewChangeDecoder.BLOCK_LENGTH,
            ViewChangeDecoder.SCHEMA_VERSION);
        final int signer = (int)decoder.origin().sender();
        final long view = decoder.view();
        final long stable = decoder.stableSequence();
        final Map<Long, Claim> prepared = new TreeMap<>();
        final Map<Long, Map<DigestValue, Long>> accepted = new TreeMap<>();
        for (final ViewChangeDecoder.RunsDecoder run : decoder.runs())
        {
            final long first = run.firstSequence();
            final long count = run.sequenceCount();
            final boolean isPrepared = 1 == run.prepared().value();
            final long preparedView = run.preparedView();
            final List<Long> views = new ArrayList<>();
            for (final ViewChangeDecoder.RunsDecoder.AcceptedDecoder entry : run.accepted())
            {
                views.add(entry.view());
            }
            final byte[] digests = new byte[run.digestsLength()];
            run.getDigests(digests, 0, digests.length);
            final DirectBuffer buffer = new UnsafeBuffer(digests);
            int offset = 0;
            for (long sequence = first; sequence < first + count; sequence++)
            {
                final Map<DigestValue, Long> all = accepted.computeIfAbsent(sequence, key -> new HashMap<>());
                if (isPrepared)
                {
                    final DigestValue digest = DigestValue.at(buffer, offset);
                    prepared.put(sequence, new Claim(digest, preparedView));
                    all.merge(digest, preparedView, Math::max);
                    offset += FrameLayout.DIGEST_LENGTH;
                }
                for (final long acceptedView : views)
                {
                    all.merge(DigestValue.at(buffer, offset), acceptedView, Math::max);
                    offset += FrameLayout.DIGEST_LENGTH;
                }
            }
        }
        return new ViewChange(signer, view, stable, prepared, accepted);
    }

    static NewView newView(final byte[] statement)
    {
        final NewViewDecoder decoder = new NewViewDecoder();
        final UnsafeBuffer buffer = new UnsafeBuffer(statement);
        decoder.wrap(
            buffer, FrameLayout.HEADER_LENGTH, NewViewDecoder.BLOCK_LENGTH, NewViewDecoder.SCHEMA_VERSION);
        final int signer = (int)decoder.origin().sender();
        final long view = decoder.view();
        final long start = decoder.startSequence();
        final UnsafeBuffer digest = new UnsafeBuffer(0, 0);
        final Map<Integer, DigestValue> members = new TreeMap<>();
        for (final NewViewDecoder.ViewChangesDecoder member : decoder.viewChanges())
        {
            final int sender = (int)member.sender();
            member.wrapDigest(digest);
            members.put(sender, DigestValue.at(digest, 0));
        }
        final List<DigestValue> selected = new ArrayList<>();
        for (final NewViewDecoder.SelectedDecoder entry : decoder.selected())
        {
            entry.wrapDigest(digest);
            selected.add(DigestValue.at(digest, 0));
        }
        return new NewView(signer, view, start, members, selected);
    }
}
