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
package io.tagma.perf.demo;

import io.tagma.perf.flow.OrderFlowException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * {@code tagma demo}: four replica processes agree on an order flow, and prove it.
 */
@Command(
    name = "demo",
    description = {
        "Four replica processes on this host agree on the order of an order flow, and prove that they agree.",
        "Ends with status 0 only if every check holds. Leaves nothing behind unless --keep is given."},
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer>
{
    /** System property that the launcher sets: whether the standard output is a terminal. */
    private static final String TERMINAL = "tagma.terminal";

    private static final int REQUESTS_MAX = 10_000_000;
    private static final int EXIT_FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--orders", paramLabel = "FILE",
        description = "Order flow as CSV, plain or gzipped; generated if not given.")
    private Path orders;

    @Option(names = "--workload", paramLabel = "NAME", defaultValue = "exchange",
        description = "exchange or echo (default: ${DEFAULT-VALUE}).")
    private String workload;

    @Option(names = "--requests", paramLabel = "N",
        description = "Requests at most, from 1 to 10,000,000 (default: the whole file, or 50,000).")
    private Integer requests;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
        description = "Seed of the generated flow and of the kill (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--in-flight", paramLabel = "N", defaultValue = "64",
        description = "Requests unanswered at once, from 1 to 1,024 (default: ${DEFAULT-VALUE}).")
    private int inFlight;

    @Option(names = "--kill-backup",
        description = "Kill -9 a backup at a random moment and start it again at another.")
    private boolean isBackupKilled;

    @Option(names = "--kill-primary",
        description = "Kill -9 the primary at a random moment and start it again at another.")
    private boolean isPrimaryKilled;

    @Option(names = "--freeze-primary",
        description = "Stop the primary from running (kill -STOP) at a random moment and let it go on at another.")
    private boolean isPrimaryFrozen;

    @Option(names = "--rolling-restart",
        description = "Restart all replicas, one after the other, each when the one before has caught up.")
    private boolean isRollingRestart;

    @Option(names = "--keep", paramLabel = "DIR",
        description = "Keep keys, journals and logs in this new or empty directory.")
    private Path keep;

    @Option(names = "--json", paramLabel = "FILE", description = "Write what came of it to this file.")
    private Path json;

    /**
     * For picocli.
     */
    public DemoCommand()
    {
    }

    @Override
    public Integer call() throws IOException
    {
        checkOptions();
        try (DemoInput input = input())
        {
            if (0 == input.requests())
            {
                spec.commandLine().getErr().println(orders + " holds no orders");
                return EXIT_FAILED;
            }
            final DemoOptions options = new DemoOptions(
                workload, seed, inFlight, troubles().get(0), keep, json, Boolean.getBoolean(TERMINAL));
            return new Demo(options, input, spec.commandLine().getOut()).run() ? 0 : EXIT_FAILED;
        }
        catch (final OrderFlowException ex)
        {
            spec.commandLine().getErr().println(ex.getMessage());
            return EXIT_FAILED;
        }
    }

    /** One of them, if the options are right. */
    private List<Trouble> troubles()
    {
        final List<Trouble> troubles = new ArrayList<>();
        if (isBackupKilled)
        {
            troubles.add(Trouble.KILL_BACKUP);
        }
        if (isPrimaryKilled)
        {
            troubles.add(Trouble.KILL_PRIMARY);
        }
        if (isPrimaryFrozen)
        {
            troubles.add(Trouble.FREEZE_PRIMARY);
        }
        if (isRollingRestart)
        {
            troubles.add(Trouble.ROLLING_RESTART);
        }
        if (troubles.isEmpty())
        {
            troubles.add(Trouble.NONE);
        }
        return troubles;
    }

    private DemoInput input()
    {
        if ("echo".equals(workload))
        {
            return DemoInput.echo(null == requests ? DemoInput.REQUESTS_DEFAULT : requests);
        }
        if (null != orders)
        {
            return DemoInput.file(orders, null == requests ? REQUESTS_MAX : requests);
        }
        return DemoInput.generated(seed, null == requests ? DemoInput.REQUESTS_DEFAULT : requests);
    }

    private void checkOptions() throws IOException
    {
        if (!"echo".equals(workload) && !"exchange".equals(workload))
        {
            throw usage("--workload is '%s' and must be exchange or echo", workload);
        }
        if (null != orders && "echo".equals(workload))
        {
            throw usage("--orders is for --workload exchange");
        }
        if (troubles().size() > 1)
        {
            throw usage("--kill-backup, --kill-primary, --freeze-primary and --rolling-restart are demos of their " +
                "own: choose one");
        }
        if (null != requests && (requests < 1 || requests > REQUESTS_MAX))
        {
            throw usage("--requests is %,d and must be from 1 to %,d", requests, REQUESTS_MAX);
        }
        if (inFlight < 1 || inFlight > 1024)
        {
            throw usage("--in-flight is %,d and must be from 1 to 1,024", inFlight);
        }
        if (null != keep && Files.exists(keep))
        {
            try (Stream<Path> children = Files.list(keep))
            {
                if (children.findAny().isPresent())
                {
                    throw usage("--keep %s is not empty", keep);
                }
            }
        }
    }

    private ParameterException usage(final String format, final Object... arguments)
    {
        return new ParameterException(spec.commandLine(), String.format(Locale.ROOT, format, arguments));
    }
}
