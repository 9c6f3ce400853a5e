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
package io.tagma.perf;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;

class JsonTest
{
    @Test
    void writesWhatAReportHolds()
    {
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("text", "a \"b\" \\ \n");
        report.put("number", 5L);
        report.put("fraction", 1.23456);
        report.put("nothing", Double.NaN);
        report.put("truth", true);
        report.put("list", List.of(1, Map.of("x", 2)));
        report.put("empty", List.of());
        assertEquals("""
            {
              "text": "a \\"b\\" \\\\ \\u000a",
              "number": 5,
              "fraction": 1.235,
              "nothing": null,
              "truth": true,
              "list": [
                1,
                {
                  "x": 2
                }
              ],
              "empty": []
            }""", Json.text(report));
    }
}
