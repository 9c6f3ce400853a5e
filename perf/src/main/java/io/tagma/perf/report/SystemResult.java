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
package io.tagma.perf.report;

import org.HdrHistogram.Histogram;

/**
 * What one system did under one load.
 *
 * @param name          as in all reports.
 * @param conditions    it ran with, in words.
 * @param histogram     of all its requests, in nanoseconds; of several measurements together.
 * @param ratePerSecond answers a second; of several measurements the median, as the next two.
 * @param p50Ns         half of the requests took no longer, in nanoseconds.
 * @param p99Ns         99 of 100 took no longer, in nanoseconds.
 */
public record SystemResult(
    String name, String conditions, Histogram histogram, double ratePerSecond, double p50Ns, double p99Ns)
{
    /**
     * Whether it answered anything, so that there are latencies.
     *
     * @return false if it did not.
     */
    boolean hasAnswered()
    {
        return histogram.getTotalCount() > 0;
    }

    /**
     * Whether it has a throughput as well: what is answered only after the measured time has latencies and no rate.
     *
     * @return false if it is no point.
     */
    boolean isPoint()
    {
        return hasAnswered() && ratePerSecond > 0;
    }
}
