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

import java.util.Arrays;

import org.agrona.DirectBuffer;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.journal.AmnesiaEndDecoder;
import io.tagma.codecs.journal.BarrierDecoder;
import io.tagma.codecs.journal.BooleanType;
import io.tagma.codecs.journal.CleanMarkDecoder;
import io.tagma.codecs.journal.Durability;
import io.tagma.codecs.journal.InitDecoder;
import io.tagma.codecs.journal.RecoverDecoder;
import io.tagma.codecs.journal.StartDecoder;

/**
 * What a start may conclude from what it finds: which records count, and whether the identity is burnt. Pure: told of
 * records in the order in which they lie, then asked once. The same rules for every storage.
 * <p>
 * Three cases. Same boot of the host, or a clean mark: all whole records count, an incomplete last one was never sent.
 * Another boot and no clean mark: records behind the last barrier count up to the first that is not whole. Damage where
 * neither a crash nor a power loss can have caused it: the replica has forgotten what it said, and must not come back
 * under its keys.
 */
public final class RecoveryRules
{
    /** Bytes of a boot id. */
    public static final int BOOT_ID_LENGTH = StartDecoder.bootIdLength();

    private static final String BURNT_ADVICE =
        "; what this replica has said may be lost, so it must not start again under its keys: " +
        "leave it stopped until the administrators have configured new keys for it";

    private final StartDecoder startDecoder = new StartDecoder();
    private final BarrierDecoder barrierDecoder = new BarrierDecoder();
    private final RecoverDecoder recoverDecoder = new RecoverDecoder();
    private final JournalIdentity expected;

    private JournalIdentity found;
    private long firstRecordNumber;
    private long lastRecordNumber;
    private long durableRecordNumber;
    private boolean cleanMarkStands;

    private boolean hasStarted;
    private final byte[] lastBootId = new byte[BOOT_ID_LENGTH];
    private long lastIncarnation;
    private long lastAwaitedSequence;
    private Durability lastDurability = Durability.PROCESS;
    private boolean amnesiaOpen;

    private boolean ended;
    private boolean damageComplete;
    private boolean wholeBehindDamage;
    private String damagePlace;
    private boolean sameBoot;

    /**
     * Rules for one opening.
     *
     * @param expected            whose journal it must be; null to accept any (inspection).
     * @param durableRecordNumber known to be durable from elsewhere; 0 if nothing is.
     */
    public RecoveryRules(final JournalIdentity expected, final long durableRecordNumber)
    {
        this.expected = expected;
        this.durableRecordNumber = durableRecordNumber;
    }

    /**
     * A whole record with a right checksum. Behind damage, or behind a gap in the numbers, it does not count, but it
     * tells of barriers.
     *
     * @param recordNumber of the record.
     * @param place        where it lies, for a sentence to the operator; taken only where the numbers have a gap.
     * @param buffer       that holds the message.
     * @param offset       of the message's first byte.
     * @param length       of the message in bytes.
     * @return whether the record counts.
     */
    public boolean onRecord(
        final long recordNumber, final Object place, final DirectBuffer buffer, final int offset, final int length)
    {
        if (!ended && 0 != lastRecordNumber && recordNumber != lastRecordNumber + 1)
        {
            onDamage(true, place);
        }
        if (ended)
        {
            // A number at or below the last is a relic of what an earlier start has cut off, and says nothing.
            if (recordNumber > lastRecordNumber)
            {
                wholeBehindDamage = true;
                noteBarrier(recordNumber, buffer, offset, length);
            }
            return false;
        }
        if (0 == lastRecordNumber)
        {
            firstRecordNumber = recordNumber;
        }
        lastRecordNumber = recordNumber;
        noteControl(recordNumber, buffer, offset, length);
        return true;
    }

    /**
     * Something that is not a whole record, where one could be. What follows does not count.
     *
     * @param complete whether the storage says that it was written completely.
     * @param place    where it lies, for a sentence to the operator.
     */
    public void onDamage(final boolean complete, final Object place)
    {
        if (!ended)
        {
            ended = true;
            damageComplete = complete;
            damagePlace = String.valueOf(place);
        }
    }

