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
package io.tagma.ordering.replica;

import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.Header;
import io.tagma.ordering.transport.StreamIds;

import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * Polls what clients send, from each in turn, and hands it to the verifier.
 */
final class IngressAdapter implements AutoCloseable
{
    private static final int FRAGMENT_LIMIT = 64;

    private final ClientFrameVerifier verifier;
    private final FragmentAssembler assembler = new FragmentAssembler(this::onFrame);
    private final Subscription subscription;

    IngressAdapter(final Aeron aeron, final String channel, final ClientFrameVerifier verifier)
    {
        this.verifier = verifier;
        subscription = aeron.addSubscription(channel, StreamIds.INGRESS, null, this::onUnavailable);
    }

    int poll()
    {
        return subscription.poll(assembler, FRAGMENT_LIMIT);
    }

    private void onFrame(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        verifier.onFrame(buffer, offset, length);
    }

    private void onUnavailable(final Image image)
    {
        assembler.freeSessionBuffer(image.sessionId());
    }

    @Override
    public void close()
    {
        CloseHelper.quietClose(subscription);
    }
}
