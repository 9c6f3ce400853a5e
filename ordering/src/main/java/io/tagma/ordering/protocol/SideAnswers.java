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

/**
 * Whom an answer of the side agent is for.
 */
final class SideAnswers
{
    private final Core core;
    private final NormalCase normalCase;
    private final Checkpointing checkpointing;
    private final StateTransfer stateTransfer;
    private final SignedRequests signedRequests;
    private final ViewChange viewChange;

    SideAnswers(
        final Core core,
        final NormalCase normalCase,
        final Checkpointing checkpointing,
        final StateTransfer stateTransfer,
        final SignedRequests signedRequests,
        final ViewChange viewChange)
    {
        this.core = core;
        this.normalCase = normalCase;
        this.checkpointing = checkpointing;
        this.stateTransfer = stateTransfer;
        this.signedRequests = signedRequests;
        this.viewChange = viewChange;
    }

    void onSigned(final long token, final DirectBuffer signature, final int offset)
    {
        if (Token.CHECKPOINT_SIGNATURE == Token.kind(token))
        {
            checkpointing.onSigned(token, signature, offset);
        }
        else
        {
            viewChange.onSigned(token, signature, offset);
        }
    }

    void onVerified(final long token, final boolean isValid)
    {
        switch (Token.kind(token))
        {
            case Token.CHECKPOINT_VERIFICATION -> checkpointing.onCheckpointVerified(token, isValid);
            case Token.CERTIFICATE_VERIFICATION ->
            {
                final CertificateStore good = checkpointing.onCertificateVerified(token, isValid);
                if (null != good)
                {
                    stateTransfer.onCertificate(good);
                }
            }
            case Token.REQUEST_VERIFICATION ->
            {
                signedRequests.onVerified(token, isValid);
                normalCase.lookAgain();
            }
            case Token.BUNDLE_VERIFICATION ->
            {
                core.heldBundles.onVerified(core.store.place(Token.sequence(token)), token, isValid);
                normalCase.lookAgain();
            }
            default ->
            {
                if (!viewChange.onVerified(token, isValid))
                {
                    core.status.reject(Rejection.UNWANTED);
                }
            }
        }
    }
}
