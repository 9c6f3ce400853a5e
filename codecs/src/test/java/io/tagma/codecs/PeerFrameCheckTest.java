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
import static io.tagma.codecs.FrameVerdict.GROUP;
import static io.tagma.codecs.FrameVerdict.LENGTH;
import static io.tagma.codecs.FrameVerdict.OK;
import static io.tagma.codecs.FrameVerdict.SENDER;
import static io.tagma.codecs.FrameVerdict.SIZE;
import static io.tagma.codecs.SampleFrames.LIMITS;

import java.util.Arrays;
import java.util.stream.LongStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.CheckpointContentDecoder;
import io.tagma.codecs.peer.CheckpointDecoder;
import io.tagma.codecs.peer.CommittedDecoder;
import io.tagma.codecs.peer.FetchDecoder;
import io.tagma.codecs.peer.HeldDecoder;
import io.tagma.codecs.peer.OriginDecoder;
import io.tagma.codecs.peer.StatusDecoder;
import io.tagma.codecs.peer.VotesDecoder;

/**
 * Every way to fail of the peer templates that carry no bundles. See {@link BatchFrameCheckTest} for the others.
 */
class PeerFrameCheckTest
{
    private static final int BLOCK = HEADER_LENGTH;
    private static final int VOTE = VotesDecoder.PreparesDecoder.sbeBlockLength();
    private static final int SIGNATURE = CertificateDecoder.SignaturesDecoder.sbeBlockLength();

    private final Refusals peer = new Refusals(Plane.PEER);

    @Test
    @DisplayName("J04 senders that do not exist, in every peer template")
    void theSenderIsAReplica()
    {
        for (final Sample sample : Sample.all())
        {
            if (Plane.PEER == sample.plane())
            {
                peer.assertReplica(sample.message(), BLOCK + OriginDecoder.senderEncodingOffset());
            }
        }
    }

    @Test
    @DisplayName("A10 a message above the frame length")
    void aMessageIsNotLongerThanAFrame()
    {
        final byte[] oversize = new byte[LIMITS.messageLengthMax() + 1];
        System.arraycopy(SampleFrames.status(), 0, oversize, 0, SampleFrames.status().length);

        peer.assertVerdict(SIZE, oversize);
    }

    @Test
    @DisplayName("J04 J05 fields and counts of Votes")
    void votes()
    {
        final byte[] message = SampleFrames.votes(3, 2);
        final int prepares = BLOCK + VotesDecoder.BLOCK_LENGTH;
        final int commits = prepares + 4 + 3 * VOTE;

        peer.assertOrdinal(message, BLOCK + VotesDecoder.viewEncodingOffset(), 0);
        for (int i = 0; i < 3; i++)
        {
            peer.assertOrdinal(message, prepares + 4 + i * VOTE, 1);
        }
        for (int i = 0; i < 2; i++)
        {
            peer.assertOrdinal(message, commits + 4 + i * VOTE, 1);
        }
        peer.assertGroup(message, commits, 2, VOTE, FrameLimits.VOTES_MAX);
        peer.assertVerdict(LENGTH, Altered.uint16(message, commits + 2, 0));
        peer.assertVerdict(LENGTH, Altered.uint16(message, commits + 2, 1));
        peer.assertVerdict(SIZE, Altered.uint16(message, prepares + 2, FrameLimits.VOTES_MAX + 1));
        peer.assertVerdict(LENGTH, Altered.uint16(message, prepares + 2, FrameLimits.VOTES_MAX));
    }

    @Test
    void votesThatSayNothingAreRefused()
    {
        peer.assertVerdict(FORM, SampleFrames.votes(0, 0));
    }

    @Test
    void asManyVotesPassAsOneCycleMayBring()
    {
        peer.assertVerdict(OK, SampleFrames.votes(FrameLimits.VOTES_MAX, FrameLimits.VOTES_MAX));
        peer.assertVerdict(SIZE, SampleFrames.votes(FrameLimits.VOTES_MAX + 1, 0));
        peer.assertVerdict(SIZE, SampleFrames.votes(1, FrameLimits.VOTES_MAX + 1));
    }

