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
import io.tagma.codecs.client.BundleKind;

/**
 * Why a PRE-PREPARE that passed every other check is not accepted yet: its timestamp is ahead of our clock, it speaks
 * of a session that our execution has not reached, or a bundle in it is not authentic to us. Held, not refused: each of
 * these can heal, and refusing would let a client with one wrong tag set a replica against a correct primary.
 */
final class HeldBundles
{
    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final ClientSessions sessions;
    private final BundleAuthentication authentication;
    private final Outbound outbound;
    private final BundleCursor cursor = new BundleCursor();
    private final long[] kept;
    private boolean mayHold;
    private Rejection reason = Rejection.NONE;

    HeldBundles(
        final ProtocolParameters parameters,
        final ReplicaStatus status,
        final ClientSessions sessions,
        final BundleAuthentication authentication,
        final Outbound outbound)
    {
        this.parameters = parameters;
        this.status = status;
        this.sessions = sessions;
        this.authentication = authentication;
        this.outbound = outbound;
        kept = new long[(parameters.bundlesPerBatch + Long.SIZE - 1) / Long.SIZE];
    }

    /**
     * Whether nothing stands in the way of accepting a batch.
     *
     * @param batch         with its authenticators.
     * @param voucherWeight of the replicas, the primary among them, that claim its bundles authentic.
     */
    boolean isAcceptable(final BatchSlot batch, final int voucherWeight)
    {
        if (batch.timestampNs > status.epochNs() + parameters.clockSkewMaxNs)
        {
            reason = Rejection.NONE;
            return false;
        }
        // Of replicas that weigh K one is correct, and it would not have vouched for what is not its client's.
        return voucherWeight >= parameters.quorums.weakQuorum() || areAllAuthentic(batch);
    }

    private boolean areAllAuthentic(final BatchSlot batch)
    {
        reason = Rejection.NONE;
        boolean areAll = true;
        cursor.wrap(
            batch.buffer, batch.bodiesOffset, batch.bodiesLength,
            batch.buffer, batch.authenticatorsOffset, batch.authenticatorsLength);
        for (int bundle = 0; cursor.next(); bundle++)
        {
            if (batch.isAuthentic(bundle))
            {
                continue;
            }
            if (isAuthentic())
            {
                batch.authenticated(bundle);
            }
            else
            {
                areAll = false;
                requestSignature(batch, bundle);
            }
        }
        return areAll;
    }

    private boolean isAuthentic()
    {
        if (BundleKind.OPEN != cursor.kind() && cursor.sessionId() >= status.nextPosition())
        {
            return false;
        }
        if (authentication.isAuthentic(
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
        reason = Rejection.CLIENT_AUTHENTICATION;
        return false;
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
        if (Token.isOf(token, batch.stamp, batch.sequence) && Token.place(token) < batch.bundleCount)
        {
            if (isValid)
            {
                batch.authenticated(Token.place(token));
            }
            else
            {
                status.reject(Rejection.SIGNATURE);
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
