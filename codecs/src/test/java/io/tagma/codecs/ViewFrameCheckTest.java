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
import static io.tagma.codecs.FrameVerdict.SENDER;
import static io.tagma.codecs.FrameVerdict.SIZE;
import static io.tagma.codecs.SampleFrames.DIGEST;
import static io.tagma.codecs.SampleFrames.LIMITS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.tagma.codecs.SampleViewFrames.Wanted;
import io.tagma.codecs.peer.ComplaintContentDecoder;
import io.tagma.codecs.peer.ComplaintsDecoder;
import io.tagma.codecs.peer.FetchStatementsDecoder;
import io.tagma.codecs.peer.StatementKind;
import io.tagma.codecs.peer.StatementPartDecoder;

/**
 * Every way to fail of the peer templates about a change of view. See {@link StatementCheckTest} for what parts make.
 */
class ViewFrameCheckTest
{
    private static final int BLOCK = HEADER_LENGTH;

    private final Refusals peer = new Refusals(Plane.PEER);

    @Test
    @DisplayName("J04 J05 fields and count of Complaints")
    void complaints()
    {
        final byte[] message = SampleViewFrames.complaints(0, 2, 3);
        final int group = BLOCK + ComplaintsDecoder.BLOCK_LENGTH;
        final int entryLength = ComplaintsDecoder.EntriesDecoder.sbeBlockLength();

        peer.assertGroup(message, group, 3, entryLength, LIMITS.replicaCount());
        peer.assertVerdict(LENGTH, Altered.uint16(message, group + 2, 2));
        peer.assertVerdict(FORM, Altered.uint16(message, group + 2, 0));
        for (int i = 0; i < 3; i++)
        {
            final int content = group + 4 + i * entryLength;
            final int reason = content + ComplaintContentDecoder.reasonEncodingOffset();
            peer.assertOrdinal(message, content + ComplaintContentDecoder.viewEncodingOffset(), 0);
            for (final long id : new long[]{4, 64, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL})
            {
                peer.assertVerdict(SENDER, Altered.uint32(
                    message, content + ComplaintContentDecoder.signerEncodingOffset(), id));
            }
            for (int value = 1; value <= 7; value++)
            {
                peer.assertVerdict(OK, Altered.uint16(message, reason, value));
            }
            for (final int value : new int[]{0, 8, 255, 256, 257, 0x8001, 0xFFFF})
            {
                peer.assertVerdict(FORM, Altered.uint16(message, reason, value));
            }
            peer.assertReserved(message, content + ComplaintContentDecoder.reservedEncodingOffset(), 2);
        }
    }

    @Test
    @DisplayName("F14 one signer twice among complaints")
    void theSignersOfComplaintsRise()
    {
        peer.assertVerdict(OK, SampleViewFrames.complaints(2));
        peer.assertVerdict(OK, SampleViewFrames.complaints(0, 1, 2, 3));
        peer.assertVerdict(FORM, SampleViewFrames.complaints(0, 0));
        peer.assertVerdict(FORM, SampleViewFrames.complaints(3, 1));
        peer.assertVerdict(FORM, SampleViewFrames.complaints());
        peer.assertVerdict(SIZE, SampleViewFrames.complaints(0, 1, 2, 3, 3));
    }

    @Test
    @DisplayName("J04 J05 B10 fields and length of StatementPart")
    void statementPart()
    {
        final byte[] message = SampleViewFrames.statementPart();
        final int length = BLOCK + StatementPartDecoder.statementLengthEncodingOffset();
        final int kind = BLOCK + StatementPartDecoder.kindEncodingOffset();

        peer.assertOrdinal(message, BLOCK + StatementPartDecoder.viewEncodingOffset(), 1);
        peer.assertReplica(message, BLOCK + StatementPartDecoder.signerEncodingOffset());
        peer.assertReserved(message, BLOCK + StatementPartDecoder.reservedEncodingOffset(), 4);
        peer.assertVarData(message, BLOCK + StatementPartDecoder.BLOCK_LENGTH, LIMITS.partLengthMax());
        peer.assertVerdict(OK, Altered.uint16(message, kind, 2));
        for (final int other : new int[]{0, 3, 0x7FFF, 0x8001, 0xFFFF})
        {
            peer.assertVerdict(FORM, Altered.uint16(message, kind, other));
        }
        for (final int other : new int[]{1, 2, 0x7FFF, 0xFFFF})
        {
            peer.assertVerdict(FORM, Altered.uint16(
                message, BLOCK + StatementPartDecoder.partNumberEncodingOffset(), other));
        }
        final int statementLength = SampleStatements.viewChange().length;
        for (final long other : new long[]{0, 1, statementLength - 1, statementLength + 1, LIMITS.statementLengthMax()})
        {
            peer.assertVerdict(FORM, Altered.uint32(message, length, other));
        }
        for (final long other : new long[]{LIMITS.statementLengthMax() + 1, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL})
        {
            peer.assertVerdict(SIZE, Altered.uint32(message, length, other));
        }
        peer.assertVerdict(FORM, SampleViewFrames.statementPart(0, 0, new byte[0]));
    }

