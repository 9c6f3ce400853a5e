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
package io.tagma.ordering.cli;

import io.tagma.journal.ChronicleSilence;
import io.tagma.ordering.audit.LeftJournal;
import io.tagma.ordering.audit.Recoveries;
import io.tagma.ordering.audit.RecoveryProof;
import io.tagma.ordering.authentication.PartyKind;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.configuration.GeneratedCluster;
import io.tagma.ordering.configuration.RecoveryFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Gives a recovery to one replica, while it is stopped: from its next start on it is in the next epoch, for ever.
 */
@Command(
    name = "apply",
    description = {
        "Gives a signed recovery to one replica, which must be stopped. It cannot be taken back: the replica never",
        "votes in the old epoch again. Doing it twice does nothing more."},
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
final class RecoverApplyCommand extends InitStep
{
    @Option(names = "--cluster", paramLabel = "FILE", required = true, description = "Cluster file, old or new.")
    private Path clusterFile;

    @Option(names = "--recovery", paramLabel = "FILE", required = true, description = "Recovery file, signed.")
    private Path recoveryFile;

    @Option(names = "--replica", paramLabel = "ID", required = true, description = "Id of the replica.")
    private int replicaId;

    @Option(
        names = "--dir",
        paramLabel = "DIR",
        required = true,
        description = "Directory of the replica: its keys are in DIR/keys, its journal is in DIR/journal.")
    private Path directory;

    @Option(
        names = "--drop-certified",
        description = {
            "Goes on even if this journal holds a later certificate than the recovery: what a quorum has certified is",
            "given up. Only if the recovery was already given to other replicas."})
    private boolean isCertifiedDropped;

    @Override
    void run(final PrintWriter out)
    {
        ChronicleSilence.apply();
        final ClusterConfiguration cluster = ClusterConfiguration.load(clusterFile);
        final RecoveryProof proof = RecoveryProof.of(
            RecoveryFile.load(recoveryFile, cluster.administrators()), cluster).requireThreshold();
        // Only to refuse somebody else's directory: nothing is signed here.
        proof.before().loadKeys(PartyKind.REPLICA, replicaId, directory.resolve(GeneratedCluster.KEYS_DIRECTORY));
        final Path journal = directory.resolve(GeneratedCluster.JOURNAL_DIRECTORY);
        final LeftJournal left = LeftJournal.of(journal);
        if (isApplied(left, proof, journal))
        {
            out.println("Replica " + replicaId + " was given this recovery before: it is in epoch " +
                proof.file().epoch() + ". Nothing was changed.");
            return;
        }
        final long sequence = proof.file().sequence();
        if (left.certifiedSequence() > sequence && !isCertifiedDropped)
        {
            throw new ConfigurationException("The journal " + journal + " holds a certificate for sequence " +
                left.certifiedSequence() + ", and the recovery begins behind " + sequence + ": it would give up what " +
                "a quorum has certified. Propose again, with this journal too. If other replicas were given this " +
                "recovery already, say --drop-certified.");
        }
        final int deleted = RecoveryJournal.apply(proof, replicaId, journal, left);
        report(out, left, sequence, deleted);
    }

    private boolean isApplied(final LeftJournal left, final RecoveryProof proof, final Path journal)
    {
        final int epoch = left.identity().epoch();
        final Recoveries.Recovery last = left.recoveries().last();
        if (epoch < proof.file().epoch())
        {
            return false;
        }
        if (epoch == proof.file().epoch() && null != last &&
            last.sequence() == proof.file().sequence() && Arrays.equals(last.configuration(), proof.after().digest()))
        {
            return true;
        }
        throw new ConfigurationException("The journal " + journal + " is in epoch " + epoch + (null == last ? "" :
            ", which began there behind sequence " + last.sequence()) + ": it is never given another recovery of " +
            "epoch " + proof.file().epoch() + ".");
    }

    private void report(final PrintWriter out, final LeftJournal left, final long sequence, final int deleted)
    {
        out.println("Replica " + replicaId + " is in epoch " + (left.identity().epoch() + 1) +
            " from now on. It goes on behind sequence " + sequence + ".");
        out.println(left.executedSequence() > sequence ?
            "Given up: sequences " + (sequence + 1) + " to " + left.executedSequence() +
            ", which it had executed, and " + deleted + " snapshots behind sequence " + sequence + "." :
            left.executedSequence() < sequence ?
            "It had executed up to " + left.executedSequence() + ", and gets the rest from the others." :
            "It had executed nothing behind that.");
        out.println("Its votes of the old epoch are void. Start it with the cluster file of the new epoch, and no " +
            "other; it orders with replicas that were given the same recovery only.");
    }
}
