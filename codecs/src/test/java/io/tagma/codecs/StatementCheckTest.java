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

import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static io.tagma.codecs.FrameVerdict.FORM;
import static io.tagma.codecs.FrameVerdict.LENGTH;
import static io.tagma.codecs.FrameVerdict.OK;
import static io.tagma.codecs.FrameVerdict.SCHEMA;
import static io.tagma.codecs.FrameVerdict.SENDER;
import static io.tagma.codecs.FrameVerdict.SIZE;
import static io.tagma.codecs.FrameVerdict.TEMPLATE;
import static io.tagma.codecs.FrameVerdict.VAR_DATA;
import static io.tagma.codecs.SampleBundles.payload;
import static io.tagma.codecs.SampleFrames.LIMITS;
import static io.tagma.codecs.SampleStatements.A;
import static io.tagma.codecs.SampleStatements.B;
import static io.tagma.codecs.SampleStatements.C;
import static io.tagma.codecs.SampleStatements.prepared;
import static io.tagma.codecs.SampleStatements.run;
import static io.tagma.codecs.SampleStatements.viewChange;
import static io.tagma.codecs.SampleStatements.views;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.tagma.codecs.statement.NewViewDecoder;
import io.tagma.codecs.statement.OriginDecoder;
import io.tagma.codecs.statement.ViewChangeDecoder;

/**
 * Every way to fail of the statements. See {@link ViewChangeBuilderTest} for what is made and passes.
 */
class StatementCheckTest
{
    private static final int BLOCK = HEADER_LENGTH;
    private static final int RUNS = BLOCK + ViewChangeDecoder.BLOCK_LENGTH;
    private static final int RUN = ViewChangeDecoder.RunsDecoder.sbeBlockLength();
    private static final byte[] NONE = new byte[0];
    private static final long L = LIMITS.window();

    private final Refusals statement = new Refusals(Plane.STATEMENT);

    @Test
    @DisplayName("J04 senders that do not exist")
    void theSenderIsAReplica()
    {
        final int sender = BLOCK + OriginDecoder.senderEncodingOffset();

        statement.assertReplica(SampleStatements.viewChange(), sender);
        statement.assertReplica(SampleStatements.newView(0, 1, 0, 1, 2), sender);
    }

    @Test
    @DisplayName("A10 a statement above the greatest length")
    void aStatementIsNotLongerThanItCanBe()
    {
        statement.assertVerdict(
            SIZE, Arrays.copyOf(SampleStatements.viewChange(), LIMITS.statementLengthMax() + 1));
    }

    @Test
    @DisplayName("F05 J04 J05 B10 fields and counts of ViewChange")
    void fieldsOfAViewChange()
    {
        final byte[] message = viewChange(5, 0, NONE, run(1, 1, 4, views(3), A, B), prepared(9, 0, A));
        final int run = RUNS + 4;
        final int accepted = run + RUN;

        statement.assertNoOrdinal(message, BLOCK + ViewChangeDecoder.viewEncodingOffset(), 1);
        statement.assertNoOrdinal(message, BLOCK + ViewChangeDecoder.stableSequenceEncodingOffset(), 0);
        statement.assertGroup(message, RUNS, 2, RUN, LIMITS.window());
        statement.assertVerdict(LENGTH, Altered.uint16(message, RUNS + 2, 1));
        statement.assertReserved(message, run + ViewChangeDecoder.RunsDecoder.reserved1EncodingOffset(), 1);
        statement.assertReserved(message, run + ViewChangeDecoder.RunsDecoder.reserved2EncodingOffset(), 2);
        for (int value = 2; value < 256; value++)
        {
            statement.assertVerdict(FORM, Altered.uint8(
                message, run + ViewChangeDecoder.RunsDecoder.preparedEncodingOffset(), value));
        }
        statement.assertVerdict(FORM, Altered.uint8(
            message, run + ViewChangeDecoder.RunsDecoder.preparedEncodingOffset(), 0));
        statement.assertVerdict(SIZE, Altered.uint16(message, accepted + 2, FrameLimits.CLAIMED_DIGESTS_MAX + 1));
        for (final int other : new int[]{0, 7, 9, 0xFFFF})
        {
            statement.assertVerdict(FrameVerdict.GROUP, Altered.uint16(message, accepted, other));
        }
        for (final long other : new long[]{0, 31, 32, 63, 65, 96})
        {
            statement.assertVerdict(VAR_DATA, Altered.uint32(message, accepted + 4 + 8, other));
        }
        for (final long other : new long[]{message.length, 0x7FFF_FFFFL})
        {
            statement.assertVerdict(LENGTH, Altered.uint32(message, accepted + 4 + 8, other));
        }
        statement.assertVerdict(SIZE, Altered.uint32(message, accepted + 4 + 8, 0x8000_0000L));
        statement.assertVerdict(SIZE, Altered.uint32(message, accepted + 4 + 8, 0xFFFF_FFFFL));
    }

