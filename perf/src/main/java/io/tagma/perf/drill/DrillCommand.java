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

import io.tagma.perf.load.Pace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code tagma drill}: something goes wrong, and it is measured what that costs.
 */
@Command(
    name = "drill",
    description = {
        "Plays a scenario of something going wrong on four replica processes of this host, under an open loop.",
        "Says what requests took before, during and after it, the longest time without a commit, and whether anything",
        "was lost. Ends with status 0 only if every check holds. Leaves nothing behind unless --keep is given."},
    mixinStandardHelpOptions = true)
public final class DrillCommand implements Callable<Integer>
{
    private static final int TIMES_MAX = 1000;
    private static final int MEGABYTES = 2048;
    private static final int MEGABYTES_MAX = 16_384;
    private static final int SECONDS_MAX = 3600;
    private static final int EXIT_FAILED = 1;
    private static final String PEER_PREFIX = "aeron.";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Scenario: see --list.")
    private String name;

    @Option(names = "--list", description = "Says which scenarios there are.")
    private boolean isList;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "10000",
        description = "Requests a second, from 1 to 10,000,000 (default: ${DEFAULT-VALUE}).")
    private long rate;

    @Option(names = "--times", paramLabel = "N",
        description = "Kills of silent-primary, from 1 to 1,000 (default: 1).")
    private Integer times;

    @Option(names = "--mb", paramLabel = "N",
        description = "Of the drills that catch up: what lies ahead, in units of 2^20 bytes, from 1 to 16,384 " +
            "(default: 2048).")
    private Integer megabytes;

    @Option(names = "--for", paramLabel = "S", defaultValue = "5",
        description = "Seconds that it lasts, where it lasts; of silent-primary from full strength to the next kill; " +
            "from 1 to 3,600 (default: ${DEFAULT-VALUE}).")
    private int forS;

    @Option(names = "--warmup", paramLabel = "S", defaultValue = "5",
        description = "Seconds before anything is measured, from 0 to 3,600 (default: ${DEFAULT-VALUE}).")
    private int warmUpS;

    @Option(names = "--around", paramLabel = "S", defaultValue = "5",
        description = "Seconds to measure before it, and after it, from 1 to 3,600 (default: ${DEFAULT-VALUE}).")
    private int aroundS;

    @Option(names = "--keep", paramLabel = "DIR",
        description = "Keep keys, journals and logs in this new or empty directory.")
    private Path keep;

    @Option(names = "--peer", paramLabel = "NAME",
        description = "Play silent-primary on another system instead: aeron-cluster, three nodes of it.")
    private String peer;

    @Option(names = "-D", paramLabel = "KEY=VALUE",
        description = "A setting of the peer's nodes by its own name, as aeron.cluster.election.timeout=50ms.")
    private final Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Write what came of it to this file.")
    private Path json;

    /**
     * For picocli.
     */
    public DrillCommand()
    {
    }

    @Override
    public Integer call() throws IOException
    {
        final PrintWriter out = spec.commandLine().getOut();
        if (isList)
        {
            list(out);
            return 0;
        }
        checkOptions();
        final DrillOptions options = new DrillOptions(
            Scenario.of(name), Pace.openLoop(rate), null == times ? 1 : times,
            null == megabytes ? MEGABYTES : megabytes, forS, warmUpS, aroundS, keep, json);
        final boolean isGood =
            null == peer ? new DrillRun(options, out).run() : new PeerDrillRun(options, settings, out).run();
        return isGood ? 0 : EXIT_FAILED;
    }

    private static void list(final PrintWriter out)
    {
        for (final Scenario scenario : Scenario.values())
        {
            out.printf(Locale.ROOT, "%-20s%s%n", scenario.label(), scenario.description());
        }
        out.printf(Locale.ROOT, "%nNot here: equivocating-primary. A replica that lies is no part of what is " +
            "shipped; it is built for tests only:%n  mvn test -pl ordering -am -Dtest=AttackRowsTest " +
            "-Dsurefire.failIfNoSpecifiedTests=false%n");
        out.flush();
    }

    private void checkOptions() throws IOException
    {
        if (null == name || null == Scenario.of(name))
        {
            throw usage("%s: choose one of %s", null == name ? "no scenario is named" : "there is no scenario " + name,
                Arrays.stream(Scenario.values()).map(Scenario::label).collect(Collectors.joining(", ")));
        }
        checkRange("--rate", rate, 1, Pace.RATE_MAX);
        checkRange("--for", forS, 1, SECONDS_MAX);
        checkRange("--warmup", warmUpS, 0, SECONDS_MAX);
        checkRange("--around", aroundS, 1, SECONDS_MAX);
        if (null != times)
        {
            checkRange("--times", times, 1, TIMES_MAX);
            if (Scenario.SILENT_PRIMARY != Scenario.of(name))
            {
                throw usage("--times is for silent-primary");
            }
        }
        if (null != megabytes)
        {
            checkRange("--mb", megabytes, 1, MEGABYTES_MAX);
            if (!Scenario.of(name).isCatchUp())
            {
                throw usage("--mb is for drills that catch up");
            }
        }
        checkPeer();
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

    private void checkPeer()
    {
        if (null == peer)
        {
            if (!settings.isEmpty())
            {
                throw usage("-D is for --peer");
            }
            return;
        }
        if (!PeerDrillRun.AERON_CLUSTER.equals(peer))
        {
            throw usage("--peer %s: there is %s only", peer, PeerDrillRun.AERON_CLUSTER);
        }
        if (Scenario.SILENT_PRIMARY != Scenario.of(name))
        {
            throw usage("--peer is for silent-primary");
        }
        if (null != keep)
        {
            throw usage("--keep keeps nothing of a peer");
        }
        for (final String key : settings.keySet())
        {
            if (!key.startsWith(PEER_PREFIX))
            {
                throw usage("-D %s: settings of %s begin with %s", key, peer, PEER_PREFIX);
            }
        }
    }

    private void checkRange(final String option, final long value, final long least, final long greatest)
    {
        if (value < least || value > greatest)
        {
            throw usage("%s is %,d and must be from %,d to %,d", option, value, least, greatest);
        }
    }

    private ParameterException usage(final String format, final Object... arguments)
    {
        return new ParameterException(spec.commandLine(), String.format(Locale.ROOT, format, arguments));
    }
}
