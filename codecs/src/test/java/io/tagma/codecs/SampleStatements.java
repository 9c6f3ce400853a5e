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

import static io.tagma.codecs.SampleBundles.payload;
import static io.tagma.codecs.SampleFrames.message;

import org.agrona.ExpandableArrayBuffer;

import io.tagma.codecs.statement.BooleanType;
import io.tagma.codecs.statement.MessageHeaderEncoder;
import io.tagma.codecs.statement.NewViewEncoder;
import io.tagma.codecs.statement.ViewChangeEncoder;

/**
 * One well-formed statement of every template, as another implementation would encode it.
 */
final class SampleStatements
{
    static final byte[] A = payload(32, 0xA0);
    static final byte[] B = payload(32, 0xB0);
    static final byte[] C = payload(32, 0xC0);

    private static final long CLUSTER = 0x1122334455667788L;

    private SampleStatements()
    {
    }

    /**
     * What is said of consecutive sequences.
     *
     * @param first        sequence.
     * @param count        of sequences.
     * @param preparedView below 0: none is prepared.
     * @param views        in which digests were accepted.
     * @param digests      one behind the other.
     */
    record Run(long first, int count, long preparedView, long[] views, byte[] digests)
    {
    }

    static Run prepared(final long first, final long view, final byte[]... digests)
    {
        return new Run(first, digests.length, view, new long[0], SampleBundles.joined(digests));
    }

    static Run run(
        final long first, final int count, final long preparedView, final long[] views, final byte[]... digests)
    {
        return new Run(first, count, preparedView, views, SampleBundles.joined(digests));
    }

    static long[] views(final long... views)
    {
        return views;
    }

    /** With h = 1,024: two prepared, a gap, one accepted twice, one of both. */
    static byte[] viewChange()
    {
        return viewChange(
            5, 1024, SampleFrames.certificate(0, 1, 3),
            prepared(1025, 4, A, B),
            run(1028, 1, -1, views(4, 2), B, A),
            run(1029, 2, 3, views(4, 3), A, B, C, B, A, C));
    }

    static byte[] viewChange(final long view, final long stable, final byte[] certificate, final Run... runs)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final ViewChangeEncoder encoder = new ViewChangeEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(CLUSTER).epoch(0).sender(2);
        encoder.view(view).stableSequence(stable);
        final ViewChangeEncoder.RunsEncoder group = encoder.runsCount(runs.length);
        for (final Run run : runs)
        {
            group.next().firstSequence(run.first).preparedView(Math.max(0, run.preparedView)).sequenceCount(run.count)
                .prepared(run.preparedView < 0 ? BooleanType.F : BooleanType.T).reserved1((short)0).reserved2(0);
            final ViewChangeEncoder.RunsEncoder.AcceptedEncoder accepted = group.acceptedCount(run.views.length);
            for (final long accept : run.views)
            {
                accepted.next().view(accept);
            }
            group.putDigests(run.digests, 0, run.digests.length);
        }
        encoder.putCertificate(certificate, 0, certificate.length);
        return message(buffer, encoder.encodedLength());
    }

    static byte[] newView(final long start, final int selected, final int... senders)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final NewViewEncoder encoder = new NewViewEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(CLUSTER).epoch(0).sender(1);
        encoder.view(5).startSequence(start);
        final NewViewEncoder.ViewChangesEncoder viewChanges = encoder.viewChangesCount(senders.length);
        for (final int sender : senders)
        {
            viewChanges.next().sender(sender).reserved(0).putDigest(C, 0, C.length);
        }
        final NewViewEncoder.SelectedEncoder group = encoder.selectedCount(selected);
        for (int i = 0; i < selected; i++)
        {
            group.next().putDigest(A, 0, A.length);
        }
        return message(buffer, encoder.encodedLength());
    }
}
