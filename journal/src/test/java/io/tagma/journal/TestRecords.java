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

import java.util.ArrayList;
import java.util.List;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import io.tagma.codecs.journal.AmnesiaEndEncoder;
import io.tagma.codecs.journal.GroupSizeEncodingEncoder;
import io.tagma.codecs.journal.MessageHeaderEncoder;
import io.tagma.codecs.journal.RecoverEncoder;
import io.tagma.codecs.journal.StoredBatchEncoder;

/**
 * Messages to journal, whose content follows from their number.
 */
final class TestRecords
{
    static final JournalIdentity IDENTITY = identity(7, 0, 2, (byte)1);
    static final byte[] BOOT = boot(1);
    static final byte[] OTHER_BOOT = boot(2);

    private static final int SIGNATURES_LENGTH =
        GroupSizeEncodingEncoder.ENCODED_LENGTH + RecoverEncoder.SignaturesEncoder.sbeBlockLength();
    private static final int TEMPLATE_OFFSET = MessageHeaderEncoder.templateIdEncodingOffset();

    private TestRecords()
    {
    }

    static JournalIdentity identity(final long cluster, final int epoch, final int replica, final byte key)
    {
        final byte[] publicKey = new byte[32];
        publicKey[31] = key;
        return new JournalIdentity(cluster, epoch, replica, publicKey);
    }

    static byte[] boot(final int number)
    {
        final byte[] id = new byte[RecoveryRules.BOOT_ID_LENGTH];
        id[0] = (byte)number;
        return id;
    }

    static long append(final Journal journal, final int length)
    {
        fill(journal.claim(length), length, journal.lastRecordNumber() + 1);
        return journal.commit();
    }

    static void fill(final MutableDirectBuffer buffer, final int length, final long seed)
    {
        for (int i = 0; i < length; i++)
        {
            buffer.putByte(i, (byte)(seed * 31 + i));
        }
        buffer.putShort(TEMPLATE_OFFSET, (short)StoredBatchEncoder.TEMPLATE_ID, LITTLE_ENDIAN);
    }

    static boolean isTestRecord(final DirectBuffer buffer, final int offset)
    {
        return StoredBatchEncoder.TEMPLATE_ID == ControlRecords.templateId(buffer, offset);
    }

    static boolean isFilled(final DirectBuffer buffer, final int offset, final int length, final long seed)
    {
        for (int i = 0; i < length; i++)
        {
            if (i != TEMPLATE_OFFSET && i != TEMPLATE_OFFSET + 1 &&
                (byte)(seed * 31 + i) != buffer.getByte(offset + i))
            {
                return false;
            }
        }
        return true;
    }

    static void appendRecover(final Journal journal, final int epoch, final long sequence)
    {
        final RecoverEncoder encoder = new RecoverEncoder();
        encoder.wrapAndApplyHeader(
            journal.claim(MessageHeaderEncoder.ENCODED_LENGTH + RecoverEncoder.BLOCK_LENGTH + SIGNATURES_LENGTH), 0,
            new MessageHeaderEncoder())
            .sequence(sequence)
            .epoch(epoch)
            .reserved(0)
            .signaturesCount(1).next().administrator(0).reserved(0);
        journal.commit();
    }

    static void appendAmnesiaEnd(final Journal journal, final long incarnation, final long sequence)
    {
        new AmnesiaEndEncoder()
            .wrapAndApplyHeader(
                journal.claim(MessageHeaderEncoder.ENCODED_LENGTH + AmnesiaEndEncoder.BLOCK_LENGTH),
                0,
                new MessageHeaderEncoder())
            .incarnation(incarnation)
            .sequence(sequence);
        journal.commit();
    }

    /**
     * Checks each test record and collects their numbers.
     */
    static final class Collector implements RecordHandler
    {
        final List<Long> testRecords = new ArrayList<>();
        final List<Integer> templates = new ArrayList<>();
        final List<Long> positions = new ArrayList<>();
        long last;

        @Override
        public void onRecord(
            final long recordNumber,
            final long position,
            final DirectBuffer buffer,
            final int offset,
            final int length)
        {
            if (0 != last && recordNumber != last + 1)
            {
                throw new AssertionError("record " + recordNumber + " after " + last);
            }
            if (!positions.isEmpty() && positions.get(positions.size() - 1) >= position)
            {
                throw new AssertionError("position " + position + " does not rise");
            }
            last = recordNumber;
            templates.add(ControlRecords.templateId(buffer, offset));
            positions.add(position);
            if (isTestRecord(buffer, offset))
            {
                if (!isFilled(buffer, offset, length, recordNumber))
                {
                    throw new AssertionError("record " + recordNumber + " is not what was written");
                }
                testRecords.add(recordNumber);
            }
        }
    }
}
