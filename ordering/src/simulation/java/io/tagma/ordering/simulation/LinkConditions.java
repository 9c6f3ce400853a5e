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
 * How links behave in a run. Chances are in parts per million of frames.
 */
final class LinkConditions
{
    /** How the delay of a frame is drawn. */
    enum Delay
    {
        /** Always the mean: everything happens in step, which brings resonance to light. */
        CONSTANT,
        /** Memoryless: reorders freely unless the link keeps order. */
        EXPONENTIAL,
        /** Mostly a tenth of the mean, now and then ten times as much. */
        BIMODAL,
    }

    Delay delay = Delay.CONSTANT;
    long delayMeanNs = 50_000;
    boolean keepsOrder = true;
    int lossPpm;
    int duplicationPpm;
    int garblePpm;
    /** Chance that an old frame of anybody is put on its link once more. */
    int replayPpm;
    int clogPpm;
    long clogNs = 50_000_000;

    /**
     * Draws the time that a frame is under way.
     *
     * @param random to draw from.
     * @return in nanoseconds, at least 1.
     */
    long drawDelayNs(final SimulationRandom random)
    {
        final long drawn = switch (delay)
        {
            case CONSTANT -> delayMeanNs;
            case EXPONENTIAL -> random.exponential(delayMeanNs);
            case BIMODAL -> random.chance(900_000) ?
                delayMeanNs / 10 : delayMeanNs * 5 + random.exponential(delayMeanNs * 5);
        };
        return Math.max(1, drawn);
    }

    /** Takes every fault away, keeps the delays. */
    void heal()
    {
        lossPpm = 0;
        duplicationPpm = 0;
        garblePpm = 0;
        replayPpm = 0;
        clogPpm = 0;
    }

    @Override
    public String toString()
    {
        return "delay=" + delay + "/" + delayMeanNs + " keepsOrder=" + keepsOrder + " loss=" + lossPpm +
            " duplication=" + duplicationPpm + " garble=" + garblePpm + " replay=" + replayPpm + " clog=" + clogPpm +
            "/" + clogNs;
    }
}
