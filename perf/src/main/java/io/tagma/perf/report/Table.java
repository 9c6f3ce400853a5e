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
package io.tagma.perf.report;

import java.util.List;

/**
 * Figures in rows. The first cell of each row says what the row is about.
 *
 * @param caption what is in it.
 * @param head    of each column.
 * @param rows    as many cells each as the head has.
 */
public record Table(String caption, List<String> head, List<List<String>> rows)
{
    /**
     * Checks that each row fits the head.
     */
    public Table
    {
        for (final List<String> row : rows)
        {
            if (row.size() != head.size())
            {
                throw new IllegalArgumentException("a row of " + row.size() + " cells below " + head.size());
            }
        }
    }
}
