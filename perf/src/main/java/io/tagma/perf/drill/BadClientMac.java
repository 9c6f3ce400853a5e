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
package io.tagma.perf.drill;

import io.tagma.ordering.authentication.AgreementKeys;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.ReplicaMember;
import io.tagma.ordering.protocol.Quorums;
import io.tagma.ordering.protocol.Rejection;
import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.Patience;
import io.tagma.perf.load.ClientRun;
import io.tagma.perf.load.CommittedHandler;
import io.tagma.perf.load.DriverTotals;
import io.tagma.perf.load.EchoSource;
import io.tagma.perf.load.Pace;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A second client, whose tags are good for the primary and wrong for so many backups that the others are no quorum. It
 * needs no code of its own for that: its cluster file has wrong agreement keys for them.
 */
final class BadClientMac implements Drill
{
    private static final int RATE = 100;
    private static final int PAYLOAD_LENGTH = 100;
    private static final long DRAIN_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_MS = 100;
    private static final long PUBLISH_TIMEOUT_MS = 5_000;

    @Override
    public void run(final DrillStage stage)
    {
        final LocalCluster cluster = stage.cluster();
        final long view = stage.view();
        final List<Integer> wronged = wronged(cluster);
        stage.say("client %d sends %d requests a second, with wrong tags for replicas %s", LocalCluster.OTHER_CLIENT_ID,
            RATE, wronged);
        try (ClientRun run = new ClientRun(
            cluster.clientContext(LocalCluster.OTHER_CLIENT_ID).cluster(wrong(cluster.configuration(), wronged)),
            new EchoSource(PAYLOAD_LENGTH, Long.MAX_VALUE), Pace.openLoop(RATE), CommittedHandler.NONE))
        {
            run.start();
            run.runFor(TimeUnit.SECONDS.toNanos(stage.options().forS()));
            run.driver().stopSending();
            run.runFor(DRAIN_NS);
            final DriverTotals totals = run.driver().totals();
            stage.figure("badClientSent", totals.sent());
            stage.figure("badClientCommitted", totals.committed());
            stage.figure("badClientResentBundles", run.resendCount());
            stage.say("of its %,d requests %,d were committed, %,d rejected, %,d are unknown, %,d unanswered; " +
                "it sent %,d bundles again", totals.sent(), totals.committed(), totals.rejected(), totals.unknown(),
                totals.unanswered(), run.resendCount());
            stage.find("badClientNotDoubled", totals.sent() > 0 && 0 == totals.unexpected(),
                "%,d requests of the bad client, none answered twice", totals.sent());
        }
        stage.awaitFullStrength();
        findRefusals(stage, wronged);
        stage.figure("viewBefore", view);
        stage.figure("viewAfter", stage.view());
        stage.say("the view was %d and is %d", view, stage.view());
    }

    /** Otherwise nothing was wrong. */
    private static void findRefusals(final DrillStage stage, final List<Integer> wronged)
    {
        final boolean areRefused = Patience.await(() -> wronged.stream().allMatch((id) ->
            stage.cluster().replica(id).refusals(Rejection.CLIENT_AUTHENTICATION) > 0), POLL_MS, PUBLISH_TIMEOUT_MS);
        stage.find("badTagsRefused", areRefused, "replicas %s refused bundles for their tags; refusals by replica: %s",
            wronged, stage.cluster().replicas().stream()
                .map((replica) -> replica.refusals(Rejection.CLIENT_AUTHENTICATION)).toList());
    }

    private static List<Integer> wronged(final LocalCluster cluster)
    {
        final ClusterConfiguration configuration = cluster.configuration();
        final Quorums quorums = new Quorums(configuration.weights(), configuration.faultyWeight());
        final List<Integer> wronged = new ArrayList<>();
        int weight = quorums.total();
        for (int id = 0; id < configuration.replicaCount() && weight >= quorums.quorum(); id++)
        {
            if (id != cluster.primary().id())
            {
                wronged.add(id);
                weight -= configuration.replica(id).weight();
            }
        }
        return wronged;
    }

    private static ClusterConfiguration wrong(final ClusterConfiguration right, final List<Integer> wronged)
    {
        final SecureRandom random = new SecureRandom();
        final ClusterConfiguration.Builder builder = ClusterConfiguration.builder()
            .clusterId(right.clusterId())
            .epoch(right.epoch())
            .macAlgorithm(right.macAlgorithm())
            .faultyWeight(right.faultyWeight())
            .limits(right.limits());
        for (int id = 0; id < right.replicaCount(); id++)
        {
            final ReplicaMember member = right.replica(id);
            builder.addReplica(!wronged.contains(id) ? member : new ReplicaMember(
                member.peerEndpoint(), member.ingressEndpoint(), member.weight(), member.signingKey(),
                AgreementKeys.generate(random).publicKey()));
        }
        for (int id = 1; id <= right.clientCount(); id++)
        {
            builder.addClient(right.client(id));
        }
        return builder.conclude();
    }
}
