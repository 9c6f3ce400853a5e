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
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What a journal on disk is opened with. Setters, then handed over: it is read once.
 */
public final class JournalContext
{
    /** Bytes of records after which a new segment begins: 128 MiB. */
    public static final long DEFAULT_SEGMENT_LENGTH = 128L * 1024 * 1024;
    /** Bytes that are mapped at a time: 16 MiB. */
    public static final int DEFAULT_BLOCK_LENGTH = 16 * 1024 * 1024;
    /** Bytes that must stay free on the device: 256 MiB. */
    public static final long DEFAULT_MINIMUM_FREE_SPACE = 256L * 1024 * 1024;

    /**
     * How bytes get to the device; to be replaced only by tests that need a failing one.
     */
    @FunctionalInterface
    public interface Forcer
    {
        /**
         * Returns when the file's content is on the device.
         *
         * @param channel  of the file or directory.
         * @param metadata whether the file's metadata must be too.
         * @throws IOException if that cannot be said.
         */
        void force(FileChannel channel, boolean metadata) throws IOException;
    }

    private Path directory;
    private JournalIdentity identity;
    private byte[] bootId;
    private long segmentLength = DEFAULT_SEGMENT_LENGTH;
    private int blockLength = DEFAULT_BLOCK_LENGTH;
    private long minimumFreeSpace = DEFAULT_MINIMUM_FREE_SPACE;
    private boolean archive;
    private LongSupplier usableSpace;
    private Forcer forcer = FileChannel::force;

    /**
     * Checks what was set and fills in what was not.
     *
     * @return this.
     */
    public JournalContext conclude()
    {
        Objects.requireNonNull(directory, "The journal has no directory.");
        Objects.requireNonNull(identity, "The journal has no identity.");
        // A record may begin near the end of a block; Chronicle maps a quarter of a block beyond it.
        if (blockLength < 8 * RecordFrame.MAX_MESSAGE_LENGTH)
        {
            throw new IllegalArgumentException("A block of the journal has at least 2 MiB, not " + blockLength + ".");
        }
        if (segmentLength < 1024 || segmentLength > 1L << 31)
        {
            throw new IllegalArgumentException(
                "A segment of the journal has 1 KiB to 2 GiB, not " + segmentLength + " bytes.");
        }
        if (null == bootId)
        {
            bootId = BootId.ofHost();
        }
        if (null == usableSpace)
        {
            usableSpace = directory.toFile()::getUsableSpace;
        }
        return this;
    }

    /**
     * Sets the directory that holds the journal and nothing else.
     *
     * @param value the directory.
     * @return this.
     */
    public JournalContext directory(final Path value)
    {
        directory = value;
        return this;
    }

    /**
     * Directory of the journal.
     *
     * @return the directory.
     */
    public Path directory()
    {
        return directory;
    }

    /**
     * Sets whose journal it is to be.
     *
     * @param value the identity.
     * @return this.
     */
    public JournalContext identity(final JournalIdentity value)
    {
        identity = value;
        return this;
    }

    /**
     * Whose journal it is to be.
     *
     * @return the identity.
     */
    public JournalIdentity identity()
    {
        return identity;
    }

    /**
     * Sets the boot id; by default the host's.
     *
     * @param value 16 bytes; all zero if unknown.
     * @return this.
     */
    public JournalContext bootId(final byte[] value)
    {
        bootId = value.clone();
        return this;
    }

    byte[] bootId()
    {
        return bootId;
    }

    /**
     * Sets how much is written before a new segment begins.
     *
     * @param value in bytes, 1 KiB to 2 GiB.
     * @return this.
     */
    public JournalContext segmentLength(final long value)
    {
        segmentLength = value;
        return this;
    }

    long segmentLength()
    {
        return segmentLength;
    }

    /**
     * Sets how much of a segment is mapped at a time. Larger blocks mean fewer pauses and more resident memory.
     *
     * @param value in bytes, at least 2 MiB.
     * @return this.
     */
    public JournalContext blockLength(final int value)
    {
        blockLength = value;
        return this;
    }

    int blockLength()
    {
        return blockLength;
    }

    /**
     * Sets how much must stay free on the device; with less the journal fails as full.
     *
     * @param value in bytes.
     * @return this.
     */
    public JournalContext minimumFreeSpace(final long value)
    {
        minimumFreeSpace = value;
        return this;
    }

    long minimumFreeSpace()
    {
        return minimumFreeSpace;
    }

    /**
     * Sets whether everything is kept for ever.
     *
     * @param value true to keep segments that nothing needs any more.
     * @return this.
     */
    public JournalContext archive(final boolean value)
    {
        archive = value;
        return this;
    }

    boolean archive()
    {
        return archive;
    }

    /**
     * Sets how free space is found out; by default from the file system.
     *
     * @param value that gives bytes.
     * @return this.
     */
    public JournalContext usableSpace(final LongSupplier value)
    {
        usableSpace = value;
        return this;
    }

    LongSupplier usableSpace()
    {
        return usableSpace;
    }

    /**
     * Sets how bytes get to the device.
     *
     * @param value to be called for files and directories.
     * @return this.
     */
    public JournalContext forcer(final Forcer value)
    {
        forcer = value;
        return this;
    }

    Forcer forcer()
    {
        return forcer;
    }

    void verifyFreeSpace()
    {
        final long free = usableSpace.getAsLong();
        if (free < minimumFreeSpace)
        {
            throw new JournalException(
                JournalException.Reason.DISK_FULL,
                "Disk full: " + directory + " has " + free + " bytes free, less than the minimum of " +
                    minimumFreeSpace + ": make room and start again.");
        }
    }

    JournalException writeFailure(final Throwable cause)
    {
        final long free = usableSpace.getAsLong();
        final boolean full = free < minimumFreeSpace;
        return new JournalException(
            full ? JournalException.Reason.DISK_FULL : JournalException.Reason.FAILED,
            "A write to the journal " + directory + " failed (" + cause.getMessage() + "; " + free +
                " bytes free, minimum " + minimumFreeSpace + "): the replica stops; " +
                (full ? "make room" : "check the device") + " and start again.",
            cause);
    }
}
