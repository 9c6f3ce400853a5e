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

    /** Told to stop when this returns, and so at the next instruction of each of its threads. */
    static ProcessPause frozen(final ProcessHandle process)
    {
        return new ProcessPause(process, FREEZE);
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

    private static String seconds(final int ms)
    {
        return String.format(Locale.ROOT, "%.3f", ms / MS_PER_SECOND);
    }
}
