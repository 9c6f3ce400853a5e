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

import io.tagma.codecs.FrameLayout;

/**
 * Whether the primary has become far slower than it was in this view: how long it takes to order what is relayed to it,
 * beside the fastest that it did. What it delays by less than a time-out no request timer notices, and by sending each
 * proposal early to some and late to others it can drive time-outs to their ceiling.
 * <p>
 * Judged is one window of relayed requests after the other, each by the fastest of them, so that neither one client nor
 * a lost message nor a pause speaks against a primary. It is slow if some windows in succession, over a time-out, were
 * above a bound: far above the fastest window since the view was entered, far above what commits usually take now,
 * which is what a slow network changes, and above the floor of time-outs. More than can be ordered waits however fast a
 * primary is, and comes in full batches: a window with one of these is not judged. If the next view turns out to be no
 * faster, the primary was not to blame, and the bound doubles until a complaint was right again.
 * <p>
 * Fed by {@link SignedRequests} and {@link Delivery}, asked by {@link ViewTimers}.
 */
final class RelayPace
{
    private static final int RELAYS_PER_WINDOW = 4;
    private static final int SLOW_WINDOWS = 3;
    private static final int SLOWER = 8;
    private static final int FASTER = 2;
    private static final int DOUBLINGS_MAX = 20;
    private static final long NONE = Long.MAX_VALUE;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final BaseTimeout baseTimeout;
    /** The fastest window since the view was entered. */
    private long learnedNs = NONE;
    /** Nothing that was relayed before is counted. */
    private long restartedAtNs;
    private long windowSinceNs;
    private long fastestNs = NONE;
    private int relays;
    private boolean isFull;
    private int slowWindows;
    private long slowSinceNs;
    private long slowNs;
    /** How slow the primary was that was complained about last, until a later view is compared with it. */
    private long complainedNs = NONE;
    private int doublings;

    RelayPace(final ProtocolParameters parameters, final ReplicaStatus status, final BaseTimeout baseTimeout)
    {
        this.parameters = parameters;
        this.status = status;
        this.baseTimeout = baseTimeout;
    }

    /** A view is entered: its primary is another one. */
    void entered()
    {
        learnedNs = NONE;
        restart();
    }

    /** What is under way says nothing: this replica stood still, or lags behind. */
    void restart()
    {
        restartedAtNs = status.nowNs();
        slowWindows = 0;
        begin();
    }

    private void begin()
    {
        fastestNs = NONE;
        relays = 0;
        isFull = false;
    }

    /** A batch was executed. */
    void executed(final BatchSlot batch)
    {
        final int lengthWithOneMore = batch.bodiesLength + parameters.bundleLengthMax +
            (batch.bundleCount + 1) * (parameters.authenticatorLength() + FrameLayout.SIGNATURE_LENGTH);
        isFull |= batch.bundleCount >= parameters.bundlesPerBatch ||
            batch.bundleCount > 0 && lengthWithOneMore > parameters.batchLengthMax ||
            batch.sequence >= status.highWatermark();
    }

    /**
     * A relayed request was executed.
     *
     * @param relayedAtNs when it went to the primary of this view, or no time if it was not next in its session then.
     */
    void executed(final long relayedAtNs)
    {
        if (SignedRequests.NULL_TIME == relayedAtNs || relayedAtNs - restartedAtNs < 0)
        {
            return;
        }
        windowSinceNs = 0 == relays ? status.nowNs() : windowSinceNs;
        fastestNs = Math.min(fastestNs, status.nowNs() - relayedAtNs);
        relays++;
        if (relays >= RELAYS_PER_WINDOW && status.nowNs() - windowSinceNs >= parameters.statusIntervalNs)
        {
            judge();
            begin();
        }
    }

    private void judge()
    {
        if (NONE == learnedNs)
        {
            learnedNs = fastestNs;
            compareViews();
        }
        else if (isFull || fastestNs <= boundNs())
        {
            slowWindows = 0;
        }
        else
        {
            slowSinceNs = 0 == slowWindows ? windowSinceNs : slowSinceNs;
            slowNs = fastestNs;
            slowWindows++;
        }
        learnedNs = Math.min(learnedNs, fastestNs);
    }

    private void compareViews()
    {
        if (NONE != complainedNs)
        {
            final boolean isFaster = learnedNs <= complainedNs / FASTER;
            doublings = isFaster ? 0 : Math.min(doublings + 1, DOUBLINGS_MAX);
            complainedNs = NONE;
        }
    }

    /**
     * What a window may take.
     *
     * @return nanoseconds; the most that any time-out may be until something was learned.
     */
    long boundNs()
    {
        final ViewChangeParameters limits = parameters.viewChange;
        if (NONE == learnedNs)
        {
            return limits.timeoutMaxNs();
        }
        final long usualNs = Math.max(learnedNs, baseTimeout.usualLatencyNs());
        final long boundNs = Math.max(limits.timeoutFloorNs(), SLOWER * usualNs);
        return Math.min(Math.min(boundNs, limits.timeoutMaxNs()) << doublings, limits.timeoutMaxNs());
    }

    /**
     * Whether it is time to complain.
     *
     * @param timeoutNs for how long it must have been slow, in nanoseconds.
     * @return whether each of the last windows was above the bound.
     */
    boolean isSlow(final long timeoutNs)
    {
        if (slowWindows < SLOW_WINDOWS || status.nowNs() - slowSinceNs <= timeoutNs ||
            status.executedSequence() < status.stableSequence())
        {
            return false;
        }
        complainedNs = slowNs;
        return true;
    }
}
