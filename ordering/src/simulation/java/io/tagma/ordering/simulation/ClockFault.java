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
 * What is wrong with a replica's wall clock while faults last; then it is right again.
 */
enum ClockFault
{
    /** Nothing. */
    NONE,
    /** It jumps an hour ahead, and back in the end. */
    AHEAD,
    /** It steps an hour back, and ahead in the end. */
    BEHIND,
    /** It stands still. */
    FROZEN,
    /** It gains one part in a hundred. */
    FAST,
    /** It loses one part in a hundred. */
    SLOW
}
