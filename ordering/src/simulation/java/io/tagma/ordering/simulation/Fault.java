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
package io.tagma.ordering.simulation;

/**
 * What a run can do to a cluster; each kind that happened is counted.
 */
public enum Fault
{
    /** A frame was lost on its way. */
    LOSS,
    /** A frame arrived twice. */
    DUPLICATION,
    /** Bits of a frame flipped on its way. */
    GARBLE,
    /** A link stood still for a while, and then brought everything at once. */
    CLOG,
    /** A frame was lost because its link was cut. */
    CUT,
    /** A group of replicas was cut off in both directions. */
    PARTITION,
    /** One direction of one replica's links was cut. */
    ONE_WAY_PARTITION,
    /** A backup's process died and started again from its journal. */
    BACKUP_CRASH,
    /** The primary's process died and started again from its journal. */
    PRIMARY_CRASH,
    /** A process died and never came back. */
    DEATH,
    /** A host lost power: what was not synced went, in whole or in part. */
    POWER_LOSS,
    /** A record was cut in the middle by a power loss. */
    TORN_TAIL,
    /** A bit of the newest snapshot flipped while its process was down. */
    SNAPSHOT_ROT,
    /** A record in the middle of a journal rotted, and its replica did not start again; scripts alone do that. */
    BURNT_IDENTITY,
    /** A sync took long. */
    SLOW_SYNC,
    /** The side agent had no room, or answered late. */
    SLOW_SIDE_AGENT,
    /** A Byzantine replica kept a message back. */
    SILENCE,
    /** A Byzantine replica sent another message than its code would, under its own keys. */
    LYING,
    /** An old frame was put on its link again, by its sender or by somebody who had recorded it. */
    REPLAY,
    /** A Byzantine replica sent under a wrong tag or another's name. */
    IMPERSONATION,
    /** A Byzantine client broke the rules of requests. */
    CLIENT_LIE,
}
