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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.journal.CommitMarkEncoder;
import io.tagma.codecs.journal.Durability;
import io.tagma.codecs.journal.EntryEncoder;
import io.tagma.codecs.journal.MessageHeaderEncoder;
import io.tagma.codecs.journal.RecoverEncoder;
import io.tagma.codecs.journal.StableCertificateEncoder;
import io.tagma.codecs.journal.StoredBatchDecoder;
import io.tagma.codecs.journal.StoredBatchEncoder;
import io.tagma.codecs.journal.MessageHeaderDecoder;
import io.tagma.codecs.peer.PrePrepareEncoder;
import io.tagma.journal.JournalIdentity;
import io.tagma.journal.fixture.InMemoryDevice;
import io.tagma.journal.fixture.InMemoryJournal;

import java.util.Arrays;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A journal as a replica writes it, with what makes looking things up hard: entries that were never committed, batches
 * that came by transfer, and records that belong to nothing.
 */
class JournalLookupTest
{
    private static final int LAST = 1000;

    private final InMemoryJournal journal = journal();
    private final JournalLookup lookup =
        new JournalLookup(journal.newReader(), journal.newReader(), 1 << 16, 256);

    private static InMemoryJournal journal()
    {
        final InMemoryDevice device = new InMemoryDevice(1 << 20);
        final JournalIdentity identity = new JournalIdentity(1, 0, 0, new byte[32]);
        InMemoryJournal.create(device, identity);
        return InMemoryJournal.open(device, identity, new byte[16]).start(Durability.PROCESS, false, 0);
    }

    JournalLookupTest()
    {
        for (int sequence = 1; sequence <= LAST; sequence++)
        {
            if (0 == sequence % 7)
            {
                entry(sequence, sequence + 5000);
            }
            if (0 == sequence % 10)
            {
                storedBatch(sequence, sequence);
            }
            else
            {
                entry(sequence, sequence);
            }
            commitMark(sequence);
            if (0 == sequence % 100)
            {
                certificate(sequence);
            }
        }
        entry(LAST + 1, LAST + 1);
    }

    @Test
    void findsWhatWasExecutedHoweverItCame()
    {
        for (final int sequence : new int[]{1, 2, 7, 10, 63, 64, 65, 70, 500, 999, LAST})
        {
            lookup.startBatch(sequence, new UnsafeBuffer(digest(sequence)), 0);
            finish();
            assertTrue(lookup.readBatch(), "sequence " + sequence);
            final StoredBatchDecoder decoder = new StoredBatchDecoder().wrapAndApplyHeader(
                lookup.storedBatch(), 0, new MessageHeaderDecoder());
            assertEquals(sequence, decoder.sequence());
            assertEquals(sequence * 10L, decoder.timestampNs());
            final byte[] digest = new byte[DIGEST_LENGTH];
            decoder.getDigest(new UnsafeBuffer(digest), 0, DIGEST_LENGTH);
            assertEquals(Arrays.hashCode(digest(sequence)), Arrays.hashCode(digest));
            assertEquals(3, decoder.bundleCount());
            assertEquals(bodies(sequence).length, decoder.bodiesLength());
            decoder.skipBodies();
            assertEquals(lookup.storedBatchLength(), HEADER_LENGTH + decoder.encodedLength());
        }
    }

    @Test
    @DisplayName("H03: what a RECOVER has undone is no history, what was executed in its place is")
    void undone()
    {
        final int end = 900;
        new RecoverEncoder()
            .wrapAndApplyHeader(
                journal.claim(HEADER_LENGTH + RecoverEncoder.BLOCK_LENGTH), 0, new MessageHeaderEncoder())
            .sequence(end)
            .epoch(1);
        journal.commit();
        lookup.startHistory(end - 10, 100);
        finish();
        assertEquals(11, lookup.foundCount());
        for (int sequence = end + 1; sequence <= end + 20; sequence++)
        {
            entry(sequence, sequence + 7000);
            commitMark(sequence);
        }
        lookup.startHistory(end - 10, 100);
        finish();
        assertEquals(31, lookup.foundCount());
        lookup.startHistory(end + 1, 10);
        finish();
        assertEquals(10, lookup.foundCount());
        assertEquals(0, lookup.certificateLength(), "that for sequence 1000 was undone");
    }

    @Test
    void doesNotFindWhatTheJournalDoesNotHold()
    {
        for (final int sequence : new int[]{LAST + 2, 1_000_000})
        {
            lookup.startBatch(sequence, new UnsafeBuffer(digest(sequence)), 0);
            finish();
            assertFalse(lookup.readBatch(), "sequence " + sequence);
        }
        lookup.startBatch(LAST, new UnsafeBuffer(digest(LAST + 1)), 0);
        finish();
        assertFalse(lookup.readBatch(), "another digest");
    }

    @Test
    void findsWhatIsNotExecutedYet()
    {
        lookup.startBatch(LAST + 1, new UnsafeBuffer(digest(LAST + 1)), 0);
        finish();
        assertTrue(lookup.readBatch());
    }

    @Test
    void findsTheNextOneThatWasAcceptedBeforeTheLastOneFound()
    {
        entry(LAST + 3, LAST + 3);
        entry(LAST + 2, LAST + 2);
        commitMark(LAST + 1);
        commitMark(LAST + 2);
        commitMark(LAST + 3);
        for (final int sequence : new int[]{LAST + 1, LAST + 2, LAST + 3, LAST})
        {
            lookup.startBatch(sequence, new UnsafeBuffer(digest(sequence)), 0);
            finish();
            assertTrue(lookup.readBatch(), "sequence " + sequence);
        }
    }

