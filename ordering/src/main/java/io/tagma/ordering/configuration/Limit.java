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
package io.tagma.ordering.configuration;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.FrameLimits;

/**
 * A number that all members must agree on, with its bounds. Times are in nanoseconds, lengths in bytes.
 */
public enum Limit
{
    /** C: batches between two checkpoints. */
    CHECKPOINT_INTERVAL("checkpoint.interval", 1024, 32, 16_384, true),
    /** Agreed time after which a checkpoint is due though fewer batches were ordered. */
    CHECKPOINT_INTERVAL_MAX_NS("checkpoint.interval.max.ns", 10_000_000_000L, 1_000_000L, 3_600_000_000_000L, false),
    /** S: checkpoints from one snapshot of the agreed state to the next. */
    SNAPSHOT_INTERVAL("snapshot.interval", 64, 1, 65_536, false),
    /** Sessions in the table, open or lately closed. */
    SESSION_MAX("session.max", 64, 1, 4096, false),
    /** Requests outstanding in a session. */
    SESSION_WINDOW("session.window", 1024, 1, FrameLimits.GREATEST_SESSION_WINDOW, true),
    /** Agreed time after which a silent session is closed. */
    SESSION_TIMEOUT_NS("session.timeout.ns", 30_000_000_000L, 100_000_000L, 86_400_000_000_000L, false),
    /** Timers that the service may have scheduled at once. */
    TIMER_MAX("timer.max", 4096, 1, 1_048_576, false),
    /** Bytes of one request. */
    PAYLOAD_LENGTH_MAX("payload.length.max", 16 * 1024, 1, 112 * 1024, false),
    /** Bytes of one bundle body. */
    BUNDLE_LENGTH_MAX("bundle.length.max", 64 * 1024, FrameLimits.LEAST_BUNDLE_LENGTH, 112 * 1024, false),
    /** Bundles in one batch. */
    BATCH_BUNDLES_MAX("batch.bundles.max", 512, 1, FrameLimits.BUNDLES_MAX, false),
    /** Bytes of the bodies and authenticators of one batch together. */
    BATCH_LENGTH_MAX("batch.length.max", 120 * 1024, 1024, 120 * 1024, false),
    /** Bytes of one result. */
    RESULT_LENGTH_MAX(
        "result.length.max", 1024, FrameLayout.DIGEST_LENGTH, FrameLimits.GREATEST_RESULT_LENGTH, false),
    /** Bytes of a result above which one replica sends it and the others its digest. */
    RESULT_DIGEST_THRESHOLD("result.digest.threshold", 256, 32, 65_536, false),
    /** How far a primary's clock may be ahead of a backup's. */
    CLOCK_SKEW_MAX_NS("clock.skew.max.ns", 500_000_000L, 1_000_000L, 60_000_000_000L, false),
    /** How far session time moves with one batch. */
    TIME_STEP_MAX_NS("time.step.max.ns", 1_000_000_000L, 1_000_000L, 3_600_000_000_000L, false);

    private final String label;
    private final long defaultValue;
    private final long least;
    private final long greatest;
    private final boolean isPowerOfTwo;

    Limit(
        final String label, final long defaultValue, final long least, final long greatest, final boolean isPowerOfTwo)
    {
        this.label = label;
        this.defaultValue = defaultValue;
        this.least = least;
        this.greatest = greatest;
        this.isPowerOfTwo = isPowerOfTwo;
    }

    /**
     * Its key in the cluster file.
     *
     * @return for example {@code limit.session.window}.
     */
    public String key()
    {
        return "limit." + label;
    }

    /**
     * What it is unless set.
     *
     * @return the value.
     */
    public long defaultValue()
    {
        return defaultValue;
    }

    long least()
    {
        return least;
    }

    long greatest()
    {
        return greatest;
    }

    boolean allows(final long value)
    {
        return value >= least && value <= greatest && (!isPowerOfTwo || 1 == Long.bitCount(value));
    }

    String range()
    {
        return (isPowerOfTwo ? "a power of two from " : "from ") + least + " to " + greatest;
    }
}
