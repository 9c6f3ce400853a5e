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
package io.tagma.tuning;

import java.util.BitSet;

/**
 * Processors as the kernel lists them: {@code 0-3,8}.
 */
final class ProcessorList
{
    private ProcessorList()
    {
    }

    /**
     * Reads a list.
     *
     * @param text of the list, empty for none.
     * @return a bit for each processor.
     * @throws IllegalArgumentException if it is no such list.
     */
    static BitSet of(final String text)
    {
        final BitSet processors = new BitSet();
        if (text.isEmpty())
        {
            return processors;
        }
        for (final String range : text.split(","))
        {
            final int dash = range.indexOf('-');
            final int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            final int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
            if (last < first)
            {
                throw new IllegalArgumentException("'" + text + "' is no list of processors");
            }
            processors.set(first, last + 1);
        }
        return processors;
    }
}
