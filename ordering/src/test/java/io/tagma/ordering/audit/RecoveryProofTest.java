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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.codecs.FrameLayout;
import io.tagma.ordering.authentication.SignatureDomain;
import io.tagma.ordering.authentication.Signatures;
import io.tagma.ordering.configuration.ClusterConfiguration;
import io.tagma.ordering.configuration.ConfigurationException;
import io.tagma.ordering.configuration.GeneratedCluster;
import io.tagma.ordering.configuration.RecoveryFile;
import io.tagma.ordering.configuration.Succession;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a recovery file must hold to be worth anything; certificates with real signatures are for the command's test.
 */
class RecoveryProofTest
{
    private final GeneratedCluster generated = GeneratedCluster.builder().administrators(3).seed(7).generate();
    private final ClusterConfiguration cluster = generated.configuration();
    private final RecoveryFile unsigned = RecoveryProof.propose(cluster, 0, new byte[0]);

    private RecoveryFile signed(final RecoveryFile file, final int signer, final int asAdministrator, final int epoch)
    {
        final byte[] digest = HexFormat.of().parseHex(file.configuration());
        final UnsafeBuffer signature = new UnsafeBuffer(new byte[FrameLayout.SIGNATURE_LENGTH]);
        new Signatures(cluster.clusterId(), epoch).sign(
            SignatureDomain.RECOVERY, generated.administratorKeys(signer), new UnsafeBuffer(digest), 0, digest.length,
            signature, 0);
        return file.with("administrator-" + asAdministrator, signature.byteArray());
    }

    private static void assertRefused(final String sentence, final Runnable act)
    {
        final ConfigurationException refusal = assertThrows(ConfigurationException.class, act::run);
        assertTrue(refusal.getMessage().contains(sentence), refusal.getMessage());
    }

    @Test
    void threshold()
    {
        final RecoveryFile one = signed(unsigned, 3, 3, 1);
        assertRefused("0 of its administrators have signed it, and 2 must", () ->
            RecoveryProof.of(unsigned, cluster).requireThreshold());
        assertRefused("1 of its administrators have signed it, and 2 must", () ->
            RecoveryProof.of(signed(one, 3, 3, 1), cluster).requireThreshold());
        final RecoveryProof proof = RecoveryProof.of(signed(one, 1, 1, 1), cluster).requireThreshold();
        assertEquals(2, proof.signatures().size());
        assertEquals(0, proof.signatures().get(0).administrator());
        assertEquals(1, proof.after().epoch());
    }

    @Test
    @DisplayName("signatures of others, for another epoch, or for something else are wrong")
    void otherSignatures()
    {
        assertRefused("the signature of administrator-2 is wrong", () ->
            RecoveryProof.of(signed(unsigned, 1, 2, 1), cluster));
        assertRefused("the signature of administrator-1 is wrong", () ->
            RecoveryProof.of(signed(unsigned, 1, 1, 2), cluster));
        assertRefused("the signature of administrator-1 is wrong", () ->
            RecoveryProof.of(unsigned.with("administrator-1", new byte[64]), cluster));
    }

    @Test
    @DisplayName("a file that was made with another cluster file, by a byte, is refused")
    void otherConfiguration()
    {
        final String digits = unsigned.configuration();
        final RecoveryFile other = new RecoveryFile(
            cluster.clusterId(), 1, 0, new byte[0], ('0' == digits.charAt(0) ? '1' : '0') + digits.substring(1),
            unsigned.signatures());
        assertRefused("made with another cluster file", () -> RecoveryProof.of(other, cluster));
    }

    @Test
    void otherClustersAndEpochs()
    {
        final ClusterConfiguration stranger =
            GeneratedCluster.builder().administrators(3).seed(8).generate().configuration();
        assertRefused("it is of cluster", () -> RecoveryProof.of(unsigned, stranger));
        assertRefused("the cluster file names no administrators".substring(4), () ->
            RecoveryProof.propose(GeneratedCluster.builder().seed(7).generate().configuration(), 0, new byte[0]));
        final ClusterConfiguration first = RecoveryProof.of(unsigned, cluster).after();
        final ClusterConfiguration second =
            RecoveryProof.of(RecoveryProof.propose(first, 0, new byte[0]), first).after();
        assertRefused("it begins epoch 1, and the cluster file is of epoch 2: the next one is 3", () ->
            RecoveryProof.of(unsigned, second));
        assertEquals(1, RecoveryProof.of(unsigned, first).after().epoch());
        assertEquals(0, Succession.before(first).epoch());
    }

    @Test
    void certificates()
    {
        assertRefused("there is no certificate for sequence 0", () ->
            RecoveryProof.propose(cluster, 0, new byte[1]));
        assertRefused("its certificate is garbled", () -> RecoveryProof.propose(cluster, 64, new byte[0]));
        assertRefused("its certificate is garbled", () -> RecoveryProof.propose(cluster, 64, new byte[300]));
    }
}
