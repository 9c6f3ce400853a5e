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
package io.tagma.ordering.simulation;

/**
 * How often each kind of fault happened.
 */
public final class FaultCounts
{
    private static final Fault[] FAULTS = Fault.values();

    private final long[] counts = new long[FAULTS.length];

    void add(final Fault fault)
    {
        counts[fault.ordinal()]++;
    }

    void addAll(final FaultCounts other)
    {
        for (int i = 0; i < counts.length; i++)
        {
            counts[i] += other.counts[i];
        }
    }

    /**
     * How often one kind happened.
     *
     * @param fault the kind.
     * @return the count.
     */
    public long of(final Fault fault)
    {
        return counts[fault.ordinal()];
    }

    /**
     * All kinds with their counts.
     *
     * @return one line.
     */
    @Override
    public String toString()
    {
        final StringBuilder text = new StringBuilder();
        for (final Fault fault : FAULTS)
        {
            text.append(text.length() > 0 ? " " : "").append(fault).append('=').append(counts[fault.ordinal()]);
        }
        return text.toString();
    }
}
