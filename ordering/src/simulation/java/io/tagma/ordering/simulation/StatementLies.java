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
package io.tagma.ordering.simulation;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.ViewChangeBuilder;
import io.tagma.codecs.ViewChangeCursor;
import io.tagma.codecs.peer.ComplaintContentDecoder;
import io.tagma.codecs.peer.ComplaintsDecoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import io.tagma.codecs.peer.StatementKind;
import io.tagma.codecs.peer.StatementPartDecoder;
import io.tagma.codecs.peer.StatementPartEncoder;
import io.tagma.codecs.statement.NewViewEncoder;
import io.tagma.ordering.authentication.PartyKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a Byzantine replica signs about a change of view, under its own key: claims that it never had, or without those
 * that it has, other ones for each receiver; NEW-VIEWs that do not follow; complaints about any view.
 */
final class StatementLies
{
    private static final int BLOCK = FrameLayout.HEADER_LENGTH;
    private static final int GROUP_HEADER_LENGTH = 4;

    private final int replica;
    private final Simulation simulation;
    private final SimulationRandom random;

    StatementLies(final int replica, final Simulation simulation, final SimulationRandom random)
    {
        this.replica = replica;
        this.simulation = simulation;
        this.random = random;
    }

    /** A complaint of its own is about another view; the frame is changed in place. */
    void lieInComplaints(final Frame frame)
    {
        final int entries = BLOCK + ComplaintsDecoder.BLOCK_LENGTH;
        final int count = frame.buffer.getShort(entries + 2, LITTLE_ENDIAN);
        for (int i = 0; i < count; i++)
        {
            final int entry = entries + GROUP_HEADER_LENGTH + i * ComplaintsDecoder.EntriesDecoder.sbeBlockLength();
            final int content = entry + ComplaintsDecoder.EntriesDecoder.contentEncodingOffset();
            if (frame.buffer.getInt(content + ComplaintContentDecoder.signerEncodingOffset(), LITTLE_ENDIAN) == replica)
            {
                final int viewOffset = content + ComplaintContentDecoder.viewEncodingOffset();
                final long view = frame.buffer.getLong(viewOffset, LITTLE_ENDIAN);
                frame.buffer.putLong(
                    viewOffset, random.chance(100_000) ? Long.MAX_VALUE >>> 2 : view + random.below(5), LITTLE_ENDIAN);
                final byte[] bytes = new byte[ComplaintContentDecoder.ENCODED_LENGTH];
                frame.buffer.getBytes(content, bytes);
                sign(
                    FrameLayout.COMPLAINT_DOMAIN, bytes, frame.buffer,
                    entry + ComplaintsDecoder.EntriesDecoder.signatureEncodingOffset());
            }
        }
    }

    /**
     * Another statement in the stead of the one in a frame.
     *
     * @return the frame to send, its tag not made yet; null if the statement is not its own, or too long for one frame.
     */
    Frame lieInStatement(final Frame honest)
    {
        final StatementPartDecoder part = new StatementPartDecoder();
        part.wrap(honest.buffer, BLOCK, StatementPartDecoder.BLOCK_LENGTH, StatementPartDecoder.SCHEMA_VERSION);
        if (part.signer() != replica || part.partLength() != part.statementLength())
        {
            return null;
        }
        final byte[] statement = new byte[(int)part.statementLength()];
        part.getPart(statement, 0, statement.length);
        final byte[] lie = StatementContent.isViewChange(statement) ? viewChange(statement) : newView(statement);
        return frame(honest, part.view(), part.kind(), lie);
    }

    private byte[] viewChange(final byte[] honest)
    {
        final StatementContent.ViewChange content = StatementContent.viewChange(honest);
        final Map<Long, StatementContent.Claim> prepared = new TreeMap<>(content.prepared());
        final Map<Long, Map<DigestValue, Long>> accepted = new TreeMap<>(content.accepted());
        final long window = simulation.configuration().window();
        long stable = content.stable();
        switch (random.below(5))
        {
            case 0 -> prepared.clear();
            case 1 -> prepared.keySet().removeIf(sequence -> random.coin());
            case 2 -> invent(content, prepared, accepted, stable + 1 + random.below((int)window));
            case 3 ->
            {
                for (long sequence = stable + 1; sequence <= stable + 2 + random.below(4); sequence++)
                {
                    invent(content, prepared, accepted, sequence);
                }
            }
            default ->
            {
                stable = 0;
                prepared.keySet().removeIf(sequence -> sequence > window);
                accepted.keySet().removeIf(sequence -> sequence > window);
            }
        }
        final ViewChangeCursor cursor = new ViewChangeCursor().wrap(new UnsafeBuffer(honest), 0);
        final UnsafeBuffer buffer = new UnsafeBuffer(
            new byte[simulation.limits().statementLengthMax()]);
        final ViewChangeBuilder builder = new ViewChangeBuilder().begin(
            buffer, 0, SimulationKeys.CLUSTER_ID, SimulationKeys.EPOCH, replica, content.view(), stable);
        for (final Map.Entry<Long, Map<DigestValue, Long>> entry : accepted.entrySet())
        {
            builder.sequence(entry.getKey());
            final StatementContent.Claim claim = prepared.get(entry.getKey());
            int count = null == claim ? 0 : 1;
            for (final Map.Entry<DigestValue, Long> acceptance : entry.getValue().entrySet())
            {
                final boolean isOther = null == claim || !acceptance.getKey().equals(claim.digest());
                count += isOther ? 1 : 0;
                if (count <= FrameLimits.CLAIMED_DIGESTS_MAX || !isOther)
                {
                    builder.accepted(acceptance.getValue(), bytes(acceptance.getKey()), 0);
                }
            }
            if (null != claim)
            {
                builder.prepared(claim.view(), bytes(claim.digest()), 0);
            }
        }
        final int length = builder.end(
            new UnsafeBuffer(honest), cursor.certificateOffset(), 0 == stable ? 0 : cursor.certificateLength());
        final byte[] lie = new byte[length];
        buffer.getBytes(0, lie);
        return lie;
    }

