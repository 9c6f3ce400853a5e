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
package io.tagma.ordering.replica;

import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.peer.MessageHeaderDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;

import org.agrona.DirectBuffer;

/**
 * What both ends of a peer stream must agree on.
 */
final class PeerFrames
{
    private PeerFrames()
    {
    }

    static int templateId(final DirectBuffer message, final int offset)
    {
        return message.getShort(offset + MessageHeaderDecoder.templateIdEncodingOffset(), LITTLE_ENDIAN) & 0xFFFF;
    }

    /** Bytes under the tag: all, but of a PRE-PREPARE header and block, which hold the digests of the rest. */
    static int taggedLength(final DirectBuffer message, final int offset, final int length)
    {
        return PrePrepareDecoder.TEMPLATE_ID == templateId(message, offset) ?
            HEADER_LENGTH + PrePrepareDecoder.BLOCK_LENGTH : length;
    }
}
