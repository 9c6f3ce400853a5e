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

import static io.tagma.codecs.FrameDump.appendBundles;
import static io.tagma.codecs.FrameDump.appendDigest;
import static io.tagma.codecs.FrameDump.appendTime;
import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;

import org.agrona.DirectBuffer;

import io.tagma.codecs.peer.BatchDecoder;
import io.tagma.codecs.peer.BooleanType;
import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.CheckpointContentDecoder;
import io.tagma.codecs.peer.CheckpointDecoder;
import io.tagma.codecs.peer.ChunkDecoder;
import io.tagma.codecs.peer.CommittedDecoder;
import io.tagma.codecs.peer.ComplaintsDecoder;
import io.tagma.codecs.peer.FetchChunksDecoder;
import io.tagma.codecs.peer.FetchDecoder;
import io.tagma.codecs.peer.FetchStatementsDecoder;
import io.tagma.codecs.peer.HeldDecoder;
import io.tagma.codecs.peer.MessageHeaderDecoder;
import io.tagma.codecs.peer.OriginDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.RelayDecoder;
import io.tagma.codecs.peer.StatementPartDecoder;
import io.tagma.codecs.peer.StatusDecoder;
import io.tagma.codecs.peer.VotesDecoder;

/**
 * Messages of the peer schema as text; for those that {@link PeerFrameCheck} has passed.
 */
final class PeerDump
{
    private PeerDump()
    {
    }

    static void append(final StringBuilder text, final DirectBuffer message)
    {
        switch (Structure.templateId(message, 0))
        {
            case PrePrepareDecoder.TEMPLATE_ID:
                prePrepare(text, message);
                break;

            case VotesDecoder.TEMPLATE_ID:
                votes(text, message);
                break;

            case CheckpointDecoder.TEMPLATE_ID:
                checkpoint(text, message);
                break;

            case CertificateDecoder.TEMPLATE_ID:
                certificate(text, message);
                break;

            case StatusDecoder.TEMPLATE_ID:
                status(text, message);
                break;

            case CommittedDecoder.TEMPLATE_ID:
                committed(text, message);
                break;

            case FetchDecoder.TEMPLATE_ID:
                fetch(text, message);
                break;

            case BatchDecoder.TEMPLATE_ID:
                batch(text, message);
                break;

            case RelayDecoder.TEMPLATE_ID:
                relay(text, message);
                break;

            case ComplaintsDecoder.TEMPLATE_ID:
                ViewDump.complaints(text, message);
                break;

            case StatementPartDecoder.TEMPLATE_ID:
                ViewDump.statementPart(text, message);
                break;

            case HeldDecoder.TEMPLATE_ID:
                held(text, message);
                break;

            case FetchStatementsDecoder.TEMPLATE_ID:
                ViewDump.fetchStatements(text, message);
                break;

            default:
                transfer(text, message);
                break;
        }
    }

    /**
     * What carries snapshots.
     */
    private static void transfer(final StringBuilder text, final DirectBuffer message)
    {
        if (ChunkDecoder.TEMPLATE_ID == Structure.templateId(message, 0))
        {
            chunk(text, message);
        }
        else
        {
            fetchChunks(text, message);
        }
    }

    private static void prePrepare(final StringBuilder text, final DirectBuffer message)
    {
        final PrePrepareDecoder decoder = new PrePrepareDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        origin(text.append("PrePrepare"), decoder.origin())
            .append(" view=").append(decoder.view())
            .append(" sequence=").append(decoder.sequence())
            .append(" time=");
        appendTime(text, decoder.timestampNs());
        appendDigest(text.append(" digest="), message, HEADER_LENGTH + PrePrepareDecoder.digestEncodingOffset());
        text.append(" bundles=").append(decoder.bundleCount());

        final int bodiesLength = decoder.bodiesLength();
        final int bodies = decoder.limit() + PrePrepareDecoder.bodiesHeaderLength();
        decoder.skipBodies();
        final int authenticatorsLength = decoder.authenticatorsLength();
        final int authenticators = decoder.limit() + PrePrepareDecoder.authenticatorsHeaderLength();
        appendBundles(text, new BundleCursor().wrap(
            message, bodies, bodiesLength, message, authenticators, authenticatorsLength));
    }