    @Test
    @DisplayName("J04 B10 fields of Checkpoint")
    void checkpoint()
    {
        final byte[] message = SampleFrames.checkpoint();

        assertContent(message, BLOCK + CheckpointDecoder.contentEncodingOffset());
        peer.assertReplica(message, BLOCK + CheckpointDecoder.signerEncodingOffset());
        peer.assertReserved(message, BLOCK + CheckpointDecoder.reservedEncodingOffset(), 4);
    }

    @Test
    @DisplayName("J04 J05 B10 fields and count of Certificate")
    void certificate()
    {
        final byte[] message = SampleFrames.certificate(0, 1, 3);
        final int group = BLOCK + CertificateDecoder.BLOCK_LENGTH;

        assertContent(message, BLOCK + CertificateDecoder.contentEncodingOffset());
        peer.assertGroup(message, group, 3, SIGNATURE, LIMITS.replicaCount());
        peer.assertVerdict(FORM, Altered.uint16(message, group + 2, 0));
        peer.assertVerdict(LENGTH, Altered.uint16(message, group + 2, 1));
        peer.assertVerdict(LENGTH, Altered.uint16(message, group + 2, 2));
        for (int i = 0; i < 3; i++)
        {
            final int entry = group + 4 + i * SIGNATURE;
            peer.assertReserved(
                message, entry + CertificateDecoder.SignaturesDecoder.reservedEncodingOffset(), 4);
            for (final long id : new long[]{4, 64, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL})
            {
                peer.assertVerdict(SENDER, Altered.uint32(message, entry, id));
            }
        }
    }

    @Test
    @DisplayName("C03 one signer twice in a certificate")
    void theSignersOfACertificateRise()
    {
        peer.assertVerdict(OK, SampleFrames.certificate(2));
        peer.assertVerdict(OK, SampleFrames.certificate(0, 1, 2, 3));
        peer.assertVerdict(FORM, SampleFrames.certificate(0, 0, 1));
        peer.assertVerdict(FORM, SampleFrames.certificate(0, 1, 1));
        peer.assertVerdict(FORM, SampleFrames.certificate(2, 1, 3));
        peer.assertVerdict(FORM, SampleFrames.certificate());
        peer.assertVerdict(SIZE, SampleFrames.certificate(0, 1, 2, 3, 3));
    }

    @Test
    @DisplayName("J04 B10 fields of Status")
    void status()
    {
        final byte[] message = SampleFrames.status();

        peer.assertOrdinal(message, BLOCK + StatusDecoder.incarnationEncodingOffset(), 1);
        peer.assertOrdinal(message, BLOCK + StatusDecoder.counterEncodingOffset(), 0);
        peer.assertOrdinal(message, BLOCK + StatusDecoder.viewEncodingOffset(), 0);
        peer.assertOrdinal(message, BLOCK + StatusDecoder.stableSequenceEncodingOffset(), 0);
        peer.assertOrdinal(message, BLOCK + StatusDecoder.executedSequenceEncodingOffset(), 0);
        peer.assertOrdinal(message, BLOCK + StatusDecoder.checkpointSequenceEncodingOffset(), 0);
        peer.assertOrdinal(message, BLOCK + StatusDecoder.awaitedSequenceEncodingOffset(), 0);
        peer.assertOrdinal(message, BLOCK + StatusDecoder.newViewEncodingOffset(), 0);
        peer.assertReserved(message, BLOCK + StatusDecoder.reserved1EncodingOffset(), 1);
        peer.assertReserved(message, BLOCK + StatusDecoder.reserved2EncodingOffset(), 2);
        peer.assertReserved(message, BLOCK + StatusDecoder.reserved3EncodingOffset(), 4);

        final int active = BLOCK + StatusDecoder.activeEncodingOffset();
        peer.assertVerdict(OK, Altered.uint8(message, active, 0));
        peer.assertVerdict(OK, Altered.uint8(message, active, 1));
        for (int value = 2; value < 256; value++)
        {
            peer.assertVerdict(FORM, Altered.uint8(message, active, value));
        }
    }

