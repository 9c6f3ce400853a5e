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

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.Outcome;
import io.tagma.ordering.protocol.Hashing;

/**
 * Opens a session: a signed OPEN to all replicas, under the sessionless keys, again and again until a weak quorum has
 * answered it. Its number must be above every earlier one of this client, over all its lives: nanoseconds since 1970.
 */
final class SessionOpener
{
    private static final short REJECTED_STALE_OPEN = Outcome.REJECTED_STALE_OPEN.value();
    /** Greatest number of anything that a frame may name. */
    static final long NUMBER_MAX = (1L << 62) - 1;

    /** A replica that was not connected a moment ago is tried again after this. */
    private static final long RETRY_NS = MILLISECONDS.toNanos(5);
    private static final long FIRST_STEP_NS = SECONDS.toNanos(1);
    private static final long GREATEST_STEP_NS = 1L << 55;

    private final BundleWriter writer;
    private final FrameSender sender;
    private final SessionKeys sessionlessKeys;
    private final ReplyMatcher matcher;
    private final int replicaCount;
    private final long timeoutNs;
    private final long refusalDelayNs;
    private final UnsafeBuffer buffer;
    private final ResendTimer timer;

    private DirectBuffer channel;
    private long number;
    private int messageLength;
    /** A session is wanted; the OPEN for it is made when its time has come. */
    private boolean isWanted;
    private long openNs;
    private boolean isOpening;
    /** Replicas that the present round has still to reach, as bits. */
    private long unreached;
    private long triedNs;
    private long stepNs = FIRST_STEP_NS;

    SessionOpener(
        final ClientParameters parameters,
        final Hashing hashing,
        final BundleWriter writer,
        final FrameSender sender,
        final SessionKeys sessionlessKeys)
    {
        this.writer = writer;
        this.sender = sender;
        this.sessionlessKeys = sessionlessKeys;
        replicaCount = parameters.quorums.size();
        timeoutNs = parameters.resendTimeoutNs;
        refusalDelayNs = parameters.resendTimeoutMaxNs;
        matcher = new ReplyMatcher(parameters.quorums, hashing, 1, parameters.limits.resultLengthMax());
        buffer = new UnsafeBuffer(new byte[BundleWriter.regionLength(parameters.limits)]);
        timer = new ResendTimer(parameters.resendTimeoutMaxNs);
    }

    /**
     * Where the cluster is to answer.
     *
     * @param responseChannel in ASCII, kept.
     */
    void channel(final DirectBuffer responseChannel)
    {
        channel = responseChannel;
    }

    /** A session is wanted: with the next duty cycle an OPEN with a new number goes out. */
    void start(final long nowNs)
    {
        isWanted = true;
        isOpening = false;
        openNs = nowNs;
    }

    private void open(final long nowNs, final long epochNs)
    {
        number = Math.min(Math.max(number + 1, epochNs), NUMBER_MAX);
        matcher.reset();

        final int emptyLength = BundleWriter.emptyBodyLength();
        final int payloadOffset = BundleWriter.payloadOffset(0, emptyLength);
        final int bodyLength = emptyLength + FrameLayout.PAYLOAD_HEADER_LENGTH + channel.capacity();
        BundleWriter.putPayloadLength(buffer, payloadOffset, channel.capacity());
        buffer.putBytes(payloadOffset + FrameLayout.PAYLOAD_HEADER_LENGTH, channel, 0, channel.capacity());
        writer.seal(
            buffer, 0, BundleKind.OPEN, 1, bodyLength, sessionlessKeys.sessionId, number, sessionlessKeys.toReplicas);
        messageLength = writer.sign(buffer, 0, bodyLength);

        isOpening = true;
        timer.start(nowNs, timeoutNs);
        startRound(nowNs);
    }

    /**
     * A weak quorum refused. If the number was not above the highest of this client, its clock was ahead in an earlier
     * life: go up, in strides that get longer. Else the session table is full: try again later.
     */
    void onRefused(final short reason, final long nowNs)
    {
        start(nowNs);
        if (REJECTED_STALE_OPEN == reason)
        {
            number = Math.min(number + stepNs, NUMBER_MAX - 1);
            stepNs = Math.min(stepNs * 2, GREATEST_STEP_NS);
        }
        else
        {
            openNs += refusalDelayNs;
        }
    }

    void stop()
    {
        isWanted = false;
        isOpening = false;
        timer.stop();
    }

    int doWork(final long nowNs, final long epochNs)
    {
        if (isWanted && !isOpening && nowNs - openNs >= 0)
        {
            open(nowNs, epochNs);
        }
        if (!isOpening)
        {
            return 0;
        }
        if (timer.hasExpired(nowNs))
        {
            startRound(nowNs);
        }
        if (0 == unreached || nowNs - triedNs < RETRY_NS)
        {
            return 0;
        }
        triedNs = nowNs;
        int workCount = 0;
        for (int i = 0; i < replicaCount; i++)
        {
            final long replica = 1L << i;
            if (0 != (unreached & replica) && sender.send(i, sessionlessKeys.toReplicas, buffer, 0, messageLength))
            {
                unreached &= ~replica;
                workCount++;
            }
        }
        return workCount;
    }

    private void startRound(final long nowNs)
    {
        unreached = -1L >>> Long.SIZE - replicaCount;
        triedNs = nowNs - RETRY_NS;
    }

    /** Whether an answer to this number is waited for. */
    boolean isAwaiting(final long openNumber)
    {
        return isOpening && openNumber == number;
    }

    /** Votes on the OPEN; what is believed is read from here. */
    ReplyMatcher matcher()
    {
        return matcher;
    }
}
