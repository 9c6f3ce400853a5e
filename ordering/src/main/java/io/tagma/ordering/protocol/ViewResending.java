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

/**
 * What is signed about views, once more for those whose STATUS says that they lack it, at a bounded rate.
 */
final class ViewResending
{
    private static final int RESEND_INTERVALS = 4;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final PeerStates peers;
    private final ViewChangeLog log;
    private final Complaints complaints;
    private final OwnViewChange own;
    private final StatementPartWriter writer;
    private final long[] resentAtNs;

    ViewResending(
        final Core core, final Complaints complaints, final OwnViewChange own, final StatementPartWriter writer)
    {
        parameters = core.parameters;
        status = core.status;
        peers = core.peers;
        log = core.viewChangeLog;
        this.complaints = complaints;
        this.own = own;
        this.writer = writer;
        resentAtNs = new long[parameters.quorums.size()];
    }

    /** A STATUS came: what its sender lacks of statements is sent again. */
    void onStatus(final int peerId)
    {
        complaints.sendTo(peerId, Math.max(peers.view(peerId), status.view() - 1));
        if (status.nowNs() - resentAtNs[peerId] < RESEND_INTERVALS * parameters.repairIntervalNs)
        {
            return;
        }
        final Statement said = own.said();
        if (peers.newView(peerId) < status.newView())
        {
            resentAtNs[peerId] = status.nowNs();
            writer.sendTo(peerId, log.newView());
        }
        if (null != said && !status.isActive() && 0 == status.awaitedSequence() &&
            (peers.view(peerId) < status.view() || !peers.isActive(peerId)))
        {
            resentAtNs[peerId] = status.nowNs();
            writer.sendTo(peerId, said);
        }
    }
}
