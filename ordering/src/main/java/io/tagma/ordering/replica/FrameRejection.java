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

import io.tagma.codecs.FrameVerdict;

/**
 * Why a frame was dropped before the core saw it. The first ones are the structural verdicts by the same names.
 */
public enum FrameRejection
{
    /** Cut short, or bytes are left over. */
    LENGTH,
    /** A message of another schema. */
    SCHEMA,
    /** Of a schema version that this build does not know. */
    VERSION,
    /** An unknown template, or one that does not travel on this road. */
    TEMPLATE,
    /** The block is not as long as the schema has it. */
    BLOCK_LENGTH,
    /** A group whose entries are not as long as the schema has them. */
    GROUP,
    /** Bundles, payloads or authenticators do not fill the bytes that hold them. */
    VAR_DATA,
    /** Not canonical. */
    FORM,
    /** A sender that this link or this message cannot have. */
    SENDER,
    /** Above a configured limit. */
    SIZE,
    /** Of another cluster. */
    CLUSTER,
    /** Of another epoch. */
    EPOCH,
    /** The tag is wrong. */
    TAG,
    /** The bytes are not those that the digest in the block names. */
    DIGEST,
    /** No such client is configured. */
    CLIENT,
    /** No such session is known. */
    SESSION,
    /** Never put together: its fragments are longer than any frame, or not all of them came. */
    FRAGMENTS;

    private static final FrameRejection[] BY_VERDICT = new FrameRejection[FrameVerdict.values().length];

    static
    {
        for (final FrameVerdict verdict : FrameVerdict.values())
        {
            BY_VERDICT[verdict.ordinal()] = FrameVerdict.OK == verdict ? null : valueOf(verdict.name());
        }
    }

    static FrameRejection of(final FrameVerdict verdict)
    {
        return BY_VERDICT[verdict.ordinal()];
    }
}
