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
 * What anyone can find out from a replica's journal without the replica: the agreed order, and whether what it says of
 * itself holds. Reads journals, changes nothing, needs no private key. Start with
 * {@link io.tagma.ordering.audit.OrderedLog}; the commands over it are in {@code io.tagma.ordering.cli}.
 */
package io.tagma.ordering.audit;
