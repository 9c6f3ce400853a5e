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
package io.tagma.ordering.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.journal.CommitMarkEncoder;
import io.tagma.codecs.journal.Durability;
import io.tagma.codecs.journal.MessageHeaderEncoder;
import io.tagma.journal.ChronicleJournal;
import io.tagma.journal.JournalContext;
import io.tagma.journal.JournalException;
import io.tagma.journal.JournalIdentity;
import io.tagma.ordering.configuration.ClusterConfiguration;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Journals that a replica must not start from: status 78 and one sentence, before anything is sent or written.
 */
class JournalStartTest
{
    private static final int REPLICA = 1;
    private static final int VERSION_OFFSET = 6;
    private static final int TEMPLATE_OFFSET = 2;

    @TempDir
    private Path directory;
    private LocalCluster cluster;

    @BeforeEach
    void make()
    {
        cluster = new LocalCluster(directory);
    }

    @AfterEach
    void stop()
    {
        cluster.close();
    }

    @Test
    @DisplayName("H15: a journal with a record of a newer version, or of a kind that is not known, is not started from")
    void recordsOfAnotherBuild()
    {
        cluster.start(REPLICA);
        cluster.stop(REPLICA);
        cluster.start(REPLICA);
        cluster.stop(REPLICA);
        append(VERSION_OFFSET, (short)99);
        assertRefused("VERSION");
    }

    @Test
    @DisplayName("H15: a kind of record that this build does not know is not left out either")
    void unknownKind()
    {
        append(TEMPLATE_OFFSET, (short)999);
        assertRefused("TEMPLATE");
    }

    @Test
    @DisplayName("H09: a replica whose disk was wiped does not start under its identity")
    void wipedDisk() throws IOException
    {
        cluster.start(REPLICA);
        cluster.stop(REPLICA);
        final Path journal = cluster.replicaDirectory(REPLICA).resolve("journal");
        final List<Path> files;
        try (var paths = Files.walk(journal))
        {
            files = paths.sorted(Comparator.reverseOrder()).filter(path -> !path.equals(journal)).toList();
        }
        for (final Path file : files)
        {
            Files.delete(file);
        }
        assertRefused("tagma init");
        Files.delete(journal);
        assertRefused("tagma init");
    }

    private void append(final int headerOffset, final short value)
    {
        final ClusterConfiguration configuration = cluster.cluster.configuration();
        final ChronicleJournal journal = ChronicleJournal.open(new JournalContext()
            .directory(cluster.replicaDirectory(REPLICA).resolve("journal"))
            .minimumFreeSpace(0)
            .identity(new JournalIdentity(
                configuration.clusterId(), configuration.epoch(), REPLICA,
                configuration.replica(REPLICA).signingKey().encoded())))
            .start(Durability.PROCESS, false, 0);
        final MutableDirectBuffer record =
            journal.claim(FrameLayout.HEADER_LENGTH + CommitMarkEncoder.BLOCK_LENGTH);
        record.setMemory(0, FrameLayout.HEADER_LENGTH + CommitMarkEncoder.BLOCK_LENGTH, (byte)0);
        new CommitMarkEncoder().wrapAndApplyHeader(record, 0, new MessageHeaderEncoder()).sequence(1);
        record.putShort(headerOffset, value, ByteOrder.LITTLE_ENDIAN);
        journal.commit();
        journal.close();
    }

    private void assertRefused(final String expected)
    {
        final JournalException refusal =
            assertThrows(JournalException.class, () -> ReplicaNode.launch(cluster.context(REPLICA)));
        assertEquals(78, refusal.reason().exitStatus());
        assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
        assertFalse(Files.exists(cluster.replicaDirectory(REPLICA).resolve(RunFile.FILE_NAME)), "it never ran");
    }
}
