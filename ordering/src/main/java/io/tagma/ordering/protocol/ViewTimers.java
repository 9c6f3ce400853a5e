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

import io.tagma.codecs.peer.ComplaintReason;

/**
 * When the primary has kept this replica waiting for too long. Time-outs double with each view since the last one that
 * made progress, up to a ceiling; a view that is being entered is timed once a quorum wants to enter it or a later one.
 */
final class ViewTimers
{
    private static final int INTERVALS = 4;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final PeerStates peers;
    private final BaseTimeout baseTimeout;
    private final PrimarySilence silence;
    private final AgreedTimeLag agreedTimeLag;
    private final RelayPace relayPace;
    private final SignedRequests requests;
    private final Complaints complaints;
    /** The last view in which there was progress after its NEW-VIEW; view 0 counts as one. */
    private long progressView;
    private long executedBefore;
    private long requestsBefore;
    private long progressAtNs;
    /** No timer began before: the view was entered then, or this replica itself had stood still. */
    private long restartedAtNs;
    /** Who was not listening has not heard a silence. */
    private long listeningSinceNs;
    private long enteringSinceNs;
    private boolean isEntering;
    private long lastTimeNs;

    ViewTimers(final Core core, final SignedRequests requests, final Complaints complaints)
    {
        parameters = core.parameters;
        status = core.status;
        peers = core.peers;
        baseTimeout = core.baseTimeout;
        silence = new PrimarySilence(parameters, status, baseTimeout);
        agreedTimeLag = new AgreedTimeLag(parameters, status);
        relayPace = core.relayPace;
        this.requests = requests;
        this.complaints = complaints;
    }

    /** A duty cycle begins. Who stood still himself restarts his timers: it was not the primary that was late. */
    void onTime()
    {
        final long pauseNs = status.nowNs() - lastTimeNs;
        if (pauseNs > baseTimeout.baseNs() / 2)
        {
            restart();
        }
        else if (pauseNs > silence.timeoutNs(failedViews()) / 2)
        {
            listeningSinceNs = status.nowNs();
        }
        lastTimeNs = status.nowNs();
    }

    private void restart()
    {
        restartedAtNs = status.nowNs();
        progressAtNs = status.nowNs();
        enteringSinceNs = status.nowNs();
        listeningSinceNs = status.nowNs();
        agreedTimeLag.restart();
        relayPace.restart();
    }

    /** The journal is replayed. */
    void resumed()
    {
        progressView = status.newView();
        executedBefore = status.executedSequence();
        lastTimeNs = status.nowNs();
        restart();
    }

    /** A view was left. */
    void left()
    {
        isEntering = false;
    }

    /** A view was entered. */
    void entered()
    {
        isEntering = false;
        executedBefore = Math.max(status.executedSequence(), status.takenOverSequence());
        requestsBefore = requests.timedExecuted();
        relayPace.entered();
        restart();
    }

    void tick()
    {
        if (status.targetView() != status.view() || 0 != status.awaitedSequence())
        {
            restart();
        }
        else if (status.isActive())
        {
            observe();
        }
        else
        {
            enter();
        }
    }

    private void enter()
    {
        if (!isEntering)
        {
            final int weight = peers.weightInOrAbove(status.view()) +
                parameters.quorums.weight(parameters.replicaId);
            isEntering = weight >= parameters.quorums.quorum();
            enteringSinceNs = status.nowNs();
        }
        if (isEntering && status.nowNs() - enteringSinceNs > timeoutNs())
        {
            complaints.complain(status.view(), ComplaintReason.NEW_VIEW_LATE);
        }
    }

    private void observe()
    {
        final long oldestNs = requests.waitingSinceNs();
        final boolean isTiming = SignedRequests.NULL_TIME != oldestNs;
        final boolean isRequestDone = requests.timedExecuted() != requestsBefore;
        requestsBefore = requests.timedExecuted();
        if (status.executedSequence() > executedBefore)
        {
            executedBefore = status.executedSequence();
            progressAtNs = status.nowNs();
            if (isRequestDone || !isTiming)
            {
                progressView = status.view();
            }
        }
        if (status.isPrimary() || peers.credibleExecuted() > status.executedSequence())
        {
            // Behind the others: what is missing here is not what the primary kept back.
            progressAtNs = status.nowNs();
            if (peers.credibleExecuted() > status.executedSequence() + parameters.pipelineDepth)
            {
                agreedTimeLag.restart();
                relayPace.restart();
            }
            return;
        }
        final int primary = status.primary();
        final long heardAtNs = peers.heardAtNs(primary);
        silence.heard(heardAtNs, restartedAtNs);
        if (peers.awaited(primary) > 0)
        {
            complaints.complain(status.view(), ComplaintReason.PRIMARY_WAITING);
        }
        else if (isTiming && hasPassed(oldestNs, timeoutNs()))
        {
            complaints.complain(status.view(), ComplaintReason.REQUEST_LATE);
        }
        else if (hasPassed(
            heardAtNs - listeningSinceNs > 0 ? heardAtNs : listeningSinceNs, silence.timeoutNs(failedViews())))
        {
            complaints.complain(status.view(), ComplaintReason.PRIMARY_SILENT);
        }
        else if (status.executedSequence() < status.highWatermark())
        {
            observePace(Math.max(timeoutNs(), INTERVALS * parameters.tickIntervalNs));
        }
        else
        {
            // It waits for a certificate, as we do.
            agreedTimeLag.restart();
        }
    }

    private void observePace(final long idleTimeoutNs)
    {
        if (hasPassed(progressAtNs, idleTimeoutNs))
        {
            complaints.complain(status.view(), ComplaintReason.NO_PROGRESS);
        }
        else if (agreedTimeLag.isTooGreat(idleTimeoutNs) || relayPace.isSlow(timeoutNs()))
        {
            complaints.complain(status.view(), ComplaintReason.PRIMARY_SLOW);
        }
    }

    private boolean hasPassed(final long sinceNs, final long timeoutNs)
    {
        return status.nowNs() - (sinceNs - restartedAtNs > 0 ? sinceNs : restartedAtNs) > timeoutNs;
    }

    private long timeoutNs()
    {
        return baseTimeout.timeoutNs(failedViews());
    }

    private long failedViews()
    {
        return Math.max(0, status.view() - progressView);
    }
}
