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

import static io.tagma.codecs.FrameLayout.DOMAIN_PREFIX_LENGTH;

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.peer.StatementKind;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of one signed statement, behind their domain prefix: while its parts come in, while it is checked, and for
 * as long as somebody refers to it. Passive; its place belongs to {@link Statements}.
 */
final class Statement
{
    /** How far it has come. */
    enum State
    {
        /** Nothing in it. */
        FREE,
        /** Its name is known, and perhaps some of its parts. */
        GATHERING,
        /** All bytes are here, are well-formed and have the digest; nobody has checked the signature. */
        WHOLE,
        /** Signature and certificate are right. */
        VALID,
        /** The bytes have the digest and are no statement of its kind, signer and view: it can never be valid. */
        MALFORMED
    }

    /** The statement begins here, behind the prefix that is signed with it. */
    static final int OFFSET = DOMAIN_PREFIX_LENGTH;

    final UnsafeBuffer buffer;
    final UnsafeBuffer signature = new UnsafeBuffer(new byte[FrameLayout.SIGNATURE_LENGTH]);
    final Digest digest = new Digest();

    private final FrameLimits limits;
    private final long[] parts;
    private State state = State.FREE;
    private StatementKind kind = StatementKind.NULL_VAL;
    private int signer;
    private long view;
    private int length;
    private int partsLeft;
    /** From whom parts are taken: a liar must not mix wrong bytes into what others send. */
    private int sourceId;
    private int sourceCount;
    private long touchedAtNs;
    private long askedAtNs;
    private long stamp;
    private int references;

    Statement(final FrameLimits limits, final int lengthMax)
    {
        this.limits = limits;
        buffer = new UnsafeBuffer(new byte[OFFSET + lengthMax]);
        final int partsMax = (lengthMax + limits.partLengthMax() - 1) / limits.partLengthMax();
        parts = new long[(partsMax + Long.SIZE - 1) / Long.SIZE];
    }

    /** Gives the place to a statement of which only the name is known. */
    void begin(final StatementKind newKind, final int newSigner, final long newView)
    {
        state = State.GATHERING;
        kind = newKind;
        signer = newSigner;
        view = newView;
        stamp++;
        digest.clear();
        sourceCount = 0;
        forgetParts();
    }

    void forgetParts()
    {
        length = 0;
        partsLeft = 0;
        for (int i = 0; i < parts.length; i++)
        {
            parts[i] = 0;
        }
    }

    /** Everything is to come from here now; parts from elsewhere were perhaps of another making. */
    void source(final int newSourceId, final long nowNs)
    {
        if (sourceId != newSourceId)
        {
            forgetParts();
            sourceCount++;
        }
        sourceId = newSourceId;
        touchedAtNs = nowNs;
        askedAtNs = nowNs;
    }

    /**
     * A part has come from the source.
     *
     * @return whether it was new.
     */
    boolean part(
        final int partNumber,
        final int statementLength,
        final DirectBuffer part,
        final int offset,
        final int partLength,
        final long nowNs)
    {
        if (0 == length)
        {
            length = statementLength;
            partsLeft = partCount();
        }
        final long bit = 1L << partNumber;
        if (statementLength != length || OFFSET + statementLength > buffer.capacity() ||
            partNumber >= partCount() || 0 != (parts[partNumber >> 6] & bit))
        {
            return false;
        }
        parts[partNumber >> 6] |= bit;
        partsLeft--;
        touchedAtNs = nowNs;
        buffer.putBytes(OFFSET + partNumber * limits.partLengthMax(), part, offset, partLength);
        return true;
    }

    /** The bytes were encoded in place. */
    void encoded(final int newLength)
    {
        length = newLength;
        partsLeft = 0;
    }

    boolean hasAllParts()
    {
        return length > 0 && 0 == partsLeft;
    }

    int firstMissingPart()
    {
        int part = 0;
        while (0 != (parts[part >> 6] & 1L << part))
        {
            part++;
        }
        return part;
    }

    int partCount()
    {
        return (length + limits.partLengthMax() - 1) / limits.partLengthMax();
    }

    int partOffset(final int partNumber)
    {
        return OFFSET + partNumber * limits.partLengthMax();
    }

    int partLength(final int partNumber)
    {
        return (int)limits.partLength(length, partNumber);
    }

    void whole()
    {
        state = State.WHOLE;
    }

    /** The signature that came with it was not its signer's: somebody else may have the right one. */
    void unsigned()
    {
        state = State.GATHERING;
        forgetParts();
    }

    void valid()
    {
        state = State.VALID;
    }

    void malformed()
    {
        state = State.MALFORMED;
    }

    void retain()
    {
        references++;
    }

    /** One less refers to it; with the last its place is free. */
    void release()
    {
        Invariants.verify(references > 0, Invariants.PLACES_ARE_COUNTED, references, view);
        references--;
        if (0 == references)
        {
            state = State.FREE;
            stamp++;
        }
    }

    boolean isNamed(final StatementKind otherKind, final int otherSigner, final DirectBuffer other, final int offset)
    {
        return State.FREE != state && kind == otherKind && signer == otherSigner && digest.is(other, offset);
    }

    State state()
    {
        return state;
    }

    boolean isValid()
    {
        return State.VALID == state;
    }

    StatementKind kind()
    {
        return kind;
    }

    int signer()
    {
        return signer;
    }

    long view()
    {
        return view;
    }

    /** Bytes of the statement, without the prefix. */
    int length()
    {
        return length;
    }

    int sourceId()
    {
        return sourceId;
    }

    /** How often it was to come from somebody else than before. */
    int sourceCount()
    {
        return sourceCount;
    }

    long touchedAtNs()
    {
        return touchedAtNs;
    }

    /** When it was last asked for where it came from; whether anything came of it is another matter. */
    long askedAtNs()
    {
        return askedAtNs;
    }

    void asked(final long nowNs)
    {
        askedAtNs = nowNs;
    }

    long stamp()
    {
        return stamp;
    }

    @Override
    public String toString()
    {
        return kind + " of " + signer + " for " + view + " " + state;
    }
}
