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
package io.tagma.ordering.protocol;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.ViewChangeBuilder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.StatementKind;
import io.tagma.codecs.peer.StatementPartEncoder;
import io.tagma.codecs.peer.StatusEncoder;
import io.tagma.codecs.statement.NewViewEncoder;
import io.tagma.codecs.statement.ViewChangeDecoder;
import java.util.function.IntPredicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Statements of replica 3, which lies under its own good signature, to three correct ones.
 */
class LyingStatementTest
{
    private static final int HEAD = FrameLayout.DOMAIN_PREFIX_LENGTH;
    private static final int LIAR = 3;

    private final CoreCluster cluster = new CoreCluster(4, 8);

    /** A member of a NEW-VIEW: the signed bytes of its VIEW-CHANGE. */
    private record Member(int signer, UnsafeBuffer viewChange)
    {
    }

    /** Signed bytes behind their prefix. */
    private static UnsafeBuffer viewChange(final int signer, final long view)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
        FrameLayout.putDomainPrefix(buffer, 0, FrameLayout.VIEW_CHANGE_DOMAIN, 1, 0);
        final int length = new ViewChangeBuilder().begin(buffer, HEAD, 1, 0, signer, view, 0).end(buffer, 0, 0);
        return new UnsafeBuffer(buffer, 0, HEAD + length);
    }

    private static UnsafeBuffer viewChange(
        final int signer, final long view, final long stableSequence, final UnsafeBuffer certificate)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
        FrameLayout.putDomainPrefix(buffer, 0, FrameLayout.VIEW_CHANGE_DOMAIN, 1, 0);
        final int length = new ViewChangeBuilder().begin(buffer, HEAD, 1, 0, signer, view, stableSequence)
            .end(certificate, 0, certificate.capacity());
        return new UnsafeBuffer(buffer, 0, HEAD + length);
    }

    private static UnsafeBuffer newView(final long view, final Member... members)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
        FrameLayout.putDomainPrefix(buffer, 0, FrameLayout.NEW_VIEW_DOMAIN, 1, 0);
        final NewViewEncoder encoder = new NewViewEncoder().wrapAndApplyHeader(
            buffer, HEAD, new io.tagma.codecs.statement.MessageHeaderEncoder());
        encoder.origin().clusterId(1).epoch(0).sender(LIAR);
        encoder.view(view).startSequence(0);
        final NewViewEncoder.ViewChangesEncoder entries = encoder.viewChangesCount(members.length);
        for (final Member member : members)
        {
            entries.next().sender(member.signer).reserved(0).putDigest(
                digest(member.viewChange), 0, FrameLayout.DIGEST_LENGTH);
        }
        encoder.selectedCount(0);
        return new UnsafeBuffer(buffer, 0, HEAD + FrameLayout.HEADER_LENGTH + encoder.encodedLength());
    }

    private static byte[] digest(final UnsafeBuffer signed)
    {
        final UnsafeBuffer digest = new UnsafeBuffer(new byte[FrameLayout.DIGEST_LENGTH]);
        new CoreCluster.TestHashing().sha256(signed, 0, signed.capacity(), digest, 0);
        return digest.byteArray();
    }

    private void say(
        final int receiver, final int signer, final long view, final StatementKind kind, final UnsafeBuffer signed)
    {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[signed.capacity() + 512]);
        final UnsafeBuffer signature = new UnsafeBuffer(new byte[FrameLayout.SIGNATURE_LENGTH]);
        signature.putInt(0, signer);
        final StatementPartEncoder encoder =
            new StatementPartEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(1).epoch(0).sender(LIAR);
        encoder.view(view).signer(signer).kind(kind).partNumber(0).statementLength(signed.capacity() - HEAD)
            .reserved(0)
            .putDigest(digest(signed), 0, FrameLayout.DIGEST_LENGTH)
            .putSignature(signature.byteArray(), 0, FrameLayout.SIGNATURE_LENGTH)
            .putPart(signed, HEAD, signed.capacity() - HEAD);
        cluster.replicas.get(receiver).onMessage(
            LIAR, message, 0, FrameLayout.HEADER_LENGTH + encoder.encodedLength());
    }

    private void assertAll(final IntPredicate holds)
    {
        for (int i = 0; i < LIAR; i++)
        {
            assertTrue(holds.test(i), cluster.status(i).toString());
        }
    }

    @Test
    @DisplayName("F09 a NEW-VIEW of VIEW-CHANGEs for another view is entered by nobody")
    void viewChangesOfAnotherViewAreNoMembers()
    {
        cluster.isDown[LIAR] = true;
        final UnsafeBuffer one = viewChange(1, 1);
        final UnsafeBuffer two = viewChange(2, 1);
        final UnsafeBuffer own = viewChange(LIAR, 3);
        say(0, LIAR, 3, StatementKind.NEW_VIEW,
            newView(3, new Member(1, one), new Member(2, two), new Member(LIAR, own)));
        cluster.run(5);
        say(0, 1, 3, StatementKind.VIEW_CHANGE, one);
        say(0, 2, 3, StatementKind.VIEW_CHANGE, two);
        say(0, LIAR, 3, StatementKind.VIEW_CHANGE, own);
        cluster.run(30);
        assertEquals(0, cluster.status(0).newView());
        assertAll(i -> cluster.status(i).isActive());
    }

    @Test
    @DisplayName("F05 a signed VIEW-CHANGE that is malformed is dropped, and the next one is taken")
    void aMalformedViewChangeIsDropped()
    {
        cluster.isDown[LIAR] = true;
        final UnsafeBuffer own = viewChange(LIAR, 1);
        own.putLong(
            HEAD + FrameLayout.HEADER_LENGTH + ViewChangeDecoder.stableSequenceEncodingOffset(), 5, LITTLE_ENDIAN);
        own.putShort(HEAD + FrameLayout.HEADER_LENGTH + ViewChangeDecoder.BLOCK_LENGTH + 2, (short)-1);
        for (int i = 0; i < LIAR; i++)
        {
            say(i, LIAR, 1, StatementKind.VIEW_CHANGE, own);
        }
        cluster.run(30);
        assertAll(i -> cluster.status(i).isActive() && !cluster.status(i).isHalted());
    }

    private static UnsafeBuffer statusOf(final int sender, final long view)
    {
        final StatusEncoder encoder = new StatusEncoder();
        final UnsafeBuffer message = new UnsafeBuffer(new byte[1024]);
        encoder.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(1).epoch(0).sender(sender);
        encoder.incarnation(1_000).counter(1).view(view).lackingFrom(1);
        encoder.heldCount(0);
        encoder.marksCount(0);
        return new UnsafeBuffer(message, 0, encoder.limit());
    }

    @Test
    @DisplayName("F07 a VIEW-CHANGE whose h too few have signed counts for nothing; with enough signatures it does")
    void inflatedStableCheckpoint()
    {
        final long session = cluster.open(1);
        for (int number = 1; number <= 10; number++)
        {
            cluster.request(session, number, "r" + number);
            cluster.run(6);
        }
        cluster.run(50);
        assertTrue(cluster.status(0).stableSequence() > 0);
        final UnsafeBuffer whole = RecordedHistory.certificate(cluster.outbounds.get(0).records, 1);
        final long stable = cluster.status(0).stableSequence();
        cluster.isDown[LIAR] = true;
        final UnsafeBuffer status = statusOf(1, 1);
        cluster.replicas.get(0).onMessage(1, status, 0, status.capacity());
        say(0, LIAR, 1, StatementKind.VIEW_CHANGE,
            viewChange(LIAR, 1, stable, CheckpointRowsTest.withoutLastSigner(whole)));
        cluster.run(2_500);
        assertEquals(0, cluster.status(0).targetView(), "one alone is at view 1");
        say(0, LIAR, 2, StatementKind.VIEW_CHANGE, viewChange(LIAR, 2, stable, whole));
        cluster.run(2_500);
        assertEquals(1, cluster.status(0).targetView(), "two are, and it is joined");
    }

    @Test
    @DisplayName("F10 a NEW-VIEW of one who is not the primary of its view is not even gathered")
    void aNewViewOfABackupIsUnwanted()
    {
        cluster.isDown[LIAR] = true;
        final UnsafeBuffer own = viewChange(LIAR, 1);
        for (int i = 0; i < LIAR; i++)
        {
            final long before = cluster.status(i).rejections(Rejection.UNWANTED);
            say(i, LIAR, 1, StatementKind.NEW_VIEW, newView(1, new Member(LIAR, own)));
            assertEquals(before + 1, cluster.status(i).rejections(Rejection.UNWANTED));
        }
        cluster.run(30);
        assertAll(i -> 0 == cluster.status(i).newView() && 0 == cluster.status(i).view());
        assertAll(i -> cluster.status(i).isActive());
    }

    @Test
    @DisplayName("F14 a false NEW-VIEW for a far view deposes nobody")
    void aFalseNewViewForAnotherViewDeposesNobody()
    {
        cluster.isDown[LIAR] = true;
        final UnsafeBuffer own = viewChange(LIAR, 3);
        for (int i = 0; i < LIAR; i++)
        {
            say(i, LIAR, 3, StatementKind.VIEW_CHANGE, own);
        }
        cluster.run(30);
        for (int i = 0; i < LIAR; i++)
        {
            say(i, LIAR, 3, StatementKind.NEW_VIEW, newView(3, new Member(LIAR, own)));
        }
        cluster.run(30);
        assertAll(i -> 0 == cluster.status(i).view() && cluster.status(i).isActive());
    }

    @Test
    @DisplayName("F14 NEW-VIEWs that can never be finished do not hide the right one")
    void unfinishableNewViewsDoNotHideTheRightOne()
    {
        cluster.run(20);
        final UnsafeBuffer nowhere = viewChange(0, 1_000);
        long view = LIAR;
        long executed = 0;
        for (int ms = 0; ms < 20_000; ms++)
        {
            if (0 == ms || ms >= 500 && 0 == (ms - 500) % 1_004)
            {
                view += 4;
                say(1, LIAR, view, StatementKind.NEW_VIEW, newView(view, new Member(LIAR, nowhere)));
                say(2, LIAR, view, StatementKind.NEW_VIEW, newView(view, new Member(LIAR, nowhere)));
            }
            cluster.run(1);
            if (2_500 == ms)
            {
                cluster.crash(0);
                executed = cluster.status(1).executedSequence();
            }
        }
        assertTrue(cluster.status(1).executedSequence() > executed + 10, cluster.status(1).toString());
        assertTrue(cluster.status(2).executedSequence() > executed + 10, cluster.status(2).toString());
    }

    @Test
    @DisplayName("F19 one wrong part of a VIEW-CHANGE does not keep it from being had elsewhere")
    void aWrongPartDoesNotKeepTheRightOnesAway()
    {
        cluster.run(20);
        cluster.crash(LIAR);
        cluster.isDown[LIAR] = true;
        cluster.crash(0);
        final UnsafeBuffer[] own = new UnsafeBuffer[64];
        final long[] lied = new long[4];
        for (int ms = 0; ms < 12_000; ms++)
        {
            for (int i = 1; i < LIAR; i++)
            {
                final int view = (int)cluster.status(i).view();
                if (view > 0 && view < own.length && 0 == ms % 20)
                {
                    own[view] = null == own[view] ? viewChange(LIAR, view) : own[view];
                    lie(i, view, own[view], lied);
                }
            }
            cluster.run(1);
        }
        for (int i = 1; i < LIAR; i++)
        {
            assertTrue(cluster.status(i).isActive() && cluster.status(i).view() > 0, cluster.status(i).toString());
        }
    }

    /** The whole of it to the primary alone; to the other one its name, once, and bytes that are not it. */
    private void lie(final int receiver, final int view, final UnsafeBuffer own, final long[] lied)
    {
        if (cluster.status(receiver).isPrimary())
        {
            say(receiver, LIAR, view, StatementKind.VIEW_CHANGE, own);
        }
        else if (lied[receiver] < view)
        {
            lied[receiver] = view;
            final UnsafeBuffer message = new UnsafeBuffer(new byte[own.capacity() + 512]);
            final StatementPartEncoder encoder =
                new StatementPartEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
            encoder.origin().clusterId(1).epoch(0).sender(LIAR);
            encoder.view(view).signer(LIAR).kind(StatementKind.VIEW_CHANGE).partNumber(0)
                .statementLength(own.capacity() - HEAD).reserved(0)
                .putDigest(digest(own), 0, FrameLayout.DIGEST_LENGTH)
                .putSignature(new byte[FrameLayout.SIGNATURE_LENGTH], 0, FrameLayout.SIGNATURE_LENGTH)
                .putPart(new byte[own.capacity() - HEAD], 0, own.capacity() - HEAD);
            cluster.replicas.get(receiver).onMessage(
                LIAR, message, 0, FrameLayout.HEADER_LENGTH + encoder.encodedLength());
        }
    }
}
