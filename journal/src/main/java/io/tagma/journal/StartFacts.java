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
package io.tagma.journal;

import io.tagma.codecs.journal.Durability;

/**
 * What a process says of itself at the head of every segment that it writes.
 *
 * @param identity        whose journal it is.
 * @param bootId          of the host's boot.
 * @param incarnation     count of starts; 0 for init.
 * @param durability      that the process runs with.
 * @param amnesiac        whether it did not vote when it started.
 * @param awaitedSequence its H then.
 */
record StartFacts(
    JournalIdentity identity,
    byte[] bootId,
    long incarnation,
    Durability durability,
    boolean amnesiac,
    long awaitedSequence)
{
    StartFacts withoutAmnesia()
    {
        return new StartFacts(identity, bootId, incarnation, durability, false, 0);
    }

    boolean isInit()
    {
        return 0 == incarnation;
    }
}
