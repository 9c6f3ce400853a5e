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
 * Which epoch a sequence belongs to. An epoch that began with a RECOVER begins behind its hand-over, the sequence of
 * the last certificate of the epoch before it that counts. What is named by a sequence (batches, certificates,
 * snapshots) is of the epoch that its sequence belongs to, for ever. Immutable; any thread.
 */
public final class Epochs
{
    private final int present;
    /** The last is that of the present epoch, the one before it that of the epoch before it. They never fall. */
    private final long[] handOvers;

    /**
     * The epochs so far.
     *
     * @param present   the epoch that the cluster is in, from 0.
     * @param handOvers the sequences that the last epochs began behind, the last of them the present one: 0 or above,
     *                  not falling, at most as many as there were epochs before.
     */
    public Epochs(final int present, final long... handOvers)
    {
        this.present = present;
        this.handOvers = handOvers.clone();
        long before = 0;
        for (final long handOver : handOvers)
        {
            if (handOver < before || handOvers.length > present)
            {
                throw new IllegalArgumentException("epoch " + present + " cannot begin behind " + handOver);
            }
            before = handOver;
        }
    }

    /**
     * The epoch that the cluster is in.
     *
     * @return from 0.
     */
    public int present()
    {
        return present;
    }

    /**
     * The epoch that a sequence belongs to.
     *
     * @param sequence of a batch, a certificate or a snapshot.
     * @return at most the present one.
     */
    public int of(final long sequence)
    {
        int epoch = present;
        for (int i = handOvers.length - 1; i >= 0 && sequence <= handOvers[i]; i--)
        {
            epoch--;
        }
        return epoch;
    }

    /**
     * The last sequence of an epoch that counts.
     *
     * @param epoch one that began before the present one did, or the present one.
     * @return its hand-over to the next; {@link Long#MAX_VALUE} if it is the present one.
     */
    public long endOf(final int epoch)
    {
        final int next = handOvers.length - (present - epoch);
        return epoch == present ? Long.MAX_VALUE : handOvers[Math.max(0, next)];
    }

    /**
     * The sequence that the present epoch began behind.
     *
     * @return 0 if it did not begin with a RECOVER.
     */
    public long handOver()
    {
        return 0 == handOvers.length ? 0 : handOvers[handOvers.length - 1];
    }

    /**
     * How many of the last epochs began with a RECOVER.
     *
     * @return 0 or above.
     */
    public int recoveries()
    {
        return handOvers.length;
    }
}
