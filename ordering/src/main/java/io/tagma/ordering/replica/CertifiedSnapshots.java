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

import static io.tagma.codecs.FrameLayout.DIGEST_LENGTH;
import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.journal.CommitMarkDecoder;
import io.tagma.codecs.journal.RecoverDecoder;
import io.tagma.codecs.journal.RestartPointDecoder;
import io.tagma.codecs.journal.RestoredSnapshotDecoder;
import io.tagma.codecs.journal.StableCertificateDecoder;
import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.CheckpointContentDecoder;
import io.tagma.journal.JournalException;
import io.tagma.ordering.protocol.Replica;
import io.tagma.ordering.protocol.SnapshotDigest;

import java.util.ArrayDeque;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which snapshot a start goes on from: the newest that a certificate in the journal names, that the journal has
 * come to, and that is whole. And which record the replay begins with: the first, or where retention has cut the
 * journal, the first that a {@code RestartPoint} names. Shown the journal once before it is replayed. One thread.
 */
public final class CertifiedSnapshots
{
    /** Of those that the journal has come to, what is older than that is not kept. */
    private static final int NAMES_MAX = 8;
    private static final int CONTENT_OFFSET =
        HEADER_LENGTH + StableCertificateDecoder.BLOCK_LENGTH + Integer.BYTES + HEADER_LENGTH +
        CertificateDecoder.contentEncodingOffset();

    /** Where snapshots are. */
    @FunctionalInterface
    public interface Files
    {
        /**
         * Maps or reads a snapshot.
         *
         * @param sequence whose state it is.
         * @return its bytes, whatever became of them; null if it is not there.
         */
        DirectBuffer load(long sequence);
    }

    private record Name(long sequence, UnsafeBuffer digest, long certificate)
    {
    }

    private static final int NULL_EPOCH = -1;

    /** That the journal has come to, newest first. */
    private final ArrayDeque<Name> names = new ArrayDeque<>();
    /** That it has yet to come to, oldest first: certificates run ahead of who lags. */
    private final ArrayDeque<Name> namesAhead = new ArrayDeque<>();
    private long newestName;
    private long reachedSequence;
    private long firstRecordNumber;
    private long replayedFrom;
    private long leadsOnFrom;
    /** That of the first record that is replayed; {@link #NULL_EPOCH} if it is the present one. */
    private int firstEpoch = NULL_EPOCH;
    private final UnsafeBuffer lastContent = new UnsafeBuffer(new byte[CheckpointContentDecoder.ENCODED_LENGTH]);

    /**
     * A record of the journal, in order.
     *
     * @param recordNumber of the record.
     * @param buffer       that holds the message.
     * @param offset       of its header.
     */
    public void onRecord(final long recordNumber, final DirectBuffer buffer, final int offset)
    {
        if (0 == firstRecordNumber)
        {
            firstRecordNumber = recordNumber;
        }
        final int templateId = JournalIndex.templateId(buffer, offset);
        if (CommitMarkDecoder.TEMPLATE_ID == templateId)
        {
            reached(buffer, offset + HEADER_LENGTH + CommitMarkDecoder.sequenceEncodingOffset());
        }
        else if (RestoredSnapshotDecoder.TEMPLATE_ID == templateId)
        {
            reached(buffer, offset + HEADER_LENGTH + RestoredSnapshotDecoder.sequenceEncodingOffset());
        }
        else if (StableCertificateDecoder.TEMPLATE_ID == templateId)
        {
            lastContent.putBytes(0, buffer, offset + CONTENT_OFFSET, lastContent.capacity());
            onContent(lastContent);
        }
        else if (RecoverDecoder.TEMPLATE_ID == templateId)
        {
            onRecover(
                (int)JournalIndex.uint32(buffer, offset + HEADER_LENGTH + RecoverDecoder.epochEncodingOffset()),
                buffer.getLong(offset + HEADER_LENGTH + RecoverDecoder.sequenceEncodingOffset(), LITTLE_ENDIAN));
        }
        else if (RestartPointDecoder.TEMPLATE_ID == templateId)
        {
            onRestartPoint(buffer, offset + HEADER_LENGTH);
        }
    }

    /** One that begins before the journal does is of no use. */
    private void onRestartPoint(final DirectBuffer buffer, final int block)
    {
        final long begin = buffer.getLong(
            block + RestartPointDecoder.firstRecordNumberEncodingOffset(), LITTLE_ENDIAN);
        if (isCut() && 0 == replayedFrom && begin >= firstRecordNumber)
        {
            replayedFrom = begin;
            leadsOnFrom = buffer.getLong(block + RestartPointDecoder.sequenceEncodingOffset(), LITTLE_ENDIAN);
        }
    }

