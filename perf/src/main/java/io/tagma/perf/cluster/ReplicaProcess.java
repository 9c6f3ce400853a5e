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

import io.tagma.ordering.protocol.Rejection;
import io.tagma.ordering.replica.ReplicaCounter;
import io.tagma.ordering.replica.ReplicaReport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * One replica of a local cluster, running or not. What it prints goes to a log file of its own, which grows over its
 * starts.
 */
public final class ReplicaProcess
{
    /** Exit status of a process that {@code kill -9} ended. */
    public static final int EXIT_KILLED = 137;

    private static final long POLL_MS = 10;
    private static final long NOT_RUNNING = -1;

    private final int id;
    private final List<String> command;
    private final Path directory;
    private final Path log;
    /** Of this replica alone. */
    private final Map<String, String> settings = new ConcurrentHashMap<>();
    private volatile Process process;
    private volatile long logStart;
    private volatile ProcessPause pause;

    /**
     * A process that is not started yet.
     *
     * @param id        of the replica.
     * @param command   that runs it.
     * @param directory of its own, which is there.
     */
    public ReplicaProcess(final int id, final List<String> command, final Path directory)
    {
        this.id = id;
        this.command = command;
        this.directory = directory;
        log = directory.resolve("replica.log");
    }

    /**
     * Its id in the cluster.
     *
     * @return from 0.
     */
    public int id()
    {
        return id;
    }

    /**
     * Its directory: keys, journal, log.
     *
     * @return the directory.
     */
    public Path directory()
    {
        return directory;
    }

    /**
     * Sets anything of this replica's configuration that is not set for all, from its next start on.
     *
     * @param key   of the setting.
     * @param value of it.
     */
    public void setting(final String key, final String value)
    {
        settings.put(key, value);
    }

    /**
     * What is set for this replica alone.
     *
     * @param key of the setting.
     * @return its value, or null if there is none.
     */
    public String setting(final String key)
    {
        return settings.get(key);
    }

    /**
     * Starts it. It must not be running.
     */
    public void start()
    {
        if (isAlive())
        {
            throw new IllegalStateException("replica " + id + " is running");
        }
        try
        {
            logStart = Files.exists(log) ? Files.size(log) : 0;
            final List<String> all = new ArrayList<>(command);
            settings.forEach((key, value) -> all.addAll(List.of("-D", key + "=" + value)));
            process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("replica " + id + " cannot be started: " + ex.getMessage(), ex);
        }
    }

    /**
     * Whether the process is there.
     *
     * @return false before its start and after its end.
     */
    public boolean isAlive()
    {
        return null != process && process.isAlive();
    }

    /**
     * Kills it as {@code kill -9} does, and waits until it is gone.
     */
    public void kill()
    {
        if (null != process)
        {
            destroy();
            thaw();
            awaitEnd(TimeUnit.MINUTES.toMillis(1));
        }
    }

    /**
     * Stops it from running, as {@code kill -STOP} does, until it is thawed or this process ends. It must be running.
     */
    public void freeze()
    {
        pause = ProcessPause.frozen(handle());
    }

    /**
     * Lets it run by fits and starts, until it is thawed or this process ends: as if its host had no time for it. It
     * must be running.
     *
     * @param frozenMs milliseconds at a time that it is stopped, from 1.
     * @param awakeMs  milliseconds in between that it runs, from 1.
     */
    public void starve(final int frozenMs, final int awakeMs)
    {
        pause = ProcessPause.starved(handle(), frozenMs, awakeMs);
    }

    /**
     * Lets it run again. Does nothing to one that runs.
     */
    public void thaw()
    {
        if (null != pause)
        {
            pause.close();
            pause = null;
        }
    }

    /** Kills it and does not wait. */
    void destroy()
    {
        process.destroyForcibly();
    }

    /** Lets it see the end of its standard input, as when this process dies. */
    void orphan()
    {
        try
        {
            process.getOutputStream().close();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Asks it to stop, as {@code kill -15} does.
     */
    public void terminate()
    {
        if (isAlive())
        {
            // Not Process.destroy(): that closes its standard input as well, and it would take that for our death.
            process.toHandle().destroy();
        }
    }

    /**
     * Waits for its end.
     *
     * @param timeoutMs to wait at most.
     * @return its exit status.
     */
    public int awaitEnd(final long timeoutMs)
    {
        try
        {
            if (!process.waitFor(timeoutMs, TimeUnit.MILLISECONDS))
            {
                throw new IllegalStateException("replica " + id + " did not end within " + timeoutMs + " ms");
            }
            return process.exitValue();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while replica " + id + " ended", ex);
        }
    }

    /**
     * The process.
     *
     * @return of the last start.
     */
    public ProcessHandle handle()
    {
        return process.toHandle();
    }

    /**
     * What it publishes of itself while it runs.
     *
     * @param counter of those that there is one of.
     * @return its value, or a negative one if it is not running, or not yet.
     */
    public long counter(final ReplicaCounter counter)
    {
        return counters().applyAsLong(counter);
    }

    /**
     * All that it publishes of itself while it runs, read now.
     *
     * @return values as {@link #counter(ReplicaCounter)} gives them.
     */
    public ToLongFunction<ReplicaCounter> counters()
    {
        final ReplicaReport report = report();
        return null == report ? (counter) -> NOT_RUNNING : report::get;
    }

    /**
     * How often its core refused an input for a reason, read now.
     *
     * @param reason of the refusals.
     * @return their number since its start, or a negative one if it is not running, or not yet.
     */
    public long refusals(final Rejection reason)
    {
        final ReplicaReport report = report();
        return null == report ? NOT_RUNNING : report.details().entrySet().stream()
            .filter((entry) -> entry.getKey().endsWith(ReplicaCounter.CORE_REJECTIONS.label() + ": " + reason))
            .mapToLong(Map.Entry::getValue)
            .findAny().orElse(NOT_RUNNING);
    }

    private ReplicaReport report()
    {
        try
        {
            return ReplicaReport.find(directory).stream()
                .filter((report) -> report.isRunning() && id == report.replicaId())
                .findAny().orElse(null);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * What it has printed since its last start.
     *
     * @return text, perhaps with half a line at its end.
     */
    public String output()
    {
        try
        {
            final byte[] bytes = Files.readAllBytes(log);
            final int from = (int)Math.min(logStart, bytes.length);
            return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * A line that it has printed since its last start.
     *
     * @param prefix that the line begins with.
     * @return the last such line, or null if there is none.
     */
    public String lastLine(final String prefix)
    {
        final String text = output();
        String found = null;
        for (final String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList())
        {
            found = line.startsWith(prefix) ? line : found;
        }
        return found;
    }

    /**
     * Waits until it has printed a line since its last start.
     *
     * @param prefix    that the line begins with.
     * @param timeoutMs to wait at most.
     * @return the line.
     */
    public String awaitLine(final String prefix, final long timeoutMs)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        String line = lastLine(prefix);
        while (null == line)
        {
            if (!isAlive())
            {
                throw new IllegalStateException("replica " + id + " ended with status " + process.exitValue() +
                    " before it said '" + prefix + "':\n" + output());
            }
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new IllegalStateException("replica " + id + " did not say '" + prefix + "' within " + timeoutMs +
                    " ms:\n" + output());
            }
            Patience.pause(POLL_MS);
            line = lastLine(prefix);
        }
        return line;
    }
}
