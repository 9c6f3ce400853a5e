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
package io.tagma.ordering.audit;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.journal.InitDecoder;
import io.tagma.codecs.journal.RecoverDecoder;
import io.tagma.journal.ChronicleJournal;
import io.tagma.journal.ControlRecords;
import io.tagma.journal.JournalException;
import io.tagma.journal.JournalIdentity;
import io.tagma.journal.JournalReader;
import io.tagma.ordering.authentication.SignatureDomain;
import io.tagma.ordering.authentication.Signatures;
import io.tagma.ordering.configuration.Administrators;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.Succession;
import io.tagma.ordering.protocol.Epochs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The RECOVERs in a journal: which epochs it went through, and what of it counts no longer. Read once, when it is made.
 */
public final class Recoveries
{
    private static final int POLL_LIMIT = 256;

    /**
     * An administrator's word.
     *
     * @param administrator its place in the cluster file, from 0.
     * @param signature     64 bytes.
     */
    public record Signed(int administrator, byte[] signature)
    {
    }

    /**
     * A Recover record.
     *
     * @param recordNumber  of the record.
     * @param epoch         that began with it.
     * @param sequence      behind which it began.
     * @param configuration digest of its configuration, 32 bytes.
     * @param signatures    of administrators over that.
     */
    public record Recovery(long recordNumber, int epoch, long sequence, byte[] configuration, List<Signed> signatures)
    {
    }

    private final List<Recovery> recoveries = new ArrayList<>();
    private Epochs epochs;
    private int firstEpoch;
    private boolean isAnyInit;
    private long undone;

    private Recoveries()
    {
    }

    /**
     * Reads a journal once.
     *
     * @param directory of the journal, or of the replica that it is in.
     * @return the RECOVERs in it.
     */
    public static Recoveries of(final Path directory)
    {
        final Recoveries found = new Recoveries();
        try (JournalReader reader = ChronicleJournal.reader(OrderedLog.journalDirectory(directory)))
        {
            while (reader.poll(
                (number, position, buffer, offset, length) -> found.onRecord(number, buffer, offset), POLL_LIMIT) > 0)
            {
                Thread.onSpinWait();
            }
        }
        catch (final JournalException ex)
        {
            if (!found.isAnyInit)
            {
                throw ex;
            }
            // Damaged: nothing behind that place counts, and whoever reads on comes to it too.
        }
        found.epochs =
            new Epochs(found.epoch(), found.recoveries.stream().mapToLong(Recovery::sequence).toArray());
        return found;
    }

    private void onRecord(final long recordNumber, final DirectBuffer buffer, final int offset)
    {
        final int templateId = ControlRecords.templateId(buffer, offset);
        if (InitDecoder.TEMPLATE_ID == templateId && !isAnyInit)
        {
            isAnyInit = true;
            firstEpoch = JournalIdentity.of(buffer, offset).epoch();
        }
        else if (RecoverDecoder.TEMPLATE_ID == templateId)
        {
            recoveries.add(decode(recordNumber, buffer, offset));
        }
    }

    private static Recovery decode(final long recordNumber, final DirectBuffer buffer, final int offset)
    {
        final RecoverDecoder decoder = new RecoverDecoder().wrap(
            buffer, offset + FrameLayout.HEADER_LENGTH, RecoverDecoder.BLOCK_LENGTH, RecoverDecoder.SCHEMA_VERSION);
        final byte[] configuration = new byte[FrameLayout.DIGEST_LENGTH];
        decoder.getConfiguration(configuration, 0, configuration.length);
        final List<Signed> signatures = new ArrayList<>();
        for (final RecoverDecoder.SignaturesDecoder entry : decoder.signatures())
        {
            final byte[] signature = new byte[FrameLayout.SIGNATURE_LENGTH];
            entry.getSignature(signature, 0, signature.length);
            signatures.add(new Signed((int)entry.administrator(), signature));
        }
        return new Recovery(recordNumber, (int)decoder.epoch(), decoder.sequence(), configuration, signatures);
    }

