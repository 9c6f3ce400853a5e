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
package io.tagma.ordering.protocol;

/**
 * The last checkpoints of each signer: at most four, those with the lowest sequences above h, because what is nearer is
 * needed first.
 */
final class CheckpointLog
{
    static final int ENTRIES_PER_SIGNER = 4;

    private final CheckpointEntry[][] entries;

    CheckpointLog(final ProtocolParameters parameters)
    {
        entries = new CheckpointEntry[parameters.quorums.size()][ENTRIES_PER_SIGNER];
        for (final CheckpointEntry[] ofSigner : entries)
        {
            for (int i = 0; i < ENTRIES_PER_SIGNER; i++)
            {
                ofSigner[i] = new CheckpointEntry(parameters);
            }
        }
    }

    CheckpointEntry find(final int signerId, final long sequence)
    {
        for (final CheckpointEntry entry : entries[signerId])
        {
            if (entry.sequence() == sequence)
            {
                return entry;
            }
        }
        return null;
    }

    /**
     * The place for one more checkpoint of a signer, whatever lies in it.
     *
     * @return its index, or -1 if the signer already has four with lower sequences.
     */
    int placeFor(final int signerId, final long sequence)
    {
        int highest = 0;
        for (int i = 0; i < ENTRIES_PER_SIGNER; i++)
        {
            if (entries[signerId][i].isFree())
            {
                return i;
            }
            if (entries[signerId][i].sequence() > entries[signerId][highest].sequence())
            {
                highest = i;
            }
        }
        return entries[signerId][highest].sequence() > sequence ? highest : -1;
    }

    /**
     * The place for one more checkpoint of our own. With none free the newest gives way: the lowest ones are needed
     * first, and of the others the last, or nothing is left to sign between them and the end of the window.
     */
    int placeForOwn(final int replicaId)
    {
        return placeFor(replicaId, ReplicaStatus.NULL_SEQUENCE);
    }

    CheckpointEntry at(final int signerId, final int place)
    {
        return entries[signerId][place];
    }

    /** Weight of the distinct signers whose verified content at a sequence equals the given one. */
    int weightFor(final CheckpointEntry content, final Quorums quorums)
    {
        int weight = 0;
        for (int signer = 0; signer < entries.length; signer++)
        {
            weight += isSigned(signer, content) ? quorums.weight(signer) : 0;
        }
        return weight;
    }

    /** Whether a signer's verified checkpoint has the content of the given one. */
    boolean isSigned(final int signerId, final CheckpointEntry content)
    {
        final CheckpointEntry entry = find(signerId, content.sequence());
        return null != entry && entry.isSigned() && entry.hasContentOf(content);
    }

    /** What lies at or below the new h is needed no longer. */
    void dropUpTo(final long stableSequence)
    {
        for (final CheckpointEntry[] ofSigner : entries)
        {
            for (final CheckpointEntry entry : ofSigner)
            {
                if (!entry.isFree() && entry.sequence() <= stableSequence)
                {
                    entry.free();
                }
            }
        }
    }
}
