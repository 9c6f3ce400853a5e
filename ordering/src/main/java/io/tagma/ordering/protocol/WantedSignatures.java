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

import io.tagma.codecs.BundleCursor;
import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.client.BundleAuthenticatorEncoder;
import io.tagma.codecs.client.BundleKind;
import io.tagma.codecs.client.Outcome;
import io.tagma.codecs.client.ResultForm;
import io.tagma.codecs.peer.PrePrepareEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * As primary: whose signatures are wanted. Replicas weighing K hold a bundle of ours back, so at least one correct one
 * cannot authenticate it: its client is asked for its signature, and what comes and is right goes to all with the same
 * batch. And a client that is marked signs before anything of it is proposed.
 * <p>
 * Asking is bounded for each session, what is sent again for each batch. A client that does not sign costs a view.
 */
final class WantedSignatures
{
    private static final int ASKS_PER_INTERVAL = 4;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final OrderingLog log;
    private final BatchStore store;
    private final ClientSessions sessions;
    private final HeldVoices voices;
    private final Marks marks;
    private final Hashing hashing;
    private final MessageWriter messages;
    private final Outbound outbound;
    private final BundleCursor held = new BundleCursor();
    private final UnsafeBuffer nothing = new UnsafeBuffer(new byte[0]);
    /** By place of a sequence: a signature was put into its batch that has not gone out. */
    private final boolean[] isChanged;
    /** Which bundle of its batch {@link #held} is at. */
    private int heldBundle;

    WantedSignatures(final Core core)
    {
        parameters = core.parameters;
        status = core.status;
        log = core.log;
        store = core.store;
        sessions = core.sessions;
        voices = core.heldVoices;
        marks = core.marks;
        hashing = core.hashing;
        messages = core.messages;
        outbound = core.outbound;
        isChanged = new boolean[parameters.batchSlots];
    }

    /** Whether nothing of a client is proposed that it has not signed. */
    boolean isMarked(final int clientId)
    {
        return marks.isMarked(clientId);
    }

    /** Another one holds something back. */
    void onHeld(final long sequence)
    {
        if (status.isOrdering() && sequence <= status.proposedSequence())
        {
            askFor(sequence);
        }
    }

    /** Asks again for what is still wanted, and passes on what came. */
    void tick()
    {
        for (long sequence = status.executedSequence() + 1;
            status.isOrdering() && sequence <= status.proposedSequence() && isInMemory(sequence); sequence++)
        {
            askFor(sequence);
            passOn(sequence);
        }
    }

    private boolean isInMemory(final long sequence)
    {
        return sequence - status.executedSequence() <= parameters.batchSlots;
    }

    private BatchSlot heldBatch(final long sequence)
    {
        final BatchSlot batch = store.find(sequence, log.slot(sequence).accepted);
        return null != batch && batch.prePrepareLength > 0 && isHeldBack(sequence) ? batch : null;
    }

    private boolean isHeldBack(final long sequence)
    {
        for (int id = 0; id < parameters.quorums.size(); id++)
        {
            if (voices.holds(id, status.view(), sequence))
            {
                return true;
            }
        }
        return false;
    }

    private void askFor(final long sequence)
    {
        final BatchSlot batch = heldBatch(sequence);
        if (null == batch)
        {
            return;
        }
        held.wrap(batch.buffer, batch.bodiesOffset, batch.bodiesLength);
        for (int bundle = 0; held.next(); bundle++)
        {
            final ClientSession session = BundleKind.OPEN == held.kind() ? null : sessions.find(held.sessionId());
            if (null != session && isWanted(batch, bundle))
            {
                ask(session, held.firstNumber());
            }
        }
    }

    /** Replicas weighing K name it; a correct one would have accepted it with the signature. */
    private boolean isWanted(final BatchSlot batch, final int bundle)
    {
        return !batch.isSigned(bundle) &&
            voices.weightNaming(status.view(), batch.sequence, batch.digest, bundle) >=
            parameters.quorums.weakQuorum();
    }

    /** Asks a session's client to sign what it has not been answered yet, this number among it. */
    void ask(final ClientSession session, final long number)
    {
        if (session.mayAsk(status.nowNs(), parameters.repairIntervalNs / ASKS_PER_INTERVAL))
        {
            outbound.reply(
                session.clientId(), session.sessionId(), status.view(), number, 0, Outcome.SIGNATURE_WANTED.value(),
                ResultForm.FULL.value(), nothing, 0, 0);
        }
    }