    @Test
    @DisplayName("F05 the parts of the longest statement, and nothing else, make it")
    void allPartsButTheLastAreFull()
    {
        final FrameLimits limits = FrameLimits.builder().payloadLengthMax(100).bundleLengthMax(200).batchLengthMax(400)
            .resultLengthMax(64).frameLengthMax(1_024).window(64).build();
        final int statementLength = limits.statementLengthMax();
        long together = 0;
        int parts = 0;
        while (limits.partLength(statementLength, parts) > 0)
        {
            final int partLength = (int)limits.partLength(statementLength, parts);
            assertPart(OK, limits, parts, statementLength, partLength);
            assertPart(FORM, limits, parts, statementLength, partLength - 1);
            assertPart(FORM, limits, parts + 1, statementLength, limits.partLengthMax() - 1);
            assertPart(
                partLength == limits.partLengthMax() ? SIZE : FORM, limits, parts, statementLength, partLength + 1);
            together += partLength;
            parts++;
        }

        assertEquals(statementLength, together);
        assertEquals((statementLength + limits.partLengthMax() - 1) / limits.partLengthMax(), parts);
        assertPart(FORM, limits, parts, statementLength, 0);
        assertEquals(
            limits.messageLengthMax(),
            SampleViewFrames.statementPart(0, statementLength, new byte[limits.partLengthMax()]).length);
    }

    private static void assertPart(
        final FrameVerdict expected, final FrameLimits limits, final int number, final int statementLength,
        final int partLength)
    {
        final byte[] message = SampleViewFrames.statementPart(number, statementLength, new byte[partLength]);
        final FrameVerdict verdict = PeerFrameCheck.check(new UnsafeBuffer(message), 0, message.length, limits);

        assertEquals(expected, verdict, "part " + number + " of " + partLength + " bytes");
    }

    @Test
    @DisplayName("J04 J05 B10 fields and count of FetchStatements")
    void fetchStatements()
    {
        final byte[] message = SampleViewFrames.fetchStatements();
        final int group = BLOCK + FetchStatementsDecoder.BLOCK_LENGTH;
        final int entryLength = FetchStatementsDecoder.WantedDecoder.sbeBlockLength();

        peer.assertGroup(message, group, 3, entryLength, FrameLimits.STATEMENTS_WANTED_MAX);
        peer.assertVerdict(LENGTH, Altered.uint16(message, group + 2, 2));
        peer.assertVerdict(FORM, Altered.uint16(message, group + 2, 0));
        for (int i = 0; i < 3; i++)
        {
            final int entry = group + 4 + i * entryLength;
            peer.assertOrdinal(message, entry + FetchStatementsDecoder.WantedDecoder.viewEncodingOffset(), 1);
            peer.assertReserved(message, entry + FetchStatementsDecoder.WantedDecoder.reserved1EncodingOffset(), 2);
            peer.assertReserved(message, entry + FetchStatementsDecoder.WantedDecoder.reserved2EncodingOffset(), 4);
            peer.assertVerdict(FORM, Altered.uint16(
                message, entry + FetchStatementsDecoder.WantedDecoder.partCountEncodingOffset(), 0));
            for (final int kind : new int[]{0, 3, 0x7FFF, 0x8001, 0xFFFF})
            {
                peer.assertVerdict(FORM, Altered.uint16(
                    message, entry + FetchStatementsDecoder.WantedDecoder.kindEncodingOffset(), kind));
            }
            for (final long id : new long[]{4, 64, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL})
            {
                peer.assertVerdict(SENDER, Altered.uint32(
                    message, entry + FetchStatementsDecoder.WantedDecoder.signerEncodingOffset(), id));
            }
        }
    }

    @Test
    void statementsAreWantedInOneOrder()
    {
        final byte[] higher = DIGEST.clone();
        higher[31]++;
        final Wanted least = new Wanted(1, StatementKind.VIEW_CHANGE, 5, DIGEST);
        final Wanted[] rising = {
            least,
            new Wanted(1, StatementKind.VIEW_CHANGE, 5, higher),
            new Wanted(1, StatementKind.VIEW_CHANGE, 6, DIGEST),
            new Wanted(1, StatementKind.NEW_VIEW, 5, DIGEST),
            new Wanted(2, StatementKind.VIEW_CHANGE, 4, DIGEST)};

        peer.assertVerdict(OK, SampleViewFrames.fetchStatements(rising));
        peer.assertVerdict(FORM, SampleViewFrames.fetchStatements(least, least));
        for (int i = 1; i < rising.length; i++)
        {
            peer.assertVerdict(OK, SampleViewFrames.fetchStatements(rising[i - 1], rising[i]));
            peer.assertVerdict(FORM, SampleViewFrames.fetchStatements(rising[i], rising[i - 1]));
        }
        final Wanted[] many = new Wanted[FrameLimits.STATEMENTS_WANTED_MAX + 1];
        Arrays.setAll(many, (i) -> new Wanted(1, StatementKind.NEW_VIEW, 1 + i, DIGEST));
        peer.assertVerdict(OK, SampleViewFrames.fetchStatements(Arrays.copyOf(many, many.length - 1)));
        peer.assertVerdict(SIZE, SampleViewFrames.fetchStatements(many));
    }
}
