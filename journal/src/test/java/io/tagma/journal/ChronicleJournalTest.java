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

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import io.tagma.codecs.journal.Durability;

class ChronicleJournalTest extends RecoveryContract
{
    private static final int DOCUMENT_HEADER_LENGTH = 4;

    @TempDir
    Path directory;

    private ChronicleJournal journal;
    private OpenedChronicleJournal opened;

    JournalContext context(final JournalIdentity identity, final byte[] bootId)
    {
        return new JournalContext()
            .directory(directory.resolve("journal"))
            .identity(identity)
            .bootId(bootId)
            .minimumFreeSpace(0)
            // A power loss is made by editing the files: nothing here needs the device.
            .forcer((channel, metadata) -> assertTrue(channel.isOpen()))
            .blockLength(2 << 20);
    }

    @AfterEach
    void release()
    {
        if (null != opened)
        {
            opened.close();
        }
        if (null != journal)
        {
            journal.abandon();
        }
    }

    @Override
    void create()
    {
        ChronicleJournal.create(context(TestRecords.IDENTITY, TestRecords.BOOT));
    }

    @Override
    OpenedJournal open(final JournalIdentity identity, final byte[] bootId)
    {
        opened = ChronicleJournal.open(context(identity, bootId));
        return opened;
    }

    @Override
    Journal started(final byte[] bootId, final Durability durability)
    {
        journal = (ChronicleJournal)super.started(bootId, durability);
        return journal;
    }

    @Override
    void sync(final Journal syncing)
    {
        ((ChronicleJournal)syncing).syncer().doWork();
    }

    @Override
    void powerLoss(final Journal dying, final int keptUnsyncedRecords, final int keptBytes)
    {
        final long kept = dying.durableRecordNumber() + keptUnsyncedRecords;
        dying.abandon();
        // The record behind what is kept keeps its header's word for it and some bytes of its frame.
        zeroFrom(locate(kept + 1) + Math.min(keptBytes, frameLength(locate(kept + 1))), 0 == keptBytes);
    }

    @Override
    void crashInAppend(final Journal dying, final int garbageLength)
    {
        final long end = locate(dying.lastRecordNumber());
        dying.abandon();
        final int frameLength = frameLength(end);
        final long behind = end + (frameLength + 3 & ~3) + DOCUMENT_HEADER_LENGTH;
        final byte[] garbage = new byte[garbageLength];
        Arrays.fill(garbage, (byte)0x5A);
        edit(behind, file -> file.write(garbage));
    }

    @Override
    long locate(final long recordNumber)
    {
        final long[] found = {-1};
        try (JournalReader reader = ChronicleJournal.reader(directory.resolve("journal")))
        {
            reader.seekToRecord(recordNumber);
            reader.poll(
                (number, position, buffer, offset, length) -> found[0] = number == recordNumber ? position : -1, 1);
        }
        if (found[0] < 0)
        {
            throw new IllegalArgumentException("There is no record " + recordNumber + ".");
        }
        return found[0] + DOCUMENT_HEADER_LENGTH;
    }

    @Override
    void zero(final long location, final int byteOffset, final int length)
    {
        edit(location + byteOffset, file -> file.write(new byte[length]));
    }

    @Override
    void misdirect(final long from, final long to, final int length)
    {
        final byte[] bytes = new byte[length];
        edit(from, file -> file.readFully(bytes));
        edit(to, file -> file.write(bytes));
    }

    @Override
    void flipBit(final long location, final int byteOffset, final int bit)
    {
        edit(location + byteOffset, file ->
        {
            final int old = file.read();
            file.seek((location + byteOffset) & 0xFFFF_FFFFL);
            file.write(old ^ (1 << bit));
        });
    }

    private int frameLength(final long location)
    {
        final byte[] length = new byte[Integer.BYTES];
        edit(location, file -> file.readFully(length));
        return ByteBuffer.wrap(length).order(LITTLE_ENDIAN).getInt();
    }

    private void zeroFrom(final long location, final boolean withHeader)
    {
        edit(location - (withHeader ? DOCUMENT_HEADER_LENGTH : 0), file ->
        {
            final byte[] zeros = new byte[(int)(file.length() - file.getFilePointer())];
            file.write(zeros);
        });
    }

    /**
     * Something done to a file at a place.
     */
    interface Edit
    {
        void at(RandomAccessFile file) throws IOException;
    }

    void edit(final long location, final Edit edit)
    {
        final Path path = new JournalDirectory(
            directory.resolve("journal"), (channel, metadata) -> channel.force(metadata)).segments().stream()
            .filter(segment -> segment.number() == (int)(location >>> 32)).findFirst().orElseThrow().path();
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw"))
        {
            file.seek(location & 0xFFFF_FFFFL);
            edit.at(file);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
