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
 * Why the core refuses to go on. Fail-stop is a right of every replica.
 */
public enum HaltReason
{
    /** A certified root differs from the one that this replica computed: its state is not the cluster's. */
    STATE_DIVERGENCE,
    /** The journal holds something that contradicts the protocol: it is not this replica's, or it is damaged. */
    JOURNAL_CONTRADICTION,
}
