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

import io.tagma.codecs.BundleCursor;
import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.client.BundleKind;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Why a PRE-PREPARE that passed every other check is not accepted yet: its timestamp is ahead of our clock, it speaks
 * of a session that our execution has not reached, or a bundle in it is not authentic to us. Held, not refused: each of
 * these can heal, and refusing would let a client with one wrong tag set a replica against a correct primary.
 * <p>
 * A bundle is authentic if our tag is right, or its client's signature, or if replicas weighing K vouch for it: the
 * primary by its proposal, others by PREPARE, or by a HELD for the same batch that does not name it. Of these one is
 * correct, and found it authentic itself. Where nothing but authenticity is missing, HELD says of which bundles.
 */
final class HeldBundles
{
    private static final int SET_LENGTH = FrameLimits.BUNDLES_MAX / Byte.SIZE;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final OrderingLog log;
    private final BatchStore store;
    private final ClientSessions sessions;
    private final HeldVoices voices;
    private final Marks marks;
    private final SignedBundle[] signed;
    private final BundleAuthentication authentication;
    private final MessageWriter messages;
    private final Outbound outbound;
    private final BundleCursor cursor = new BundleCursor();
    /** Bit i: bundle i of the batch that was looked at last is not authentic. */
    private final UnsafeBuffer missing = new UnsafeBuffer(new byte[SET_LENGTH]);
    private final long[] kept;
    private boolean mayHold;
    /** Whether something other than authenticity, or an answer of the side agent, was missing at the last look. */
    private boolean isWaiting;
    private Rejection reason = Rejection.NONE;

    HeldBundles(final Core core)
    {
        parameters = core.parameters;
        status = core.status;
        log = core.log;
        store = core.store;
        sessions = core.sessions;
        voices = core.heldVoices;
        marks = core.marks;
        signed = core.signedBundles;
        authentication = core.authentication;
        messages = core.messages;
        outbound = core.outbound;
        kept = new long[(parameters.bundlesPerBatch + Long.SIZE - 1) / Long.SIZE];
    }

    /**
     * Whether nothing stands in the way of accepting a batch.
     *
     * @param batch    with its authenticators.
     * @param prepares at its sequence.
     */
    boolean isAcceptable(final BatchSlot batch, final VoteSet prepares)
    {
        reason = Rejection.NONE;
        isWaiting = batch.timestampNs > status.epochNs() + parameters.clockSkewMaxNs;
        return !isWaiting && areAllAuthentic(batch, prepares);
    }

    private boolean areAllAuthentic(final BatchSlot batch, final VoteSet prepares)
    {
        boolean areAll = true;
        missing.setMemory(0, SET_LENGTH, (byte)0);
        cursor.wrap(
            batch.buffer, batch.bodiesOffset, batch.bodiesLength,
            batch.buffer, batch.authenticatorsOffset, batch.authenticatorsLength);
        for (int bundle = 0; cursor.next(); bundle++)
        {
            if (!batch.isAuthentic(bundle))
            {
                if (isAuthentic(batch, bundle) || isVouchedFor(batch, prepares, bundle))
                {
                    batch.authenticated(bundle);
                }
                else
                {
                    areAll = false;
                    isWaiting |= isSessionAhead();
                    miss(bundle);
                    requestSignature(batch, bundle);
                    isWaiting |= batch.isWaiting(bundle);
                }
            }
            if (marks.isOwn(cursor.clientId()))
            {
                // A marked client's signatures are counted, also where they are not needed.
                requestSignature(batch, bundle);
            }
        }
        return areAll;
    }

    private void miss(final int bundle)
    {
        final int index = bundle / Byte.SIZE;
        missing.putByte(index, (byte)(missing.getByte(index) | 1 << bundle % Byte.SIZE));
    }

    /** A tag is tried once: what others say, however often, must not buy our time. */
    private boolean isAuthentic(final BatchSlot batch, final int bundle)
    {
        if (isSessionAhead())
        {
            return false;
        }
        if (!batch.isRefused(bundle) && authentication.isAuthentic(
            cursor.clientId(),
            cursor.sessionId(),
            cursor.bodies(),
            cursor.bodyOffset(),
            cursor.bodyLength(),
            cursor.authenticators(),
            cursor.authenticatorOffset()))
        {
            return true;
        }
        batch.refused(bundle);
        reason = Rejection.CLIENT_AUTHENTICATION;
        return isSignedElsewhere();
    }

    /** Its session is above the last position that our execution has reached: it may be opened yet. */
    private boolean isSessionAhead()
    {
        return BundleKind.OPEN != cursor.kind() && cursor.sessionId() >= status.nextPosition();
    }

