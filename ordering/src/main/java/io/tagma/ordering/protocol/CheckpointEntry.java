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

import io.tagma.codecs.FrameLayout;
import io.tagma.codecs.peer.CheckpointContentDecoder;
import io.tagma.codecs.peer.CheckpointContentEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One checkpoint of one signer: its content, its signature, and how far that signature is trusted.
 */
final class CheckpointEntry
{
    static final int CONTENT_LENGTH = CheckpointContentEncoder.ENCODED_LENGTH;

    private static final int SIGNED_LENGTH = FrameLayout.DOMAIN_PREFIX_LENGTH + CONTENT_LENGTH;

    /** How far the entry has come. */
    enum State
    {
        /** Nothing in it. */
        FREE,
        /** Our own, and the snapshot that it names is not made yet. */
        INCOMPLETE,
        /** The side agent was asked, and has not answered. */
        PENDING,
        /** The signature is right, or our own. */
        SIGNED
    }

    /** Content, as signed but for its domain prefix. */
    final UnsafeBuffer content = new UnsafeBuffer(0, 0);
    final UnsafeBuffer signature = new UnsafeBuffer(new byte[FrameLayout.SIGNATURE_LENGTH]);
    /** Domain prefix and content: what the signature covers. */
    final UnsafeBuffer signed = new UnsafeBuffer(new byte[SIGNED_LENGTH]);

    private final CheckpointContentDecoder decoder = new CheckpointContentDecoder();
    private State state = State.FREE;
    private long stamp;

    CheckpointEntry(final ProtocolParameters parameters)
    {
        FrameLayout.putDomainPrefix(
            signed, 0, FrameLayout.CHECKPOINT_DOMAIN, parameters.clusterId, parameters.epoch);
        content.wrap(signed, FrameLayout.DOMAIN_PREFIX_LENGTH, CONTENT_LENGTH);
        decoder.wrap(content, 0);
    }

    void pending(final DirectBuffer buffer, final int offset)
    {
        content.putBytes(0, buffer, offset, CONTENT_LENGTH);
        stamp++;
        state = State.PENDING;
    }

    void incomplete(final DirectBuffer buffer)
    {
        content.putBytes(0, buffer, 0, CONTENT_LENGTH);
        stamp++;
        state = State.INCOMPLETE;
    }

    /** The digest that was missing. */
    void complete(final DirectBuffer snapshotDigest, final int offset)
    {
        content.putBytes(CheckpointContent.snapshotDigestOffset(0), snapshotDigest, offset, Digest.LENGTH);
        state = State.PENDING;
    }

    void signature(final DirectBuffer buffer, final int offset)
    {
        signature.putBytes(0, buffer, offset, FrameLayout.SIGNATURE_LENGTH);
    }

    void signed()
    {
        state = State.SIGNED;
    }

    void free()
    {
        state = State.FREE;
    }

    State state()
    {
        return state;
    }

    boolean isFree()
    {
        return State.FREE == state;
    }

    boolean isSigned()
    {
        return State.SIGNED == state;
    }

    long stamp()
    {
        return stamp;
    }

    long sequence()
    {
        return isFree() ? ReplicaStatus.NULL_SEQUENCE : decoder.sequence();
    }

    boolean hasContentOf(final CheckpointEntry other)
    {
        return content.equals(other.content);
    }
}