    private static void votes(final StringBuilder text, final DirectBuffer message)
    {
        final VotesDecoder decoder = new VotesDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        origin(text.append("Votes"), decoder.origin()).append(" view=").append(decoder.view());
        for (final VotesDecoder.PreparesDecoder prepare : decoder.prepares())
        {
            text.append("\n  prepare sequence=").append(prepare.sequence()).append(" digest=");
            appendDigest(text, message, decoder.limit() - VotesDecoder.PreparesDecoder.sbeBlockLength() +
                VotesDecoder.PreparesDecoder.digestEncodingOffset());
        }
        for (final VotesDecoder.CommitsDecoder commit : decoder.commits())
        {
            text.append("\n  commit sequence=").append(commit.sequence()).append(" digest=");
            appendDigest(text, message, decoder.limit() - VotesDecoder.CommitsDecoder.sbeBlockLength() +
                VotesDecoder.CommitsDecoder.digestEncodingOffset());
        }
    }

    private static void checkpoint(final StringBuilder text, final DirectBuffer message)
    {
        final CheckpointDecoder decoder = new CheckpointDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        origin(text.append("Checkpoint"), decoder.origin());
        content(text, decoder.content(), message, HEADER_LENGTH + CheckpointDecoder.contentEncodingOffset());
        text.append(" signer=").append(decoder.signer());
    }

    private static void certificate(final StringBuilder text, final DirectBuffer message)
    {
        final CertificateDecoder decoder = new CertificateDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        origin(text.append("Certificate"), decoder.origin());
        content(text, decoder.content(), message, HEADER_LENGTH + CertificateDecoder.contentEncodingOffset());
        text.append(" signers=");
        String separator = "";
        for (final CertificateDecoder.SignaturesDecoder signature : decoder.signatures())
        {
            text.append(separator).append(signature.signer());
            separator = ",";
        }
    }

    private static void content(
        final StringBuilder text,
        final CheckpointContentDecoder content,
        final DirectBuffer message,
        final int index)
    {
        text.append(" sequence=").append(content.sequence()).append(" root=");
        appendDigest(text, message, index + CheckpointContentDecoder.rootEncodingOffset());
        text.append(" nextPosition=").append(content.nextPosition()).append(" effectiveTime=");
        appendTime(text, content.effectiveTimeNs());
        text.append(" snapshotSequence=").append(content.snapshotSequence());
    }

    private static void status(final StringBuilder text, final DirectBuffer message)
    {
        final StatusDecoder decoder = new StatusDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        origin(text.append("Status"), decoder.origin())
            .append(" incarnation=").append(decoder.incarnation())
            .append(" counter=").append(decoder.counter())
            .append(" view=").append(decoder.view())
            .append(BooleanType.T == decoder.active() ? " active" : " inactive")
            .append(" stable=").append(decoder.stableSequence())
            .append(" executed=").append(decoder.executedSequence())
            .append(" checkpoint=").append(decoder.checkpointSequence())
            .append(" awaited=").append(decoder.awaitedSequence())
            .append(" newView=").append(decoder.newView())
            .append(" lackingFrom=").append(decoder.lackingFrom())
            .append(" lackingPrePrepares=").append(Long.toHexString(decoder.lackingPrePrepares()))
            .append(" lackingPrepares=").append(Long.toHexString(decoder.lackingPrepares()))
            .append(" lackingCommits=").append(Long.toHexString(decoder.lackingCommits()));
        for (final StatusDecoder.HeldDecoder held : decoder.held())
        {
            final int entry = decoder.limit() - StatusDecoder.HeldDecoder.sbeBlockLength();
            text.append("\n  held sequence=").append(held.sequence()).append(" digest=");
            appendDigest(text, message, entry + StatusDecoder.HeldDecoder.digestEncodingOffset());
            bundles(text, message, entry + StatusDecoder.HeldDecoder.bundlesEncodingOffset());
        }
        for (final StatusDecoder.MarksDecoder mark : decoder.marks())
        {
            text.append("\n  mark client=").append(mark.clientId());
        }
    }

    private static void held(final StringBuilder text, final DirectBuffer message)
    {
        final HeldDecoder decoder = new HeldDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        origin(text.append("Held"), decoder.origin())
            .append(" view=").append(decoder.view())
            .append(" sequence=").append(decoder.sequence())
            .append(" digest=");
        appendDigest(text, message, HEADER_LENGTH + HeldDecoder.digestEncodingOffset());
        bundles(text, message, HEADER_LENGTH + HeldDecoder.bundlesEncodingOffset());
    }

