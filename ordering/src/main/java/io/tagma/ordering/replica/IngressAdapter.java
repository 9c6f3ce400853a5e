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
import io.aeron.Image;
import io.aeron.Subscription;
import io.tagma.ordering.transport.FrameAssembler;
import io.tagma.ordering.transport.StreamIds;

import org.agrona.CloseHelper;

/**
 * Polls what clients send, from each in turn, and hands it to the verifier.
 */
final class IngressAdapter implements AutoCloseable
{
    private static final int FRAGMENT_LIMIT = 64;

    private final ClientFrameVerifier verifier;
    private final FrameAssembler assembler;
    private final Subscription subscription;

    /** Each stream has its place in the assembler: one that never ends its frames takes none from another. */
    IngressAdapter(
        final Aeron aeron, final String channel, final ClientFrameVerifier verifier, final int streamSessionLimit)
    {
        this.verifier = verifier;
        assembler = new FrameAssembler(verifier::onFrame, verifier.frameLengthMax(), streamSessionLimit);
        subscription = aeron.addSubscription(channel, StreamIds.INGRESS, null, this::onUnavailable);
    }

    int poll()
    {
        final int workCount = subscription.poll(assembler, FRAGMENT_LIMIT);
        verifier.onDroppedFragments(assembler.droppedFrames());
        return workCount;
    }

    private void onUnavailable(final Image image)
    {
        assembler.forget(image.sessionId());
    }

    @Override
    public void close()
    {
        CloseHelper.quietClose(subscription);
    }
}
