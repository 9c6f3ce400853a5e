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
import io.tagma.journal.JournalException;
import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.protocol.MerkleFrontier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Whether what a journal says of itself holds: its records, its barriers, its digests, its tree, and what a quorum of
 * replicas signed for it. One line for each check.
 */
public final class LogVerification
{
    private static final long FIRST_SEQUENCE = 1;

    /**
     * What came out of one check.
     */
    public enum Verdict
    {
        /** It holds. */
        OK("ok"),
        /** It does not. */
        FAILED("FAILED"),
        /** What it needs was not given or is not there. */
        NOT_CHECKED("not checked");

        private final String text;

        Verdict(final String text)
        {
            this.text = text;
        }
    }

    /**
     * One check.
     *
     * @param name    of what was checked.
     * @param verdict that was reached.
     * @param text    why, in one sentence.
     */
    public record Check(String name, Verdict verdict, String text)
    {
        @Override
        public String toString()
        {
            return String.format("%-13s %-12s %s", name, verdict.text, text);
        }
    }

    private final List<Check> checks = new ArrayList<>();

    private LogVerification()
    {
    }

    /**
     * Verifies a journal.
     *
     * @param directory of the journal, or of the replica that it is in.
     * @param cluster   that it should be of; null to check what can be checked without.
     * @return the checks.
     * @throws JournalException if there is no journal, or files of it are missing.
     */
    public static LogVerification of(final Path directory, final ClusterConfiguration cluster)
    {
        final LogVerification verification = new LogVerification();
        final RecordAudit records = new RecordAudit(OrderedLog.journalDirectory(directory), cluster);
        records.run();
        verification.checks.addAll(records.checks());
        verification.verifyOrder(directory, records, cluster);
        return verification;
    }

    private void verifyOrder(final Path directory, final RecordAudit records, final ClusterConfiguration cluster)
    {
        final CanonicalBatch canonical = new CanonicalBatch();
        final MerkleFrontier tree = new MerkleFrontier(new Sha256());
        final TreeCheck treeCheck = new TreeCheck(records.certificates());
        final UnsafeBuffer root = new UnsafeBuffer(new byte[FrameLayout.DIGEST_LENGTH]);
        long first = 0;
        long count = 0;
        String wrongDigest = null;
        try (OrderedLog log = new OrderedLog(directory))
        {
            String contradiction = null;
            try
            {
                while (log.next())
                {
                    first = 0 == first ? log.sequence() : first;
                    count++;
                    if (null == wrongDigest && !canonical.digest(log).equals(log.digest()))
                    {
                        wrongDigest = "the batch of sequence " + log.sequence() + " is not what its digest says";
                    }
                    tree.append(log.digest(), 0);
                    if (FIRST_SEQUENCE == first && 0 == log.gapSequence() && treeCheck.isDue(log.sequence()))
                    {
                        tree.root(root, 0);
                        treeCheck.onRoot(log.sequence(), root);
                    }
                }
            }
            catch (final LogException | JournalException | IndexOutOfBoundsException ex)
            {
                contradiction = ex.getMessage();
            }
            add("order", contradiction, (0 == count ? "no batch is committed" :
                "sequences " + first + " to " + log.sequence() + ", each committed once and in turn" + gapText(log)) +
                cutText(log));
            add("digests", wrongDigest, count + " batches are what their digests say");
            addTree(first, log.gapSequence(), treeCheck, tree);
            final Check epochs = log.recoveries.check(cluster);
            if (null != epochs)
            {
                checks.add(epochs);
            }
        }
    }

    private static String gapText(final OrderedLog log)
    {
        return 0 == log.gapSequence() ? "" :
            ", but for some up to " + log.gapSequence() + ", in whose place a snapshot was fetched";
    }

    private static String cutText(final OrderedLog log)
    {
        return log.firstRecordNumber() <= 1 ? "" :
            "; the journal begins with record " + log.firstRecordNumber() + ", retention has taken what was before";
    }

    private void addTree(final long first, final long gap, final TreeCheck treeCheck, final MerkleFrontier tree)
    {
        if (first > FIRST_SEQUENCE)
        {
            checks.add(new Check(
                "tree", Verdict.NOT_CHECKED, "the journal begins with sequence " + first + ", the tree with 1"));
        }
        else if (gap > 0 && null == treeCheck.difference())
        {
            checks.add(new Check(
                "tree", Verdict.NOT_CHECKED, "a snapshot of sequence " + gap + " was fetched in place of batches; " +
                treeCheck.count() + " certified heads before it recomputed"));
        }
        else
        {
            add("tree", treeCheck.difference(), "head " + LogComparison.head(tree) + " over " + tree.size() +
                " batches; " + treeCheck.count() + " certified heads recomputed");
        }
    }

    private void add(final String name, final String failure, final String success)
    {
        checks.add(null == failure ? new Check(name, Verdict.OK, success) : new Check(name, Verdict.FAILED, failure));
    }

    /**
     * What was checked, in order.
     *
     * @return the checks.
     */
    public List<Check> checks()
    {
        return List.copyOf(checks);
    }

    /**
     * Whether nothing failed.
     *
     * @return true if no check failed.
     */
    public boolean isFine()
    {
        return checks.stream().noneMatch(check -> Verdict.FAILED == check.verdict());
    }
}