    @Test
    void findsRunsOfDigestsWithTheCertificateThatCoversThem()
    {
        lookup.startHistory(150, 60);
        finish();
        assertEquals(60, lookup.foundCount());
        for (int i = 0; i < 60; i++)
        {
            for (int j = 0; j < DIGEST_LENGTH; j++)
            {
                assertEquals(digest(150 + i)[j], lookup.digests().getByte(i * DIGEST_LENGTH + j));
            }
        }
        assertEquals(200, lookup.certificateLength());
        assertEquals(200, lookup.certificate().getInt(0));

        lookup.startHistory(950, 256);
        finish();
        assertEquals(51, lookup.foundCount());
        assertEquals(1000, lookup.certificate().getInt(0));

        lookup.startHistory(LAST + 1, 256);
        finish();
        assertEquals(0, lookup.foundCount());
    }

    @Test
    void whatRetentionHasTakenIsNotFoundAndWhatItTakesMeanwhileIsNotAnsweredByWhatIsLeft()
    {
        lookup.startBatch(500, new UnsafeBuffer(digest(500)), 0);
        finish();
        journal.retainFrom(journal.lastRecordNumber() - 20);
        assertFalse(lookup.readBatch(), "taken since it was found");
        for (final int sequence : new int[]{1, 500, 900})
        {
            lookup.startBatch(sequence, new UnsafeBuffer(digest(sequence)), 0);
            finish();
            assertFalse(lookup.readBatch(), "sequence " + sequence);
            lookup.startHistory(sequence, 256);
            finish();
            assertEquals(0, lookup.foundCount(), "sequence " + sequence);
            assertEquals(0, lookup.certificateLength());
        }
        lookup.startBatch(LAST, new UnsafeBuffer(digest(LAST)), 0);
        finish();
        assertTrue(lookup.readBatch());
        lookup.startHistory(LAST, 256);
        finish();
        assertEquals(1, lookup.foundCount());
        assertEquals(LAST, lookup.certificate().getInt(0));
    }

    private void finish()
    {
        int slices = 0;
        while (!lookup.advance())
        {
            slices++;
            assertTrue(slices < 1000);
        }
    }

    private static byte[] digest(final int content)
    {
        final byte[] digest = new byte[DIGEST_LENGTH];
        new UnsafeBuffer(digest).putInt(0, content);
        return digest;
    }

    private static byte[] bodies(final int sequence)
    {
        return new byte[sequence % 97];
    }

    private void entry(final int sequence, final int content)
    {
        final byte[] bodies = bodies(sequence);
        final UnsafeBuffer message = new UnsafeBuffer(new byte[1024]);
        final PrePrepareEncoder prePrepare = new PrePrepareEncoder().wrapAndApplyHeader(
            message, 0, new io.tagma.codecs.peer.MessageHeaderEncoder());
        prePrepare.sequence(sequence).timestampNs(sequence * 10L).putDigest(digest(content), 0, DIGEST_LENGTH)
            .bundleCount(3).reserved(0).putBodies(bodies, 0, bodies.length).putAuthenticators(bodies, 0, 0);
        final int length = HEADER_LENGTH + prePrepare.encodedLength();
        final int recordLength = HEADER_LENGTH + EntryEncoder.BLOCK_LENGTH + 4 + length;
        new EntryEncoder().wrapAndApplyHeader(journal.claim(recordLength), 0, new MessageHeaderEncoder())
            .view(0).sequence(sequence).putDigest(digest(content), 0, DIGEST_LENGTH)
            .putPrePrepare(message, 0, length);
        journal.commit();
    }

    private void storedBatch(final int sequence, final int content)
    {
        final byte[] bodies = bodies(sequence);
        final int recordLength = HEADER_LENGTH + StoredBatchEncoder.BLOCK_LENGTH + 4 + bodies.length;
        new StoredBatchEncoder().wrapAndApplyHeader(journal.claim(recordLength), 0, new MessageHeaderEncoder())
            .sequence(sequence).timestampNs(sequence * 10L).putDigest(digest(content), 0, DIGEST_LENGTH)
            .bundleCount(3).reserved(0).putBodies(bodies, 0, bodies.length);
        journal.commit();
    }

    private void commitMark(final int sequence)
    {
        final int recordLength = HEADER_LENGTH + CommitMarkEncoder.BLOCK_LENGTH;
        new CommitMarkEncoder().wrapAndApplyHeader(journal.claim(recordLength), 0, new MessageHeaderEncoder())
            .sequence(sequence).putDigest(digest(sequence), 0, DIGEST_LENGTH);
        journal.commit();
    }

    private void certificate(final int sequence)
    {
        final UnsafeBuffer certificate = new UnsafeBuffer(new byte[200]);
        certificate.putInt(0, sequence);
        final int recordLength = HEADER_LENGTH + StableCertificateEncoder.BLOCK_LENGTH + 4 + 200;
        new StableCertificateEncoder().wrapAndApplyHeader(journal.claim(recordLength), 0, new MessageHeaderEncoder())
            .sequence(sequence).putCertificate(certificate, 0, 200);
        journal.commit();
    }
}
