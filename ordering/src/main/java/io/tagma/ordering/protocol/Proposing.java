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

import io.tagma.codecs.BundleCursor;
import io.tagma.codecs.client.BundleKind;

/**
 * When a primary proposes: at once while the pipeline has room, whatever waits, so that batches grow exactly as the
 * load does and no timer delays one. When idle, a tick now and then, so that agreed time, timers and checkpoints move.
 */
final class Proposing
{
    private static final int FILL_INTERVALS_PER_TICK = 100;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final OrderingLog log;
    private final BatchStore store;
    private final PeerStates peers;
    private final ClientSessions sessions;
    private final BundleCursor cursor = new BundleCursor();
    private final MessageWriter messages;
    private final PendingBundles pending;
    private final NormalCase normalCase;
    private final Batcher batcher;
    /** By peer: the incarnation whose amnesia was helped last, and how many idle batches were made for it. */
    private final long[] fillIncarnations;
    private final int[] fillCounts;
    private final long[] filledSinceNs;
    private long lastProposalNs;

    Proposing(final Core core, final PendingBundles pending, final NormalCase normalCase)
    {
        parameters = core.parameters;
        status = core.status;
        log = core.log;
        store = core.store;
        peers = core.peers;
        sessions = core.sessions;
        messages = core.messages;
        this.pending = pending;
        this.normalCase = normalCase;
        batcher = new Batcher(parameters, status, pending, sessions, core.hashing);
        fillIncarnations = new long[parameters.quorums.size()];
        fillCounts = new int[parameters.quorums.size()];
        filledSinceNs = new long[parameters.quorums.size()];
    }

    /** The view is left: what waits here waits in vain, its clients will ask again. */
    void left()
    {
        pending.clear();
        sessions.forgetProposed();
    }

    /** A view is entered: what it took over is on its way, and is not to be proposed a second time. */
    void entered()
    {
        final long last = Math.min(
            status.takenOverSequence(), status.executedSequence() + parameters.batchSlots);
        for (long sequence = status.executedSequence() + 1; status.isPrimary() && sequence <= last; sequence++)
        {
            final BatchSlot batch = store.find(sequence, log.slot(sequence).accepted);
            if (null != batch)
            {
                noteInFlight(batch);
            }
        }
    }

    /** After a restart: what was proposed and is not executed goes out again, the journalled bytes. */
    void resume()
    {
        if (!status.isPrimary() || !status.isVoting())
        {
            return;
        }
        for (long sequence = status.executedSequence() + 1; sequence <= status.proposedSequence(); sequence++)
        {
            final BatchSlot batch = store.find(sequence, log.slot(sequence).accepted);
            if (null != batch)
            {
                if (batch.prePrepareLength > 0)
                {
                    messages.prePrepare(batch);
                }
                noteInFlight(batch);
            }
        }
    }

    /** Its bundles are on their way: they are not to be proposed a second time. */
    private void noteInFlight(final BatchSlot batch)
    {
        cursor.wrap(batch.buffer, batch.bodiesOffset, batch.bodiesLength);
        while (cursor.next())
        {
            if (BundleKind.OPEN == cursor.kind())
            {
                sessions.openProposed(cursor.clientId(), cursor.firstNumber());
            }
            else
            {
                final ClientSession session = sessions.find(cursor.sessionId());
                if (null != session)
                {
                    session.proposed(cursor.firstNumber() + cursor.count());
                }
            }
        }
    }

    /** As primary: at once while the pipeline has room, whatever waits; when idle, a tick now and then. */
    int propose()
    {
        if (!status.isPrimary() || !status.isVoting() || status.executedSequence() < status.stableSequence())
        {
            return 0;
        }
        int count = 0;
        while (mayPropose() && (!pending.isEmpty() || isTickDue()))
        {
            final long sequence = status.proposedSequence() + 1;
            final BatchSlot batch = store.place(sequence);
            batcher.fill(batch, sequence);
            normalCase.propose(batch);
            lastProposalNs = status.nowNs();
            count++;
        }
        return count;
    }

    private boolean mayPropose()
    {
        final long inFlight = status.proposedSequence() - status.executedSequence();
        return inFlight < parameters.pipelineDepth && status.proposedSequence() < status.highWatermark();
    }

    private boolean isTickDue()
    {
        if (status.proposedSequence() != status.executedSequence())
        {
            return false;
        }
        final long sinceLastNs = status.nowNs() - lastProposalNs;
        return sinceLastNs >= parameters.tickIntervalNs ||
            sinceLastNs >= parameters.tickIntervalNs / FILL_INTERVALS_PER_TICK && fillsForAmnesiac();
    }

    /** An amnesiac waits for a certificate at or above its H: an idle log is filled towards it, a bounded number. */
    private boolean fillsForAmnesiac()
    {
        for (int peer = 0; peer < fillCounts.length; peer++)
        {
            final long awaited = peers.awaited(peer);
            if (awaited <= status.stableSequence())
            {
                continue;
            }
            if (fillIncarnations[peer] != peers.incarnation(peer) && mayFillAgain(peer))
            {
                fillIncarnations[peer] = peers.incarnation(peer);
                filledSinceNs[peer] = status.nowNs();
                fillCounts[peer] = 0;
            }
            if (fillCounts[peer] < 2 * parameters.window)
            {
                fillCounts[peer]++;
                return true;
            }
        }
        return false;
    }

    /** Incarnations are only claimed: a liar must not get more than an idle log would have grown by anyway. */
    private boolean mayFillAgain(final int peer)
    {
        return 0 == filledSinceNs[peer] ||
            status.nowNs() - filledSinceNs[peer] >= 2L * parameters.window * parameters.tickIntervalNs;
    }
}
