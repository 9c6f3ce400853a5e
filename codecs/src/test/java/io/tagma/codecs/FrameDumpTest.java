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
package io.tagma.codecs;

import static io.tagma.codecs.SampleFrames.LIMITS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FrameDumpTest
{
    static List<Sample> samples()
    {
        return Sample.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyTemplateBeginsWithItsName(final Sample sample)
    {
        final String template = sample.name().split(" ")[0];

        assertTrue(describe(sample.message()).startsWith(template + " "), describe(sample.message()));
    }

    @Test
    void aPrePrepareTellsItsBundles()
    {
        assertEquals(
            "PrePrepare sender=0 epoch=0 view=4 sequence=77 time=2023-11-14T22:13:20Z " +
            "digest=d1d1d1d1d1d1d1d1 bundles=4\n" +
            "  REQUESTS client=7 session=41 numbers=5..7 lengths=3,0,9 unsigned\n" +
            "  KEEP_ALIVE client=7 session=41 numbers=8 lengths=0 signed\n" +
            "  OPEN client=3 session=0 numbers=1 lengths=34 signed\n" +
            "  CLOSE client=2 session=17 numbers=4 lengths=0 unsigned",
            describe(SampleFrames.prePrepare()));
    }

    @Test
    void votesTellWhatTheyAreFor()
    {
        assertEquals(
            "Votes sender=1 epoch=0 view=4\n" +
            "  prepare sequence=78 digest=d1d1d1d1d1d1d1d1\n" +
            "  prepare sequence=79 digest=d1d1d1d1d1d1d1d1\n" +
            "  commit sequence=76 digest=d1d1d1d1d1d1d1d1",
            describe(SampleFrames.votes(2, 1)));
    }

    @Test
    void repliesTellTheirResults()
    {
        assertEquals(
            "Replies sender=2 epoch=0 client=7 session=41 view=4\n" +
            "  number=5 position=100 COMMITTED length=3\n" +
            "  number=6 position=101 COMMITTED digest=d1d1d1d1d1d1d1d1\n" +
            "  number=7 position=0 REJECTED_CLOSED length=0",
            describe(SampleFrames.replies()));
    }

    @Test
    void aCertificateTellsItsSigners()
    {
        assertEquals(
            "StableCertificate Certificate sender=2 epoch=0 sequence=1024 root=0102030405060708 nextPosition=5001 " +
            "effectiveTime=2023-11-14T22:13:20Z snapshotSequence=0 signers=1,2,3",
            describe(SampleRecords.stableCertificate(1024, SampleFrames.certificate(1, 2, 3))));
    }

    @Test
    void listsTellTheirSequences()
    {
        assertEquals(
            "Committed sender=3 epoch=0\n  sequence=71 digest=d1d1d1d1d1d1d1d1\n  sequence=72 digest=d1d1d1d1d1d1d1d1",
            describe(SampleFrames.committed(2)));
        assertEquals(
            "Fetch sender=3 epoch=0\n  sequence=71 digest=d1d1d1d1d1d1d1d1\n  sequence=90 digest=d1d1d1d1d1d1d1d1",
            describe(SampleFrames.fetch(71, 90)));
    }

    @Test
    void whatIsHeldTellsItsBundles()
    {
        assertEquals(
            "Held sender=3 epoch=0 view=4 sequence=77 digest=d1d1d1d1d1d1d1d1 bundles=0,9,511",
            describe(SampleFrames.held()));
        assertTrue(describe(SampleFrames.status(new long[]{71, 73}, 2, 9)).endsWith(
            "\n  held sequence=71 digest=d1d1d1d1d1d1d1d1 bundles=0,9,511" +
            "\n  held sequence=73 digest=d1d1d1d1d1d1d1d1 bundles=0,9,511" +
            "\n  mark client=2\n  mark client=9"));
    }

    @Test
    void recordsTellTheirFields()
    {
        assertEquals(
            "Init cluster=fffffffffffffffb epoch=0 replica=3 publicKey=d1d1d1d1d1d1d1d1",
            describe(SampleRecords.init()));
        assertEquals(
            "Start incarnation=2 boot=d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1 durability=POWER awaited=0",
            describe(SampleRecords.start()));
        assertEquals("Barrier durableRecordNumber=90", describe(SampleRecords.barrier()));
        assertEquals("CleanMark incarnation=0", describe(SampleRecords.cleanMark()));
        assertEquals("AmnesiaEnd incarnation=2 sequence=2048", describe(SampleRecords.amnesiaEnd()));
        assertEquals("CommitMark sequence=77 digest=d1d1d1d1d1d1d1d1", describe(SampleRecords.commitMark()));
        assertTrue(describe(SampleRecords.entry(SampleFrames.prePrepare())).startsWith("Entry PrePrepare sender=0"));
    }

    @Test
    void framesAboutAChangeOfViewTellWhichStatement()
    {
        assertEquals(
            "Complaints sender=3 epoch=0\n  signer=0 view=4 reason=REQUEST_LATE\n" +
            "  signer=2 view=4 reason=NEW_VIEW_LATE",
            describe(SampleViewFrames.complaints(0, 2)));
        assertEquals(
            "StatementPart sender=3 epoch=0 kind=VIEW_CHANGE signer=2 view=5 digest=d1d1d1d1d1d1d1d1 " +
            "part=0 length=" + SampleStatements.viewChange().length + " of=" + SampleStatements.viewChange().length,
            describe(SampleViewFrames.statementPart()));
        assertEquals(
            "FetchStatements sender=3 epoch=0\n" +
            "  kind=VIEW_CHANGE signer=0 view=5 digest=d1d1d1d1d1d1d1d1 parts=0..6\n" +
            "  kind=VIEW_CHANGE signer=1 view=5 digest=d1d1d1d1d1d1d1d1 parts=0..6\n" +
            "  kind=NEW_VIEW signer=1 view=5 digest=d1d1d1d1d1d1d1d1 parts=0..6",
            describe(SampleViewFrames.fetchStatements()));
        assertEquals("TargetView view=5", describe(SampleRecords.targetView(new byte[0])));
        assertEquals(
            "TargetView view=5 Complaints sender=3 epoch=0\n  signer=1 view=4 reason=NO_PROGRESS",
            describe(SampleRecords.targetView(SampleViewFrames.complaints(1))));
        assertEquals("SelectedMark view=5 sequence=77 digest=d1d1d1d1d1d1d1d1", describe(SampleRecords.selectedMark()));
        assertEquals(
            "RestoredSnapshot sequence=77 digest=d1d1d1d1d1d1d1d1", describe(SampleRecords.restoredSnapshot()));
        assertEquals(
            "Recover epoch=1 behind=1024 configuration=d1d1d1d1d1d1d1d1 administrators=0,2",
            describe(SampleRecords.recover(0, 2)));
        assertEquals("RestartPoint sequence=77 firstRecordNumber=1234", describe(SampleRecords.restartPoint()));
    }

    @Test
    void chunksTellTheirPlaces()
    {
        assertEquals(
            "FetchChunks sender=3 epoch=0 sequence=77 firstChunk=9 wanted=8000000000000005",
            describe(SampleFrames.fetchChunks()));
        assertEquals(
            "Chunk sender=3 epoch=0 sequence=77 snapshotLength=70000 chunk=2 path=2 length=4464",
            describe(SampleFrames.chunk(2, 4_464)));
    }

    @Test
    void statementsTellTheirClaims()
    {
        assertEquals(
            "ViewChange sender=2 epoch=0 view=5 stable=1024\n" +
            "  sequence=1025 prepared view=4 digest=a0a0a0a0a0a0a0a0\n" +
            "  sequence=1026 prepared view=4 digest=b0b0b0b0b0b0b0b0\n" +
            "  sequence=1028 accepted view=4 digest=b0b0b0b0b0b0b0b0 accepted view=2 digest=a0a0a0a0a0a0a0a0\n" +
            "  sequence=1029 prepared view=3 digest=a0a0a0a0a0a0a0a0 accepted view=4 digest=b0b0b0b0b0b0b0b0 " +
            "accepted view=3 digest=c0c0c0c0c0c0c0c0\n" +
            "  sequence=1030 prepared view=3 digest=b0b0b0b0b0b0b0b0 accepted view=4 digest=a0a0a0a0a0a0a0a0 " +
            "accepted view=3 digest=c0c0c0c0c0c0c0c0\n" +
            "  Certificate sender=2 epoch=0 sequence=1024 root=0102030405060708 nextPosition=5001 " +
            "effectiveTime=2023-11-14T22:13:20Z snapshotSequence=0 signers=0,1,3",
            describe(SampleStatements.viewChange()));
        assertEquals(
            "NewView sender=1 epoch=0 view=5 start=7\n" +
            "  view change sender=0 digest=c0c0c0c0c0c0c0c0\n" +
            "  view change sender=3 digest=c0c0c0c0c0c0c0c0\n" +
            "  selected sequence=8 digest=a0a0a0a0a0a0a0a0",
            describe(SampleStatements.newView(7, 1, 0, 3)));
    }

    @Test
    void whatIsRefusedIsShownWithItsReason()
    {
        assertEquals(
            "VERSION: 16 bytes schema=7403 version=2 template=3 08000300eb1c02005a00000000000000",
            describe(Altered.uint16(SampleRecords.barrier(), 6, 2)));
        assertEquals("LENGTH: 3 bytes 010203", describe(new byte[]{1, 2, 3}));
        assertEquals("LENGTH: 0 bytes", describe(new byte[0]));
        assertTrue(describe(new byte[100]).endsWith(".."));
        assertEquals(
            "LENGTH: 9 bytes at 4 of a buffer of 8", FrameDump.describe(new UnsafeBuffer(new byte[8]), 4, 9, LIMITS));
    }

    @ParameterizedTest
    @EnumSource(Plane.class)
    @DisplayName("J01 whatever the bytes are, there is a line for them")
    void neverFails(final Plane plane)
    {
        final long seed = Long.getLong("tagma.fuzz.seed", System.nanoTime());
        final FrameMutator mutator = new FrameMutator(
            seed, Sample.all().stream().filter((sample) -> sample.plane() == plane).map(Sample::message).toList());
        for (int i = 0; i < 50_000; i++)
        {
            final byte[] frame = mutator.next();

            assertTrue(describe(frame).length() > 8, () -> "seed " + seed);
        }
    }

    private static String describe(final byte[] message)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[message.length + 5]);
        buffer.putBytes(5, message);

        return FrameDump.describe(buffer, 5, message.length, LIMITS);
    }
}
