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
package io.tagma.ordering.client;

/**
 * What became of a request. Each accepted request gets exactly one.
 */
public enum Outcome
{
    /** Ordered and executed exactly once; replicas weighing a weak quorum gave the same position and result. */
    COMMITTED,
    /** Ordered or looked at, and not executed, for the reason given: it never will be under this number. */
    REJECTED,
    /** The session was lost or the client closed before an answer: it may or may not have been executed. */
    UNKNOWN,
}
