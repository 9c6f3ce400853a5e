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
 * Where the mean time of a request went. The parts are means, which add up to the whole.
 *
 * @param parts   one after the other.
 * @param wholeNs mean time of a request at the client, in nanoseconds.
 */
public record Phases(List<Part> parts, double wholeNs)
{
    /** Nobody knows. */
    public static final Phases NONE = new Phases(List.of(), 0);

    /**
     * One phase.
     *
     * @param name      in words.
     * @param primaryNs mean, in nanoseconds; of a remainder it may be less than 0.
     * @param backups   the backups' own mean, in words, which is no part of the whole.
     */
    public record Part(String name, double primaryNs, String backups)
    {
    }

    /**
     * Whether there is anything to show.
     *
     * @return false if nobody knows.
     */
    boolean isPresent()
    {
        return !parts.isEmpty() && wholeNs > 0;
    }
}