    /**
     * All has been told: may the replica start?
     *
     * @param bootId of the host now; all zero if it is unknown, which no other boot equals.
     * @param name   of the journal, for a sentence to the operator.
     * @throws JournalException if it must not start.
     */
    public void conclude(final byte[] bootId, final String name)
    {
        if (0 == lastRecordNumber && !ended)
        {
            throw refused("The journal " + name + " is empty: make one with tagma init.");
        }
        if (null != found && null != expected && null != found.differenceTo(expected))
        {
            throw refused(found.refusal(expected, name));
        }
        sameBoot = hasStarted && !Arrays.equals(new byte[BOOT_ID_LENGTH], bootId) && Arrays.equals(lastBootId, bootId);
        if (null == found)
        {
            throw burnt(name, "does not begin with its Init record");
        }
        if (lastRecordNumber < durableRecordNumber)
        {
            throw burnt(name, (ended ? "is damaged at record " + (lastRecordNumber + 1) + " (" + damagePlace + ")" :
                "ends with record " + lastRecordNumber) +
                ", though all up to record " + durableRecordNumber + " was on the device");
        }
        if (ended && (sameBoot || cleanMarkStands) && (wholeBehindDamage || (damageComplete && !cleanMarkStands)))
        {
            throw burnt(name, "is damaged at record " + (lastRecordNumber + 1) + " (" + damagePlace +
                "), though the host has not lost power since it was written");
        }
        if (!hasStarted && !cleanMarkStands)
        {
            throw refused("The journal " + name + " was not finished by init: delete the directory and run " +
                "tagma init again.");
        }
    }

    /**
     * May a start say this of itself? Amnesia lasts, with its H, over every start until its end is journalled.
     *
     * @param amnesiac        whether it does not vote yet.
     * @param awaitedSequence its H.
     * @throws IllegalArgumentException if it would forget an amnesia.
     */
    public void verifyStart(final boolean amnesiac, final long awaitedSequence)
    {
        if (!amnesiac && (isTailAmnesia() || amnesiaOpen))
        {
            throw new IllegalArgumentException("This start is amnesiac.");
        }
        if (amnesiac ? awaitedSequence <= 0 || awaitedSequence < awaitedSequence() : 0 != awaitedSequence)
        {
            throw new IllegalArgumentException("H is " + awaitedSequence + ", was " + awaitedSequence() + ".");
        }
    }

    private void noteControl(
        final long recordNumber, final DirectBuffer buffer, final int offset, final int length)
    {
        final int templateId = ControlRecords.templateId(buffer, offset);
        if (InitDecoder.TEMPLATE_ID == templateId)
        {
            if (null == found && length == ControlRecords.INIT_LENGTH)
            {
                found = JournalIdentity.of(buffer, offset);
            }
            return; // Heads each segment: says nothing new, and does not take a clean mark away.
        }
        cleanMarkStands = CleanMarkDecoder.TEMPLATE_ID == templateId;
        if (StartDecoder.TEMPLATE_ID == templateId && length == ControlRecords.START_LENGTH)
        {
            noteStart(buffer, offset);
        }
        else if (AmnesiaEndDecoder.TEMPLATE_ID == templateId)
        {
            amnesiaOpen = false;
            lastAwaitedSequence = 0;
        }
        else if (RecoverDecoder.TEMPLATE_ID == templateId)
        {
            noteRecover(buffer, offset);
        }
        noteBarrier(recordNumber, buffer, offset, length);
    }

    private void noteStart(final DirectBuffer buffer, final int offset)
    {
        startDecoder.wrap(
            buffer, offset + FrameLayout.HEADER_LENGTH, StartDecoder.BLOCK_LENGTH, StartDecoder.SCHEMA_VERSION);
        hasStarted = true;
        startDecoder.getBootId(lastBootId, 0, BOOT_ID_LENGTH);
        lastIncarnation = startDecoder.incarnation();
        lastAwaitedSequence = startDecoder.awaitedSequence();
        lastDurability = startDecoder.durability();
        amnesiaOpen = BooleanType.T == startDecoder.amnesiac();
    }