    /**
     * The RECOVERs.
     *
     * @return oldest first; none in a journal that was never recovered, or was cut since.
     */
    public List<Recovery> all()
    {
        return List.copyOf(recoveries);
    }

    /**
     * The last of them.
     *
     * @return null if there is none.
     */
    public Recovery last()
    {
        return recoveries.isEmpty() ? null : recoveries.get(recoveries.size() - 1);
    }

    /**
     * The epoch that the journal has come to.
     *
     * @return from 0.
     */
    public int epoch()
    {
        return recoveries.isEmpty() ? firstEpoch : last().epoch();
    }

    /**
     * The greatest sequence that counts of what a record says.
     *
     * @param recordNumber of the record.
     * @return behind that, a later RECOVER has undone it; {@link Long#MAX_VALUE} if none follows.
     */
    public long endAt(final long recordNumber)
    {
        for (final Recovery recovery : recoveries)
        {
            if (recordNumber < recovery.recordNumber())
            {
                return recovery.sequence();
            }
        }
        return Long.MAX_VALUE;
    }

    Epochs epochs()
    {
        return epochs;
    }

    /** A commit mark that a RECOVER has undone. */
    void undone()
    {
        undone++;
    }

    /** Null if there is nothing to say. */
    LogVerification.Check check(final ClusterConfiguration cluster)
    {
        if (recoveries.isEmpty())
        {
            return null;
        }
        final StringBuilder text = new StringBuilder(128);
        for (final Recovery recovery : recoveries)
        {
            final String failure = null == cluster ? null : failure(recovery, cluster);
            if (null != failure)
            {
                return new LogVerification.Check("epochs", LogVerification.Verdict.FAILED, failure);
            }
            text.append("epoch ").append(recovery.epoch()).append(" began behind sequence ")
                .append(recovery.sequence()).append(", by the word of ").append(recovery.signatures().size())
                .append(null == cluster ? " administrators, not verified; " : " administrators; ");
        }
        return new LogVerification.Check(
            "epochs", LogVerification.Verdict.OK, text.append("commit marks undone: ").append(undone).toString());
    }

    private static String failure(final Recovery recovery, final ClusterConfiguration cluster)
    {
        ClusterConfiguration configuration = cluster;
        while (null != configuration && configuration.epoch() > recovery.epoch())
        {
            configuration = Succession.before(configuration);
        }
        final String what = "the RECOVER of epoch " + recovery.epoch() + " in record " + recovery.recordNumber();
        if (null == configuration || configuration.epoch() != recovery.epoch() ||
            !Arrays.equals(configuration.digest(), recovery.configuration()))
        {
            return what + " is not that of the cluster file";
        }
        final int count = signers(recovery.signatures(), configuration);
        return count >= configuration.administrators().threshold() ? null :
            what + " has right signatures of " + count + " administrators, not " +
            configuration.administrators().threshold();
    }

    /**
     * How many administrators have signed the configuration of an epoch that begins with a RECOVER.
     *
     * @param signatures    that are given.
     * @param configuration of the epoch.
     * @return different ones whose signature is right.
     */
    public static int signers(final List<Signed> signatures, final ClusterConfiguration configuration)
    {
        final Administrators administrators = configuration.administrators();
        final Signatures check = new Signatures(configuration.clusterId(), configuration.epoch());
        final byte[] digest = configuration.digest();
        long signers = 0;
        for (final Signed signed : signatures)
        {
            if (signed.administrator() < administrators.members().size() && check.verify(
                SignatureDomain.RECOVERY,
                administrators.members().get(signed.administrator()).signingKey(),
                new UnsafeBuffer(digest), 0, digest.length, new UnsafeBuffer(signed.signature()), 0))
            {
                signers |= 1L << signed.administrator();
            }
        }
        return Long.bitCount(signers);
    }
}
