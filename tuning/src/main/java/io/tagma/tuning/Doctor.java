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

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at a host, and says which lines of a profile it does not meet. Changes nothing. Not for several threads.
 */
public final class Doctor
{
    /** What stands for the journal's directory in a profile. */
    static final String JOURNAL = "{journal}";

    private final Host host;
    private final String journalDirectory;

    /**
     * A doctor for one host.
     *
     * @param host             to look at.
     * @param journalDirectory absolute path of where a journal lies or will lie.
     */
    public Doctor(final Host host, final String journalDirectory)
    {
        this.host = host;
        this.journalDirectory = journalDirectory;
    }

    /**
     * Looks at everything in a profile.
     *
     * @param profile to hold the host against.
     * @return a finding for each line, in order.
     */
    public List<Finding> examine(final Profile profile)
    {
        final List<Finding> findings = new ArrayList<>();
        for (final Line line : profile.lines())
        {
            findings.add(examine(line.at(journalDirectory)));
        }
        return List.copyOf(findings);
    }

    /**
     * How many processors the host has.
     *
     * @return those online; 0 if it does not say.
     */
    public int processors()
    {
        try
        {
            return ProcessorLooks.online(host).cardinality();
        }
        catch (final IOException | IllegalArgumentException ex)
        {
            return 0;
        }
    }

    private Finding examine(final Line line)
    {
        try
        {
            final String found = line.look().at(host, line.argument());
            return new Finding(
                line, line.wanted().isMetBy(found) ? Finding.Verdict.MET : Finding.Verdict.DIFFERS, found);
        }
        catch (final IOException ex)
        {
            return new Finding(line, Finding.Verdict.UNKNOWN, "cannot be read (" + ex.getMessage() + ")");
        }
        catch (final IllegalArgumentException ex)
        {
            return new Finding(line, Finding.Verdict.UNKNOWN, "cannot be understood (" + ex.getMessage() + ")");
        }
    }
}
