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

import io.tagma.ordering.replica.IngressListener;
import io.tagma.ordering.replica.UnknownSessionResponder;
import org.agrona.DirectBuffer;

/**
 * What the shell itself does about client frames, beside handing their bundles to the core.
 */
final class IngressEvents implements IngressListener
{
    private final UnknownSessionResponder responder;

    IngressEvents(final UnknownSessionResponder responder)
    {
        this.responder = responder;
    }

    @Override
    public void onOpenHeard(final int clientId, final DirectBuffer channel, final int offset, final int length)
    {
        // The way back to a client is known to the simulated network.
    }

    @Override
    public void onUnknownSession(
        final int clientId, final long sessionId, final DirectBuffer frame, final int messageLength)
    {
        responder.onUnknownSession(clientId, sessionId, frame, messageLength);
    }
}