    /** Its client, or another replica, sent us the same bytes with a signature that was found right. */
    private boolean isSignedElsewhere()
    {
        for (final SignedBundle bundle : signed)
        {
            if (SignedBundle.State.VERIFIED == bundle.state() && bundle.isBody(cursor))
            {
                return true;
            }
        }
        return false;
    }

    /** Of replicas that weigh K one is correct, and it would not have vouched for what is not its client's. */
    private boolean isVouchedFor(final BatchSlot batch, final VoteSet prepares, final int bundle)
    {
        final int primary = status.primary();
        final long vouchers = prepares.votersFor(batch.digest) |
            voices.vouchersFor(status.view(), batch.sequence, batch.digest, bundle);
        final long others = vouchers & ~(1L << primary) & ~(1L << parameters.replicaId);
        return parameters.quorums.weight(primary) + parameters.quorums.weightOf(others) >=
            parameters.quorums.weakQuorum();
    }

    private void requestSignature(final BatchSlot batch, final int bundle)
    {
        if (cursor.isSigned() && sessions.isConfigured(cursor.clientId()) && !batch.isAsked(bundle))
        {
            final long token = Token.of(Token.BUNDLE_VERIFICATION, bundle, batch.stamp, batch.sequence);
            if (outbound.verifyClient(
                token,
                cursor.clientId(),
                cursor.bodies(),
                cursor.bodyOffset(),
                cursor.bodyLength(),
                cursor.authenticators(),
                cursor.signatureOffset()))
            {
                batch.asked(bundle);
            }
        }
    }

    /** The side agent has answered for a bundle of what is, perhaps, still the same batch. */
    void onVerified(final BatchSlot batch, final long token, final boolean isValid)
    {
        final int bundle = Token.place(token);
        if (Token.isOf(token, batch.stamp, batch.sequence) && bundle < batch.bundleCount)
        {
            batch.answered(bundle);
            if (isValid)
            {
                batch.authenticated(bundle);
                countSigned(batch, bundle);
            }
            else
            {
                status.reject(Rejection.SIGNATURE);
            }
        }
    }

    private void countSigned(final BatchSlot batch, final int bundle)
    {
        cursor.wrap(batch.buffer, batch.bodiesOffset, batch.bodiesLength);
        for (int i = 0; i <= bundle; i++)
        {
            cursor.next();
        }
        marks.signed(cursor.clientId(), cursor.count());
    }

    /** The batch that was looked at last is not acceptable: if only authenticity is missing, all are told of what. */
    void say(final BatchSlot batch)
    {
        if (!isWaiting && voices.record(
            parameters.replicaId, status.view(), batch.sequence, batch.digest.bytes(), 0, missing, 0))
        {
            messages.held(batch.sequence);
        }
    }

    /** The view is about to be left, and nothing of it held any longer. Whose bundles were is remembered. */
    void leave()
    {
        final long executed = status.executedSequence();
        for (long sequence = executed + 1; mayHold && sequence <= executed + parameters.batchSlots; sequence++)
        {
            final BatchSlot batch = store.place(sequence);
            if (batch.sequence == sequence && batch.prePrepareLength > 0 && sequence <= status.highWatermark() &&
                log.slot(sequence).accepted.isAbsent() &&
                voices.holds(parameters.replicaId, status.view(), sequence, batch.digest))
            {
                mark(batch);
            }
        }
        mayHold = false;
    }

    private void mark(final BatchSlot batch)
    {
        cursor.wrap(batch.buffer, batch.bodiesOffset, batch.bodiesLength);
        for (int bundle = 0; cursor.next(); bundle++)
        {
            if (!batch.isAuthentic(bundle) && voices.names(parameters.replicaId, batch.sequence, bundle) &&
                sessions.isConfigured(cursor.clientId()))
            {
                marks.mark(cursor.clientId());
            }
        }
    }

    /** What was authenticated once is not authenticated again when the same batch comes with other authenticators. */
    void keepAuthentic(final BatchSlot batch)
    {
        System.arraycopy(batch.authentic, 0, kept, 0, kept.length);
    }

    void restoreAuthentic(final BatchSlot batch)
    {
        System.arraycopy(kept, 0, batch.authentic, 0, kept.length);
    }

    void holding()
    {
        mayHold = true;
    }

    void holdingNothing()
    {
        mayHold = false;
    }

    boolean mayHold()
    {
        return mayHold;
    }

    /** Why the batch that was looked at last is held; NONE where only time or execution is missing. */
    Rejection reason()
    {
        return reason;
    }
}
