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
package io.tagma.ordering.authentication;

import static io.tagma.ordering.authentication.Vectors.buffer;
import static io.tagma.ordering.authentication.Vectors.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nothing on the ordering thread may make garbage: zero bytes for a tag, a check, a digest, at every length that
 * matters.
 */
class AuthenticationAllocationTest
{
    private static final int[] LENGTHS = {0, 1, 16, 64, 100, 2048, 2049, 5000, 128 * 1024};
    private static final int RUNS = 5;
    private static final int WARM_UP_ROUNDS = 2_000;
    private static final int MEASURED_ROUNDS = 100;

    private final UnsafeBuffer array = buffer(random(10, 128 * 1024 + 16));
    private final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(128 * 1024 + 16));
    private final UnsafeBuffer tag = new UnsafeBuffer(new byte[32]);
    private int verified;

    @ParameterizedTest
    @EnumSource
    void tagsAndChecksWithoutGarbage(final MacAlgorithm algorithm)
    {
        final Authenticator authenticator = algorithm.authenticator(random(11, MacAlgorithm.KEY_LENGTH));

        assertEquals(0, leastAllocated(() -> tagAndVerify(authenticator)));
        assertTrue(verified > 0);
    }

    @Test
    void hashesWithoutGarbage()
    {
        final Sha256 sha256 = new Sha256();

        assertEquals(0, leastAllocated(() -> hash(sha256)));
    }

    private void tagAndVerify(final Authenticator authenticator)
    {
        for (final int length : LENGTHS)
        {
            authenticator.tag(array, 0, length, tag, 0);
            verified += authenticator.verify(array, 0, length, tag, 0) ? 1 : 0;
            authenticator.tag(direct, 0, length, tag, 0);
            verified += authenticator.verify(direct, 0, length, tag, 0) ? 1 : 0;
        }
    }

    private void hash(final Sha256 sha256)
    {
        for (final int length : LENGTHS)
        {
            sha256.sha256(array, 0, length, tag, 0);
            sha256.sha256(direct, 0, length, array, 0, 8, tag, 0);
        }
    }

    /** The least of several runs: a compiler thread may charge this one for its own work now and then. */
    private static long leastAllocated(final Runnable work)
    {
        final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++)
        {
            for (int round = 0; round < WARM_UP_ROUNDS / RUNS; round++)
            {
                work.run();
            }
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int round = 0; round < MEASURED_ROUNDS; round++)
            {
                work.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
