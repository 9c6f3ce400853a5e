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

import io.tagma.ordering.replica.ReplicaCounter;
import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.Operator;
import io.tagma.perf.cluster.ReplicaProcess;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a drill has to act with, and where it leaves what it found. For the operator's thread; whoever started that one
 * reads the findings after its end.
 */
final class DrillStage
{
    /**
     * Something that must hold.
     *
     * @param name   for machines.
     * @param isGood whether it does.
     * @param detail for people.
     */
    record Finding(String name, boolean isGood, String detail)
    {
    }

    private final Operator operator;
    private final DrillWatch watch;
    private final DrillOptions options;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();

    DrillStage(final Operator operator, final DrillWatch watch, final DrillOptions options)
    {
        this.operator = operator;
        this.watch = watch;
        this.options = options;
    }

    Operator operator()
    {
        return operator;
    }

    LocalCluster cluster()
    {
        return operator.cluster();
    }

    DrillWatch watch()
    {
        return watch;
    }

    DrillOptions options()
    {
        return options;
    }

    /** Prints a line where requests are sent. */
    void say(final String format, final Object... arguments)
    {
        operator.say(String.format(Locale.ROOT, format, arguments));
    }

    /** Leaves something that must hold. */
    void find(final String name, final boolean isGood, final String format, final Object... arguments)
    {
        findings.add(new Finding(name, isGood, String.format(Locale.ROOT, format, arguments)));
    }

    /** Leaves something to report. */
    void figure(final String name, final Object value)
    {
        figures.put(name, value);
    }

    List<Finding> findings()
    {
        return findings;
    }

    Map<String, Object> figures()
    {
        return figures;
    }

    /** All run, vote, and are in one view. */
    void awaitFullStrength()
    {
        for (final ReplicaProcess replica : cluster().replicas())
        {
            cluster().awaitReady(replica);
            cluster().awaitCaughtUp(replica);
        }
    }

    long view()
    {
        return cluster().greatest(ReplicaCounter.VIEW);
    }
}
