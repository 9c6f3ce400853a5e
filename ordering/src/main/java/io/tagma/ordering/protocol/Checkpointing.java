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
import io.tagma.codecs.peer.CheckpointDecoder;
import org.agrona.DirectBuffer;

/**
 * Signed tree heads and the certificates made of them: the only writer of h. The ordering thread never waits for a
 * signature, and h moves only when the certificate is on the device.
 */
final class Checkpointing
{
    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final OrderingLog orderingLog;
    private final Claims claims;
    private final Admission admission;
    private final RecordWriter records;
    private final MessageWriter messages;
    private final Outbound outbound;
    private final CheckpointLog log;
    private final CertificateCheck check;
    private final KnownSignatures knownSignatures;
    /** The certificate for h; absent while h = 0. */
    private final CertificateStore stable;
    /** Journalled, and on its way to the device. */
    private final CertificateStore journalled;
    private long journalledRecordNumber = RecordWriter.NULL_RECORD;

    private final CheckpointDecoder checkpointDecoder = new CheckpointDecoder();
    private final CertificateWriter certificateWriter;
    private final SnapshotLog snapshots;
    private final Retention retention;
    private final CheckpointContent own;
    private long lastSentSequence;

    Checkpointing(final Core core, final Execution execution)
    {
        parameters = core.parameters;
        status = core.status;
        orderingLog = core.log;
        claims = core.claims;
        admission = core.admission;
        records = core.records;
        messages = core.messages;
        outbound = core.outbound;
        snapshots = core.snapshotLog;
        retention = core.retention;
        knownSignatures = core.knownSignatures;
        own = new CheckpointContent(core, execution);
        log = new CheckpointLog(parameters);
        check = new CertificateCheck(parameters, outbound, Token.CERTIFICATE_VERIFICATION);
        certificateWriter = new CertificateWriter(parameters);
        stable = new CertificateStore(parameters);
        journalled = new CertificateStore(parameters);
    }

    /** The batch that was just executed makes a checkpoint due. */
    void due()
    {
        final long sequence = status.executedSequence();
        final boolean isComplete = own.encode();
        if (sequence <= status.stableSequence())
        {
            // The certificate was there before we had executed up to it.
            if (stable.sequence() == sequence && !CheckpointContent.agrees(own.buffer, isComplete, stable))
            {
                diverged(sequence);
            }
            return;
        }
        final CheckpointEntry entry = log.at(parameters.replicaId, log.placeForOwn(parameters.replicaId));
        if (isComplete)
        {
            entry.pending(own.buffer, 0);
            signUnlessReplaying(entry);
        }
        else
        {
            entry.incomplete(own.buffer);
        }
    }

    /** A snapshot is made: what names it can be signed, and what was certified can be compared. */
    void onSnapshotTaken(final long snapshotSequence, final DirectBuffer digest, final int offset)
    {
        for (int i = 0; i < CheckpointLog.ENTRIES_PER_SIGNER; i++)
        {
            final CheckpointEntry entry = log.at(parameters.replicaId, i);
            if (CheckpointEntry.State.INCOMPLETE == entry.state() &&
                CheckpointContent.snapshotSequence(entry.content, 0) == snapshotSequence)
            {
                entry.complete(digest, offset);
                signUnlessReplaying(entry);
            }
        }
        if (stable.isPresent() && stable.snapshotSequence() == snapshotSequence &&
            !Digest.equal(stable.content(), stable.snapshotDigestOffset(), digest, offset))
        {
            diverged(stable.sequence());
        }
    }

    private void diverged(final long sequence)
    {
        status.halted();
        outbound.halt(HaltReason.STATE_DIVERGENCE, sequence);
    }

    private void signUnlessReplaying(final CheckpointEntry entry)
    {
        if (!status.isReplaying())
        {
            sign(entry);
        }
    }

    private void sign(final CheckpointEntry entry)
    {
        outbound.sign(
            Token.of(Token.CHECKPOINT_SIGNATURE, 0, entry.stamp(), entry.sequence()),
            entry.signed,
            0,
            entry.signed.capacity());
    }

