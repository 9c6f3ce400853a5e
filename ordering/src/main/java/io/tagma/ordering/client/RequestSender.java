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
 * Gets sealed bundles out: each once to the primary, in order; and when an answer is late, everything unanswered to all
 * replicas with the client's signature, so that any of them can relay it, a few signatures in a duty cycle.
 */
final class RequestSender
{
    private final BundleRing ring;
    private final FrameSender sender;
    private final PrimaryEstimate primaryEstimate;
    private final int replicaCount;
    private final int signaturesPerCycle;
    private final ResendTimer timer;

    private SessionKeys keys;
    /** The bundle that goes to the primary next. */
    private long unsent;
    /** Bundles from here to below the limit still have to be sent again, to all. */
    private long resend;
    private long resendLimit;
    /** Oldest number without an outcome when progress was last looked for. */
    private long oldestSeen;
    private long resendCount;

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
        timer = new ResendTimer(parameters.resendTimeoutNs, parameters.resendTimeoutMaxNs);
    }

    void onSessionOpened(final SessionKeys sessionKeys)
    {
        keys = sessionKeys;
        unsent = 0;
        resend = 0;
        resendLimit = 0;
        oldestSeen = 0;
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
        if (ring.head() == ring.tail())
        {
            timer.stop();
            return 0;
        }
        if (!timer.isRunning() || oldestUnanswered != oldestSeen)
        {
            oldestSeen = oldestUnanswered;
            timer.start(nowNs);
        }
        if (timer.hasExpired(nowNs))
        {
            resend = ring.head();
            resendLimit = ring.tail();
        }
        return sendToPrimary() + resendToAll();
    }

    /** Sends everything unanswered to all with the next duty cycle, and begins with short time-outs again. */
    void resendNow()
    {
        timer.stop();
        resend = ring.head();
        resendLimit = ring.tail();
    }

    private int sendToPrimary()
    {
        int workCount = 0;
        final int primary = primaryEstimate.primary();
        for (unsent = Math.max(unsent, ring.head()); unsent < ring.tail(); unsent++)
        {
            if (!send(primary, unsent))
            {
                break;
            }
            workCount++;
        }
        return workCount;
    }

    private int resendToAll()
    {
        int workCount = 0;
        int signatures = 0;
        for (resend = Math.max(resend, ring.head()); resend < resendLimit; resend++)
        {
            if (ring.isAnswered(resend))
            {
                continue;
            }
            if (signatures == signaturesPerCycle)
            {
                break;
            }
            if (ring.sign(resend))
            {
                signatures++;
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
