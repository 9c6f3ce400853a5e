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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.StatusDecoder;
import io.tagma.codecs.peer.StatusEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Marks are few, go by, and count for something when one correct replica has made one.
 */
class MarksTest
{
    private static final int WINDOW = 16;
    private static final int CLIENTS = 100;

    private final Marks marks = new Marks(new ProtocolParameters.Builder()
        .quorums(new Quorums(new int[]{ 1, 1, 1, 1 }))
        .replicaId(0)
        .sessionWindow(WINDOW)
        .clientCount(CLIENTS)
        .conclude());

    @Test
    @DisplayName("A mark goes after as many signed requests as a session's window holds, and not before")
    void goesByWithSignedRequests()
    {
        marks.mark(3);
        marks.signed(4, WINDOW);
        marks.signed(3, WINDOW - 1);
        assertTrue(marks.isMarked(3));
        marks.signed(3, 1);
        assertFalse(marks.isMarked(3));
        assertEquals(0, marks.count());
    }

    @Test
    @DisplayName("The oldest mark makes room, a new one for the same client counts anew")
    void oldestGoes()
    {
        for (int client = 1; client <= FrameLimits.MARKS_MAX; client++)
        {
            marks.mark(client);
        }
        marks.signed(1, WINDOW - 1);
        marks.mark(1);
        marks.mark(FrameLimits.MARKS_MAX + 1);
        assertEquals(FrameLimits.MARKS_MAX, marks.count());
        assertFalse(marks.isMarked(2), "the oldest");
        marks.signed(1, WINDOW - 1);
        assertTrue(marks.isMarked(1));
        int last = 0;
        for (int i = 0; i < marks.count(); i++)
        {
            assertTrue(marks.nextAbove(last) > last);
            last = marks.nextAbove(last);
        }
        assertEquals(FrameLimits.MARKS_MAX + 1, last);
    }

    @Test
    @DisplayName("One other replica's mark means nothing, those of two do, until the newest STATUS names it no more")
    void othersCountByWeight()
    {
        hear(1, 5, 7);
        hear(1, 5, 7);
        assertFalse(marks.isMarked(5));
        hear(2, 5);
        assertTrue(marks.isMarked(5));
        assertFalse(marks.isMarked(7));
        hear(0, 7);
        assertFalse(marks.isMarked(7), "our own word does not come from elsewhere");
        hear(2);
        assertFalse(marks.isMarked(5));
    }

    @Test
    @DisplayName("A new mark is news until a STATUS has told of it")
    void isNews()
    {
        assertFalse(marks.isNews());
        marks.mark(9);
        assertTrue(marks.isNews());
        marks.told();
        assertFalse(marks.isNews());
    }

    private void hear(final int sender, final int... clients)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final StatusEncoder encoder = new StatusEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.heldCount(0);
        final StatusEncoder.MarksEncoder entries = encoder.marksCount(clients.length);
        for (final int client : clients)
        {
            entries.next().clientId(client);
        }
        final StatusDecoder decoder = new StatusDecoder();
        decoder.wrap(buffer, FrameLayout.HEADER_LENGTH, StatusDecoder.BLOCK_LENGTH, StatusDecoder.SCHEMA_VERSION);
        decoder.held();
        marks.hear(sender, decoder.marks());
    }
}
