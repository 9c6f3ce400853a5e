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
package io.tagma.ordering.model;

import io.tagma.ordering.simulation.ModelBehaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs of the simulator, put before TLC: how much of each the model allows.
 */
final class Behaviours
{
    private static final Pattern LEFT = Pattern.compile("<<\"left\", ([0-9]+), ([0-9]+)>>");

    private final List<String> replicas;
    private final TreeSet<String> batches = new TreeSet<>();
    private final List<List<String>> runs = new ArrayList<>();
    private long lastView;

    /**
     * No runs yet.
     *
     * @param replicas that are correct in each of them; four are there, the others are faulty.
     */
    Behaviours(final List<String> replicas)
    {
        this.replicas = replicas;
    }

    /** Adds a run, or what is made of it: of the same batches and views. */
    void add(final ModelBehaviour behaviour, final List<String> events)
    {
        batches.addAll(behaviour.batches());
        lastView = Math.max(lastView, behaviour.lastView());
        runs.add(events);
    }

    int size()
    {
        return runs.size();
    }

    /**
     * Lets TLC go through all runs.
     *
     * @param directory for what TLC reads and writes.
     * @return for each run, how many events the model does not allow any more: 0 for a behaviour of the model.
     */
    int[] refused(final Path directory) throws IOException, InterruptedException
    {
        Files.createDirectories(directory);
        final List<String> names = new ArrayList<>(replicas);
        names.addAll(batches);
        final List<String> sequences = new ArrayList<>();
        for (final List<String> run : runs)
        {
            sequences.add("<<\n    " + String.join(",\n    ", run) + ">>");
        }
        Files.writeString(
            directory.resolve("Runs.tla"),
            "---- MODULE Runs ----\nEXTENDS Behaviour\nCONSTANTS " + String.join(", ", names) +
            "\nNoClaim == [d \\in Digests |-> -1]\nRuns == <<\n  " + String.join(",\n  ", sequences) + ">>\n====\n");
        final Tlc.Outcome outcome = Tlc.run(
            "Runs",
            Tlc.configuration(
                "Behaviour",
                List.of(
                    "Correct = {" + String.join(", ", replicas) + "}", "Faulty = " + (4 - replicas.size()),
                    "LastView = " + lastView, "Batches = {" + String.join(", ", batches) + "}"),
                null) +
            "CONSTANTS\n" + String.join("", names.stream().map(name -> "  " + name + " = " + name + "\n").toList()),
            directory);
        if (!outcome.isComplete())
        {
            throw new AssertionError(outcome + ": " + outcome.output());
        }
        final int[] left = new int[runs.size()];
        Arrays.setAll(left, i -> runs.get(i).size());
        for (final Matcher matcher = LEFT.matcher(outcome.output()); matcher.find();)
        {
            final int run = Integer.parseInt(matcher.group(1)) - 1;
            left[run] = Math.min(left[run], Integer.parseInt(matcher.group(2)));
        }
        return left;
    }
}
