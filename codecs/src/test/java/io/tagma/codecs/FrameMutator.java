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

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes hostile messages: random bytes, random bytes behind a good header, and good messages with fields, bits, lengths
 * and pieces changed. Some come out as they went in, so that there are good ones too.
 */
final class FrameMutator
{
    private static final int RANDOM_LENGTH_MAX = 512;
    private static final long[] NUMBERS = {0, 1, 2, 3, 4, 31, 32, 36, 64, 127, 128, 255, 256, 512, 513, 1023, 1024,
        1025, 8_192, 8_193, 32_768, 32_769, 65_535, 65_536, 81_920, 81_921, 131_008, 0x7FFF_FFFFL, 0x8000_0000L,
        0xFFFF_FFFFL, Structure.ORDINAL_MAX, Structure.ORDINAL_MAX + 1, Long.MAX_VALUE, Long.MIN_VALUE, -1, -2, -4,
        -32};

    private final SplittableRandom random;
    private final List<byte[]> samples;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);

    FrameMutator(final long seed, final List<byte[]> samples)
    {
        this.random = new SplittableRandom(seed);
        this.samples = samples;
    }

    byte[] next()
    {
        switch (random.nextInt(16))
        {
            case 0:
                return randomBytes(random.nextInt(RANDOM_LENGTH_MAX));

            case 1:
                return withGoodHeader();

            case 2:
                return withGoodBlock();

            default:
                return mutated();
        }
    }

    private byte[] randomBytes(final int length)
    {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] withGoodHeader()
    {
        final byte[] bytes = randomBytes(FrameLayout.HEADER_LENGTH + random.nextInt(RANDOM_LENGTH_MAX));
        System.arraycopy(sample(), 0, bytes, 0, FrameLayout.HEADER_LENGTH);
        return bytes;
    }

    private byte[] withGoodBlock()
    {
        final byte[] sample = sample();
        view.wrap(sample);
        final int kept = FrameLayout.HEADER_LENGTH + Structure.uint16(view, 0);
        final byte[] bytes = randomBytes(kept + random.nextInt(RANDOM_LENGTH_MAX));
        System.arraycopy(sample, 0, bytes, 0, kept);
        return bytes;
    }

    private byte[] mutated()
    {
        byte[] frame = sample().clone();
        final int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++)
        {
            frame = changed(frame);
        }
        return frame;
    }

    private byte[] changed(final byte[] frame)
    {
        if (frame.length < Long.BYTES)
        {
            return frame;
        }
        switch (random.nextInt(8))
        {
            case 0:
                frame[random.nextInt(frame.length)] ^= (byte)(1 << random.nextInt(8));
                return frame;

            case 1:
                frame[random.nextInt(frame.length)] = (byte)random.nextInt();
                return frame;

            case 2:
                return Arrays.copyOf(frame, random.nextInt(frame.length));

            case 3:
                return Arrays.copyOf(frame, frame.length + random.nextInt(64));

            case 4:
                return withPieceMoved(frame);

            case 5:
                return withPieceOfAnother(frame);

            default:
                putNumber(frame);
                return frame;
        }
    }

    private void putNumber(final byte[] frame)
    {
        view.wrap(frame);
        final long number = NUMBERS[random.nextInt(NUMBERS.length)] + (random.nextInt(4) == 0 ? -frame.length : 0);
        switch (random.nextInt(3))
        {
            case 0:
                view.putLong(random.nextInt(frame.length - 7), number, LITTLE_ENDIAN);
                break;

            case 1:
                view.putInt(random.nextInt(frame.length - 3), (int)number, LITTLE_ENDIAN);
                break;

            default:
                view.putShort(random.nextInt(frame.length - 1), (short)number, LITTLE_ENDIAN);
                break;
        }
    }

    private byte[] withPieceMoved(final byte[] frame)
    {
        final int length = 1 + random.nextInt(frame.length - 1);
        final int from = random.nextInt(frame.length - length + 1);
        final int to = random.nextInt(frame.length - length + 1);
        System.arraycopy(frame, from, frame, to, length);
        return frame;
    }

    private byte[] withPieceOfAnother(final byte[] frame)
    {
        final byte[] other = sample();
        final int length = Math.min(1 + random.nextInt(64), Math.min(frame.length, other.length));
        System.arraycopy(
            other, random.nextInt(other.length - length + 1),
            frame, random.nextInt(frame.length - length + 1), length);
        return frame;
    }

    private byte[] sample()
    {
        return samples.get(random.nextInt(samples.size()));
    }
}
