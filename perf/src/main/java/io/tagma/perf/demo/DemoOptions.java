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
package io.tagma.perf.demo;

import java.nio.file.Path;

/**
 * What a demo was asked for.
 *
 * @param workload   name of the service.
 * @param seed       of what is random.
 * @param inFlight   requests unanswered at once, while there is no trouble.
 * @param trouble    made while requests run.
 * @param keep       where everything is kept, or null.
 * @param json       where to report to, or null.
 * @param isTerminal whether the output is a terminal.
 */
record DemoOptions(
    String workload, long seed, int inFlight, Trouble trouble, Path keep, Path json, boolean isTerminal)
{
    boolean isExchange()
    {
        return "exchange".equals(workload);
    }
}
