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
package io.tagma.perf.flow;

/**
 * Steele, Lea and Flood's SplitMix64, written out so that a seed means the same numbers on every Java there will be.
 */
public final class SplitMix64
{
    private long state;

    /**
     * Starts at a seed.
     *
     * @param seed any.
     */
    public SplitMix64(final long seed)
    {
        state = seed;
    }

    /**
     * The next 64 bits.
     *
     * @return any long.
     */
    public long next()
    {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /**
     * A number below a bound. Small bounds only: the bias is the bound / 2^63.
     *
     * @param bound above zero.
     * @return from 0 to bound - 1.
     */
    public int next(final int bound)
    {
        return (int)((next() >>> 1) % bound);
    }
}
