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

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.peer.StatementKind;
import io.tagma.codecs.statement.MessageHeaderEncoder;
import io.tagma.codecs.statement.NewViewDecoder;
import io.tagma.codecs.statement.NewViewEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a NEW-VIEW says: a flyweight over a statement that is well-formed, and the one way of writing such a statement.
 */
final class NewViewText
{
    private static final int BLOCK = Statement.OFFSET + FrameLayout.HEADER_LENGTH;
    private static final int START = BLOCK + NewViewDecoder.startSequenceEncodingOffset();
    private static final int MEMBERS = BLOCK + NewViewDecoder.BLOCK_LENGTH;
    private static final int GROUP_HEADER_LENGTH = 4;
    private static final int MEMBER_LENGTH = NewViewDecoder.ViewChangesDecoder.sbeBlockLength();
    private static final int MEMBER_SENDER = NewViewDecoder.ViewChangesDecoder.senderEncodingOffset();
    private static final int MEMBER_DIGEST = NewViewDecoder.ViewChangesDecoder.digestEncodingOffset();

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NewViewEncoder encoder = new NewViewEncoder();
    private DirectBuffer buffer;
    private int memberCount;
    private int selected;
    private int selectedCount;

    NewViewText wrap(final Statement statement)
    {
        buffer = statement.buffer;
        memberCount = buffer.getShort(MEMBERS + 2, LITTLE_ENDIAN) & 0xFFFF;
        final int group = MEMBERS + GROUP_HEADER_LENGTH + memberCount * MEMBER_LENGTH;
        selectedCount = buffer.getShort(group + 2, LITTLE_ENDIAN) & 0xFFFF;
        selected = group + GROUP_HEADER_LENGTH;
        return this;
    }

    long startSequence()
    {
        return buffer.getLong(START, LITTLE_ENDIAN);
    }

    long endSequence()
    {
        return startSequence() + selectedCount;
    }

    int memberCount()
    {
        return memberCount;
    }

    int member(final int i)
    {
        return buffer.getInt(MEMBERS + GROUP_HEADER_LENGTH + i * MEMBER_LENGTH + MEMBER_SENDER, LITTLE_ENDIAN);
    }

    int memberDigestOffset(final int i)
    {
        return MEMBERS + GROUP_HEADER_LENGTH + i * MEMBER_LENGTH + MEMBER_DIGEST;
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * Reads what is selected for a sequence.
     *
     * @param sequence from above the start to the end.
     * @param digest   to write to.
     */
    void selected(final long sequence, final Digest digest)
    {
        digest.set(buffer, selected + (int)(sequence - startSequence() - 1) * Digest.LENGTH);
    }

    /**
     * Writes the one NEW-VIEW that says this.
     *
     * @param statement  whose signer and view it is of.
     * @param members    by id the VIEW-CHANGEs of S; null for those that are not in it.
     * @param selection  what S lets the view begin with.
     * @param nullBatch  that knows the digests where nothing is kept.
     * @param parameters of the cluster.
     */
    void write(
        final Statement statement,
        final Statement[] members,
        final NewViewSelection selection,
        final NullBatch nullBatch,
        final ProtocolParameters parameters)
    {
        int count = 0;
        for (final Statement member : members)
        {
            count += null == member ? 0 : 1;
        }
        final UnsafeBuffer target = statement.buffer;
        encoder.wrapAndApplyHeader(target, Statement.OFFSET, header);
        encoder.origin().clusterId(parameters.clusterId).epoch(parameters.epoch).sender(statement.signer());
        encoder.view(statement.view()).startSequence(selection.startSequence());
        final NewViewEncoder.ViewChangesEncoder viewChanges = encoder.viewChangesCount(count);
        for (int id = 0; id < members.length; id++)
        {
            if (null != members[id])
            {
                viewChanges.next().sender(id).reserved(0).putDigest(members[id].digest.bytes(), 0, Digest.LENGTH);
            }
        }
        final int selectedLength = (int)(selection.endSequence() - selection.startSequence());
        final NewViewEncoder.SelectedEncoder digests = encoder.selectedCount(selectedLength);
        for (long sequence = selection.startSequence() + 1; sequence <= selection.endSequence(); sequence++)
        {
            if (selection.isNull(sequence))
            {
                digests.next().putDigest(nullBatch.digest(sequence).bytes(), 0, Digest.LENGTH);
            }
            else
            {
                digests.next().putDigest(selection.digests(), selection.digestOffset(sequence), Digest.LENGTH);
            }
        }
        statement.encoded(FrameLayout.HEADER_LENGTH + encoder.encodedLength());
    }

    static boolean isNewView(final Statement statement)
    {
        return StatementKind.NEW_VIEW == statement.kind();
    }
}
