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
package io.tagma.codecs;

/**
 * What a structural check says of a frame or a journal record. Everything but {@link #OK} is a reason to count and
 * drop it.
 */
public enum FrameVerdict
{
    /** Exactly as the schema has it. */
    OK,
    /** Cut short, or bytes are left over: it is not as long as it says. */
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
    /** Not canonical: reserved bits set, an unknown enum value, unsorted, out of range, or contradicting itself. */
    FORM,
    /** The sender, signer or client is none that the configuration knows, or not the one that may say it. */
    SENDER,
    /** Above a configured limit. */
    SIZE;

    private static final FrameVerdict[] VERDICTS = values();

    /**
     * The verdict behind a negative walking result: walks return where they ended, or a negated ordinal.
     */
    static FrameVerdict ofFailure(final int failure)
    {
        return VERDICTS[-failure];
    }

    /**
     * @return this verdict as a walking result: negative, for all but {@link #OK}.
     */
    int asFailure()
    {
        return -ordinal();
    }
}
