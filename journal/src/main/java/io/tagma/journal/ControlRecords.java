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
package io.tagma.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import io.tagma.codecs.journal.BarrierEncoder;
import io.tagma.codecs.journal.BooleanType;
import io.tagma.codecs.journal.CleanMarkEncoder;
import io.tagma.codecs.journal.Durability;
import io.tagma.codecs.journal.InitEncoder;
import io.tagma.codecs.journal.MessageHeaderEncoder;
import io.tagma.codecs.journal.StartEncoder;

/**
 * Encodes the records that the journal writes about itself. Allocates nothing after construction; one thread.
 */
public final class ControlRecords
{
    /** Bytes of an Init message. */
    public static final int INIT_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + InitEncoder.BLOCK_LENGTH;
    /** Bytes of a Start message. */
    public static final int START_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + StartEncoder.BLOCK_LENGTH;
    /** Bytes of a Barrier message. */
    public static final int BARRIER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + BarrierEncoder.BLOCK_LENGTH;
    /** Bytes of a CleanMark message. */
    public static final int CLEAN_MARK_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + CleanMarkEncoder.BLOCK_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final InitEncoder init = new InitEncoder();
    private final StartEncoder start = new StartEncoder();
    private final BarrierEncoder barrier = new BarrierEncoder();
    private final CleanMarkEncoder cleanMark = new CleanMarkEncoder();

    /**
     * Template id of a journal message.
     *
     * @param buffer that holds it.
     * @param offset of its header's first byte.
     * @return its template id, unchecked.
     */
    public static int templateId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getShort(offset + MessageHeaderEncoder.templateIdEncodingOffset(), LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Encodes an Init.
     *
     * @param buffer   to write to, from index 0.
     * @param identity whose journal it is.
     */
    public void init(final MutableDirectBuffer buffer, final JournalIdentity identity)
    {
        init.wrapAndApplyHeader(buffer, 0, header)
            .clusterId(identity.clusterId())
            .epoch(identity.epoch() & 0xFFFF_FFFFL)
            .replicaId(identity.replicaId())
            .putPublicKey(identity.publicKey(), 0, InitEncoder.publicKeyLength());
    }

    /**
     * Encodes a Start.
     *
     * @param buffer          to write to, from index 0.
     * @param bootId          of the host's boot, 16 bytes.
     * @param incarnation     count of starts.
     * @param awaitedSequence H; 0 if not amnesiac.
     * @param durability      of the process.
     * @param amnesiac        whether it may not vote yet.
     */
    public void start(
        final MutableDirectBuffer buffer,
        final byte[] bootId,
        final long incarnation,
        final long awaitedSequence,
        final Durability durability,
        final boolean amnesiac)
    {
        start.wrapAndApplyHeader(buffer, 0, header)
            .putBootId(bootId, 0, StartEncoder.bootIdLength())
            .incarnation(incarnation)
            .awaitedSequence(awaitedSequence)
            .durability(durability)
            .amnesiac(amnesiac ? BooleanType.T : BooleanType.F);
    }

    /**
     * Encodes a Barrier.
     *
     * @param buffer              to write to, from index 0.
     * @param durableRecordNumber the last record known to be on the device.
     */
    public void barrier(final MutableDirectBuffer buffer, final long durableRecordNumber)
    {
        barrier.wrapAndApplyHeader(buffer, 0, header).durableRecordNumber(durableRecordNumber);
    }

    /**
     * Encodes a CleanMark.
     *
     * @param buffer      to write to, from index 0.
     * @param incarnation of the process that stops; 0 from init.
     */
    public void cleanMark(final MutableDirectBuffer buffer, final long incarnation)
    {
        cleanMark.wrapAndApplyHeader(buffer, 0, header).incarnation(incarnation);
    }
}
