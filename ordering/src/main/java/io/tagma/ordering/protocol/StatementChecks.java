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

import io.tagma.codecs.ViewChangeCursor;
import io.tagma.codecs.peer.StatementKind;

/**
 * Has the side agent check statements: the signature, and for a VIEW-CHANGE the signatures of the certificate in it,
 * unless all of them are known to be right. Signatures of several statements are asked for at once, certificates one at
 * a time. Goes round all places, so that nobody's statements keep others' from being checked; what comes on a replica's
 * own account is checked at most once in a base time-out.
 */
final class StatementChecks
{
    private static final int REMEMBERED = 16;
    private static final int NONE = -1;

    /** How far the check of what lies in one place has come. */
    private enum Step
    {
        /** Not begun. */
        NONE,
        /** The side agent is asked about the signature. */
        SIGNATURE,
        /** The signature is right; the certificate waits for its turn, or is under check. */
        CERTIFICATE
    }

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final Outbound outbound;
    private final Statements statements;
    private final Hashing hashing;
    private final KnownSignatures knownSignatures;
    private final CertificateCheck certificateCheck;
    private final CertificateStore certificate;
    private final ViewChangeCursor cursor = new ViewChangeCursor();
    /** Digests of certificates found right, the oldest goes. */
    private final Digest[] remembered = new Digest[REMEMBERED];
    private int rememberedNext;
    private final Digest certificateDigest = new Digest();
    /** By place: when the statement may be checked at the earliest. */
    private final long[] notBeforeNs;
    /** By place: how far it has come, and of which statement that is. */
    private final Step[] steps;
    private final long[] stamps;
    /** Where the certificate under check is, or NONE. */
    private int certificatePlace = NONE;
    private int next;

    StatementChecks(final Core core, final Statements statements)
    {
        parameters = core.parameters;
        status = core.status;
        outbound = core.outbound;
        hashing = core.hashing;
        knownSignatures = core.knownSignatures;
        this.statements = statements;
        certificateCheck = new CertificateCheck(parameters, outbound, Token.STATEMENT_CERTIFICATE_VERIFICATION);
        certificate = new CertificateStore(parameters);
        notBeforeNs = new long[statements.count()];
        stamps = new long[statements.count()];
        steps = new Step[statements.count()];
        for (int i = 0; i < steps.length; i++)
        {
            steps[i] = Step.NONE;
        }
        for (int i = 0; i < remembered.length; i++)
        {
            remembered[i] = new Digest();
        }
    }

    /** A statement is to be checked, at the earliest then. */
    void after(final Statement statement, final long timeNs)
    {
        for (int i = 0; i < notBeforeNs.length; i++)
        {
            if (statements.at(i) == statement)
            {
                notBeforeNs[i] = timeNs;
            }
        }
    }

    /** Begins with what may be checked, as far as the side agent has room. */
    void tick()
    {
        for (int place = 0; place < steps.length; place++)
        {
            if (Step.NONE != steps[place] && statements.at(place).stamp() != stamps[place])
            {
                end(place);
            }
        }
        for (int i = 0; i < steps.length; i++)
        {
            final int place = (next + i) % steps.length;
            final Statement candidate = statements.at(place);
            if (Step.NONE == steps[place] && Statement.State.WHOLE == candidate.state() &&
                status.nowNs() - notBeforeNs[place] >= 0 && !begin(candidate, place))
            {
                next = place;
                return;
            }
        }
        for (int i = 0; i < steps.length && NONE == certificatePlace; i++)
        {
            final int place = (next + i) % steps.length;
            if (Step.CERTIFICATE == steps[place])
            {
                next = (place + 1) % steps.length;
                askForCertificate(place);
            }
        }
    }

    private void end(final int place)
    {
        steps[place] = Step.NONE;
        if (place == certificatePlace)
        {
            certificatePlace = NONE;
        }
    }

    private boolean begin(final Statement statement, final int place)
    {
        if (!outbound.verifyReplica(
            Token.of(Token.STATEMENT_VERIFICATION, place, statement.stamp(), statement.view()),
            statement.signer(),
            statement.buffer,
            0,
            Statement.OFFSET + statement.length(),
            statement.signature,
            0))
        {
            return false;
        }
        steps[place] = Step.SIGNATURE;
        stamps[place] = statement.stamp();
        return true;
    }

