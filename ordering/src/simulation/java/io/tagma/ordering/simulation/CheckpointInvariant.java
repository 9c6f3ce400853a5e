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
package io.tagma.ordering.simulation;

import java.util.HashMap;
import java.util.Map;

/**
 * INV5: the tree head that a correct replica signs is the head of the agreed history, as computed here; all that is
 * signed with it is the same on all correct replicas; a stable checkpoint has such a head.
 */
final class CheckpointInvariant extends Invariant
{
    private final ClusterFacts cluster;
    private final ReferenceMerkleTree tree = new ReferenceMerkleTree();
    private final Map<Long, DigestValue> contents = new HashMap<>();

    CheckpointInvariant(final Verdict verdict, final ClusterFacts cluster)
    {
        super("INV5 checkpoints", verdict);
        this.cluster = cluster;
    }

    @Override
    void onCommittedAppended(final int replica, final long record, final long sequence, final DigestValue digest)
    {
        if (sequence == tree.size() + 1)
        {
            tree.append(digest);
        }
    }

    @Override
    void onVoteSent(
        final int replica, final VoteType type, final long view, final long sequence, final DigestValue digest)
    {
        if (VoteType.CHECKPOINT == type)
        {
            checkRoot(replica, sequence, digest);
        }
    }

    @Override
    void onCheckpointSent(final int replica, final long sequence, final DigestValue content)
    {
        final DigestValue before = contents.putIfAbsent(sequence, content);
        check(
            null == before || before.equals(content),
            "replica {} signed at sequence {} another content than the first to sign it", replica, sequence);
    }

    @Override
    void onCertificateAppended(
        final int replica, final long record, final long sequence, final DigestValue root, final long signers)
    {
        checkRoot(replica, sequence, root);
        check(
            Long.bitCount(signers) >= cluster.quorum(),
            "replica {} has a certificate for sequence {} with {} right signatures",
            replica, sequence, Long.bitCount(signers));
    }

    private void checkRoot(final int replica, final long sequence, final DigestValue root)
    {
        final boolean known = sequence >= 1 && sequence <= tree.size();
        check(known, "replica {} has a tree head for sequence {}, which no correct one committed", replica, sequence);
        if (known)
        {
            final DigestValue reference = tree.head((int)sequence);
            check(
                reference.equals(root),
                "replica {} has tree head {} at sequence {}, the history has {}", replica, root, sequence, reference);
        }
    }
}