    @Test
    @DisplayName("F05 views at or above the one to be entered")
    void viewsLieBelow()
    {
        for (final long view : new long[]{0, 1, 4})
        {
            statement.assertVerdict(OK, viewChange(5, 0, NONE, prepared(1, view, A)));
            statement.assertVerdict(OK, viewChange(5, 0, NONE, run(1, 1, -1, views(view), A)));
        }
        for (final long view : new long[]{5, 6, Long.MAX_VALUE})
        {
            statement.assertVerdict(FORM, viewChange(5, 0, NONE, prepared(1, view, A)));
            statement.assertVerdict(FORM, viewChange(5, 0, NONE, run(1, 1, -1, views(view), A)));
        }
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, run(1, 1, -1, views(-1), A)));
        final byte[] notPrepared = viewChange(5, 0, NONE, run(1, 1, -1, views(4), A));
        statement.assertVerdict(FORM, Altered.int64(
            notPrepared, RUNS + 4 + ViewChangeDecoder.RunsDecoder.preparedViewEncodingOffset(), 1));
        statement.assertVerdict(FORM, Altered.int64(
            viewChange(5, 0, NONE, prepared(1, 4, A)),
            RUNS + 4 + ViewChangeDecoder.RunsDecoder.preparedViewEncodingOffset(), -1));
    }

    @Test
    @DisplayName("F05 E03 sequences outside (h, h + L], twice, and unsorted")
    void sequencesRiseInTheWindow()
    {
        statement.assertVerdict(OK, viewChange(5, 0, NONE, prepared(1, 4, A), prepared(L, 4, A)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, prepared(0, 4, A)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, prepared(-1, 4, A)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, prepared(L + 1, 4, A)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, prepared(L, 4, A, A)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, prepared(Long.MAX_VALUE, 4, A)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, prepared(3, 4, A), prepared(3, 3, B)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, prepared(3, 4, A, A), prepared(4, 3, B)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, prepared(4, 4, A), prepared(3, 3, B)));

        final byte[] certificate = SampleFrames.certificate(0, 1, 2);
        statement.assertVerdict(OK, viewChange(5, 1024, certificate, prepared(1025, 4, A), prepared(1024 + L, 4, A)));
        statement.assertVerdict(FORM, viewChange(5, 1024, certificate, prepared(1024, 4, A)));
        statement.assertVerdict(FORM, viewChange(5, 1024, certificate, prepared(1024 + L + 1, 4, A)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, run(1, 0, 4, views())));
    }

    @Test
    void aRunThatClaimsNothingIsRefused()
    {
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, run(1, 1, -1, views())));
    }

    @Test
    void claimsOfOneSequenceHaveOneOrder()
    {
        statement.assertVerdict(OK, viewChange(5, 0, NONE, run(1, 1, -1, views(3, 2), B, A)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, run(1, 1, -1, views(2, 3), B, A)));
        statement.assertVerdict(OK, viewChange(5, 0, NONE, run(1, 1, -1, views(3, 3), A, B)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, run(1, 1, -1, views(3, 3), B, A)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, run(1, 1, -1, views(3, 3, 3), A, C, B)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, run(1, 1, -1, views(3, 2), A, A)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, run(1, 1, -1, views(3, 2, 1), A, B, A)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, run(1, 2, -1, views(3, 2), B, A, B, B)));
    }

    @Test
    void whatIsPreparedIsAcceptedOnlyLater()
    {
        statement.assertVerdict(OK, viewChange(5, 0, NONE, run(1, 1, 2, views(3), A, A)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, run(1, 1, 2, views(2), A, A)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, run(1, 1, 2, views(1), A, A)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, run(1, 1, 2, views(3, 1), A, B, A)));
        statement.assertVerdict(OK, viewChange(5, 0, NONE, run(1, 1, 2, views(3, 1), A, A, B)));
    }

    @Test
    @DisplayName("F05 more digests for a sequence than a ViewChange may name")
    void digestsAreCounted()
    {
        final long[] eight = new long[8];
        final byte[][] digests = new byte[9][];
        Arrays.setAll(digests, (i) -> payload(32, i));
        final byte[][] eightDigests = Arrays.copyOf(digests, 8);
        final byte[][] preparedOneOfThem = new byte[9][];
        preparedOneOfThem[0] = digests[4];
        System.arraycopy(digests, 0, preparedOneOfThem, 1, 8);
        Arrays.fill(eight, 4);

        statement.assertVerdict(OK, viewChange(5, 0, NONE, run(1, 1, -1, eight, eightDigests)));
        statement.assertVerdict(OK, viewChange(5, 0, NONE, run(1, 1, 3, eight, preparedOneOfThem)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, run(1, 1, 3, eight, digests)));
        statement.assertVerdict(OK, viewChange(5, 0, NONE, run(1, 1, 3, Arrays.copyOf(eight, 7), eightDigests)));
        final long[] nine = Arrays.copyOf(eight, 9);
        nine[8] = 4;
        statement.assertVerdict(SIZE, viewChange(5, 0, NONE, run(1, 1, -1, nine, digests)));
    }

    @Test
    void twoRunsThatCouldBeOneAreRefused()
    {
        statement.assertVerdict(OK, viewChange(5, 0, NONE, prepared(1, 4, A), prepared(2, 3, A)));
        statement.assertVerdict(OK, viewChange(5, 0, NONE, prepared(1, 4, A), prepared(3, 4, A)));
        statement.assertVerdict(FORM, viewChange(5, 0, NONE, prepared(1, 4, A), prepared(2, 4, B)));
        statement.assertVerdict(OK, viewChange(
            5, 0, NONE, run(1, 1, -1, views(4, 3), A, B), run(2, 1, -1, views(4, 2), A, B)));
        statement.assertVerdict(OK, viewChange(
            5, 0, NONE, run(1, 1, -1, views(4, 3), A, B), run(2, 1, -1, views(4), A)));
        statement.assertVerdict(OK, viewChange(5, 0, NONE, run(1, 1, -1, views(0), A), prepared(2, 0, A)));
        statement.assertVerdict(FORM, viewChange(
            5, 0, NONE, run(1, 1, -1, views(4, 3), A, B), run(2, 1, -1, views(4, 3), B, A)));
        statement.assertVerdict(FORM, viewChange(
            5, 0, NONE, prepared(1, 1, A), run(3, 1, 2, views(4), A, B), run(4, 1, 2, views(4), C, A)));
    }

    @Test
    @DisplayName("F07 a stable checkpoint comes with its certificate")
    void theCertificateIsThere()
    {
        final byte[] certificate = SampleFrames.certificate(0, 1, 3);
        final byte[] message = viewChange(5, 1024, certificate);

        statement.assertVerdict(OK, message);
        statement.assertVarData(message, RUNS + 4, LIMITS.messageLengthMax());
        for (final long stable : new long[]{0, 1, 1023, 1025})
        {
            statement.assertVerdict(FORM, viewChange(5, stable, certificate));
        }
        statement.assertVerdict(FORM, viewChange(5, 1024, NONE));
        statement.assertVerdict(TEMPLATE, viewChange(5, 1024, SampleFrames.checkpoint()));
        statement.assertVerdict(SCHEMA, viewChange(5, 1024, SampleFrames.requests()));
        statement.assertVerdict(FORM, viewChange(5, 1024, SampleFrames.certificate(1, 1)));
        for (int length = 1; length < certificate.length; length++)
        {
            statement.assertVerdict(LENGTH, viewChange(5, 1024, Arrays.copyOf(certificate, length)));
        }
    }

    @Test
    @DisplayName("F09 J04 J05 B10 fields and counts of NewView")
    void newView()
    {
        final byte[] message = SampleStatements.newView(1024, 3, 0, 1, 3);
        final int viewChanges = BLOCK + NewViewDecoder.BLOCK_LENGTH;
        final int entry = NewViewDecoder.ViewChangesDecoder.sbeBlockLength();
        final int selected = viewChanges + 4 + 3 * entry;
        final int start = BLOCK + NewViewDecoder.startSequenceEncodingOffset();

        statement.assertOrdinal(message, BLOCK + NewViewDecoder.viewEncodingOffset(), 1);
        statement.assertNoOrdinal(message, start, 0);
        statement.assertVerdict(OK, Altered.int64(message, start, Refusals.ORDINAL_MAX - 3));
        statement.assertVerdict(FORM, Altered.int64(message, start, Refusals.ORDINAL_MAX - 2));
        statement.assertGroup(message, selected, 3, 32, LIMITS.window());
        statement.assertVerdict(LENGTH, Altered.uint16(message, selected + 2, 2));
        statement.assertVerdict(FORM, Altered.uint16(message, viewChanges + 2, 0));
        statement.assertVerdict(SIZE, Altered.uint16(message, viewChanges + 2, 5));
        for (final int other : new int[]{0, entry - 1, entry + 1, 0xFFFF})
        {
            statement.assertVerdict(FrameVerdict.GROUP, Altered.uint16(message, viewChanges, other));
        }
        for (int i = 0; i < 3; i++)
        {
            final int position = viewChanges + 4 + i * entry;
            statement.assertReserved(
                message, position + NewViewDecoder.ViewChangesDecoder.reservedEncodingOffset(), 4);
            for (final long id : new long[]{4, 64, 0x8000_0000L, 0xFFFF_FFFFL})
            {
                statement.assertVerdict(SENDER, Altered.uint32(message, position, id));
            }
        }
    }

    @Test
    @DisplayName("F09 one sender twice in a NewView")
    void theSendersOfANewViewRise()
    {
        statement.assertVerdict(OK, SampleStatements.newView(0, 0, 0, 1, 2, 3));
        statement.assertVerdict(FORM, SampleStatements.newView(0, 0, 0, 0, 1));
        statement.assertVerdict(FORM, SampleStatements.newView(0, 0, 0, 2, 1));
        statement.assertVerdict(FORM, SampleStatements.newView(0, 0));
        statement.assertVerdict(SIZE, SampleStatements.newView(0, 0, 0, 1, 2, 3, 3));
    }

    @Test
    void aNewViewTakesOverAtMostAWindow()
    {
        statement.assertVerdict(OK, SampleStatements.newView(7, LIMITS.window(), 0, 1, 2));
        statement.assertVerdict(SIZE, SampleStatements.newView(7, LIMITS.window() + 1, 0, 1, 2));
    }

    @Test
    void theLongestViewChangePasses()
    {
        final FrameLimits limits = FrameLimits.builder().replicaCount(4).window(8).build();
        final byte[][] digests = new byte[9][];
        Arrays.setAll(digests, (i) -> payload(32, Math.max(1, i)));
        final SampleStatements.Run[] runs = new SampleStatements.Run[8];
        Arrays.setAll(runs, (i) -> run(
            1025 + i, 1, i % 2, views(9, 8, 7, 6, 5, 4, 3, 2), digests));
        final byte[] longest = viewChange(10, 1024, SampleFrames.certificate(0, 1, 2, 3), runs);

        assertEquals(limits.statementLengthMax(), longest.length);
        assertEquals(OK, StatementCheck.check(SampleFrames.exact(longest), 0, longest.length, limits));
    }
}
