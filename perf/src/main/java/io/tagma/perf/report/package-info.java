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
/**
 * What was measured, as a page for people: {@code index.html}, with everything in it that it shows, and beside it the
 * figures for machines. Start with {@link io.tagma.perf.report.Report}, which the commands fill in, and
 * {@link io.tagma.perf.report.ReportDirectory}, which writes it. Nothing here measures, or knows what a replica is.
 */
package io.tagma.perf.report;