    @Test
    @DisplayName("J04 J05 what Status holds back: fields and count")
    void heldOfStatus()
    {
        final byte[] message = SampleFrames.status(new long[]{71, 73}, 2, 9);
        final int group = BLOCK + StatusDecoder.BLOCK_LENGTH;
        final int length = StatusDecoder.HeldDecoder.sbeBlockLength();
        final int second = group + 4 + length;
        final int bundles = StatusDecoder.HeldDecoder.bundlesEncodingOffset();

        for (final int other : new int[]{0, 1, length - 1, length + 1, 0xFFFF})
        {
            peer.assertVerdict(GROUP, Altered.uint16(message, group, other));
        }
        peer.assertVerdict(SIZE, Altered.uint16(message, group + 2, FrameLimits.HELD_MAX + 1));
        peer.assertVerdict(SIZE, Altered.uint16(message, group + 2, 0xFFFF));
        peer.assertVerdict(LENGTH, Altered.uint16(message, group + 2, FrameLimits.HELD_MAX));
        peer.assertVerdict(GROUP, Altered.uint16(message, group + 2, 1));
        peer.assertNoOrdinal(message, group + 4, 1);
        peer.assertVerdict(FORM, Altered.int64(message, group + 4, 73));
        peer.assertOrdinal(message, second, 72);
        peer.assertVerdict(FORM, zeroed(message, group + 4 + bundles));
        peer.assertVerdict(FORM, zeroed(message, second + bundles));
        peer.assertVerdict(OK, SampleFrames.status(LongStream.rangeClosed(1, FrameLimits.HELD_MAX).toArray()));
        peer.assertVerdict(SIZE, SampleFrames.status(LongStream.rangeClosed(0, FrameLimits.HELD_MAX).toArray()));
    }

    @Test
    @DisplayName("J04 J05 whom Status marks: fields and count")
    void marksOfStatus()
    {
        final byte[] message = SampleFrames.status(new long[]{71}, 2, 5, 9);
        final int group = BLOCK + StatusDecoder.BLOCK_LENGTH + 4 + StatusDecoder.HeldDecoder.sbeBlockLength();

        peer.assertGroup(message, group, 3, 4, FrameLimits.MARKS_MAX);
        peer.assertVerdict(LENGTH, Altered.uint16(message, group + 2, 2));
        for (final long client : new long[]{0, 10, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL})
        {
            for (int i = 0; i < 3; i++)
            {
                peer.assertVerdict(SENDER, Altered.uint32(message, group + 4 + 4 * i, client));
            }
        }
        peer.assertVerdict(OK, Altered.uint32(message, group + 4, 1));
        peer.assertVerdict(FORM, Altered.uint32(message, group + 4, 5));
        peer.assertVerdict(FORM, Altered.uint32(message, group + 8, 2));
        peer.assertVerdict(FORM, Altered.uint32(message, group + 12, 5));
        final long[] tooMany = LongStream.rangeClosed(0, FrameLimits.MARKS_MAX).map(i -> 1).toArray();
        peer.assertVerdict(SIZE, SampleFrames.status(new long[0], tooMany));
    }

    @Test
    @DisplayName("J04 J05 fields of Held")
    void held()
    {
        final byte[] message = SampleFrames.held();
        final int bundles = BLOCK + HeldDecoder.bundlesEncodingOffset();

        peer.assertOrdinal(message, BLOCK + HeldDecoder.viewEncodingOffset(), 0);
        peer.assertOrdinal(message, BLOCK + HeldDecoder.sequenceEncodingOffset(), 1);
        final byte[] empty = zeroed(message, bundles);
        peer.assertVerdict(FORM, empty);
        for (int i = 0; i < HeldDecoder.bundlesLength(); i++)
        {
            peer.assertVerdict(OK, Altered.uint8(empty, bundles + i, 1 << i % 8));
        }
    }

