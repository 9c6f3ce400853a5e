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
package io.tagma.perf.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A process that is stopped with SIGSTOP, for as long as this is open. A shell of its own sends the signals and waits
 * for the end of its input, so that a process is not left stopped when this one dies, however that comes.
 */
final class ProcessPause implements AutoCloseable
{
    private static final String FREEZE = "kill -STOP \"$1\" && echo || exit; read -r; kill -CONT \"$1\"";

    /** A read that timed out ends with a status above 128, one that met the end of the input with 1. */
    private static final String STARVE =
        "while kill -STOP \"$1\"; do " +
        "read -r -t \"$2\"; status=$?; kill -CONT \"$1\"; [ $status -gt 128 ] || exit; " +
        "[ \"$said\" ] || echo; said=1; " +
        "read -r -t \"$3\"; [ $? -gt 128 ] || exit; done";

    private static final double MS_PER_SECOND = 1000.0;
    private static final Path PROCESSES = Path.of("/proc");
    private static final long POLL_MS = 1;
    private static final long STOP_TIMEOUT_MS = 10_000;

    private final Process shell;

    private ProcessPause(final ProcessHandle process, final String script, final String... arguments)
    {
        final List<String> command =
            new ArrayList<>(List.of("bash", "-c", script, "bash", Long.toString(process.pid())));
        command.addAll(List.of(arguments));
        try
        {
            shell = new ProcessBuilder(command).redirectErrorStream(true).start();
            final int first = shell.getInputStream().read();
            if ('\n' != first)
            {
                throw new IllegalStateException("process " + process.pid() + " cannot be stopped: " + (char)first +
                    new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim());
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("process " + process.pid() + " cannot be stopped: " + ex.getMessage(), ex);
        }
    }

    /**
     * Stopped when this returns. The signal alone isn't enough: its threads go on until one of them has taken it, and
     * on a busy host that one may have to wait for a processor. Where there is no /proc to see it in, it is only told
     * to.
     */
    static ProcessPause frozen(final ProcessHandle process)
    {
        final ProcessPause pause = new ProcessPause(process, FREEZE);
        final Path tasks = PROCESSES.resolve(Long.toString(process.pid())).resolve("task");
        if (Files.isDirectory(tasks) && !Patience.await(() -> areStopped(tasks), POLL_MS, STOP_TIMEOUT_MS))
        {
            pause.close();
            throw new IllegalStateException("process " + process.pid() + " did not stop");
        }
        return pause;
    }

    /** Stopped again and again. */
    static ProcessPause starved(final ProcessHandle process, final int frozenMs, final int awakeMs)
    {
        return new ProcessPause(process, STARVE, seconds(frozenMs), seconds(awakeMs));
    }

    /** The process was told to go on when this returns, unless it ended. */
    @Override
    public void close()
    {
        try
        {
            shell.getOutputStream().close();
            shell.waitFor();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        catch (final InterruptedException ex)
        {
            // The shell has seen the end of its input all the same.
            Thread.currentThread().interrupt();
        }
    }

    private static boolean areStopped(final Path tasks)
    {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks))
        {
            for (final Path task : all)
            {
                if (!isStopped(task))
                {
                    return false;
                }
            }
            return true;
        }
        catch (final IOException | DirectoryIteratorException ex)
        {
            // One that has just ended: look again.
            return false;
        }
    }

    /** The state follows the name, which is in brackets and may hold any. */
    private static boolean isStopped(final Path task) throws IOException
    {
        final String stat = Files.readString(task.resolve("stat"), StandardCharsets.ISO_8859_1);
        return stat.startsWith(") T", stat.lastIndexOf(')'));
    }

    private static String seconds(final int ms)
    {
        return String.format(Locale.ROOT, "%.3f", ms / MS_PER_SECOND);
    }
}
