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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.agrona.concurrent.AgentRunner;

import io.tagma.codecs.journal.Durability;

/**
 * A process of its own that opens a journal and appends to it until it is killed, saying after each append how far it
 * is. Started by tests; a refusal goes to standard error, with the exit status of its reason.
 */
final class JournalProcess
{
    private JournalProcess()
    {
    }

    static Process start(final Path directory, final String... more)
    {
        final List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens", "java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports", "java.base/jdk.internal.ref=ALL-UNNAMED",
            "-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow",
            "-Xmx64m", "-cp", System.getProperty("java.class.path"),
            JournalProcess.class.getName(), directory.toString()));
        command.addAll(List.of(more));
        try
        {
            return new ProcessBuilder(command).start();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    public static void main(final String[] args)
    {
        final long minimumFreeSpace = args.length > 1 ? Long.parseLong(args[1]) : 0;
        final int length = args.length > 2 ? Integer.parseInt(args[2]) : 300;
        final long kept = args.length > 3 ? Long.parseLong(args[3]) : Long.MAX_VALUE;
        try
        {
            final OpenedChronicleJournal opened = ChronicleJournal.open(new JournalContext()
                .directory(Path.of(args[0]))
                .identity(TestRecords.IDENTITY)
                .minimumFreeSpace(minimumFreeSpace)
                .segmentLength(1 << 20));
            opened.replay(new TestRecords.Collector());
            run(opened.start(Durability.PROCESS, false, 0), length, kept);
        }
        catch (final JournalException ex)
        {
            System.err.println(ex.getMessage());
            System.exit(ex.reason().exitStatus());
        }
    }

    private static void run(final ChronicleJournal journal, final int length, final long kept)
    {
        final JournalSyncer syncer = journal.syncer();
        AgentRunner.startOnThread(new AgentRunner(syncer.idleStrategy(), Throwable::printStackTrace, null, syncer));
        System.out.println("started " + journal.lastRecordNumber());
        while (true)
        {
            final long number = TestRecords.append(journal, length + (int)(journal.lastRecordNumber() % 100));
            if (0 == number % 50)
            {
                journal.requestSync();
                // Acknowledged: from here on it must never be missing.
                System.out.println(number);
                journal.retainFrom(number - kept);
            }
            journal.doWork();
        }
    }
}
