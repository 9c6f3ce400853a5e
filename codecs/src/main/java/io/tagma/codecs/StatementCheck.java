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
import static io.tagma.codecs.Structure.FAILED_FORM;
import static io.tagma.codecs.Structure.FAILED_SENDER;
import static io.tagma.codecs.Structure.GROUP_HEADER_LENGTH;
import static io.tagma.codecs.Structure.ORDINAL_MAX;
import static io.tagma.codecs.Structure.int64;
import static io.tagma.codecs.Structure.isOrdinal;
import static io.tagma.codecs.Structure.uint32;

import org.agrona.DirectBuffer;

import io.tagma.codecs.statement.MessageHeaderDecoder;
import io.tagma.codecs.statement.NewViewDecoder;
import io.tagma.codecs.statement.OriginDecoder;
import io.tagma.codecs.statement.ViewChangeDecoder;

/**
 * Structural check of what replicas sign about a change of view, once its parts are together. Stateless, allocates
 * nothing, never throws, and reads nothing outside the statement that it is given.
 * <p>
 * One encoding for each content: what passes is canonical, so two replicas that say the same say it with the same
 * bytes. It says nothing of cluster, epoch and signatures, those of a certificate included.
 */
public final class StatementCheck
{
    private static final int SENDER = HEADER_LENGTH + OriginDecoder.senderEncodingOffset();
    private static final int VIEW_CHANGE_LENGTH = NewViewDecoder.ViewChangesDecoder.sbeBlockLength();
    private static final int SELECTED_LENGTH = NewViewDecoder.SelectedDecoder.sbeBlockLength();

    private StatementCheck()
    {
    }

    /**
     * Checks one message of the statement schema.
     *
     * @param buffer that holds it.
     * @param offset of its first byte, that of the message header.
     * @param length in bytes, without the signature.
     * @param limits to hold it to.
     * @return {@link FrameVerdict#OK}, or why it is refused.
     */
    public static FrameVerdict check(
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final FrameLimits limits)
    {
        final FrameVerdict header = Structure.header(
            buffer, offset, length, MessageHeaderDecoder.SCHEMA_ID, MessageHeaderDecoder.SCHEMA_VERSION);
        if (FrameVerdict.OK != header)
        {
            return header;
        }
        if (length > limits.statementLengthMax())
        {
            return FrameVerdict.SIZE;
        }

        final int templateId = Structure.templateId(buffer, offset);
        final boolean isViewChange = ViewChangeDecoder.TEMPLATE_ID == templateId;
        if (!isViewChange && NewViewDecoder.TEMPLATE_ID != templateId)
        {
            return FrameVerdict.TEMPLATE;
        }

        final FrameVerdict block = Structure.block(
            buffer, offset, length, isViewChange ? ViewChangeDecoder.BLOCK_LENGTH : NewViewDecoder.BLOCK_LENGTH);
        if (FrameVerdict.OK != block)
        {
            return block;
        }
        if (uint32(buffer, offset + SENDER) >= limits.replicaCount())
        {
            return FrameVerdict.SENDER;
        }

        return isViewChange ?
            ViewChangeCheck.check(buffer, offset, offset + length, limits) :
            newView(buffer, offset, offset + length, limits);
    }

    private static FrameVerdict newView(
        final DirectBuffer buffer,
        final int offset,
        final int end,
        final FrameLimits limits)
    {
        final int block = offset + HEADER_LENGTH;
        if (!isOrdinal(buffer, block + NewViewDecoder.viewEncodingOffset(), 1) ||
            !isOrdinal(buffer, block + NewViewDecoder.startSequenceEncodingOffset(), 0))
        {
            return FrameVerdict.FORM;
        }

        final int viewChanges = block + NewViewDecoder.BLOCK_LENGTH;
        final int count = Structure.filledGroup(buffer, viewChanges, end, VIEW_CHANGE_LENGTH, limits.replicaCount());
        if (count < 0)
        {
            return FrameVerdict.ofFailure(count);
        }

        final int selected = viewChanges(buffer, viewChanges + GROUP_HEADER_LENGTH, count, limits);
        if (selected < 0)
        {
            return FrameVerdict.ofFailure(selected);
        }

        final int selectedCount = Structure.group(buffer, selected, end, SELECTED_LENGTH, limits.window());
        if (selectedCount < 0)
        {
            return FrameVerdict.ofFailure(selectedCount);
        }
        if (selected + GROUP_HEADER_LENGTH + selectedCount * SELECTED_LENGTH != end)
        {
            return FrameVerdict.LENGTH;
        }

        return int64(buffer, block + NewViewDecoder.startSequenceEncodingOffset()) > ORDINAL_MAX - selectedCount ?
            FrameVerdict.FORM : FrameVerdict.OK;
    }

    private static int viewChanges(
        final DirectBuffer buffer,
        final int first,
        final int count,
        final FrameLimits limits)
    {
        int position = first;
        long lastSender = -1;
        for (int i = 0; i < count; i++)
        {
            final long sender = uint32(buffer, position + NewViewDecoder.ViewChangesDecoder.senderEncodingOffset());
            if (sender >= limits.replicaCount())
            {
                return FAILED_SENDER;
            }
            if (sender <= lastSender ||
                0 != uint32(buffer, position + NewViewDecoder.ViewChangesDecoder.reservedEncodingOffset()))
            {
                return FAILED_FORM;
            }
            lastSender = sender;
            position += VIEW_CHANGE_LENGTH;
        }

        return position;
    }
}
