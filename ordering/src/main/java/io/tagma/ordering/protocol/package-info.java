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
 * The protocol core: a function of its inputs, without clock, thread, lock, file, cryptography or allocation.
 * <p>
 * {@link io.tagma.ordering.protocol.Replica} is the door: inputs come in by its methods, effects go out by
 * {@link io.tagma.ordering.protocol.Outbound}. The claim to safety is in Quorums, Admission, OutboundGuard,
 * NewViewCalculator and Invariants; everything else can only be slow or stuck. Imports the codecs, the service
 * interface and Agrona.
 */
package io.tagma.ordering.protocol;
