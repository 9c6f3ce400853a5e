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

import java.util.ArrayList;
import java.util.List;

/**
 * INV1: the first correct replica that commits a sequence fixes its digest; every other correct one commits the same.
 * As sequences are committed without a gap (INV2), equal digests mean equal histories.
 */
final class AgreementInvariant extends Invariant
{
    /** Digest of sequence i + 1. */
    private final List<DigestValue> canonical = new ArrayList<>();

    AgreementInvariant(final Verdict verdict)
    {
        super("INV1 agreement", verdict);
    }

    @Override
    void onCommittedAppended(final int replica, final long record, final long sequence, final DigestValue digest)
    {
        if (sequence == canonical.size() + 1)
        {
            canonical.add(digest);
        }
        else if (sequence >= 1 && sequence <= canonical.size())
        {
            final DigestValue agreed = canonical.get((int)sequence - 1);
            check(
                agreed.equals(digest),
                "replica {} committed {} at sequence {}, another committed {}", replica, digest, sequence, agreed);
        }
    }
}
