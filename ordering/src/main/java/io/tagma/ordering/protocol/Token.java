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

/**
 * What a question to the side agent was about, packed into the token that comes back with the answer. Whoever asked
 * checks that the question still stands: its place may have been given to something else meanwhile.
 */
final class Token
{
    /** A CHECKPOINT of ours to sign: place 0, its stamp, the sequence. */
    static final int CHECKPOINT_SIGNATURE = 1;
    /** A CHECKPOINT to verify: its place in the log, its stamp, the sequence. */
    static final int CHECKPOINT_VERIFICATION = 2;
    /** One signature of the certificate under check: its signer, the candidate's stamp. */
    static final int CERTIFICATE_VERIFICATION = 3;
    /** A client's signature on a bundle to relay: its place in the table, its stamp. */
    static final int REQUEST_VERIFICATION = 4;
    /** A client's signature on a bundle of a held PRE-PREPARE: the bundle, the batch's stamp, the sequence. */
    static final int BUNDLE_VERIFICATION = 5;
    /** A COMPLAIN of ours to sign: place 0, its view. */
    static final int COMPLAINT_SIGNATURE = 6;
    /** A COMPLAIN to verify: link and signer, its stamp, its view. */
    static final int COMPLAINT_VERIFICATION = 7;
    /** A statement of ours to sign: place 0, its stamp, its view. */
    static final int STATEMENT_SIGNATURE = 8;
    /** A statement to verify: its place, its stamp, its view. */
    static final int STATEMENT_VERIFICATION = 9;
    /** One signature of the certificate in the statement under check: its signer, the candidate's stamp. */
    static final int STATEMENT_CERTIFICATE_VERIFICATION = 10;

    private static final int KIND_SHIFT = 60;
    private static final int PLACE_SHIFT = 48;
    /** Many bits for the stamp, few for the sequence: no peer can make a stamp come round while an answer is late. */
    private static final int STAMP_SHIFT = 12;
    private static final long PLACE_MASK = 0xFFF;
    private static final long STAMP_MASK = (1L << PLACE_SHIFT - STAMP_SHIFT) - 1;
    private static final long SEQUENCE_MASK = (1L << STAMP_SHIFT) - 1;

    private Token()
    {
    }

    static long of(final int kind, final int place, final long stamp, final long sequence)
    {
        return (long)kind << KIND_SHIFT | (place & PLACE_MASK) << PLACE_SHIFT | (stamp & STAMP_MASK) << STAMP_SHIFT |
            sequence & SEQUENCE_MASK;
    }

    static int kind(final long token)
    {
        return (int)(token >>> KIND_SHIFT);
    }

    static int place(final long token)
    {
        return (int)(token >>> PLACE_SHIFT & PLACE_MASK);
    }

    /** The low bits of the sequence: enough to find its place in a ring. */
    static long sequence(final long token)
    {
        return token & SEQUENCE_MASK;
    }

    static boolean isOf(final long token, final long stamp, final long sequence)
    {
        return (token >>> STAMP_SHIFT & STAMP_MASK) == (stamp & STAMP_MASK) &&
            (token & SEQUENCE_MASK) == (sequence & SEQUENCE_MASK);
    }
}
