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

import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static io.tagma.codecs.Structure.isOrdinal;
import static io.tagma.codecs.Structure.uint32;

import io.tagma.codecs.journal.GroupSizeEncodingDecoder;
import io.tagma.codecs.journal.RecoverDecoder;
import org.agrona.DirectBuffer;

/**
 * Structural check of a Recover record behind its header, and its text.
 */
final class RecoverRecordCheck
{
    private static final int ENTRY_LENGTH = RecoverDecoder.SignaturesDecoder.sbeBlockLength();

    private RecoverRecordCheck()
    {
    }

    static FrameVerdict check(final DirectBuffer buffer, final int block, final int end)
    {
        if (!isOrdinal(buffer, block + RecoverDecoder.sequenceEncodingOffset(), 0) ||
            !isEpoch(uint32(buffer, block + RecoverDecoder.epochEncodingOffset())) ||
            0 != uint32(buffer, block + RecoverDecoder.reservedEncodingOffset()))
        {
            return FrameVerdict.FORM;
        }

        final int group = block + RecoverDecoder.BLOCK_LENGTH;
        final int count = Structure.filledGroup(buffer, group, end, ENTRY_LENGTH, FrameLimits.ADMINISTRATORS_MAX);
        if (count < 0)
        {
            return FrameVerdict.ofFailure(count);
        }

        int position = group + GroupSizeEncodingDecoder.ENCODED_LENGTH;
        long before = -1;
        for (int i = 0; i < count; i++, position += ENTRY_LENGTH)
        {
            final long administrator =
                uint32(buffer, position + RecoverDecoder.SignaturesDecoder.administratorEncodingOffset());
            if (administrator <= before || administrator >= FrameLimits.ADMINISTRATORS_MAX ||
                0 != uint32(buffer, position + RecoverDecoder.SignaturesDecoder.reservedEncodingOffset()))
            {
                return FrameVerdict.FORM;
            }
            before = administrator;
        }

        return position == end ? FrameVerdict.OK : FrameVerdict.LENGTH;
    }

    private static boolean isEpoch(final long epoch)
    {
        return epoch >= 1 && epoch <= Integer.MAX_VALUE;
    }

    static void describe(final StringBuilder text, final DirectBuffer message)
    {
        final RecoverDecoder decoder = new RecoverDecoder().wrap(
            message, HEADER_LENGTH, RecoverDecoder.BLOCK_LENGTH, RecoverDecoder.SCHEMA_VERSION);
        text.append("Recover epoch=").append(decoder.epoch()).append(" behind=").append(decoder.sequence());
        FrameDump.appendDigest(
            text.append(" configuration="), message, HEADER_LENGTH + RecoverDecoder.configurationEncodingOffset());
        text.append(" administrators=");
        String separator = "";
        for (final RecoverDecoder.SignaturesDecoder signature : decoder.signatures())
        {
            text.append(separator).append(signature.administrator());
            separator = ",";
        }
    }
}
