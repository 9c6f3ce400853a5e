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

/**
 * Where invariants report: keeps the first violation of a run.
 */
final class Verdict
{
    private static final int FRAMES_SHOWN = 6;

    private long step;
    private long timeNs;
    private Violation first;

    /**
     * A new event is about to happen.
     *
     * @param newStep   its number.
     * @param newTimeNs its virtual time.
     */
    void at(final long newStep, final long newTimeNs)
    {
        step = newStep;
        timeNs = newTimeNs;
    }

    void violated(final String invariant, final String text)
    {
        if (null == first)
        {
            first = new Violation(invariant, step, timeNs, text);
        }
    }

    /** The code under test threw: it must not, whatever it is sent. */
    void threw(final Throwable thrown)
    {
        final StringBuilder text = new StringBuilder().append(thrown).append(" at");
        for (int i = 0; i < Math.min(FRAMES_SHOWN, thrown.getStackTrace().length); i++)
        {
            text.append(' ').append(thrown.getStackTrace()[i]);
        }
        violated("no exception", text.toString());
    }

    Violation first()
    {
        return first;
    }
}
