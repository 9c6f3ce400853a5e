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

import io.tagma.codecs.BundleCursor;
import io.tagma.codecs.FrameDump;
import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.client.BundleKind;
import io.tagma.journal.ChronicleJournal;
import io.tagma.journal.JournalReader;
import io.tagma.ordering.configuration.ClusterConfiguration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.agrona.DirectBuffer;

/**
 * The agreed order as text, or as one JSON object a line.
 */
public final class LogPrinter
{
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int DIGEST_LENGTH = 32;
    private static final int POLL_LIMIT = 256;

    private final PrintWriter out;
    private final BundleCursor bundles = new BundleCursor();
    private final byte[] digest = new byte[DIGEST_LENGTH];

    /**
     * A printer.
     *
     * @param out to print to.
     */
    public LogPrinter(final PrintWriter out)
    {
        this.out = out;
    }

    /**
     * From where a journal begins that retention has cut.
     *
     * @param directory of the journal, or of the replica that it is in.
     * @return a sentence; null if the journal is whole.
     */
    public static String beginning(final Path directory)
    {
        try (OrderedLog log = new OrderedLog(directory))
        {
            final boolean isAny = log.next();
            return log.firstRecordNumber() <= 1 ? null :
                "the journal begins with record " + log.firstRecordNumber() + (isAny ?
                ", the order in it with sequence " + log.sequence() : ", and holds no order") +
                ": retention has taken what was before";
        }
    }

    /**
     * Where epochs begin in a journal.
     *
     * @param directory of the journal, or of the replica that it is in.
     * @return a sentence for each RECOVER in it.
     */
    public static List<String> epochs(final Path directory)
    {
        return Recoveries.of(directory).all().stream()
            .map(recovery -> "epoch " + recovery.epoch() + " began behind sequence " + recovery.sequence() +
                ", by a RECOVER in record " + recovery.recordNumber() + ": what was committed behind that before it " +
                "is no part of the order")
            .toList();
    }

    /**
     * Prints committed batches.
     *
     * @param directory of the journal, or of the replica that it is in.
     * @param from      first sequence to print.
     * @param to        last sequence to print.
     * @param json      whether as JSON.
     * @return batches printed.
     */
    public long printBatches(final Path directory, final long from, final long to, final boolean json)
    {
        long count = 0;
        try (OrderedLog log = new OrderedLog(directory))
        {
            while (log.sequence() < to && log.next())
            {
                if (log.sequence() >= from && log.sequence() <= to)
                {
                    log.digest().getBytes(0, digest);
                    out.println(json ? json(log) : text(log));
                    count++;
                }
            }
        }
        return count;
    }

    private String text(final OrderedLog log)
    {
        final StringBuilder line = new StringBuilder(160);
        line.append("sequence ").append(log.sequence())
            .append("  ").append(instant(log.timestampNs()))
            .append("  ").append(HexFormat.of().formatHex(digest))
            .append("  ").append(log.bundleCount()).append(" bundles, ").append(log.bodiesLength()).append(" bytes");
        for (bundles.wrap(log.bodies(), 0, log.bodiesLength()); bundles.next(); )
        {
            line.append("\n    client ").append(bundles.clientId())
                .append("  session ").append(bundles.sessionId())
                .append("  ").append(kind())
                .append(' ').append(bundles.firstNumber());
            if (bundles.count() > 1)
            {
                line.append(" to ").append(bundles.firstNumber() + bundles.count() - 1);
            }
            line.append("  ").append(bundles.bodyLength()).append(" bytes");
        }
        return line.toString();
    }

    private String json(final OrderedLog log)
    {
        final StringBuilder line = new StringBuilder(200);
        line.append("{\"sequence\":").append(log.sequence())
            .append(",\"timestampNs\":").append(log.timestampNs())
            .append(",\"digest\":\"").append(HexFormat.of().formatHex(digest))
            .append("\",\"bundles\":[");
        String separator = "";
        for (bundles.wrap(log.bodies(), 0, log.bodiesLength()); bundles.next(); )
        {
            line.append(separator)
                .append("{\"clientId\":").append(bundles.clientId())
                .append(",\"sessionId\":").append(bundles.sessionId())
                .append(",\"kind\":\"").append(kind())
                .append("\",\"firstNumber\":").append(bundles.firstNumber())
                .append(",\"count\":").append(bundles.count())
                .append(",\"bodyLength\":").append(bundles.bodyLength())
                .append('}');
            separator = ",";
        }
        return line.append("]}").toString();
    }

    private String kind()
    {
        final BundleKind kind = bundles.kind();
        return null == kind ? "unknown" : kind.name().toLowerCase(Locale.ROOT);
    }

    private static Instant instant(final long epochNs)
    {
        return Instant.ofEpochSecond(epochNs / NANOS_PER_SECOND, epochNs % NANOS_PER_SECOND);
    }

    /**
     * Prints the journal's records, votes and barriers included.
     *
     * @param directory of the journal, or of the replica that it is in.
     * @param from      first record number to print.
     * @param to        last record number to print.
     * @param cluster   that it is of, whose limits its records are read by.
     * @return records printed.
     */
    public long printRecords(final Path directory, final long from, final long to, final ClusterConfiguration cluster)
    {
        final FrameLimits limits = cluster.frameLimits();
        final long[] count = {0, 0};
        try (JournalReader reader = ChronicleJournal.reader(OrderedLog.journalDirectory(directory)))
        {
            reader.seekToRecord(from);
            while (count[1] < to && reader.poll(
                (number, position, buffer, offset, length) ->
                {
                    count[1] = number;
                    if (number <= to)
                    {
                        count[0]++;
                        printRecord(number, buffer, offset, length, limits);
                    }
                },
                POLL_LIMIT) > 0)
            {
                out.flush();
            }
        }
        return count[0];
    }

    private void printRecord(
        final long number, final DirectBuffer buffer, final int offset, final int length, final FrameLimits limits)
    {
        out.println("record " + number + "  " + FrameDump.describe(buffer, offset, length, limits));
    }
}