    /** Own checkpoints that are not signed: after a restart, or because the side agent had no room. */
    void signWhatIsUnsigned()
    {
        for (int i = 0; i < CheckpointLog.ENTRIES_PER_SIGNER; i++)
        {
            final CheckpointEntry entry = log.at(parameters.replicaId, i);
            if (CheckpointEntry.State.PENDING == entry.state())
            {
                sign(entry);
            }
        }
    }

    void onSigned(final long token, final DirectBuffer signature, final int offset)
    {
        for (int i = 0; i < CheckpointLog.ENTRIES_PER_SIGNER; i++)
        {
            final CheckpointEntry entry = log.at(parameters.replicaId, i);
            if (CheckpointEntry.State.PENDING == entry.state() && Token.isOf(token, entry.stamp(), entry.sequence()))
            {
                entry.signature(signature, offset);
                entry.signed();
                knownSignatures.right(parameters.replicaId, entry);
                lastSentSequence = Math.max(lastSentSequence, entry.sequence());
                messages.checkpoint(entry);
                checkCertificate(entry);
                return;
            }
        }
    }

    Rejection onCheckpoint(final int senderId, final DirectBuffer buffer, final int offset)
    {
        checkpointDecoder.wrap(
            buffer, offset + FrameLayout.HEADER_LENGTH, CheckpointDecoder.BLOCK_LENGTH,
            CheckpointDecoder.SCHEMA_VERSION);
        final int signer = (int)checkpointDecoder.signer();
        final long sequence = checkpointDecoder.content().sequence();
        final Rejection rejection = admission.ofCheckpoint(senderId, signer, sequence);
        if (Rejection.NONE != rejection)
        {
            return rejection;
        }
        if (null != log.find(signer, sequence))
        {
            return Rejection.DUPLICATE;
        }
        final int place = log.placeFor(signer, sequence);
        if (place < 0)
        {
            return Rejection.BUDGET;
        }
        final int block = offset + FrameLayout.HEADER_LENGTH;
        final CheckpointEntry entry = log.at(signer, place);
        entry.pending(buffer, block + CheckpointDecoder.contentEncodingOffset());
        entry.signature(buffer, block + CheckpointDecoder.signatureEncodingOffset());
        if (!outbound.verifyReplica(
            Token.of(
                Token.CHECKPOINT_VERIFICATION, signer * CheckpointLog.ENTRIES_PER_SIGNER + place, entry.stamp(),
                sequence),
            signer,
            entry.signed,
            0,
            entry.signed.capacity(),
            entry.signature,
            0))
        {
            entry.free();
            return Rejection.BUDGET;
        }
        return Rejection.NONE;
    }

    void onCheckpointVerified(final long token, final boolean isValid)
    {
        final int signer = Token.place(token) / CheckpointLog.ENTRIES_PER_SIGNER;
        final CheckpointEntry entry = log.at(signer, Token.place(token) % CheckpointLog.ENTRIES_PER_SIGNER);
        if (CheckpointEntry.State.PENDING != entry.state() || !Token.isOf(token, entry.stamp(), entry.sequence()))
        {
            return;
        }
        if (isValid)
        {
            entry.signed();
            knownSignatures.right(signer, entry);
            checkCertificate(entry);
        }
        else
        {
            entry.free();
            status.reject(Rejection.SIGNATURE);
        }
    }

    private void checkCertificate(final CheckpointEntry entry)
    {
        if (entry.sequence() <= Math.max(status.stableSequence(), journalled.sequence()))
        {
            return;
        }
        if (log.weightFor(entry, parameters.quorums) < parameters.quorums.quorum())
        {
            return;
        }
        certificateWriter.write(journalled, entry, log);
        journal();
    }

    private void journal()
    {
        journalledRecordNumber = retention.onJournalled(
            journalled,
            records.stableCertificate(journalled.sequence(), journalled.buffer, 0, journalled.length()));
    }

