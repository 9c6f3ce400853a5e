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
package io.tagma.ordering.specimen.protocol;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.tagma.journal.Journal;

/**
 * Knows collections, files and the journal.
 */
public final class ImportsOutside
{
    private final List<Journal> journals = new ArrayList<>();

    /**
     * @param journal to keep.
     * @return where the core has no business.
     */
    public Path keep(final Journal journal)
    {
        journals.add(journal);
        return Path.of("nowhere");
    }
}
