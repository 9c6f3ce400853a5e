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
package io.tagma.perf.load;

import io.tagma.ordering.client.ClientContext;
import io.tagma.ordering.client.ResponseHandler;
import io.tagma.perf.flow.OrderFlow;
import io.tagma.perf.flow.OrderFlowGenerator;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One measurement against a cluster that is there: warm up, measure, wait for what is still to come, judge.
 */
public final class LoadRun
{
    private static final long DRAIN_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long FLOW_SEED = 1;

    private final LoadOptions options;
    private List<String> failures = List.of();
    private DriverTotals totals;
    private long resentBundles;

    /**
     * Measures nothing yet.
     *
     * @param options that say what.
     */
    public LoadRun(final LoadOptions options)
    {
        this.options = options;
    }

    /**
     * Measures.
     *
     * @param context          of the client.
     * @param beforeMeasuring  run when the warm-up is over.
     * @param afterMeasuring   run when the measured time is over.
     */
    public void run(final ClientContext context, final Runnable beforeMeasuring, final Runnable afterMeasuring)
    {
        run(ClientPort.connector(context), beforeMeasuring, afterMeasuring);
    }

    /**
     * Measures any system.
     *
     * @param connector        makes the client, given who hears its answers.
     * @param beforeMeasuring  run when the warm-up is over.
     * @param afterMeasuring   run when the measured time is over.
     */
    public void run(
        final Function<ResponseHandler, RequestClient> connector,
        final Runnable beforeMeasuring,
        final Runnable afterMeasuring)
    {
        try (OrderFlow flow = new OrderFlowGenerator(FLOW_SEED, Long.MAX_VALUE);
            ClientRun run = new ClientRun(
                connector,
                options.isExchange() ?
                    new OrderSource(flow) : new EchoSource(options.payloadLength(), Long.MAX_VALUE),
                options.pace(),
                CommittedHandler.NONE))
        {
            run.start();
            run.runFor(TimeUnit.SECONDS.toNanos(options.warmUpS()));
            beforeMeasuring.run();
            run.driver().startMeasuring();
            run.runFor(TimeUnit.SECONDS.toNanos(options.durationS()));
            run.driver().stopMeasuring();
            afterMeasuring.run();
            run.driver().stopSending();
            run.runFor(DRAIN_NS);
            totals = run.driver().totals();
            resentBundles = run.resendCount();
            failures = LoadJudgement.failures(options.pace(), totals, DRAIN_NS);
        }
    }

    /**
     * What was seen.
     *
     * @return after {@code run}.
     */
    public DriverTotals totals()
    {
        return totals;
    }

    long resentBundles()
    {
        return resentBundles;
    }

    /**
     * Why it failed.
     *
     * @return one sentence each; none if it did not.
     */
    public List<String> failures()
    {
        return failures;
    }
}
