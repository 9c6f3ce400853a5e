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
package io.tagma.perf.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One figure, measured several times: its median, and how far the values lie apart.
 */
final class Figure
{
    private final List<Double> values = new ArrayList<>();

    void add(final double value)
    {
        values.add(value);
    }

    double median()
    {
        final List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        final int half = sorted.size() / 2;
        return 1 == sorted.size() % 2 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    double least()
    {
        return Collections.min(values);
    }

    double greatest()
    {
        return Collections.max(values);
    }

    Map<String, Object> report()
    {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("median", median());
        report.put("least", least());
        report.put("greatest", greatest());
        report.put("values", List.copyOf(values));
        return report;
    }
}
