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
package io.tagma.perf.verdict;

import java.util.HashMap;
import java.util.Map;

/**
 * A replica's last words: where it stood when it stopped.
 *
 * @param executed    sequence of the last batch executed.
 * @param position    last global position.
 * @param treeHead    head of the tree over all committed digests, in hexadecimal.
 * @param stateDigest digest of the service's state, in hexadecimal.
 */
record StoppedLine(long executed, long position, String treeHead, String stateDigest)
{
    /** What the line begins with. */
    static final String PREFIX = "stopped ";

    /**
     * Takes a line apart.
     *
     * @param line as printed.
     * @return what it says.
     */
    static StoppedLine parse(final String line)
    {
        final Map<String, String> values = new HashMap<>();
        for (final String word : line.substring(PREFIX.length()).split(" ", -1))
        {
            final int equals = word.indexOf('=');
            values.put(word.substring(0, Math.max(0, equals)), word.substring(equals + 1));
        }
        return new StoppedLine(
            Long.parseLong(values.get("executed")),
            Long.parseLong(values.get("position")),
            values.get("treeHead"),
            values.get("stateDigest"));
    }
}