    /**
     * The side agent has answered for a statement's signature.
     *
     * @return the statement if it is decided by this: valid, or still whole and to be dropped; else null.
     */
    Statement onSignature(final long token, final boolean isValid)
    {
        final int place = Token.place(token);
        final Statement statement = statements.at(place);
        if (Step.SIGNATURE != steps[place] || statement.stamp() != stamps[place] ||
            !Token.isOf(token, statement.stamp(), statement.view()))
        {
            return null;
        }
        if (!isValid)
        {
            status.reject(Rejection.SIGNATURE);
            return done(place, false);
        }
        if (StatementKind.NEW_VIEW == statement.kind() || isCertificateKnown(statement))
        {
            return done(place, true);
        }
        if (certificate.weight(parameters.quorums) < parameters.quorums.quorum())
        {
            status.reject(Rejection.CERTIFICATE_WEIGHT);
            return done(place, false);
        }
        steps[place] = Step.CERTIFICATE;
        if (NONE == certificatePlace)
        {
            askForCertificate(place);
        }
        return null;
    }

    private Statement done(final int place, final boolean isValid)
    {
        end(place);
        final Statement statement = statements.at(place);
        if (isValid)
        {
            statement.valid();
        }
        return statement;
    }

    /** Whether the certificate was found right before; if not, it lies in {@link #certificate}. */
    private boolean isCertificateKnown(final Statement statement)
    {
        cursor.wrap(statement.buffer, Statement.OFFSET);
        if (0 == cursor.stableSequence())
        {
            return true;
        }
        hashCertificate();
        for (final Digest known : remembered)
        {
            if (known.is(certificateDigest))
            {
                return true;
            }
        }
        certificate.set(statement.buffer, cursor.certificateOffset(), cursor.certificateLength());
        return knownSignatures.areAllRight(certificate);
    }

    /** Of the statement that the cursor is at. */
    private void hashCertificate()
    {
        final int origin = CertificateStore.CONTENT_OFFSET;
        hashing.sha256(
            cursor.buffer(), cursor.certificateOffset() + origin, cursor.certificateLength() - origin,
            certificateDigest.bytes(), 0);
        certificateDigest.present();
    }

    /** The side agent may have no room. */
    private void askForCertificate(final int place)
    {
        final Statement statement = statements.at(place);
        cursor.wrap(statement.buffer, Statement.OFFSET);
        if (Rejection.NONE == certificateCheck.begin(
            statement.signer(), statement.buffer, cursor.certificateOffset(), cursor.certificateLength(),
            status.nowNs()))
        {
            certificatePlace = place;
        }
    }

    /**
     * The side agent has answered for a signature of the certificate under check.
     *
     * @return the statement if it is decided by this, else null.
     */
    Statement onCertificate(final long token, final boolean isValid)
    {
        if (NONE == certificatePlace || statements.at(certificatePlace).stamp() != stamps[certificatePlace] ||
            !certificateCheck.isAsked(token))
        {
            return null;
        }
        final boolean isGood = certificateCheck.onVerified(token, isValid);
        if (!isValid)
        {
            status.reject(Rejection.SIGNATURE);
            return done(certificatePlace, false);
        }
        if (!isGood)
        {
            return null;
        }
        cursor.wrap(statements.at(certificatePlace).buffer, Statement.OFFSET);
        hashCertificate();
        remembered[rememberedNext].set(certificateDigest);
        rememberedNext = (rememberedNext + 1) % remembered.length;
        return done(certificatePlace, true);
    }

    /** h of a VIEW-CHANGE. */
    long stableSequence(final Statement viewChange)
    {
        return cursor.wrap(viewChange.buffer, Statement.OFFSET).stableSequence();
    }

    int certificateOffset(final Statement viewChange)
    {
        return cursor.wrap(viewChange.buffer, Statement.OFFSET).certificateOffset();
    }

    /** Length of the certificate for h, 0 if h is 0. */
    int certificateLength(final Statement viewChange)
    {
        return cursor.wrap(viewChange.buffer, Statement.OFFSET).certificateLength();
    }
}
