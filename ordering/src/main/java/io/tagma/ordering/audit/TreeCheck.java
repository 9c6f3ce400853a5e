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
package io.tagma.ordering.audit;

import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Holds the tree's head, recomputed batch by batch, against the heads in certificates.
 */
final class TreeCheck
{
    private final List<CertifiedHead> certificates;
    private int next;
    private int count;
    private String difference;

    /**
     * A check against certificates.
     *
     * @param certificates by rising sequence.
     */
    TreeCheck(final List<CertifiedHead> certificates)
    {
        this.certificates = certificates;
    }

    boolean isDue(final long sequence)
    {
        return next < certificates.size() && certificates.get(next).sequence() == sequence;
    }

    void onRoot(final long sequence, final DirectBuffer root)
    {
        while (isDue(sequence))
        {
            if (null == difference && !certificates.get(next).root().equals(root))
            {
                difference = "the tree head after sequence " + sequence + " is not the certified one";
            }
            count++;
            next++;
        }
    }

    int count()
    {
        return count;
    }

    String difference()
    {
        return difference;
    }
}