    /** Whether the bundle under a cursor is one of ours that is held back for want of its signature. */
    boolean isWanted(final BundleCursor cursor)
    {
        return null != find(cursor);
    }

    /**
     * Takes a signature that was found right, if it is wanted.
     *
     * @param cursor at the signed bundle.
     * @return whether it is now in its batch.
     */
    boolean take(final BundleCursor cursor)
    {
        final BatchSlot batch = find(cursor);
        if (null == batch || !putSignature(batch, cursor))
        {
            return false;
        }
        isChanged[place(batch.sequence)] = true;
        return true;
    }

    /**
     * Looks for a bundle that is wanted.
     *
     * @return its batch, with {@link #held} and {@link #heldBundle} at it; null if there is none.
     */
    private BatchSlot find(final BundleCursor cursor)
    {
        final long last = status.isOrdering() ? status.proposedSequence() : 0;
        for (long sequence = status.executedSequence() + 1; sequence <= last && isInMemory(sequence); sequence++)
        {
            final BatchSlot batch = heldBatch(sequence);
            if (null != batch && isFound(batch, cursor))
            {
                return batch;
            }
        }
        return null;
    }

    private boolean isFound(final BatchSlot batch, final BundleCursor cursor)
    {
        held.wrap(
            batch.buffer, batch.bodiesOffset, batch.bodiesLength, batch.buffer, batch.authenticatorsOffset,
            batch.authenticatorsLength);
        for (heldBundle = 0; held.next(); heldBundle++)
        {
            if (held.sessionId() == cursor.sessionId() && held.firstNumber() == cursor.firstNumber() &&
                held.clientId() == cursor.clientId() && isWanted(batch, heldBundle) && hasBodyOf(cursor))
            {
                return true;
            }
        }
        return false;
    }

    private boolean hasBodyOf(final BundleCursor cursor)
    {
        boolean isEqual = held.bodyLength() == cursor.bodyLength();
        for (int i = 0; isEqual && i < held.bodyLength(); i++)
        {
            isEqual = held.bodies().getByte(held.bodyOffset() + i) ==
                cursor.bodies().getByte(cursor.bodyOffset() + i);
        }
        return isEqual;
    }

    /** Beside the digest: the batch stays what it is. */
    private boolean putSignature(final BatchSlot batch, final BundleCursor cursor)
    {
        final int signature = held.authenticatorOffset() + parameters.authenticatorLength();
        if (!held.isSigned())
        {
            if (batch.prePrepareLength + FrameLayout.SIGNATURE_LENGTH > batch.buffer.capacity())
            {
                return false;
            }
            final byte[] bytes = batch.buffer.byteArray();
            System.arraycopy(
                bytes, signature, bytes, signature + FrameLayout.SIGNATURE_LENGTH, batch.prePrepareLength - signature);
            batch.buffer.putShort(
                held.authenticatorOffset() + BundleAuthenticatorEncoder.signatureCountEncodingOffset(), (short)1,
                LITTLE_ENDIAN);
            batch.authenticatorsLength += FrameLayout.SIGNATURE_LENGTH;
            batch.prePrepareLength += FrameLayout.SIGNATURE_LENGTH;
            batch.buffer.putInt(
                batch.authenticatorsOffset - Integer.BYTES, batch.authenticatorsLength, LITTLE_ENDIAN);
        }
        batch.buffer.putBytes(
            signature, cursor.authenticators(), cursor.signatureOffset(), FrameLayout.SIGNATURE_LENGTH);
        hashing.sha256(
            batch.buffer, batch.authenticatorsOffset, batch.authenticatorsLength, batch.buffer,
            FrameLayout.HEADER_LENGTH + PrePrepareEncoder.authenticatorsDigestEncodingOffset());
        batch.signed(heldBundle);
        return true;
    }

    /** All signatures that came together go together. Who misses them asks for the proposal by STATUS. */
    private void passOn(final long sequence)
    {
        final int place = place(sequence);
        if (isChanged[place])
        {
            isChanged[place] = false;
            final BatchSlot batch = heldBatch(sequence);
            if (null != batch)
            {
                messages.prePrepare(batch);
            }
        }
    }

    private int place(final long sequence)
    {
        return (int)sequence & isChanged.length - 1;
    }
}
