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
package io.tagma.ordering.specimen.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

import org.agrona.concurrent.SystemEpochClock;

/**
 * Does all that a core must not.
 */
public final class ImpureCalls
{
    private final Map<Object, Long> times = new HashMap<>();

    /**
     * @return a number that nobody can replay.
     */
    public long unrepeatable()
    {
        times.put(this, System.nanoTime());
        times.put(Thread.currentThread(), System.currentTimeMillis());
        times.put("%d".formatted(1), SystemEpochClock.INSTANCE.time());
        times.put(String.format("%d", System.identityHashCode(this)), new Random().nextLong());
        return (long)(100 * Math.random()) + LongStream.of(1, 2).sum() + times.size();
    }
}
