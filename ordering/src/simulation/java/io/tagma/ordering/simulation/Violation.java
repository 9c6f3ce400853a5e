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
 * An invariant did not hold.
 *
 * @param invariant its id and name, such as "INV1 agreement".
 * @param step      number of the event after which it was seen, from 1.
 * @param timeNs    virtual time of that event.
 * @param text      what was seen, in one sentence.
 */
public record Violation(String invariant, long step, long timeNs, String text)
{
    @Override
    public String toString()
    {
        return invariant + " violated at step " + step + " (" + timeNs / 1_000 + " us): " + text;
    }
}
