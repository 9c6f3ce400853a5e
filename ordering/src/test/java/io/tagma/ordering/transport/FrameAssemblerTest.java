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
package io.tagma.ordering.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.aeron.logbuffer.FrameDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FrameAssemblerTest
{
    private static final byte WHOLE = FrameDescriptor.UNFRAGMENTED;
    private static final byte BEGIN = FrameDescriptor.BEGIN_FRAG_FLAG;
    private static final byte MIDDLE = 0;
    private static final byte END = FrameDescriptor.END_FRAG_FLAG;

    private final List<String> frames = new ArrayList<>();
    private final FrameAssembler assembler = new FrameAssembler(this::onFrame, 12, 2);

    private void onFrame(final DirectBuffer buffer, final int offset, final int length)
    {
        frames.add(buffer.getStringWithoutLengthAscii(offset, length));
    }

    /** A fragment at a term offset, ten bytes long as far as the stream is concerned. */
    private void fragment(final int sessionId, final byte flags, final int termOffset, final String text)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[text.length() + 4]);
        buffer.putStringWithoutLengthAscii(4, text);
        assembler.onFragment(buffer, 4, text.length(), flags, sessionId, termOffset, termOffset + 10);
    }

    @Test
    void handsOnWholeFramesAtOnce()
    {
        fragment(1, WHOLE, 0, "longer than any partial frame may be");
        assertEquals(List.of("longer than any partial frame may be"), frames);
    }

    @Test
    void putsFragmentsOfInterleavedStreamsTogether()
    {
        fragment(1, BEGIN, 0, "ab");
        fragment(2, BEGIN, 50, "uv");
        fragment(1, MIDDLE, 10, "cd");
        fragment(2, END, 60, "wx");
        fragment(1, END, 20, "ef");
        fragment(1, BEGIN, 30, "gh");
        fragment(1, END, 40, "ij");
        assertEquals(List.of("uvwx", "abcdef", "ghij"), frames);
    }

    @Test
    void dropsWhatIsLongerThanAnyFrame()
    {
        fragment(1, BEGIN, 0, "abcdefgh");
        fragment(1, MIDDLE, 10, "ijklm");
        fragment(1, END, 20, "n");
        assertEquals(List.of(), frames);
        assertEquals(1, assembler.droppedFrames());
        fragment(1, BEGIN, 30, "abcdefgh");
        fragment(1, END, 40, "ijkl");
        assertEquals(List.of("abcdefghijkl"), frames);
    }

    @Test
    void dropsAFrameWithAHoleAndOneWithoutBeginning()
    {
        fragment(1, BEGIN, 0, "ab");
        fragment(1, END, 20, "ef");
        fragment(2, END, 20, "ef");
        assertEquals(List.of(), frames);
        assertEquals(1, assembler.droppedFrames());
    }

    @Test
    void hasAPlaceForSoManyStreamsAndNoMore()
    {
        fragment(1, BEGIN, 0, "a");
        fragment(2, BEGIN, 0, "b");
        fragment(3, BEGIN, 0, "c");
        fragment(3, END, 10, "c");
        assertEquals(List.of(), frames);
        assembler.forget(2);
        fragment(3, BEGIN, 20, "c");
        fragment(3, END, 30, "d");
        fragment(2, END, 10, "b");
        fragment(1, END, 10, "a");
        assertEquals(List.of("cd", "aa"), frames);
        assertEquals(1, assembler.droppedFrames());
    }

    @Test
    void anEndlessFrameTakesNoMoreThanItsPlace()
    {
        final Random random = new Random(7);
        fragment(1, BEGIN, 0, "a");
        for (int i = 1; i < 100_000; i++)
        {
            fragment(1 + random.nextInt(3), 0 == random.nextInt(3) ? BEGIN : MIDDLE, 10 * i, "abcdefg");
        }
        assertEquals(List.of(), frames);
        fragment(1, WHOLE, 0, "still alive");
        assertEquals(List.of("still alive"), frames);
    }
}
