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
 * Has the side agent check statements, one at a time: the signature, and for a VIEW-CHANGE the signatures of the
 * certificate in it. Goes round all places, so that nobody's statements keep others' from being checked; what comes on
 * a replica's own account is checked at most once in a base time-out.
 */
final class StatementChecks
{
    private static final int REMEMBERED = 16;
    private static final int NONE = -1;

    private final ProtocolParameters parameters;
    private final ReplicaStatus status;
    private final Outbound outbound;
    private final Statements statements;
    private final Hashing hashing;
    private final CertificateCheck certificateCheck;
    private final ViewChangeCursor cursor = new ViewChangeCursor();
    /** Digests of certificates found right, the oldest goes. */
    private final Digest[] remembered = new Digest[REMEMBERED];
    private int rememberedNext;
    private final Digest certificateDigest = new Digest();
    /** By place: when the statement may be checked at the earliest. */
    private final long[] notBeforeNs;
    private int place = NONE;
    private long stamp;
    private boolean isSignatureRight;
    private boolean isCertificateAsked;
    private int next;

    StatementChecks(final Core core, final Statements statements)
    {
        parameters = core.parameters;
        status = core.status;
        outbound = core.outbound;
        hashing = core.hashing;
        this.statements = statements;
        certificateCheck = new CertificateCheck(parameters, outbound, Token.STATEMENT_CERTIFICATE_VERIFICATION);
        notBeforeNs = new long[statements.count()];
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

    /** Begins with the next one, if none is under check. */
    void tick()
    {
        if (NONE != place && statements.at(place).stamp() != stamp)
        {
            place = NONE;
        }
        for (int i = 0; NONE == place && i < statements.count(); i++)
        {
            next = (next + 1) % statements.count();
            final Statement candidate = statements.at(next);
            if (Statement.State.WHOLE == candidate.state() && status.nowNs() - notBeforeNs[next] >= 0)
            {
                if (!begin(candidate))
                {
                    next = (next + statements.count() - 1) % statements.count();
                    return;
                }
            }
        }
        if (NONE != place && isSignatureRight && !isCertificateAsked)
        {
            askForCertificate(statements.at(place));
        }
    }

    private boolean begin(final Statement statement)
    {
        if (!outbound.verifyReplica(
            Token.of(Token.STATEMENT_VERIFICATION, next, statement.stamp(), statement.view()),
            statement.signer(),
            statement.buffer,
            0,
            Statement.OFFSET + statement.length(),
            statement.signature,
            0))
        {
            return false;
        }
        place = next;
        stamp = statement.stamp();
        isSignatureRight = false;
        isCertificateAsked = false;
        return true;
    }

    /**
     * The side agent has answered for a statement's signature.
     *
     * @return the statement if it is decided by this: valid, or still whole and to be dropped; else null.
     */
    Statement onSignature(final long token, final boolean isValid)
    {
        if (NONE == place || Token.place(token) != place || statements.at(place).stamp() != stamp ||
            !Token.isOf(token, stamp, statements.at(place).view()))
        {
            return null;
        }
        final Statement statement = statements.at(place);
        if (!isValid)
        {
            status.reject(Rejection.SIGNATURE);
            return done(statement, false);
        }
        isSignatureRight = true;
        if (StatementKind.NEW_VIEW == statement.kind() || isCertificateKnown(statement))
        {
            return done(statement, true);
        }
        return askForCertificate(statement) ? null : done(statement, false);
    }

    private Statement done(final Statement statement, final boolean isValid)
    {
        place = NONE;
        if (isValid)
        {
            statement.valid();
        }
        return statement;
    }

    private boolean isCertificateKnown(final Statement statement)
    {
        cursor.wrap(statement.buffer, Statement.OFFSET);
        if (0 == cursor.stableSequence())
        {
            return true;
        }
        final int origin = CertificateStore.CONTENT_OFFSET;
        hashing.sha256(
            statement.buffer, cursor.certificateOffset() + origin, cursor.certificateLength() - origin,
            certificateDigest.bytes(), 0);
        certificateDigest.present();
        for (final Digest known : remembered)
        {
            if (known.is(certificateDigest))
            {
                return true;
            }
        }
        return false;
    }

    /** False if it can never be right. */
    private boolean askForCertificate(final Statement statement)
    {
        cursor.wrap(statement.buffer, Statement.OFFSET);
        final Rejection rejection = certificateCheck.begin(
            statement.signer(), statement.buffer, cursor.certificateOffset(), cursor.certificateLength(),
            status.nowNs());
        isCertificateAsked = Rejection.NONE == rejection;
        return Rejection.NONE == rejection || Rejection.BUDGET == rejection;
    }

    /**
     * The side agent has answered for a signature of the certificate under check.
     *
     * @return the statement if it is decided by this, else null.
     */
    Statement onCertificate(final long token, final boolean isValid)
    {
        if (NONE == place || statements.at(place).stamp() != stamp || !isCertificateAsked ||
            !certificateCheck.isAsked(token))
        {
            return null;
        }
        final Statement statement = statements.at(place);
        if (!isValid)
        {
            certificateCheck.onVerified(token, false);
            status.reject(Rejection.SIGNATURE);
            return done(statement, false);
        }
        if (!certificateCheck.onVerified(token, true))
        {
            return null;
        }
        isCertificateKnown(statement);
        remembered[rememberedNext].set(certificateDigest);
        rememberedNext = (rememberedNext + 1) % remembered.length;
        return done(statement, true);
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