    /** The journal goes on in the next epoch; of an amnesia only that remains that its hand-over must be executed. */
    private void noteRecover(final DirectBuffer buffer, final int offset)
    {
        recoverDecoder.wrap(
            buffer, offset + FrameLayout.HEADER_LENGTH, RecoverDecoder.BLOCK_LENGTH, RecoverDecoder.SCHEMA_VERSION);
        found = null == found ? null : found.inEpoch((int)recoverDecoder.epoch());
        lastAwaitedSequence = amnesiaOpen ? recoverDecoder.sequence() : 0;
        amnesiaOpen = lastAwaitedSequence > 0;
    }

    private void noteBarrier(
        final long recordNumber, final DirectBuffer buffer, final int offset, final int length)
    {
        final int templateId = ControlRecords.templateId(buffer, offset);
        if (BarrierDecoder.TEMPLATE_ID == templateId && length == ControlRecords.BARRIER_LENGTH)
        {
            barrierDecoder.wrap(
                buffer, offset + FrameLayout.HEADER_LENGTH, BarrierDecoder.BLOCK_LENGTH, BarrierDecoder.SCHEMA_VERSION);
            durableRecordNumber = Math.max(durableRecordNumber, barrierDecoder.durableRecordNumber());
        }
        else if (CleanMarkDecoder.TEMPLATE_ID == templateId)
        {
            // It is written after an fsync of all before it.
            durableRecordNumber = Math.max(durableRecordNumber, recordNumber - 1);
        }
    }

    private static JournalException refused(final String sentence)
    {
        return new JournalException(JournalException.Reason.REFUSED, sentence);
    }

    private static JournalException burnt(final String name, final String what)
    {
        return new JournalException(
            JournalException.Reason.BURNT_IDENTITY, "The journal " + name + " " + what + BURNT_ADVICE + ".");
    }

    /**
     * Whose journal it is.
     *
     * @return the identity in its first Init, in the epoch that it has come to; null if there was none.
     */
    public JournalIdentity found()
    {
        return found;
    }

    /**
     * First record told of.
     *
     * @return its number; 0 if there was none.
     */
    public long firstRecordNumber()
    {
        return firstRecordNumber;
    }

    /**
     * Last record that counts.
     *
     * @return its number; 0 if there is none.
     */
    public long lastRecordNumber()
    {
        return lastRecordNumber;
    }

    /**
     * Greatest record known to have been on the device.
     *
     * @return its number; 0 if none is.
     */
    public long durableRecordNumber()
    {
        return durableRecordNumber;
    }

    /**
     * Whether something lies behind the last record that counts.
     *
     * @return whether it must be cut off.
     */
    public boolean isDamaged()
    {
        return ended;
    }

    /**
     * Where the first damage lies.
     *
     * @return a place; null if there is none.
     */
    public String damagePlace()
    {
        return damagePlace;
    }

    /**
     * Whether the last process stopped in order.
     *
     * @return whether the clean mark stands.
     */
    public boolean isClean()
    {
        return cleanMarkStands;
    }

    /**
     * Whether any process has started on it.
     *
     * @return whether there is a Start.
     */
    public boolean hasStarted()
    {
        return hasStarted;
    }

    /**
     * Count of starts so far.
     *
     * @return the last Start's incarnation; 0 if there is none.
     */
    public long lastIncarnation()
    {
        return lastIncarnation;
    }

    /**
     * Whether votes that were sent may be missing; after {@link #conclude}.
     *
     * @return whether this start is in tail amnesia.
     */
    public boolean isTailAmnesia()
    {
        return hasStarted && !sameBoot && !cleanMarkStands && Durability.POWER != lastDurability;
    }

    /**
     * Whether the last Start was amnesiac and no end of it followed.
     *
     * @return whether an amnesia is open.
     */
    public boolean isAmnesiaOpen()
    {
        return amnesiaOpen;
    }

    /**
     * H of the open amnesia.
     *
     * @return the sequence awaited; 0 if none is open.
     */
    public long awaitedSequence()
    {
        return amnesiaOpen ? lastAwaitedSequence : 0;
    }
}
