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

import io.tagma.ordering.cli.ExitStatus;
import io.tagma.perf.cluster.LocalCluster;
import io.tagma.perf.cluster.Patience;
import io.tagma.perf.cluster.ReplicaProcess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes the room on the primary's device away. A device of its own can't be had without the rights of root: instead the
 * primary's least free space lies a little below what is free, and a file takes up the rest.
 */
final class DiskFull implements Drill
{
    private static final String SETTING = "journal.free.min";
    private static final String SENTENCE = "The replica stopped: Disk full: ";
    private static final long MARGIN_BYTES = 2L << 30;
    private static final long SLACK_BYTES = 1L << 26;
    private static final long POLL_MS = 100;
    private static final long STOP_TIMEOUT_MS = 60_000;
    private static final double NS_PER_MS = 1e6;

    @Override
    public void prepare(final LocalCluster cluster)
    {
        cluster.primary().setting(SETTING, Long.toString(leastFree(cluster)));
    }

    @Override
    public void run(final DrillStage stage)
    {
        final LocalCluster cluster = stage.cluster();
        final long view = stage.view();
        final ReplicaProcess primary = cluster.primary();
        final Path filler = cluster.directory().resolve("filler");
        if (null == primary.setting(SETTING))
        {
            throw new IllegalStateException("another leads than at the start: did something else take up " +
                MARGIN_BYTES + " bytes?");
        }
        final long leastFree = Long.parseLong(primary.setting(SETTING));
        final boolean isStopped;
        try
        {
            stage.watch().watchWithout(primary.id());
            fill(filler, leastFree);
            stage.say("replica %d, primary of view %d, has no room left: less than %,d bytes are free", primary.id(),
                view, leastFree);
            // Others may make room meanwhile: it is taken as well.
            isStopped = Patience.await(() ->
            {
                fill(filler, leastFree);
                return !primary.isAlive();
            }, POLL_MS, STOP_TIMEOUT_MS);
        }
        finally
        {
            delete(filler);
        }
        final int status = isStopped ? primary.awaitEnd(0) : 0;
        final String sentence = primary.lastLine(SENTENCE);
        stage.find("stoppedByItself", ExitStatus.UNAVAILABLE == status && null != sentence,
            "replica %d stopped with status %d and said: %s", primary.id(), status, sentence);
        stage.say("next commit %,.1f ms after the device was full", stage.watch().awaitGapNs() / NS_PER_MS);
        if (isStopped)
        {
            primary.setting(SETTING, "0");
            stage.operator().start(primary);
        }
        stage.awaitFullStrength();
        stage.find("viewChanged", stage.view() > view, "the view was %d and is %d", view, stage.view());
    }

    private static long leastFree(final LocalCluster cluster)
    {
        final long usable = cluster.directory().toFile().getUsableSpace();
        if (usable < 2 * MARGIN_BYTES)
        {
            throw new IllegalStateException(cluster.directory() + " has " + usable + " bytes free; this needs " +
                2 * MARGIN_BYTES + ", of which half are taken up");
        }
        return usable - MARGIN_BYTES;
    }

    private static void fill(final Path filler, final long leastFree)
    {
        try
        {
            final long excess = filler.getParent().toFile().getUsableSpace() - leastFree;
            if (excess >= 0)
            {
                final long length = (Files.exists(filler) ? Files.size(filler) : 0) + excess + SLACK_BYTES;
                final Process process = new ProcessBuilder(
                    "fallocate", "-l", Long.toString(length), filler.toString()).inheritIO().start();
                if (0 != process.waitFor())
                {
                    throw new IllegalStateException(length + " bytes cannot be taken up by " + filler);
                }
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while filling a device", ex);
        }
    }

    private static void delete(final Path file)
    {
        try
        {
            Files.deleteIfExists(file);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
