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
package io.tagma.perf.load;

import java.util.Locale;

/**
 * What is to be measured.
 *
 * @param workload      name of the service.
 * @param pace          to send at.
 * @param durationS     seconds to measure.
 * @param warmUpS       seconds before.
 * @param payloadLength bytes of an echo request.
 */
public record LoadOptions(String workload, Pace pace, int durationS, int warmUpS, int payloadLength)
{
    boolean isExchange()
    {
        return "exchange".equals(workload);
    }

    /**
     * In words.
     *
     * @return without a line end.
     */
    public String describe()
    {
        return String.format(
            Locale.ROOT,
            "%s%s; %s; %d s after a warm-up of %d s",
            workload, isExchange() ? "" : ", " + payloadLength + " B", pace.describe(), durationS, warmUpS);
    }
}
