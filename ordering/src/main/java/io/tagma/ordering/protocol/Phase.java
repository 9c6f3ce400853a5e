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
package io.tagma.ordering.protocol;

/**
 * What a request goes through at a replica, from its arrival to its execution. The phases of one request follow each
 * other without a gap, so their times add up.
 */
public enum Phase
{
    /** From the arrival of its bundle to its proposal. Only of the replica that proposed it; elsewhere nothing. */
    WAIT,
    /** From the proposal, at a backup its acceptance, to prepared. */
    PREPARE,
    /** From prepared to committed. */
    COMMIT,
    /** From committed to executed: the batches before it come first. */
    EXECUTE
}
