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
package io.tagma.perf.drill;

import io.tagma.perf.load.Pace;

import java.nio.file.Path;

/**
 * What a drill was asked for.
 *
 * @param scenario  that is played.
 * @param pace      of the open loop.
 * @param times     kills of a silent primary.
 * @param megabytes that are to be caught up with, in units of 2^20 bytes.
 * @param forS      seconds that the trouble lasts, where it lasts; of a silent primary, from full strength to the next
 *                  kill.
 * @param warmUpS   seconds before anything is measured.
 * @param aroundS   seconds that are measured before the trouble, and after it.
 * @param keep      where everything is kept, or null.
 * @param json      where to report to, or null.
 */
record DrillOptions(
    Scenario scenario,
    Pace pace,
    int times,
    int megabytes,
    int forS,
    int warmUpS,
    int aroundS,
    Path keep,
    Path json)
{
}
