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
import io.tagma.codecs.client.BundleBodyEncoder;

/**
 * The limits that must be the same everywhere, because what is ordered and how it executes depends on them. Immutable.
 */
public final class ClusterLimits
{
    private static final Limit[] LIMITS = Limit.values();

    private final long[] values = new long[LIMITS.length];

    /**
     * All at their defaults.
     */
    public ClusterLimits()
    {
        for (final Limit limit : LIMITS)
        {
            values[limit.ordinal()] = limit.defaultValue();
        }
    }

    private ClusterLimits(final ClusterLimits other)
    {
        System.arraycopy(other.values, 0, values, 0, values.length);
    }

    /**
     * These limits with one of them changed.
     *
     * @param limit to change.
     * @param value of it; checked when the cluster configuration is concluded.
     * @return new limits.
     */
    public ClusterLimits with(final Limit limit, final long value)
    {
        final ClusterLimits limits = new ClusterLimits(this);
        limits.values[limit.ordinal()] = value;
        return limits;
    }

    /**
     * One of them.
     *
     * @param limit which.
     * @return its value.
     */
    public long get(final Limit limit)
    {
        return values[limit.ordinal()];
    }

    /**
     * Checks each limit and how they go together.
     *
     * @param source       what to name in a refusal.
     * @param replicaCount of the cluster: an authenticator has a tag for each.
     */
    void check(final String source, final int replicaCount)
    {
        for (final Limit limit : LIMITS)
        {
            if (!limit.allows(get(limit)))
            {
                throw new ConfigurationException(
                    source + ": " + limit.key() + " = " + get(limit) + " must be " + limit.range());
            }
        }
        final int payloadRoom =
            bundleLengthMax() - BundleBodyEncoder.BLOCK_LENGTH - FrameLayout.PAYLOAD_HEADER_LENGTH;
        if (payloadLengthMax() > payloadRoom)
        {
            throw new ConfigurationException(
                source + ": " + Limit.PAYLOAD_LENGTH_MAX.key() + " = " + payloadLengthMax() + " must be at most " +
                payloadRoom + ", what a bundle of " + Limit.BUNDLE_LENGTH_MAX.key() + " has room for");
        }
        final int authenticatorLength =
            FrameLayout.HEADER_LENGTH + replicaCount * FrameLayout.TAG_LENGTH + FrameLayout.SIGNATURE_LENGTH;
        final int bundleRoom = batchLengthMax() - authenticatorLength;
        if (bundleLengthMax() > bundleRoom)
        {
            throw new ConfigurationException(
                source + ": " + Limit.BUNDLE_LENGTH_MAX.key() + " = " + bundleLengthMax() + " must be at most " +
                bundleRoom + ", what a batch of " + Limit.BATCH_LENGTH_MAX.key() +
                " has room for beside the authenticator");
        }
    }

    /** @return C, batches between two checkpoints: a power of two. */
    public int checkpointInterval()
    {
        return (int)get(Limit.CHECKPOINT_INTERVAL);
    }

    /** @return agreed time after which a checkpoint is due anyway. */
    public long checkpointIntervalMaxNs()
    {
        return get(Limit.CHECKPOINT_INTERVAL_MAX_NS);
    }

    /** @return S, checkpoints from one snapshot of the agreed state to the next. */
    public int snapshotInterval()
    {
        return (int)get(Limit.SNAPSHOT_INTERVAL);
    }

    /** @return sessions in the table, open or lately closed. */
    public int sessionMax()
    {
        return (int)get(Limit.SESSION_MAX);
    }

    /** @return requests outstanding in a session: a power of two. */
    public int sessionWindow()
    {
        return (int)get(Limit.SESSION_WINDOW);
    }

    /** @return agreed time after which a silent session is closed. */
    public long sessionTimeoutNs()
    {
        return get(Limit.SESSION_TIMEOUT_NS);
    }

    /** @return timers that the service may have scheduled at once. */
    public int timerMax()
    {
        return (int)get(Limit.TIMER_MAX);
    }

    /** @return bytes of one request. */
    public int payloadLengthMax()
    {
        return (int)get(Limit.PAYLOAD_LENGTH_MAX);
    }

    /** @return bytes of one bundle body. */
    public int bundleLengthMax()
    {
        return (int)get(Limit.BUNDLE_LENGTH_MAX);
    }

    /** @return bundles in one batch. */
    public int batchBundlesMax()
    {
        return (int)get(Limit.BATCH_BUNDLES_MAX);
    }

    /** @return bytes of the bodies and authenticators of one batch together. */
    public int batchLengthMax()
    {
        return (int)get(Limit.BATCH_LENGTH_MAX);
    }

    /** @return bytes of one result. */
    public int resultLengthMax()
    {
        return (int)get(Limit.RESULT_LENGTH_MAX);
    }

    /** @return bytes of a result above which one replica sends it and the others its digest. */
    public int resultDigestThreshold()
    {
        return (int)get(Limit.RESULT_DIGEST_THRESHOLD);
    }

    /** @return how far a primary's clock may be ahead of a backup's. */
    public long clockSkewMaxNs()
    {
        return get(Limit.CLOCK_SKEW_MAX_NS);
    }

    /** @return how far session time moves with one batch. */
    public long timeStepMaxNs()
    {
        return get(Limit.TIME_STEP_MAX_NS);
    }
}
