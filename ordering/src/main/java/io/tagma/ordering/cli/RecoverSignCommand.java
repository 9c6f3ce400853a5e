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

import io.tagma.codecs.FrameLayout;
import io.tagma.ordering.audit.RecoveryProof;
import io.tagma.ordering.authentication.KeyDirectory;
import io.tagma.ordering.authentication.SignatureDomain;
import io.tagma.ordering.authentication.Signatures;
import io.tagma.ordering.authentication.SigningKeys;
import io.tagma.ordering.configuration.Administrator;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.configuration.RecoveryFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Puts one administrator's signature into a recovery file.
 */
@Command(
    name = "sign",
    description = {
        "Signs a recovery file as one administrator. Sign ONE recovery of an epoch only, ever: replicas that were",
        "given different ones never understand each other again."},
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
final class RecoverSignCommand extends InitStep
{
    @Option(names = "--cluster", paramLabel = "FILE", required = true, description = "Cluster file.")
    private Path clusterFile;

    @Option(names = "--recovery", paramLabel = "FILE", required = true, description = "Recovery file to sign.")
    private Path recoveryFile;

    @Option(names = "--administrator", paramLabel = "NAME", required = true, description = "Who signs.")
    private String name;

    @Option(names = "--keys", paramLabel = "DIR", required = true, description = "Directory with its signing.pem.")
    private Path keys;

    @Override
    void run(final PrintWriter out)
    {
        final ClusterConfiguration cluster = ClusterConfiguration.load(clusterFile);
        final RecoveryFile recovery = RecoveryFile.load(recoveryFile, cluster.administrators());
        final RecoveryProof proof = RecoveryProof.of(recovery, cluster);
        final Administrator administrator = cluster.administrators().find(name);
        if (null == administrator)
        {
            throw new ConfigurationException(clusterFile + " names no administrator " + name + ".");
        }
        final SigningKeys signingKeys = KeyDirectory.loadSigning(keys);
        if (!administrator.signingKey().equals(signingKeys.publicKey()))
        {
            throw new ConfigurationException(
                "The key in " + keys + " is not that of administrator " + name + " in " + clusterFile + ".");
        }
        final byte[] digest = proof.after().digest();
        final UnsafeBuffer signature = new UnsafeBuffer(new byte[FrameLayout.SIGNATURE_LENGTH]);
        new Signatures(proof.after().clusterId(), proof.after().epoch()).sign(
            SignatureDomain.RECOVERY, signingKeys, new UnsafeBuffer(digest), 0, digest.length, signature, 0);
        final RecoveryFile signed = recovery.with(name, signature.byteArray());
        signed.replace(recoveryFile);
        out.println(name + " has signed that epoch " + recovery.epoch() + " begins behind sequence " +
            recovery.sequence() + ", and that what was executed behind that is given up, acknowledged requests " +
            "included.");
        final int missing = cluster.administrators().threshold() - signed.signatures().size();
        out.println(missing > 0 ?
            missing + " more must sign." :
            "Enough have signed: tagma recover configuration, then tagma recover apply at each replica.");
    }
}
