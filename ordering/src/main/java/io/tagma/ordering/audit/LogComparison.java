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
import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.protocol.MerkleFrontier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Whether several journals hold the same order: what all of them hold must be equal byte for byte, in sequence,
 * timestamp and bundle bodies.
 */
public final class LogComparison
{
    private static final long FIRST_SEQUENCE = 1;

    /**
     * One of the logs.
     */
    private static final class Side
    {
        private final Path directory;
        private final OrderedLog log;
        private final MerkleFrontier tree = new MerkleFrontier(new Sha256());
        private long firstSequence;
        private boolean present;

        Side(final Path directory)
        {
            this.directory = directory;
            log = new OrderedLog(directory);
        }

        void next()
        {
            present = log.next();
            if (present)
            {
                firstSequence = 0 == firstSequence ? log.sequence() : firstSequence;
                tree.append(log.digest(), 0);
            }
        }
    }

    private final List<Side> sides = new ArrayList<>();
    private final List<String> report = new ArrayList<>();
    private long firstCommonSequence;
    private long lastCommonSequence;
    private boolean equal = true;
    private boolean equalLength = true;

    /**
     * Compares journals, and reads all of them to their ends.
     *
     * @param directories of the journals, two or more.
     * @return what came out.
     */
    public static LogComparison of(final List<Path> directories)
    {
        final LogComparison comparison = new LogComparison();
        try
        {
            for (final Path directory : directories)
            {
                comparison.sides.add(new Side(directory));
            }
            comparison.run();
        }
        finally
        {
            comparison.sides.forEach(side -> side.log.close());
        }
        return comparison;
    }

    private void run()
    {
        sides.forEach(Side::next);
        long start = 0;
        for (final Side side : sides)
        {
            start = Math.max(start, side.present ? side.firstSequence : 0);
        }
        for (final Side side : sides)
        {
            while (side.present && side.log.sequence() < start)
            {
                side.next();
            }
        }
        firstCommonSequence = start;
        while (equal && allPresent())
        {
            if (!isAligned())
            {
                continue;
            }
            compare();
            if (equal)
            {
                lastCommonSequence = sides.get(0).log.sequence();
                sides.forEach(Side::next);
            }
        }
        finish();
    }

    /** Where one has fetched a snapshot in place of batches, others have more: goes on to where all have a batch. */
    private boolean isAligned()
    {
        long highest = 0;
        boolean isAligned = true;
        for (final Side side : sides)
        {
            highest = Math.max(highest, side.log.sequence());
        }
        for (final Side side : sides)
        {
            if (side.log.sequence() < highest)
            {
                isAligned = false;
                side.next();
            }
        }
        return isAligned;
    }

    private boolean allPresent()
    {
        return sides.stream().allMatch(side -> side.present);
    }

    private void compare()
    {
        final OrderedLog first = sides.get(0).log;
        for (final Side side : sides.subList(1, sides.size()))
        {
            final String difference = difference(first, side.log);
            if (null != difference)
            {
                equal = false;
                report.add("FIRST DIFFERENCE at sequence " + first.sequence() + ": " + difference + " of " +
                    side.directory + " is not that of " + sides.get(0).directory);
                return;
            }
        }
    }

    private static String difference(final OrderedLog left, final OrderedLog right)
    {
        if (left.sequence() != right.sequence())
        {
            return "the sequence (" + right.sequence() + ")";
        }
        if (left.timestampNs() != right.timestampNs())
        {
            return "the timestamp";
        }
        if (left.bundleCount() != right.bundleCount() || left.bodiesLength() != right.bodiesLength())
        {
            return "the length";
        }
        for (int i = 0; i < left.bodiesLength(); i++)
        {
            if (left.bodies().getByte(i) != right.bodies().getByte(i))
            {
                return "byte " + i + " of the bundle bodies";
            }
        }
        return left.digest().equals(right.digest()) ? null : "the digest";
    }

    private void finish()
    {
        long longest = 0;
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < sides.size(); i++)
        {
            final Side side = sides.get(i);
            while (side.present)
            {
                side.next();
            }
            longest = Math.max(longest, side.log.sequence());
            shortest = Math.min(shortest, side.log.sequence());
            report.add(i, side.directory + ": " + extent(side));
        }
        equalLength = longest == shortest;
        if (equal)
        {
            report.add(
                0 == lastCommonSequence ? "equal: no sequence is in all of them" :
                "equal: sequences " + firstCommonSequence + " to " + lastCommonSequence +
                    " are the same byte for byte in all " + sides.size());
        }
        if (!equalLength)
        {
            report.add("lengths differ: the longest ends with sequence " + longest + ", the shortest with " + shortest);
        }
    }

    private static String extent(final Side side)
    {
        if (0 == side.firstSequence)
        {
            return "no committed batch";
        }
        return "sequences " + side.firstSequence + " to " + side.log.sequence() + ", tree head " +
            (side.log.gapSequence() > 0 ? "unknown (a snapshot of " + side.log.gapSequence() + " in place of batches)" :
            FIRST_SEQUENCE == side.firstSequence ? head(side.tree) : "unknown (does not begin with sequence 1)") +
            (side.log.recoveries.all().isEmpty() ? "" : ", epoch " + side.log.recoveries.epoch() +
            " behind sequence " + side.log.recoveries.last().sequence());
    }

    static String head(final MerkleFrontier tree)
    {
        final UnsafeBuffer root = new UnsafeBuffer(new byte[FrameLayout.DIGEST_LENGTH]);
        tree.root(root, 0);
        return HexFormat.of().formatHex(root.byteArray());
    }

    /**
     * Whether what all hold is equal.
     *
     * @return false if there is a difference.
     */
    public boolean isEqual()
    {
        return equal;
    }

    /**
     * Whether all end with the same sequence.
     *
     * @return whether they do.
     */
    public boolean isEqualLength()
    {
        return equalLength;
    }

    /**
     * What came out, line by line: each log's extent and tree head, then the verdict.
     *
     * @return the lines.
     */
    public List<String> report()
    {
        return List.copyOf(report);
    }
}
