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
package io.tagma.perf.report;

import java.util.List;

/**
 * One load and what every system made of it.
 *
 * @param label       short, for file names and marks: {@code rate-10000}.
 * @param description in words.
 * @param systems     that were measured under it, the first of which the others are compared with.
 * @param phases      where the mean time of a request went; {@link Phases#NONE} if nobody knows.
 * @param tables      of figures.
 */
public record LoadResult(
    String label, String description, List<SystemResult> systems, Phases phases, List<Table> tables)
{
}
