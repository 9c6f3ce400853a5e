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
package io.tagma.ordering.replica;

import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;

import io.tagma.codecs.journal.InitDecoder;
import io.tagma.codecs.journal.RecoverDecoder;
import io.tagma.journal.JournalException;
import io.tagma.journal.JournalIdentity;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.Succession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The epochs that a journal says that it went through, as a start or a tool holds them against the cluster file. Shown
 * the journal once. One thread.
 */
public final class JournalEpochs
{
    /**
     * A Recover record.
     *
     * @param epoch         that began with it.
     * @param sequence      behind which it began.
     * @param configuration digest of its configuration, 32 bytes.
     */
    public record Recovery(int epoch, long sequence, byte[] configuration)
    {
    }

    private final List<Recovery> recoveries = new ArrayList<>();
    private JournalIdentity first;

    /**
     * A record of the journal, in order.
     *
     * @param buffer that holds the message.
     * @param offset of its header.
     */
    public void onRecord(final DirectBuffer buffer, final int offset)
    {
        final int templateId = JournalIndex.templateId(buffer, offset);
        if (InitDecoder.TEMPLATE_ID == templateId && null == first)
        {
            first = JournalIdentity.of(buffer, offset);
        }
        else if (RecoverDecoder.TEMPLATE_ID == templateId)
        {
            final RecoverDecoder recover = new RecoverDecoder().wrap(
                buffer, offset + HEADER_LENGTH, RecoverDecoder.BLOCK_LENGTH, RecoverDecoder.SCHEMA_VERSION);
            final byte[] configuration = new byte[RecoverDecoder.configurationLength()];
            recover.getConfiguration(configuration, 0, configuration.length);
            recoveries.add(new Recovery((int)recover.epoch(), recover.sequence(), configuration));
        }
    }

    /**
     * The RECOVER that the journal's last epoch began with.
     *
     * @return null if the journal holds none.
     */
    public Recovery last()
    {
        return recoveries.isEmpty() ? null : recoveries.get(recoveries.size() - 1);
    }

    /**
     * Makes sure that the journal went through the epochs of the cluster file, and no others.
     *
     * @param journal for a sentence to the operator.
     * @param isCut   whether retention has taken its beginning.
     * @param cluster that the replica shall start in.
     * @throws JournalException if it did not.
     */
    void verify(final Object journal, final boolean isCut, final ClusterConfiguration cluster)
    {
        if (!isCut && null != first && first.epoch() != Succession.genesis(cluster).epoch())
        {
            throw refused("The journal " + journal + " was made in epoch " + first.epoch() + " of a cluster that was " +
                "recovered: it remembers nothing of what this replica said before. Start the replica with the " +
                "journal that it had.");
        }
        for (final Recovery recovery : recoveries)
        {
            final long expected = cluster.epochs().endOf(recovery.epoch() - 1);
            if (recovery.epoch() > cluster.epoch() || expected != recovery.sequence())
            {
                throw refused("The journal " + journal + " went on to epoch " + recovery.epoch() + " behind sequence " +
                    recovery.sequence() + ", by the cluster file it began behind " + expected + ": use the cluster " +
                    "file of the recovery that was applied here.");
            }
        }
        if (null != last() && last().epoch() == cluster.epoch() &&
            !Arrays.equals(last().configuration(), cluster.digest()))
        {
            throw refused("The journal " + journal + " went on to epoch " + cluster.epoch() + " with another " +
                "configuration than this cluster file: use the one that the administrators signed (tagma recover " +
                "configuration).");
        }
    }

    private static JournalException refused(final String sentence)
    {
        return new JournalException(JournalException.Reason.REFUSED, sentence);
    }
}
