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
package io.tagma.ordering.client;

/**
 * How long an answer may take before it is late: the smoothed time that answers took and four times its mean
 * deviation (RFC 6298), between a floor and a ceiling; the ceiling until one was measured. Where replicas are near, a
 * primary that is gone is noticed soon; where they are far, nothing is sent twice for that.
 */
final class AnswerTime
{
    private static final long NONE = -1;

    private final long floorNs;
    private final long ceilingNs;
    private long smoothedNs = NONE;
    private long deviationNs;

    AnswerTime(final long floorNs, final long ceilingNs)
    {
        this.floorNs = Math.min(floorNs, ceilingNs);
        this.ceilingNs = ceilingNs;
    }

    void measured(final long answerNs)
    {
        if (NONE == smoothedNs)
        {
            smoothedNs = answerNs;
            deviationNs = answerNs / 2;
        }
        else
        {
            deviationNs += (Math.abs(answerNs - smoothedNs) - deviationNs) / 4;
            smoothedNs += (answerNs - smoothedNs) / 8;
        }
    }

    long timeoutNs()
    {
        return NONE == smoothedNs ?
            ceilingNs : Math.max(floorNs, Math.min(ceilingNs, smoothedNs + 4 * deviationNs));
    }
}