    private static void bundles(final StringBuilder text, final DirectBuffer message, final int index)
    {
        String separator = " bundles=";
        for (int bundle = 0; bundle < FrameLimits.BUNDLES_MAX; bundle++)
        {
            if (0 != (message.getByte(index + bundle / Byte.SIZE) & 1 << bundle % Byte.SIZE))
            {
                text.append(separator).append(bundle);
                separator = ",";
            }
        }
    }

    private static void committed(final StringBuilder text, final DirectBuffer message)
    {
        final CommittedDecoder decoder = new CommittedDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        origin(text.append("Committed"), decoder.origin());
        long sequence = decoder.firstSequence();
        final CommittedDecoder.DigestsDecoder digests = decoder.digests();
        while (digests.hasNext())
        {
            digests.next();
            text.append("\n  sequence=").append(sequence).append(" digest=");
            appendDigest(text, message, decoder.limit() - CommittedDecoder.DigestsDecoder.sbeBlockLength() +
                CommittedDecoder.DigestsDecoder.digestEncodingOffset());
            sequence++;
        }
    }

    private static void fetch(final StringBuilder text, final DirectBuffer message)
    {
        final FetchDecoder decoder = new FetchDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        origin(text.append("Fetch"), decoder.origin());
        for (final FetchDecoder.WantedDecoder wanted : decoder.wanted())
        {
            text.append("\n  sequence=").append(wanted.sequence()).append(" digest=");
            appendDigest(text, message, decoder.limit() - FetchDecoder.WantedDecoder.sbeBlockLength() +
                FetchDecoder.WantedDecoder.digestEncodingOffset());
        }
    }

    private static void fetchChunks(final StringBuilder text, final DirectBuffer message)
    {
        final FetchChunksDecoder decoder = new FetchChunksDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        origin(text.append("FetchChunks"), decoder.origin())
            .append(" sequence=").append(decoder.sequence())
            .append(" firstChunk=").append(decoder.firstChunk())
            .append(" wanted=").append(Long.toHexString(decoder.wanted()));
    }

    private static void chunk(final StringBuilder text, final DirectBuffer message)
    {
        final ChunkDecoder decoder = new ChunkDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        origin(text.append("Chunk"), decoder.origin())
            .append(" sequence=").append(decoder.sequence())
            .append(" snapshotLength=").append(decoder.snapshotLength())
            .append(" chunk=").append(decoder.chunkNumber());
        final ChunkDecoder.PathDecoder path = decoder.path();
        text.append(" path=").append(path.count());
        while (path.hasNext())
        {
            path.next();
        }
        text.append(" length=").append(decoder.bytesLength());
    }

    private static void batch(final StringBuilder text, final DirectBuffer message)
    {
        final BatchDecoder decoder = new BatchDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        origin(text.append("Batch"), decoder.origin())
            .append(" sequence=").append(decoder.sequence())
            .append(" time=");
        appendTime(text, decoder.timestampNs());
        appendDigest(text.append(" digest="), message, HEADER_LENGTH + BatchDecoder.digestEncodingOffset());
        text.append(" bundles=").append(decoder.bundleCount());
        appendBundles(text, new BundleCursor().wrap(
            message, decoder.limit() + BatchDecoder.bodiesHeaderLength(), decoder.bodiesLength()));
    }

    private static void relay(final StringBuilder text, final DirectBuffer message)
    {
        final RelayDecoder decoder = new RelayDecoder();
        decoder.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        origin(text.append("Relay"), decoder.origin());

        final int bodyLength = decoder.bodyLength();
        final int body = decoder.limit() + RelayDecoder.bodyHeaderLength();
        decoder.skipBody();
        final int authenticatorLength = decoder.authenticatorLength();
        final int authenticator = decoder.limit() + RelayDecoder.authenticatorHeaderLength();
        appendBundles(text, new BundleCursor().wrap(
            message, body, bodyLength, message, authenticator, authenticatorLength));
    }

    static StringBuilder origin(final StringBuilder text, final OriginDecoder origin)
    {
        return text.append(" sender=").append(origin.sender()).append(" epoch=").append(origin.epoch());
    }
}
