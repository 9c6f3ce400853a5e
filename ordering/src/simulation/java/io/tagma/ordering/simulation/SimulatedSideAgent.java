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

import io.tagma.codecs.FrameLayout;
import io.tagma.journal.JournalReader;
import io.tagma.ordering.authentication.PartyKind;
import io.tagma.ordering.protocol.Replica;
import io.tagma.ordering.replica.SideAgentRequests;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The side agent of one process: does its work at once, but answers after a while, in order, and has room for so many
 * requests at a time. What it has not answered dies with its process.
 */
final class SimulatedSideAgent implements SideAgentRequests
{
    /** How answers get back into the duty cycle of the process. */
    interface Answers
    {
        /**
         * Schedules an answer.
         *
         * @param answer to be given to the core.
         * @return false if there is no room for it.
         */
        boolean later(Answer answer);

        /**
         * Schedules the answer to a snapshot; there is always room for this one.
         *
         * @param answer to be given to the core.
         */
        void snapshot(Answer answer);

        /**
         * The core goes on from a snapshot that was fetched.
         *
         * @param sequence of the snapshot.
         */
        void fetched(long sequence);
    }

    /** One answer. */
    @FunctionalInterface
    interface Answer
    {
        /**
         * Gives it.
         *
         * @param core to be called.
         */
        void giveTo(Replica core);
    }

    private final SimulationKeys keys;
    private final int replica;
    private final Answers answers;
    private final ExpandableArrayBuffer snapshot = new ExpandableArrayBuffer();
    private final SnapshotDisk disk;
    private boolean isSnapshotBusy;
    private JournalHistory history;

    SimulatedSideAgent(
        final SimulationKeys keys, final int replica, final SnapshotDisk disk, final Answers answers)
    {
        this.keys = keys;
        this.replica = replica;
        this.answers = answers;
        this.disk = disk;
    }

    /** The journal is open: what it holds can be asked for. */
    void serve(final JournalReader reader, final boolean isCut)
    {
        history = new JournalHistory(reader, isCut);
    }

    @Override
    public boolean sign(final long token, final DirectBuffer buffer, final int offset, final int length)
    {
        final UnsafeBuffer signature = new UnsafeBuffer(new byte[FrameLayout.SIGNATURE_LENGTH]);
        keys.sign(PartyKind.REPLICA, replica, buffer, offset, length, signature, 0);
        return answers.later(core -> core.onSigned(token, signature, 0));
    }

    @Override
    public boolean verifyReplica(
        final long token,
        final int replicaId,
        final DirectBuffer buffer,
        final int offset,
        final int length,
        final DirectBuffer signature,
        final int signatureOffset)
    {
        final boolean isRight =
            keys.verify(PartyKind.REPLICA, replicaId, buffer, offset, length, signature, signatureOffset);
        return answers.later(core -> core.onVerified(token, isRight));
    }

    @Override
    public boolean verifyClient(
        final long token,
        final int clientId,
        final DirectBuffer body,
        final int offset,
        final int length,
        final DirectBuffer signature,
        final int signatureOffset)
    {
        final UnsafeBuffer message = SimulationKeys.signedByClient(body, offset, length);
        final boolean isRight = clientId >= 1 && clientId <= SimulationKeys.CLIENTS_MAX && keys.verify(
            PartyKind.CLIENT, clientId, message, 0, message.capacity(), signature, signatureOffset);
        return answers.later(core -> core.onVerified(token, isRight));
    }

    @Override
    public MutableDirectBuffer claimSnapshot()
    {
        return isSnapshotBusy ? null : snapshot;
    }

    @Override
    public void takeSnapshot(final long sequence, final int length)
    {
        final UnsafeBuffer digest = disk.digest(sequence, snapshot, length);
        final byte[] bytes = new byte[length];
        snapshot.getBytes(0, bytes);
        isSnapshotBusy = true;
        answers.snapshot(
            core ->
            {
                isSnapshotBusy = false;
                disk.store(sequence, bytes);
                core.snapshots().onTaken(sequence, digest, 0);
            });
    }

    @Override
    public void retainSnapshots(final long sequence)
    {
        disk.deleteBelow(sequence);
    }

    @Override
    public boolean readChunks(final int peerId, final long sequence, final int firstChunk, final long wanted)
    {
        return answers.later(
            core -> disk.read(
                sequence, firstChunk, wanted,
                chunk -> core.snapshots().onChunkRead(peerId, chunk, 0, chunk.capacity())));
    }

    @Override
    public boolean gatherSnapshot(final long sequence, final DirectBuffer digest, final int offset)
    {
        final UnsafeBuffer name = new UnsafeBuffer(new byte[FrameLayout.DIGEST_LENGTH]);
        name.putBytes(0, digest, offset, name.capacity());
        return answers.later(
            core -> disk.gather(
                sequence, name,
                (length, number) -> core.snapshots().onChunkKept(sequence, length, number)));
    }

    @Override
    public boolean keepChunk(final DirectBuffer chunk, final int offset, final int length)
    {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        copy.putBytes(0, chunk, offset, length);
        return answers.later(
            core -> disk.keep(
                copy,
                (sequence, snapshotLength, number) ->
                    core.snapshots().onChunkKept(sequence, snapshotLength, number)));
    }

    @Override
    public boolean loadGathered(final long sequence)
    {
        return answers.later(
            core ->
            {
                final byte[] bytes = disk.join(sequence);
                if (core.snapshots().onGathered(
                    sequence, null != bytes, new UnsafeBuffer(null == bytes ? new byte[0] : bytes), 0,
                    null == bytes ? 0 : bytes.length))
                {
                    answers.fetched(sequence);
                }
            });
    }

    @Override
    public boolean readBatch(
        final int peerId, final long sequence, final DirectBuffer digest, final int digestOffset)
    {
        final DigestValue wanted = DigestValue.at(digest, digestOffset);
        return answers.later(
            core ->
            {
                final UnsafeBuffer batch = history.batch(wanted);
                if (null != batch)
                {
                    core.onBatchRead(peerId, batch, 0, batch.capacity());
                }
            });
    }

    @Override
    public boolean readHistory(final int peerId, final long firstSequence, final int count)
    {
        return answers.later(
            core ->
            {
                final UnsafeBuffer digests = history.digests(firstSequence, count);
                final UnsafeBuffer certificate = history.certificateAtOrAbove(firstSequence);
                final int found = digests.capacity() / FrameLayout.DIGEST_LENGTH;
                if (found > 0)
                {
                    core.onHistoryRead(
                        peerId, firstSequence, found, digests, 0,
                        null == certificate ? digests : certificate, 0,
                        null == certificate ? 0 : certificate.capacity());
                }
            });
    }
}
