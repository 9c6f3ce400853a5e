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
 * The shell around the protocol core: it verifies what comes in, carries out what the core decided, and owns everything
 * the core may not touch: Aeron, the journal, keys, clocks and threads. Data flows one way: adapters and verifiers,
 * then {@link io.tagma.ordering.protocol.Replica}, then {@link io.tagma.ordering.replica.Outbox} and its drainer. Start
 * reading at {@code ReplicaAgent}, whose duty cycle is the whole story.
 */
package io.tagma.ordering.replica;
