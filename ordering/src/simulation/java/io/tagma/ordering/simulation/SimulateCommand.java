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

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code tagma simulate}: runs seeds of the simulator and prints what happened. Exit status 0 if every invariant held,
 * 1 if one did not, 64 for an argument that makes no sense.
 */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = "Runs the protocol under simulated faults and adversaries, and checks its invariants.")
public final class SimulateCommand implements Callable<Integer>
{
    private static final int OK = 0;
    private static final int VIOLATED = 1;
    private static final int USAGE = 64;
    private static final int VIOLATIONS_SHOWN = 10;
    private static final long PROGRESS_MS = 5_000L;

    @Option(names = "--seeds", paramLabel = "N", description = "How many seeds to run (default ${DEFAULT-VALUE}).")
    private long seeds = 1_000;

    @Option(names = "--first", paramLabel = "S", description = "The first seed (default ${DEFAULT-VALUE}).")
    private long first = 1;

    @Option(names = "--seed", paramLabel = "S", description = "Run this one seed, and say what it drew.")
    private Long seed;

    @Option(names = "--replicas", paramLabel = "4|7|mixed", description = "Replicas (default ${DEFAULT-VALUE}).")
    private String replicas = "mixed";

    @Option(names = "--threads", paramLabel = "T", description = "Threads; 0 (default): one for each processor.")
    private int threads;

    @Option(names = "--trace-hash", description = "Print the hash over all that happened.")
    private boolean traceHash;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file.")
    private Path json;

    @Spec
    private CommandSpec spec;

    private final List<SimulationResult> violations = new ArrayList<>();
    private final SimulationResult total = new SimulationResult();
    private final AtomicLong nextSeed = new AtomicLong();
    private long firstSeed;
    private long endSeed;
    private int replicaCount;

    @Override
    public Integer call()
    {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        if (!List.of("4", "7", "mixed").contains(replicas))
        {
            err.println("--replicas is " + replicas + ": must be 4, 7 or mixed");
            return USAGE;
        }
        if (seeds < 1 || threads < 0 || threads > 1_024)
        {
            err.println("--seeds is " + seeds + " and --threads " + threads +
                ": at least 1 seed and 0 to 1024 threads are needed");
            return USAGE;
        }
        replicaCount = "mixed".equals(replicas) ? 0 : Integer.parseInt(replicas);
        nextSeed.set(null != seed ? seed : first);
        firstSeed = nextSeed.get();
        endSeed = nextSeed.get() + (null != seed ? 1 : seeds);
        final long startNs = System.nanoTime();
        runAll(out);
        return report(out, err, System.nanoTime() - startNs);
    }

    private void runAll(final PrintWriter out)
    {
        final int count = (int)Math.min(
            threads > 0 ? threads : Runtime.getRuntime().availableProcessors(), endSeed - nextSeed.get());
        final List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            final Thread worker = new Thread(this::work, "simulate-" + i);
            workers.add(worker);
            worker.start();
        }
        try
        {
            for (final Thread worker : workers)
            {
                while (worker.isAlive())
                {
                    worker.join(PROGRESS_MS);
                    if (worker.isAlive())
                    {
                        progress(out);
                    }
                }
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            nextSeed.set(endSeed);
        }
    }

    private void work()
    {
        for (long next = nextSeed.getAndIncrement(); next < endSeed; next = nextSeed.getAndIncrement())
        {
            final SimulationResult result =
                Simulation.run(next, SimulationConfiguration.drawn(next, replicaCount));
            synchronized (total)
            {
                total.add(result);
                if (null != result.violation())
                {
                    violations.add(result);
                    show(result);
                }
                if (null != seed)
                {
                    spec.commandLine().getOut().println("seed " + next + ": " + result.configuration());
                }
            }
        }
    }

    private void show(final SimulationResult result)
    {
        if (violations.size() <= VIOLATIONS_SHOWN)
        {
            final PrintWriter err = spec.commandLine().getErr();
            err.println("seed " + result.seed() + ": " + result.violation());
            err.println("  " + result.configuration());
            err.println("  again with: tagma simulate --seed " + result.seed() + " --replicas " + replicas);
            err.flush();
        }
    }

    private void progress(final PrintWriter out)
    {
        synchronized (total)
        {
            out.printf("%d seeds, %d violations%n", total.runs(), violations.size());
            out.flush();
        }
    }

    private int report(final PrintWriter out, final PrintWriter err, final long elapsedNs)
    {
        total.forEachFigure((name, value) -> out.printf("%-40s %,15d%n", name, value));
        out.printf("%-40s %,15d%n", "wall clock, milliseconds", elapsedNs / 1_000_000);
        out.printf("%-40s %,15d%n", "seeds a second", total.runs() * 1_000_000_000L / Math.max(1, elapsedNs));
        if (traceHash)
        {
            out.printf("trace hash %016x%n", total.traceHash());
        }
        final long missing = endSeed - firstSeed - total.runs();
        if (missing > 0)
        {
            err.println(missing + " seeds did not run to their end");
        }
        else
        {
            out.println(
                violations.isEmpty() ? "every invariant held" : violations.size() + " seeds broke an invariant");
        }
        out.flush();
        err.flush();
        if (null != json && !writeJson(err))
        {
            return VIOLATED;
        }
        return violations.isEmpty() && 0 == missing ? OK : VIOLATED;
    }

    private boolean writeJson(final PrintWriter err)
    {
        final StringBuilder text = new StringBuilder("{\n");
        total.forEachFigure((name, value) ->
            text.append("  \"").append(name).append("\": ").append(value).append(",\n"));
        text.append("  \"trace hash\": \"").append(Long.toHexString(total.traceHash())).append("\",\n");
        text.append("  \"violations\": [");
        for (int i = 0; i < violations.size(); i++)
        {
            text.append(i > 0 ? ", " : "").append("{\"seed\": ").append(violations.get(i).seed())
                .append(", \"invariant\": \"").append(violations.get(i).violation().invariant()).append("\"}");
        }
        text.append("]\n}\n");
        try
        {
            Files.writeString(json, text, StandardCharsets.UTF_8);
            return true;
        }
        catch (final IOException ex)
        {
            err.println("cannot write " + json + ": " + ex.getMessage());
            return false;
        }
    }
}
