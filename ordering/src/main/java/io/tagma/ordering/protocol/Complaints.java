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

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.peer.ComplaintContentDecoder;
import io.tagma.codecs.peer.ComplaintContentEncoder;
import io.tagma.codecs.peer.ComplaintReason;
import io.tagma.codecs.peer.ComplaintsDecoder;
import io.tagma.codecs.peer.ComplaintsEncoder;
import io.tagma.codecs.peer.GroupSizeEncodingEncoder;
import io.tagma.codecs.peer.MessageHeaderEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Who wants to leave which view, over their signatures. Of each replica the complaint about the highest view; anyone
 * passes them on. A replica complains once about a view and stays active in it: it leaves when a weak quorum does, so
 * no single one deposes a primary, and if one correct replica leaves all do.
 */
final class Complaints
{
    private static final int ENTRY_LENGTH = ComplaintsDecoder.EntriesDecoder.sbeBlockLength();
    private static final int CONTENT = ComplaintsDecoder.EntriesDecoder.contentEncodingOffset();
    private static final int SIGNATURE = ComplaintsDecoder.EntriesDecoder.signatureEncodingOffset();
    private static final int VIEW = CONTENT + ComplaintContentDecoder.viewEncodingOffset();
    private static final int SIGNER = CONTENT + ComplaintContentDecoder.signerEncodingOffset();
    private static final int FIXED_LENGTH = FrameLayout.HEADER_LENGTH + ComplaintsEncoder.BLOCK_LENGTH +
        GroupSizeEncodingEncoder.ENCODED_LENGTH;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final BaseTimeout baseTimeout;
    private final Outbound outbound;
    private final int size;
    /** By signer: verified. */
    private final Complaint[] complaints;
    /** By link, by signer: under check. What one link brings takes no other link's places. */
    private final Complaint[][] pending;
    /** By link: since when it is not listened to, because a signature that it brought was wrong; 0 if it is. */
    private final long[] falseAtNs;
    /** By link, by signer: when a signature was last checked. Rising views of a liar cost one check each interval. */
    private final long[][] checkedAtNs;
    private final Complaint own;
    private boolean isSigning;
    private boolean isToBeSigned;
    private final ComplaintContentEncoder contentEncoder = new ComplaintContentEncoder();
    private final UnsafeBuffer content = new UnsafeBuffer(new byte[Complaint.CONTENT_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ComplaintsEncoder encoder = new ComplaintsEncoder();
    private final UnsafeBuffer encoded;

    Complaints(final Core core)
    {
        parameters = core.parameters;
        status = core.status;
        baseTimeout = core.baseTimeout;
        outbound = core.outbound;
        size = parameters.quorums.size();
        complaints = new Complaint[size];
        pending = new Complaint[size][size];
        for (int i = 0; i < size; i++)
        {
            complaints[i] = new Complaint(parameters);
            for (int j = 0; j < size; j++)
            {
                pending[i][j] = new Complaint(parameters);
            }
        }
        falseAtNs = new long[size];
        checkedAtNs = new long[size][size];
        own = new Complaint(parameters);
        encoded = new UnsafeBuffer(new byte[FIXED_LENGTH + size * ENTRY_LENGTH]);
    }

    /** Complains about a view, once. */
    void complain(final long view, final ComplaintReason reason)
    {
        if (own.view() >= view || complaints[parameters.replicaId].view() >= view)
        {
            return;
        }
        contentEncoder.wrap(content, 0).view(view).signer(parameters.replicaId).reason(reason).reserved(0);
        own.set(content, 0);
        isToBeSigned = true;
        tick();
    }

    /** The side agent may have had no room. */
    void tick()
    {
        if (isToBeSigned && !isSigning)
        {
            isSigning = outbound.sign(
                Token.of(Token.COMPLAINT_SIGNATURE, 0, own.stamp(), own.view()), own.signed, 0,
                own.signed.capacity());
            isToBeSigned = !isSigning;
        }
    }

    void onSigned(final long token, final DirectBuffer signature, final int offset)
    {
        isSigning = false;
        if (!own.isPresent() || !Token.isOf(token, own.stamp(), own.view()) || own.view() < status.targetView())
        {
            return;
        }
        own.signature(signature, offset);
        complaints[parameters.replicaId].set(own);
        encode(own.view());
        put();
        outbound.broadcast();
    }

    /** Complaints in a Complaints message, the sender's own or others'. */
    Rejection onComplaints(final int senderId, final DirectBuffer buffer, final int offset)
    {
        if (0 != falseAtNs[senderId] && status.nowNs() - falseAtNs[senderId] < baseTimeout.baseNs())
        {
            return Rejection.BUDGET;
        }
        final int group = offset + FrameLayout.HEADER_LENGTH + ComplaintsDecoder.BLOCK_LENGTH;
        final int count = buffer.getShort(group + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        boolean isNew = false;
        for (int i = 0; i < count; i++)
        {
            final int entry = group + GroupSizeEncodingEncoder.ENCODED_LENGTH + i * ENTRY_LENGTH;
            isNew |= onEntry(senderId, buffer, entry);
        }
        return isNew ? Rejection.NONE : Rejection.DUPLICATE;
    }

    private boolean onEntry(final int senderId, final DirectBuffer buffer, final int entry)
    {
        final long view = buffer.getLong(entry + VIEW, ByteOrder.LITTLE_ENDIAN);
        final int signer = buffer.getInt(entry + SIGNER, ByteOrder.LITTLE_ENDIAN);
        final Complaint place = pending[senderId][signer];
        if (view <= complaints[signer].view() || view < status.targetView() || place.isPresent() ||
            signer == parameters.replicaId || isTooSoon(checkedAtNs[senderId][signer]))
        {
            return false;
        }
        checkedAtNs[senderId][signer] = status.nowNs();
        place.set(buffer, entry + CONTENT);
        place.signature(buffer, entry + SIGNATURE);
        if (!outbound.verifyReplica(
            Token.of(Token.COMPLAINT_VERIFICATION, senderId * FrameLayout.MAX_REPLICAS + signer, place.stamp(), view),
            signer, place.signed, 0, place.signed.capacity(), place.signature, 0))
        {
            place.clear();
            status.reject(Rejection.BUDGET);
        }
        return true;
    }

    private boolean isTooSoon(final long lastNs)
    {
        return 0 != lastNs && status.nowNs() - lastNs < parameters.repairIntervalNs;
    }

    void onVerified(final long token, final boolean isValid)
    {
        final int link = Token.place(token) / FrameLayout.MAX_REPLICAS;
        final Complaint place = pending[link][Token.place(token) % FrameLayout.MAX_REPLICAS];
        if (!place.isPresent() || !Token.isOf(token, place.stamp(), place.view()))
        {
            return;
        }
        if (!isValid)
        {
            falseAtNs[link] = status.nowNs();
            status.reject(Rejection.SIGNATURE);
        }
        else if (place.view() > complaints[place.signer()].view())
        {
            complaints[place.signer()].set(place);
        }
        place.clear();
    }

    /** From our own journal: verified before they were written. */
    void replay(final DirectBuffer message, final int offset)
    {
        final int group = offset + FrameLayout.HEADER_LENGTH + ComplaintsDecoder.BLOCK_LENGTH;
        final int count = message.getShort(group + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        for (int i = 0; i < count; i++)
        {
            final int entry = group + GroupSizeEncodingEncoder.ENCODED_LENGTH + i * ENTRY_LENGTH;
            final Complaint place = complaints[message.getInt(entry + SIGNER, ByteOrder.LITTLE_ENDIAN)];
            place.set(message, entry + CONTENT);
            place.signature(message, entry + SIGNATURE);
        }
    }

    /**
     * The greatest view such that complaints about it, or about later ones, weigh K.
     *
     * @return it, or {@link Complaint#NULL_VIEW}.
     */
    long credibleView()
    {
        long greatest = Complaint.NULL_VIEW;
        for (final Complaint candidate : complaints)
        {
            if (candidate.view() > greatest && weight(candidate.view()) >= parameters.quorums.weakQuorum())
            {
                greatest = candidate.view();
            }
        }
        return greatest;
    }

    private int weight(final long leastView)
    {
        int weight = 0;
        for (int i = 0; i < size; i++)
        {
            weight += complaints[i].view() >= leastView ? parameters.quorums.weight(i) : 0;
        }
        return weight;
    }

    boolean hasAny(final long leastView)
    {
        for (final Complaint complaint : complaints)
        {
            if (complaint.isPresent() && complaint.view() >= leastView)
            {
                return true;
            }
        }
        return false;
    }

    /** All that are about a view or later ones, to one replica. */
    void sendTo(final int peerId, final long leastView)
    {
        if (hasAny(leastView))
        {
            encode(leastView);
            put();
            outbound.sendTo(peerId);
        }
    }

    void broadcast(final long leastView)
    {
        if (hasAny(leastView))
        {
            encode(leastView);
            put();
            outbound.broadcast();
        }
    }

    private void put()
    {
        final MutableDirectBuffer message = outbound.claimMessage(encodedLength());
        message.putBytes(0, encoded, 0, encodedLength());
    }

    /** Encodes a Complaints message of all that are about a view or later ones. */
    void encode(final long leastView)
    {
        int count = 0;
        for (final Complaint complaint : complaints)
        {
            count += complaint.isPresent() && complaint.view() >= leastView ? 1 : 0;
        }
        encoder.wrapAndApplyHeader(encoded, 0, header);
        encoder.origin().clusterId(parameters.clusterId).epoch(parameters.epoch).sender(parameters.replicaId);
        encoder.entriesCount(count);
        int entry = FIXED_LENGTH;
        for (final Complaint complaint : complaints)
        {
            if (complaint.isPresent() && complaint.view() >= leastView)
            {
                encoded.putBytes(
                    entry + CONTENT, complaint.signed, FrameLayout.DOMAIN_PREFIX_LENGTH, Complaint.CONTENT_LENGTH);
                encoded.putBytes(entry + SIGNATURE, complaint.signature, 0, FrameLayout.SIGNATURE_LENGTH);
                entry += ENTRY_LENGTH;
            }
        }
    }

    DirectBuffer encoded()
    {
        return encoded;
    }

    int encodedLength()
    {
        return FIXED_LENGTH +
            (encoded.getShort(FIXED_LENGTH - 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF) * ENTRY_LENGTH;
    }
}
