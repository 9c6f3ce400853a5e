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
package io.tagma.perf.demo;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.journal.CommitMarkDecoder;
import io.tagma.codecs.journal.EntryDecoder;
import io.tagma.codecs.journal.MessageHeaderDecoder;
import io.tagma.codecs.journal.StoredBatchDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.journal.ChronicleJournal;
import io.tagma.journal.JournalReader;
import io.tagma.ordering.configuration.ClusterConfiguration;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The committed batches of one journal, in order, read by a few lines of its own and not by what wrote them: what an
 * auditor would do. Each batch's digest is computed anew from its bytes.
 */
final class CommittedLog
{
    /** One committed batch. */
    record Batch(long sequence, long timestampNs, byte[] digest, byte[] bodies)
    {
    }

    private static final int POLL_LIMIT = 1024;
    private static final int PREFIX_LENGTH = 48;
    private static final int SEQUENCE_OFFSET = 32;
    private static final int TIMESTAMP_OFFSET = 40;

    private final ClusterConfiguration configuration;
    private final MessageDigest sha256;
    private final List<Batch> batches = new ArrayList<>();
    private final Long2ObjectHashMap<List<Batch>> proposed = new Long2ObjectHashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EntryDecoder entry = new EntryDecoder();
    private final StoredBatchDecoder storedBatch = new StoredBatchDecoder();
    private final CommitMarkDecoder commitMark = new CommitMarkDecoder();
    private final PrePrepareDecoder prePrepare = new PrePrepareDecoder();
    private final io.tagma.codecs.peer.MessageHeaderDecoder peerHeader =
        new io.tagma.codecs.peer.MessageHeaderDecoder();

    private CommittedLog(final ClusterConfiguration configuration)
    {
        this.configuration = configuration;
        try
        {
            sha256 = MessageDigest.getInstance("SHA-256");
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    /**
     * Reads a journal to its end.
     *
     * @param journal       its directory; nobody may be writing.
     * @param configuration of the cluster.
     * @return what it says is committed, without a gap.
     * @throws IllegalStateException if it does not hold together.
     */
    static List<Batch> read(final Path journal, final ClusterConfiguration configuration)
    {
        final CommittedLog log = new CommittedLog(configuration);
        try (JournalReader reader = ChronicleJournal.reader(journal))
        {
            int count = 1;
            while (count > 0)
            {
                count = reader.poll(log::onRecord, POLL_LIMIT);
            }
        }
        return log.batches;
    }

    private void onRecord(
        final long recordNumber,
        final long position,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        header.wrap(buffer, offset);
        switch (header.templateId())
        {
            case EntryDecoder.TEMPLATE_ID:
                entry.wrapAndApplyHeader(buffer, offset, header);
                onEntry();
                break;

            case StoredBatchDecoder.TEMPLATE_ID:
                storedBatch.wrapAndApplyHeader(buffer, offset, header);
                onStoredBatch();
                break;

            case CommitMarkDecoder.TEMPLATE_ID:
                commitMark.wrapAndApplyHeader(buffer, offset, header);
                onCommitMark();
                break;

            default:
                break;
        }
    }

    private void onEntry()
    {
        final UnsafeBuffer message = new UnsafeBuffer(0, 0);
        entry.wrapPrePrepare(message);
        prePrepare.wrapAndApplyHeader(message, 0, peerHeader);
        final byte[] bodies = new byte[prePrepare.bodiesLength()];
        prePrepare.getBodies(bodies, 0, bodies.length);
        propose(prePrepare.sequence(), prePrepare.timestampNs(), bodies);
    }

    private void onStoredBatch()
    {
        final byte[] bodies = new byte[storedBatch.bodiesLength()];
        storedBatch.getBodies(bodies, 0, bodies.length);
        propose(storedBatch.sequence(), storedBatch.timestampNs(), bodies);
    }

    private void propose(final long sequence, final long timestampNs, final byte[] bodies)
    {
        List<Batch> candidates = proposed.get(sequence);
        if (null == candidates)
        {
            candidates = new ArrayList<>(1);
            proposed.put(sequence, candidates);
        }
        candidates.add(new Batch(sequence, timestampNs, digestOf(sequence, timestampNs, bodies), bodies));
    }

    private void onCommitMark()
    {
        final long sequence = commitMark.sequence();
        final byte[] digest = new byte[FrameLayout.DIGEST_LENGTH];
        for (int i = 0; i < digest.length; i++)
        {
            digest[i] = (byte)commitMark.digest(i);
        }
        if (sequence != batches.size() + 1)
        {
            throw new IllegalStateException("sequence " + sequence + " is committed after " + batches.size());
        }
        final List<Batch> candidates = proposed.remove(sequence);
        for (final Batch batch : null == candidates ? List.<Batch>of() : candidates)
        {
            if (Arrays.equals(digest, batch.digest()))
            {
                batches.add(batch);
                return;
            }
        }
        throw new IllegalStateException("no batch with the committed digest is journalled for sequence " + sequence);
    }

    private byte[] digestOf(final long sequence, final long timestampNs, final byte[] bodies)
    {
        final UnsafeBuffer prefix = new UnsafeBuffer(new byte[PREFIX_LENGTH]);
        FrameLayout.putDomainPrefix(
            prefix, 0, FrameLayout.BATCH_DOMAIN, configuration.clusterId(), configuration.epoch());
        prefix.putLong(SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
        prefix.putLong(TIMESTAMP_OFFSET, timestampNs, ByteOrder.LITTLE_ENDIAN);
        sha256.update(ByteBuffer.wrap(prefix.byteArray()));
        return sha256.digest(bodies);
    }
}
