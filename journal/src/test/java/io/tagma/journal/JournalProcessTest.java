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
package io.tagma.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalProcessTest
{
    private static final long ANSWER_LIMIT_S = 60;

    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void createJournal()
    {
        directory = temporary.resolve("journal");
        ChronicleJournal.create(context());
    }

    private JournalContext context()
    {
        return new JournalContext().directory(directory).identity(TestRecords.IDENTITY).minimumFreeSpace(0);
    }

    @Test
    @DisplayName("N06 a second process on one journal is refused in one sentence, and the first goes on")
    void second_process() throws Exception
    {
        final Process first = JournalProcess.start(directory);
        try (BufferedReader progress = output(first))
        {
            assertTrue(progress.readLine().startsWith("started "));
            final Process second = JournalProcess.start(directory);
            final String sentence = new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            assertTrue(second.waitFor(ANSWER_LIMIT_S, TimeUnit.SECONDS));
            assertEquals(78, second.exitValue(), sentence);
            assertEquals(
                "The journal " + directory + " is in use by process " + first.pid() + ": one replica is one process; " +
                    "stop that one first, or give this one its own directory.",
                sentence);
            final long before = Long.parseLong(progress.readLine());
            assertTrue(Long.parseLong(progress.readLine()) > before);
        }
        finally
        {
            first.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_journal_that_another_process_writes_can_be_read_along() throws Exception
    {
        final Process writer = JournalProcess.start(directory);
        try (BufferedReader progress = output(writer); JournalReader reader = ChronicleJournal.reader(directory))
        {
            assertTrue(progress.readLine().startsWith("started "));
            final TestRecords.Collector seen = new TestRecords.Collector();
            // Several segments of 1 MiB.
            while (seen.testRecords.size() < 20_000)
            {
                reader.poll(seen, 1_000);
                while (progress.ready())
                {
                    progress.readLine();
                }
                assertTrue(writer.isAlive());
            }
            assertEquals(seen.last, seen.positions.size());
        }
        finally
        {
            writer.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest(name = "all but the last {0} records may go")
    @ValueSource(longs = { Long.MAX_VALUE, 4_000 })
    void ten_times_kill_minus_nine_and_nothing_acknowledged_is_lost(final long kept) throws Exception
    {
        long first = 1;
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        long acknowledged = 0;
        for (int kill = 0; kill < 10; kill++)
        {
            final Process process = JournalProcess.start(directory, "0", "300", Long.toString(kept));
            try (BufferedReader progress = output(process))
            {
                assertTrue(progress.readLine().startsWith("started "), "seed " + seed);
                for (int i = random.nextInt(400); i >= 0; i--)
                {
                    acknowledged = Long.parseLong(progress.readLine());
                }
                // Not Process.destroyForcibly: that would close the pipe with what is still in it.
                process.toHandle().destroyForcibly();
                process.waitFor();
                for (String line = progress.readLine(); null != line && line.endsWith("0"); line = progress.readLine())
                {
                    acknowledged = Math.max(acknowledged, Long.parseLong(line));
                }
            }
            try (OpenedChronicleJournal opened = ChronicleJournal.open(context()))
            {
                assertFalse(opened.isTailAmnesia(), "seed " + seed);
                assertEquals(kill + 2, opened.incarnation(), "seed " + seed);
                final TestRecords.Collector records = new TestRecords.Collector();
                opened.replay(records);
                assertTrue(records.last >= acknowledged, "seed " + seed + ": " + records.last + " of " + acknowledged);
                assertEquals(opened.lastRecordNumber(), records.last);
                final long before = first;
                first = opened.firstRecordNumber();
                assertTrue(first >= before && first <= Math.max(1, records.last - kept), "seed " + seed);
                assertEquals(records.last - first + 1, records.positions.size(), "seed " + seed);
            }
        }
        assertEquals(kept == Long.MAX_VALUE, 1 == first, "seed " + seed + " begins with " + first);
    }

    @Test
    @DisplayName("H10 disk full: the process stops with status 75 and one sentence, and a restart works with more room")
    void disk_full() throws Exception
    {
        final Path mount = temporary.resolve("small");
        Files.createDirectories(mount);
        final boolean mounted =
            0 == new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=48m", "tagma-test", mount.toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        try
        {
            // Where this user may not mount, the limit is set just below what is free now.
            final Path small = mounted ? mount.resolve("journal") : directory;
            final long minimum = mounted ? 16 << 20 : temporary.toFile().getUsableSpace() - (8 << 20);
            if (mounted)
            {
                ChronicleJournal.create(context().directory(small));
            }
            final Process process = JournalProcess.start(small, Long.toString(minimum), "100000");
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
            final String sentence = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            assertTrue(process.waitFor(ANSWER_LIMIT_S, TimeUnit.SECONDS));
            assertEquals(75, process.exitValue(), sentence);
            assertTrue(sentence.startsWith("Disk full: " + small + " has "), sentence);
            assertTrue(sentence.contains("minimum of " + minimum), sentence);
            final Process again = JournalProcess.start(small, Long.toString(minimum / 2), "100");
            try (BufferedReader progress = output(again))
            {
                assertTrue(progress.readLine().startsWith("started "));
            }
            finally
            {
                again.destroyForcibly().waitFor();
            }
        }
        finally
        {
            if (mounted)
            {
                new ProcessBuilder("umount", "-l", mount.toString()).inheritIO().start().waitFor();
            }
        }
    }

    private static BufferedReader output(final Process process) throws IOException
    {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