    /** The same invention from all that lie, so that they may bear each other out (F02). */
    private void invent(
        final StatementContent.ViewChange content,
        final Map<Long, StatementContent.Claim> prepared,
        final Map<Long, Map<DigestValue, Long>> accepted,
        final long sequence)
    {
        final DigestValue digest = random.coin() && accepted.containsKey(sequence) ?
            accepted.get(sequence).keySet().stream().sorted(
                (one, other) -> Long.compare(one.a(), other.a())).findFirst().orElseThrow() :
            new DigestValue(sequence, content.view(), 7, 7);
        prepared.put(sequence, new StatementContent.Claim(digest, content.view() - 1));
        final Map<DigestValue, Long> all = new TreeMap<>((one, other) -> Long.compare(one.a(), other.a()));
        all.putAll(accepted.getOrDefault(sequence, Map.of()));
        all.put(digest, content.view() - 1);
        accepted.put(sequence, all);
    }

    private byte[] newView(final byte[] honest)
    {
        final StatementContent.NewView content = StatementContent.newView(honest);
        final List<DigestValue> selected = new ArrayList<>(content.selected());
        final Map<Integer, DigestValue> members = new TreeMap<>(content.members());
        long start = content.start();
        switch (random.below(6))
        {
            case 0 -> members.remove(members.keySet().iterator().next());
            case 1 -> start++;
            case 2 -> selected.add(new DigestValue(1, 2, 3, 4));
            case 3 ->
            {
                for (int i = 0; i < selected.size(); i++)
                {
                    selected.set(i, random.coin() ? selected.get(i) : ReferenceSelection.nullDigest(start + 1 + i));
                }
            }
            case 4 ->
            {
                if (!selected.isEmpty())
                {
                    selected.remove(selected.size() - 1);
                }
            }
            default ->
            {
                if (!selected.isEmpty())
                {
                    selected.set(random.below(selected.size()), new DigestValue(random.nextLong(), 2, 3, 4));
                }
            }
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[honest.length + 1_024]);
        final NewViewEncoder encoder = new NewViewEncoder().wrapAndApplyHeader(
            buffer, 0, new io.tagma.codecs.statement.MessageHeaderEncoder());
        encoder.origin().clusterId(SimulationKeys.CLUSTER_ID).epoch(SimulationKeys.EPOCH).sender(replica);
        encoder.view(content.view()).startSequence(start);
        final NewViewEncoder.ViewChangesEncoder entries = encoder.viewChangesCount(members.size());
        members.forEach((sender, digest) ->
            entries.next().sender(sender).reserved(0).putDigest(bytes(digest), 0, FrameLayout.DIGEST_LENGTH));
        final NewViewEncoder.SelectedEncoder digests = encoder.selectedCount(selected.size());
        for (final DigestValue digest : selected)
        {
            digests.next().putDigest(bytes(digest), 0, FrameLayout.DIGEST_LENGTH);
        }
        final byte[] lie = new byte[FrameLayout.HEADER_LENGTH + encoder.encodedLength()];
        buffer.getBytes(0, lie);
        return lie;
    }

    private Frame frame(final Frame honest, final long view, final StatementKind kind, final byte[] statement)
    {
        final String domain = StatementKind.VIEW_CHANGE == kind ?
            FrameLayout.VIEW_CHANGE_DOMAIN : FrameLayout.NEW_VIEW_DOMAIN;
        final UnsafeBuffer signature = new UnsafeBuffer(new byte[FrameLayout.SIGNATURE_LENGTH]);
        final byte[] signed = sign(domain, statement, signature, 0);
        final int length = BLOCK + StatementPartEncoder.BLOCK_LENGTH + Integer.BYTES + statement.length;
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[length + FrameLayout.TAG_LENGTH]);
        final StatementPartEncoder encoder =
            new StatementPartEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.origin().clusterId(SimulationKeys.CLUSTER_ID).epoch(SimulationKeys.EPOCH).sender(replica);
        encoder
            .view(view)
            .signer(replica)
            .kind(kind)
            .partNumber(0)
            .statementLength(statement.length)
            .reserved(0)
            .putDigest(new UnsafeBuffer(Sha256Digests.of(signed)), 0, FrameLayout.DIGEST_LENGTH)
            .putSignature(signature, 0, FrameLayout.SIGNATURE_LENGTH)
            .putPart(statement, 0, statement.length);
        return new Frame(honest.from, honest.to, honest.creator, buffer, 0, buffer.capacity());
    }

    private byte[] sign(
        final String domain, final byte[] content, final UnsafeBuffer signature, final int signatureOffset)
    {
        final UnsafeBuffer signed = new UnsafeBuffer(new byte[FrameLayout.DOMAIN_PREFIX_LENGTH + content.length]);
        FrameLayout.putDomainPrefix(signed, 0, domain, SimulationKeys.CLUSTER_ID, SimulationKeys.EPOCH);
        signed.putBytes(FrameLayout.DOMAIN_PREFIX_LENGTH, content);
        simulation.keys().sign(
            PartyKind.REPLICA, replica, signed, 0, signed.capacity(), signature, signatureOffset);
        return signed.byteArray();
    }

    private static UnsafeBuffer bytes(final DigestValue digest)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FrameLayout.DIGEST_LENGTH]);
        digest.put(buffer, 0);
        return buffer;
    }
}