    private static byte[] zeroed(final byte[] message, final int index)
    {
        final byte[] altered = message.clone();
        Arrays.fill(altered, index, index + HeldDecoder.bundlesLength(), (byte)0);
        return altered;
    }

    @Test
    @DisplayName("J04 J05 fields and count of Committed")
    void committed()
    {
        final byte[] message = SampleFrames.committed(3);
        final int first = BLOCK + CommittedDecoder.firstSequenceEncodingOffset();
        final int group = BLOCK + CommittedDecoder.BLOCK_LENGTH;

        peer.assertNoOrdinal(message, first, 1);
        peer.assertVerdict(OK, Altered.int64(message, first, 1));
        peer.assertVerdict(OK, Altered.int64(message, first, Refusals.ORDINAL_MAX - 3));
        peer.assertVerdict(FORM, Altered.int64(message, first, Refusals.ORDINAL_MAX - 2));
        peer.assertGroup(message, group, 3, 32, FrameLimits.DIGESTS_MAX);
        peer.assertVerdict(FORM, Altered.uint16(message, group + 2, 0));
        peer.assertVerdict(LENGTH, Altered.uint16(message, group + 2, 1));
        peer.assertVerdict(OK, SampleFrames.committed(FrameLimits.DIGESTS_MAX));
        peer.assertVerdict(SIZE, SampleFrames.committed(FrameLimits.DIGESTS_MAX + 1));
        peer.assertVerdict(FORM, SampleFrames.committed(0));
    }

    @Test
    @DisplayName("J04 J05 fields and count of Fetch")
    void fetch()
    {
        final byte[] message = SampleFrames.fetch(71, 72, 90);
        final int group = BLOCK + FetchDecoder.BLOCK_LENGTH;

        peer.assertGroup(message, group, 3, VOTE, FrameLimits.WANTED_MAX);
        peer.assertVerdict(FORM, Altered.uint16(message, group + 2, 0));
        peer.assertVerdict(LENGTH, Altered.uint16(message, group + 2, 2));
        peer.assertNoOrdinal(message, group + 4, 1);
        peer.assertNoOrdinal(message, group + 4 + VOTE, 72);
        peer.assertOrdinal(message, group + 4 + 2 * VOTE, 73);
        peer.assertVerdict(OK, SampleFrames.fetch(LongStream.rangeClosed(1, FrameLimits.WANTED_MAX).toArray()));
        peer.assertVerdict(SIZE, SampleFrames.fetch(LongStream.rangeClosed(0, FrameLimits.WANTED_MAX).toArray()));
        peer.assertVerdict(FORM, SampleFrames.fetch());
        peer.assertVerdict(FORM, SampleFrames.fetch(5, 5));
        peer.assertVerdict(FORM, SampleFrames.fetch(5, 4));
    }

    private void assertContent(final byte[] message, final int content)
    {
        final int sequence = content + CheckpointContentDecoder.sequenceEncodingOffset();
        final int snapshot = content + CheckpointContentDecoder.snapshotSequenceEncodingOffset();

        peer.assertOrdinal(message, sequence, 1);
        peer.assertOrdinal(message, content + CheckpointContentDecoder.nextPositionEncodingOffset(), 1);
        peer.assertOrdinal(message, content + CheckpointContentDecoder.effectiveTimeNsEncodingOffset(), 0);
        peer.assertNoOrdinal(message, snapshot, 0);
        peer.assertVerdict(OK, Altered.int64(message, snapshot, 1024));
        peer.assertVerdict(FORM, Altered.int64(message, snapshot, 1025));
    }
}
