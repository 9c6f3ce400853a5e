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

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a set of VIEW-CHANGEs lets a new view begin with: where it starts, where it ends, and for each sequence between
 * a batch digest, or that nothing is kept. Passive; written by {@link NewViewCalculator} alone.
 */
final class NewViewSelection
{
    private final UnsafeBuffer digests;
    private final boolean[] nulls;
    /** Highest certified checkpoint of the set. */
    private long startSequence;
    /** Invariant: startSequence to startSequence + L. */
    private long endSequence;

    /**
     * A selection of nothing.
     *
     * @param window L.
     */
    NewViewSelection(final int window)
    {
        digests = new UnsafeBuffer(new byte[window * Digest.LENGTH]);
        nulls = new boolean[window];
    }

    void begin(final long startSequence, final long endSequence)
    {
        Invariants.verify(
            startSequence <= endSequence && endSequence - startSequence <= nulls.length,
            Invariants.SELECTION_IN_WINDOW,
            startSequence,
            endSequence);
        this.startSequence = startSequence;
        this.endSequence = endSequence;
    }

    void select(final long sequence, final DirectBuffer digest, final int offset)
    {
        digests.putBytes(digestOffset(sequence), digest, offset, Digest.LENGTH);
        nulls[index(sequence)] = false;
    }

    void selectNull(final long sequence)
    {
        nulls[index(sequence)] = true;
    }

    long startSequence()
    {
        return startSequence;
    }

    long endSequence()
    {
        return endSequence;
    }

    /** Whether nothing is kept: the null batch takes the place, so that later batches keep theirs. */
    boolean isNull(final long sequence)
    {
        return nulls[index(sequence)];
    }

    /** Holds the digest of a sequence that is not null at {@link #digestOffset}. */
    DirectBuffer digests()
    {
        return digests;
    }

    int digestOffset(final long sequence)
    {
        return index(sequence) * Digest.LENGTH;
    }

    private int index(final long sequence)
    {
        return (int)(sequence - startSequence - 1);
    }

    @Override
    public String toString()
    {
        return "(" + startSequence + ", " + endSequence + "]";
    }
}
