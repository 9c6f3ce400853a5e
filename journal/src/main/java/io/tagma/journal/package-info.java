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
 * The durable record of what a replica said and may not contradict. Start with {@link io.tagma.journal.Journal}
 * (append),
 * {@link io.tagma.journal.OpenedJournal} (recovery) and {@link io.tagma.journal.JournalReader} (reading along);
 * {@link io.tagma.journal.RecoveryRules} is what a start may conclude from what it finds. May touch files and Chronicle
 * Queue; knows nothing of the protocol beyond the control records of its schema.
 */
package io.tagma.journal;
