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

/**
 * What came of one line of a profile on one host.
 *
 * @param line    of the profile.
 * @param verdict on it.
 * @param found   what was found, or of {@link Verdict#UNKNOWN} why nothing was.
 */
public record Finding(Line line, Verdict verdict, String found)
{
    /**
     * Whether the host is as the line wants it.
     */
    public enum Verdict
    {
        /** It is. */
        MET,
        /** It is not. */
        DIFFERS,
        /** It could not be read, so nothing is said of it. */
        UNKNOWN
    }

    /**
     * Whether this is a reason not to go on.
     *
     * @param candidate the verdict to ask for.
     * @return true if the line matters and has this verdict.
     */
    public boolean isMatterOf(final Verdict candidate)
    {
        return Line.Weight.MATTERS == line.weight() && candidate == verdict;
    }
}
