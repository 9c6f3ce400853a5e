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
import io.tagma.codecs.peer.StatementPartDecoder;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts statements together from the parts that one replica appends.
 */
final class StatementParts
{
    private final StatementPartDecoder decoder = new StatementPartDecoder();
    private final Map<DigestValue, byte[]> bytes = new HashMap<>();
    private final Map<DigestValue, Integer> filled = new HashMap<>();

    static DigestValue digestOf(final DirectBuffer message, final int offset)
    {
        return DigestValue.at(
            message, offset + FrameLayout.HEADER_LENGTH + StatementPartDecoder.digestEncodingOffset());
    }

    /**
     * Takes a part, in order.
     *
     * @return the statement, if this was its last part; else null.
     */
    byte[] add(final DirectBuffer message, final int offset)
    {
        decoder.wrap(
            message, offset + FrameLayout.HEADER_LENGTH, StatementPartDecoder.BLOCK_LENGTH,
            StatementPartDecoder.SCHEMA_VERSION);
        final DigestValue digest = digestOf(message, offset);
        if (0 == decoder.partNumber())
        {
            bytes.put(digest, new byte[(int)decoder.statementLength()]);
            filled.put(digest, 0);
        }
        final byte[] statement = bytes.get(digest);
        final int at = filled.get(digest);
        final int length = decoder.partLength();
        decoder.getPart(new UnsafeBuffer(statement), at, length);
        filled.put(digest, at + length);
        return at + length == statement.length ? statement : null;
    }
}