    /**
     * A certificate came whole; wanted if it moves h, or if transfer needs its tree head.
     */
    Rejection onCertificate(
        final int senderId,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final long sequence,
        final boolean isWanted)
    {
        final boolean movesWindow = sequence > Math.max(status.stableSequence(), journalled.sequence());
        if (!movesWindow && !isWanted)
        {
            return Rejection.CHECKPOINT;
        }
        if (check.isBusyFor(senderId, status.nowNs()))
        {
            return Rejection.BUDGET;
        }
        return check.begin(senderId, buffer, offset, length, status.nowNs());
    }

    /** A certificate that was verified elsewhere: to be journalled, and the window moves to it. */
    void adopt(final DirectBuffer certificate, final int offset, final int length, final long sequence)
    {
        if (sequence > Math.max(status.stableSequence(), journalled.sequence()))
        {
            journalled.set(certificate, offset, length);
            journal();
        }
    }

    /**
     * The side agent has answered for one signature of the certificate under check.
     *
     * @return the certificate if all of them are right now, else null.
     */
    CertificateStore onCertificateVerified(final long token, final boolean isValid)
    {
        if (!isValid)
        {
            status.reject(Rejection.SIGNATURE);
        }
        if (!check.onVerified(token, isValid))
        {
            return null;
        }
        final CertificateStore good = check.candidate();
        adopt(good.buffer, 0, good.length(), good.sequence());
        return good;
    }

    /**
     * Records up to here are on the device.
     *
     * @return whether a certificate is among them, so that h has moved.
     */
    boolean onDurable(final long recordNumber)
    {
        if (RecordWriter.NULL_RECORD == journalledRecordNumber || recordNumber < journalledRecordNumber)
        {
            return false;
        }
        journalledRecordNumber = RecordWriter.NULL_RECORD;
        moveTo(journalled, recordNumber);
        journalled.clear();
        return true;
    }

    /** From our own journal: it was verified before it was written. */
    void replay(final DirectBuffer certificate, final int offset, final int length)
    {
        journalled.set(certificate, offset, length);
        if (journalled.sequence() > status.stableSequence())
        {
            moveTo(journalled, RecordWriter.NULL_RECORD);
        }
        journalled.clear();
    }

    private void moveTo(final CertificateStore certificate, final long durableRecordNumber)
    {
        final long sequence = certificate.sequence();
        final CheckpointEntry entry = log.find(parameters.replicaId, sequence);
        if (null != entry && !CheckpointContent.agrees(
            entry.content, CheckpointEntry.State.INCOMPLETE != entry.state(), certificate))
        {
            diverged(sequence);
            return;
        }
        final long before = status.stableSequence();
        stable.set(certificate);
        status.stable(sequence);
        orderingLog.advance(before, sequence);
        claims.advance(sequence);
        log.dropUpTo(sequence);
        if (snapshots.certified(
            certificate.snapshotSequence(), certificate.content(), certificate.snapshotDigestOffset(),
            status.executedSequence()))
        {
            retention.onCertified(durableRecordNumber);
        }
    }

    /** The certificate for h, and own checkpoints above it, for one who lacks them. */
    void resendTo(final int peerId, final long peerStableSequence)
    {
        if (stable.isPresent() && peerStableSequence < status.stableSequence())
        {
            messages.certificateTo(peerId, stable.buffer, 0, stable.length());
        }
        for (int i = 0; i < CheckpointLog.ENTRIES_PER_SIGNER; i++)
        {
            final CheckpointEntry entry = log.at(parameters.replicaId, i);
            if (entry.isSigned() && entry.sequence() > peerStableSequence)
            {
                messages.checkpointTo(peerId, entry);
            }
        }
    }

    /** A checkpoint of ours is due for long and not certified: others' may have been lost. */
    boolean isLacking()
    {
        return status.executedSequence() - status.stableSequence() >
            parameters.checkpointInterval + parameters.checkpointInterval / 4;
    }

    long lastSentSequence()
    {
        return lastSentSequence;
    }

    CertificateStore stableCertificate()
    {
        return stable;
    }
}
