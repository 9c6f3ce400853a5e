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
 * One line of a profile.
 *
 * @param weight whether a host must be so.
 * @param what   to look at: the name of a {@link Look}, and what that looks at.
 * @param wanted to be found.
 * @param reason why, in a sentence or two.
 * @param mend   the command that makes it so, or what to do where no command can.
 */
public record Line(Weight weight, String what, Wanted wanted, String reason, String mend)
{
    /**
     * What depends on a line.
     */
    public enum Weight
    {
        /** Without it the profile does not hold what it promises. */
        MATTERS,
        /** It is better with it. */
        HELPS
    }

    Look look()
    {
        return Looks.named(what.split(" ")[0]);
    }

    String argument()
    {
        final int blank = what.indexOf(' ');
        return blank < 0 ? "" : what.substring(blank + 1);
    }

    /** This line for one journal: a profile does not know where it lies. */
    Line at(final String journalDirectory)
    {
        return new Line(
            weight,
            what.replace(Doctor.JOURNAL, journalDirectory),
            wanted,
            reason,
            mend.replace(Doctor.JOURNAL, journalDirectory));
    }
}
