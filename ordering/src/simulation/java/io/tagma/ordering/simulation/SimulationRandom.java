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

/**
 * Reproducible randomness: xoshiro256** seeded through SplitMix64. A root seed gives named sub-streams, so that what
 * one dimension of a run consumes (network, disk, clients) leaves the others as they were. Not thread safe.
 */
public final class SimulationRandom
{
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;
    private long s0;
    private long s1;
    private long s2;
    private long s3;

    /**
     * A stream of its own.
     *
     * @param seed any value.
     */
    public SimulationRandom(final long seed)
    {
        this.seed = seed;
        long state = seed;
        state += GOLDEN_GAMMA;
        s0 = mix(state);
        state += GOLDEN_GAMMA;
        s1 = mix(state);
        state += GOLDEN_GAMMA;
        s2 = mix(state);
        state += GOLDEN_GAMMA;
        s3 = mix(state);
    }

    /**
     * A sub-stream that depends on the seed of this one and the name, not on what was drawn so far.
     *
     * @param name of the dimension.
     * @return the stream, at its start.
     */
    public SimulationRandom stream(final String name)
    {
        return stream(name, 0);
    }

    /**
     * A numbered sub-stream.
     *
     * @param name   of the dimension.
     * @param number of the stream within it.
     * @return the stream, at its start.
     */
    public SimulationRandom stream(final String name, final long number)
    {
        long hash = mix(seed) ^ mix(number + 1);
        for (int i = 0; i < name.length(); i++)
        {
            hash = mix(hash ^ name.charAt(i));
        }
        return new SimulationRandom(hash);
    }

    /**
     * Draws 64 bits.
     *
     * @return any value.
     */
    public long nextLong()
    {
        final long result = Long.rotateLeft(s1 * 5, 7) * 9;
        final long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /**
     * Draws a number below a bound.
     *
     * @param bound above 0.
     * @return from 0 to {@code bound - 1}, evenly.
     */
    public int below(final int bound)
    {
        return (int)((nextLong() >>> 32) * bound >>> 32);
    }

    /**
     * Draws a number of a closed range.
     *
     * @param least    of the range.
     * @param greatest of the range, at least {@code least}.
     * @return one of them, evenly.
     */
    public long between(final long least, final long greatest)
    {
        return least + Long.remainderUnsigned(nextLong(), greatest - least + 1);
    }

    /**
     * Draws one of some values.
     *
     * @param values to choose from.
     * @return one of them, evenly.
     */
    public int oneOf(final int... values)
    {
        return values[below(values.length)];
    }

    /**
     * Tosses a coin.
     *
     * @param partsPerMillion chance of true.
     * @return the outcome.
     */
    public boolean chance(final int partsPerMillion)
    {
        return below(1_000_000) < partsPerMillion;
    }

    /**
     * Tosses a fair coin.
     *
     * @return the outcome.
     */
    public boolean coin()
    {
        return nextLong() < 0;
    }

    /**
     * Draws from an exponential distribution, to within a few percent, in integers so that all platforms agree.
     *
     * @param mean of the distribution.
     * @return at least 0, at most 20 times the mean.
     */
    public long exponential(final long mean)
    {
        // -log2(u) = leading zeros + fraction; the fraction by straight line. ln 2 = 0.693.
        final long bits = nextLong();
        final int zeros = Math.min(Long.numberOfLeadingZeros(bits), 28);
        final long fraction = 1024 - ((bits << (zeros + 1)) >>> 54);
        return (mean * (zeros * 1024L + fraction) >> 10) * 693 / 1000;
    }

    private static long mix(final long value)
    {
        long z = value;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
