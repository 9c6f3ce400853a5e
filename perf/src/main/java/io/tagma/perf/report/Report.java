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
import java.util.Map;

/**
 * What a command measured, as its page says it.
 *
 * @param command     that measured, for example {@code tagma load}.
 * @param verdict     on all of it.
 * @param loads       in the order in which they were measured.
 * @param environment in which, name and value of each line; see {@link Environment}.
 */
public record Report(String command, Verdict verdict, List<LoadResult> loads, Map<String, String> environment)
{
}
