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
package io.tagma.ordering.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.agrona.ErrorHandler;
import org.agrona.SystemUtil;

/**
 * How long a thread runs before the kernel looks who else is ready: the slice of Linux's fair scheduler, 0.7 to 3 ms
 * unless asked for otherwise. It is a length, not a share: a thread with short slices gets as much of a processor as
 * before, in smaller pieces, sooner; and a turn that it yields costs it less. Where more threads are busy than there
 * are processors, most of the latency beyond the median is made of others' slices.
 * <p>
 * Java has no call for it ({@code sched_setattr(2)}, kernel 6.12 or newer), so a program of the host makes it:
 * {@code chrt} of util-linux 2.41 or newer, or else {@code perl}.
 */
public final class TimeSlice
{
    /** What the kernel takes: less counts as this. */
    public static final long MIN_NS = 100_000;
    /** What the kernel takes at most. */
    public static final long MAX_NS = 100_000_000;

    /** Of the calling thread: its process, "task" and its id. */
    private static final Path THREAD_SELF = Path.of("/proc/thread-self");
    private static final long TIMEOUT_S = 20;
    /** Reads the attributes of a thread, writes them back with the slice in them and the flag to reset it on fork. */
    private static final String PERL = """
        my ($get, $set, $tid, $ns) = @ARGV;
        my $attributes = "\\0" x 56;
        0 == syscall($get + 0, $tid + 0, $attributes, 56, 0) or die "sched_getattr: $!\\n";
        substr($attributes, 8, 8) = pack("Q", 1);
        substr($attributes, 24, 8) = pack("Q", $ns);
        0 == syscall($set + 0, $tid + 0, $attributes, 0) or die "sched_setattr: $!\\n";
        """;

    private TimeSlice()
    {
    }

    /**
     * Asks for slices of this length for the calling thread, in the background: returns at once, and the thread goes on
     * as it was until the kernel has heard of it, some ten milliseconds later. Threads and processes that it starts do
     * not inherit them. Any thread, for itself.
     *
     * @param sliceNs      from 1 to {@link #MAX_NS}, in nanoseconds; the kernel takes at least {@link #MIN_NS}.
     * @param errorHandler told, on another thread, if this host cannot do it: all then stays as it was.
     */
    public static void request(final long sliceNs, final ErrorHandler errorHandler)
    {
        final long threadId;
        try
        {
            threadId = currentThreadId();
        }
        catch (final IOException ex)
        {
            errorHandler.onError(unavailable("threads have no id in /proc here: " + ex));
            return;
        }
        final Thread asking = new Thread(() -> ask(threadId, sliceNs, errorHandler), "tagma-slice");
        asking.setDaemon(true);
        asking.start();
    }

    /**
     * The slices of the calling thread. Allocates; not for the hot path.
     *
     * @return in nanoseconds; 0 if this host does not tell.
     */
    public static long currentNs()
    {
        try (Stream<String> lines = Files.lines(THREAD_SELF.resolve("sched")))
        {
            return lines.filter((line) -> line.startsWith("se.slice "))
                .mapToLong((line) -> Long.parseLong(line.substring(line.indexOf(':') + 1).trim()))
                .findFirst().orElse(0);
        }
        catch (final IOException | UncheckedIOException ex)
        {
            return 0;
        }
    }

    private static long currentThreadId() throws IOException
    {
        return Long.parseLong(Files.readSymbolicLink(THREAD_SELF).getFileName().toString());
    }

    private static void ask(final long threadId, final long sliceNs, final ErrorHandler errorHandler)
    {
        final List<String> refusals = new ArrayList<>();
        for (final List<String> command : commands(threadId, sliceNs))
        {
            final String refusal = run(command);
            if (null == refusal)
            {
                return;
            }
            refusals.add(command.get(0) + ": " + refusal);
        }
        errorHandler.onError(unavailable(String.join("; ", refusals)));
    }

    private static IllegalStateException unavailable(final String reason)
    {
        return new IllegalStateException("No time slices of our own, all runs as without them (" + reason + ").");
    }

    private static List<List<String>> commands(final long threadId, final long sliceNs)
    {
        final String tid = Long.toString(threadId);
        final String slice = Long.toString(sliceNs);
        final List<List<String>> commands = new ArrayList<>();
        commands.add(List.of("chrt", "--other", "--reset-on-fork", "--sched-runtime", slice, "--pid", "0", tid));
        final String architecture = SystemUtil.osArch();
        if ("amd64".equals(architecture))
        {
            commands.add(List.of("perl", "-e", PERL, "315", "314", tid, slice));
        }
        else if ("aarch64".equals(architecture))
        {
            commands.add(List.of("perl", "-e", PERL, "275", "274", tid, slice));
        }
        return commands;
    }

    /** @return null if it worked, else why not. */
    private static String run(final List<String> command)
    {
        Process process = null;
        try
        {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            final String said = new String(process.getInputStream().readAllBytes(), UTF_8).trim();
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS))
            {
                return "no answer in " + TIMEOUT_S + " s";
            }
            return 0 == process.exitValue() ? null : said;
        }
        catch (final IOException ex)
        {
            return ex.getMessage();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
        finally
        {
            if (null != process)
            {
                process.destroy();
            }
        }
    }
}