    /** By batches, or by a snapshot that was fetched. */
    private void reached(final DirectBuffer buffer, final int sequenceOffset)
    {
        reachedSequence = Math.max(reachedSequence, buffer.getLong(sequenceOffset, LITTLE_ENDIAN));
        comeTo();
    }

    private void comeTo()
    {
        while (!namesAhead.isEmpty() && namesAhead.peekFirst().sequence() <= reachedSequence)
        {
            names.addFirst(namesAhead.removeFirst());
            if (names.size() > NAMES_MAX)
            {
                names.removeLast();
            }
        }
    }

    /** What certificates behind the end of an epoch say, and what was executed behind it, was undone by its RECOVER. */
    private void onRecover(final int epoch, final long end)
    {
        if (NULL_EPOCH == firstEpoch && (!isCut() || replayedFrom > 0))
        {
            firstEpoch = epoch - 1;
        }
        names.removeIf(name -> name.certificate() > end);
        namesAhead.removeIf(name -> name.certificate() > end);
        reachedSequence = Math.min(reachedSequence, end);
        newestName = 0;
        names.forEach(name -> newestName = Math.max(newestName, name.sequence()));
        namesAhead.forEach(name -> newestName = Math.max(newestName, name.sequence()));
        if (end > 0)
        {
            // The certificate that the next epoch begins behind lies before the RECOVER.
            onContent(lastContent);
        }
    }

    private void onContent(final DirectBuffer buffer)
    {
        final long sequence = buffer.getLong(
            CheckpointContentDecoder.snapshotSequenceEncodingOffset(), LITTLE_ENDIAN);
        if (sequence > newestName)
        {
            newestName = sequence;
            final UnsafeBuffer digest = new UnsafeBuffer(new byte[DIGEST_LENGTH]);
            digest.putBytes(
                0, buffer, CheckpointContentDecoder.snapshotDigestEncodingOffset(), DIGEST_LENGTH);
            namesAhead.addLast(new Name(
                sequence, digest,
                buffer.getLong(CheckpointContentDecoder.sequenceEncodingOffset(), LITTLE_ENDIAN)));
            comeTo();
        }
    }

    /**
     * Restores the newest one that is what a certificate says.
     *
     * @param files   where snapshots are.
     * @param digests that name them.
     * @param replica before its journal is replayed.
     * @return sequence of the snapshot; 0 if there is none, and the journal must be replayed from its beginning.
     * @throws JournalException if the journal begins late, and holds nothing that a replay could begin with.
     */
    public long restore(final Files files, final SnapshotDigest digests, final Replica replica)
    {
        if (isCut())
        {
            if (0 == replayedFrom)
            {
                throw new JournalException(
                    JournalException.Reason.REFUSED,
                    "The journal begins with record " + firstRecordNumber + ", and holds no restart point: put the " +
                        "segments back that were taken from it.");
            }
            replica.snapshots().leadsOnFrom(leadsOnFrom);
        }
        final UnsafeBuffer digest = new UnsafeBuffer(new byte[DIGEST_LENGTH]);
        for (final Name name : names)
        {
            final DirectBuffer snapshot = files.load(name.sequence());
            if (null != snapshot && snapshot.capacity() > 0)
            {
                digests.compute(name.sequence(), snapshot, 0, snapshot.capacity(), digest, 0);
                if (digest.equals(name.digest()))
                {
                    replica.snapshots().restore(name.sequence(), digest, 0, snapshot, 0, snapshot.capacity());
                    return name.sequence();
                }
            }
        }
        return 0;
    }

    /**
     * Says in which epoch the replay begins.
     *
     * @param replica before its journal is replayed.
     */
    public void tellEpoch(final Replica replica)
    {
        if (NULL_EPOCH != firstEpoch)
        {
            replica.snapshots().beginsIn(firstEpoch);
        }
    }

    /**
     * Whether retention has taken the beginning of the journal.
     *
     * @return whether its first record is not the first that was written.
     */
    public boolean isCut()
    {
        return firstRecordNumber > 1;
    }

    /**
     * The sequence that a journal that is cut leads on from: with the state after it, or after a later one, nothing is
     * missing.
     *
     * @return the sequence; 0 if the journal is whole.
     */
    public long leadsOnFrom()
    {
        return leadsOnFrom;
    }

    /**
     * Where the replay begins.
     *
     * @return number of the first record to be replayed.
     */
    public long replayedFrom()
    {
        return replayedFrom;
    }
}
