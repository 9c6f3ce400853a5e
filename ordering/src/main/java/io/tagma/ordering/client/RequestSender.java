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
package io.tagma.ordering.client;

/**
 * Gets sealed bundles out: each once to the primary, in order. When an answer is late, the oldest go to all replicas
 * with the client's signature, so that any of them can relay them, a few signatures in a duty cycle, and twice as many
 * each time; the rest goes to the primary again. Each replica has to check each signature, in the very moment in which
 * it may have a primary to replace, and the oldest are enough to make it do so. Once there is another primary,
 * everything unanswered goes to it.
 * <p>
 * The primary may ask for signatures, and nobody else knows whether it has a reason. So it gets no more than does no
 * harm: what is unanswered goes to all as when it is late, each bundle once for having been asked for, and for a while
 * new bundles are signed at once.
 */
final class RequestSender
{
    private static final long NONE = -1;
    /** More than a session's window has. */
    private static final int RESEND_COUNT_LIMIT = 1 << 16;

    private final BundleRing ring;
    private final FrameSender sender;
    private final PrimaryEstimate primaryEstimate;
    private final int replicaCount;
    private final int signaturesPerCycle;
    private final long signingNs;
    private final ResendTimer timer;
    private final AnswerTime answerTime;

    private SessionKeys keys;
    /** The bundle that goes to the primary next. */
    private long unsent;
    /** To whom those below went. */
    private int primary;
    /** Bundles from here to below the limit still have to be sent again, to all. */
    private long resend;
    private long resendLimit;
    /** Bundles that go to all with the next time-out: the oldest, for a signature costs everybody time. */
    private int resendCountMax;
    /** Bundles below went to all for having been asked for. */
    private long askedLimit;
    /** Whether signatures were asked for since the last duty cycle. */
    private boolean isAsked;
    /** Whether new bundles are signed, and since when. */
    private boolean isSigning;
    private long signingSinceNs;
    /** Signatures that may still be made in this duty cycle. */
    private int signaturesLeft;
    /** Oldest number without an outcome when progress was last looked for. */
    private long oldestSeen;
    private long resendCount;
    /** A bundle whose answer is waited for with a watch in the hand, and when it was sent first; one at a time. */
    private long timedBundle = NONE;
    private long timedAtNs;

    RequestSender(
        final ClientParameters parameters,
        final BundleRing ring,
        final FrameSender sender,
        final PrimaryEstimate primaryEstimate)
    {
        this.ring = ring;
        this.sender = sender;
        this.primaryEstimate = primaryEstimate;
        replicaCount = parameters.quorums.size();
        signaturesPerCycle = parameters.signaturesPerCycle;
        signingNs = parameters.resendTimeoutMaxNs;
        timer = new ResendTimer(parameters.resendTimeoutMaxNs);
        answerTime = new AnswerTime(parameters.resendTimeoutFloorNs, parameters.resendTimeoutNs);
        primary = primaryEstimate.primary();
    }

    void onSessionOpened(final SessionKeys sessionKeys)
    {
        keys = sessionKeys;
        unsent = 0;
        resend = 0;
        resendLimit = 0;
        askedLimit = 0;
        oldestSeen = 0;
        resendCountMax = signaturesPerCycle;
        timedBundle = NONE;
        timer.stop();
    }

    /**
     * Sends what is due.
     *
     * @param nowNs           monotonic time.
     * @param oldestUnanswered number.
     * @return number of bundles that went out.
     */
    int doWork(final long nowNs, final long oldestUnanswered)
    {
        signaturesLeft = signaturesPerCycle;
        if (isAsked)
        {
            isAsked = false;
            isSigning = true;
            signingSinceNs = nowNs;
        }
        isSigning &= nowNs - signingSinceNs < signingNs;
        if (NONE != timedBundle && (ring.head() > timedBundle || ring.isAnswered(timedBundle)))
        {
            answerTime.measured(nowNs - timedAtNs);
            timedBundle = NONE;
        }
        if (ring.head() == ring.tail())
        {
            timer.stop();
            resendCountMax = signaturesPerCycle;
            return 0;
        }
        if (!timer.isRunning() || oldestUnanswered != oldestSeen)
        {
            oldestSeen = oldestUnanswered;
            timer.start(nowNs, answerTime.timeoutNs());
        }
        if (timer.hasExpired(nowNs))
        {
            resend = ring.head();
            resendLimit = Math.min(ring.tail(), resend + resendCountMax);
            resendCountMax = Math.min(2 * resendCountMax, RESEND_COUNT_LIMIT);
            unsent = Math.min(unsent, resendLimit);
        }
        // In order: what comes before what it continues is of no use.
        final int workCount = resendToAll();
        return resend < resendLimit ? workCount : workCount + sendToPrimary(nowNs);
    }

    /** Sends everything unanswered to all with the next duty cycle, and begins with short time-outs again. */
    void resendNow()
    {
        timer.stop();
        resend = ring.head();
        resendLimit = ring.tail();
    }

    /**
     * A replica asks for signatures.
     *
     * @param replicaId that asks, under its own key.
     * @return false if it is not taken for the primary, and therefore not heard.
     */
    boolean onSignatureWanted(final int replicaId)
    {
        if (replicaId != primaryEstimate.primary())
        {
            return false;
        }
        isAsked = true;
        final long first = Math.max(askedLimit, ring.head());
        if (first < ring.tail())
        {
            resend = resend < resendLimit ? Math.min(resend, first) : first;
            resendLimit = ring.tail();
            askedLimit = ring.tail();
        }
        return true;
    }

    private int sendToPrimary(final long nowNs)
    {
        int workCount = 0;
        if (primary != primaryEstimate.primary())
        {
            // What went to the one before is lost with it; an answer from here on is none to what went there.
            primary = primaryEstimate.primary();
            unsent = ring.head();
            resendCountMax = signaturesPerCycle;
            timedBundle = NONE;
        }
        for (unsent = Math.max(unsent, ring.head()); unsent < ring.tail(); unsent++)
        {
            if (ring.isAnswered(unsent))
            {
                continue;
            }
            if (isSigning && !sign(unsent) || !send(primary, unsent))
            {
                break;
            }
            if (NONE == timedBundle)
            {
                timedBundle = unsent;
                timedAtNs = nowNs;
            }
            workCount++;
        }
        return workCount;
    }

    private int resendToAll()
    {
        int workCount = 0;
        for (resend = Math.max(resend, ring.head()); resend < resendLimit; resend++)
        {
            if (ring.isAnswered(resend))
            {
                continue;
            }
            if (!sign(resend))
            {
                break;
            }
            for (int i = 0; i < replicaCount; i++)
            {
                send(i, resend);
            }
            workCount++;
        }
        resendCount += workCount;
        return workCount;
    }

    /** Whether a bundle is signed, now or before; if not, none is left in this duty cycle. */
    private boolean sign(final long bundle)
    {
        if (0 == signaturesLeft)
        {
            return false;
        }
        signaturesLeft -= ring.sign(bundle) ? 1 : 0;
        return true;
    }

    private boolean send(final int replicaId, final long bundle)
    {
        return sender.send(
            replicaId, keys.toReplicas, ring.buffer(), ring.offset(bundle), ring.messageLength(bundle));
    }

    /** Bundles that were sent again, to all. */
    long resendCount()
    {
        return resendCount;
    }
}
