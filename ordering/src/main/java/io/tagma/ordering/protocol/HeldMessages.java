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
import io.tagma.codecs.peer.HeldDecoder;
import io.tagma.codecs.peer.StatusDecoder;
import org.agrona.DirectBuffer;

/**
 * What others hold back, by HELD or by STATUS, and what follows from it: a backup that holds the same batch looks at it
 * again, its primary asks for signatures. The only writer of the others' {@link HeldVoices}.
 */
final class HeldMessages
{
    private final ReplicaStatus status;
    private final Admission admission;
    private final HeldVoices voices;
    private final Marks marks;
    private final NormalCase normalCase;
    private final WantedSignatures wantedSignatures;
    private final HeldDecoder held = new HeldDecoder();
    private final StatusDecoder statusDecoder = new StatusDecoder();

    HeldMessages(final Core core, final NormalCase normalCase, final WantedSignatures wantedSignatures)
    {
        status = core.status;
        admission = core.admission;
        voices = core.heldVoices;
        marks = core.marks;
        this.normalCase = normalCase;
        this.wantedSignatures = wantedSignatures;
    }

    Rejection onHeld(final int senderId, final DirectBuffer buffer, final int offset)
    {
        final int block = offset + FrameLayout.HEADER_LENGTH;
        held.wrap(buffer, block, HeldDecoder.BLOCK_LENGTH, HeldDecoder.SCHEMA_VERSION);
        return hear(
            senderId, held.view(), held.sequence(), buffer, block + HeldDecoder.digestEncodingOffset(),
            block + HeldDecoder.bundlesEncodingOffset());
    }

    /** A STATUS that is newer than all before of its sender: what it holds back, and whom it marks. */
    void onStatus(final int senderId, final DirectBuffer buffer, final int offset)
    {
        statusDecoder.wrap(
            buffer, offset + FrameLayout.HEADER_LENGTH, StatusDecoder.BLOCK_LENGTH, StatusDecoder.SCHEMA_VERSION);
        final long view = statusDecoder.view();
        final StatusDecoder.HeldDecoder entries = statusDecoder.held();
        while (entries.hasNext())
        {
            final int entry = statusDecoder.limit();
            final long sequence = entries.next().sequence();
            hear(
                senderId, view, sequence, buffer, entry + StatusDecoder.HeldDecoder.digestEncodingOffset(),
                entry + StatusDecoder.HeldDecoder.bundlesEncodingOffset());
        }
        marks.hear(senderId, statusDecoder.marks());
    }

    private Rejection hear(
        final int senderId,
        final long view,
        final long sequence,
        final DirectBuffer buffer,
        final int digestOffset,
        final int bundlesOffset)
    {
        final Rejection rejection = admission.ofHeld(senderId, view, sequence);
        if (Rejection.NONE != rejection)
        {
            return rejection;
        }
        status.heard(sequence);
        if (!voices.record(senderId, view, sequence, buffer, digestOffset, buffer, bundlesOffset))
        {
            return Rejection.DUPLICATE;
        }
        normalCase.lookAgain(sequence);
        wantedSignatures.onHeld(sequence);
        return Rejection.NONE;
    }
}
