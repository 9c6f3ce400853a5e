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
 * The passive state and the ways out that the sub-protocols share. It does nothing; each part of it has one writer.
 */
final class Core
{
    final ProtocolParameters parameters;
    final ReplicaStatus status;
    final OrderingLog log;
    final Claims claims;
    final BatchStore store;
    final ClientSessions sessions;
    final PeerStates peers;
    final Admission admission;
    final RecordWriter records;
    final MessageWriter messages;
    final Outbound outbound;
    final Hashing hashing;
    final BundleAuthentication authentication;
    final HeldVoices heldVoices;
    final Marks marks;
    final SignedBundle[] signedBundles;
    final HeldBundles heldBundles;
    final TransferPlan plan;
    final TransferCounts transferCounts = new TransferCounts();
    final BaseTimeout baseTimeout;
    final PhaseTimes phaseTimes;
    final RelayPace relayPace;
    final NullBatch nullBatch;
    final DueCheckpoints due;
    final SnapshotLog snapshotLog;
    final Retention retention;
    final Statements statements;
    final ViewChangeLog viewChangeLog;
    final EarlyVotes earlyVotes;
    final KnownSignatures knownSignatures;

    Core(
        final ProtocolParameters parameters,
        final Outbound outbound,
        final Hashing hashing,
        final BundleAuthentication authentication)
    {
        this.parameters = parameters;
        this.outbound = outbound;
        this.hashing = hashing;
        this.authentication = authentication;
        status = new ReplicaStatus(parameters);
        log = new OrderingLog(parameters);
        claims = new Claims(parameters);
        store = new BatchStore(parameters);
        sessions = new ClientSessions(parameters);
        peers = new PeerStates(parameters);
        admission = new Admission(parameters, status);
        records = new RecordWriter(outbound, status);
        heldVoices = new HeldVoices(parameters);
        marks = new Marks(parameters);
        messages = new MessageWriter(this, new OutboundGuard(status, log));
        signedBundles = new SignedBundle[parameters.relayLimit];
        for (int i = 0; i < signedBundles.length; i++)
        {
            signedBundles[i] = new SignedBundle(parameters);
        }
        heldBundles = new HeldBundles(this);
        plan = new TransferPlan(this);
        baseTimeout = new BaseTimeout(parameters, status);
        phaseTimes = new PhaseTimes(parameters, status, baseTimeout);
        relayPace = new RelayPace(parameters, status, baseTimeout);
        nullBatch = new NullBatch(parameters, hashing);
        due = new DueCheckpoints(parameters, status);
        snapshotLog = new SnapshotLog(parameters);
        retention = new Retention(parameters, status, records, snapshotLog, outbound);
        statements = new Statements(parameters, hashing);
        viewChangeLog = new ViewChangeLog(parameters);
        earlyVotes = new EarlyVotes(parameters);
        knownSignatures = new KnownSignatures(parameters, hashing);
    }
}
