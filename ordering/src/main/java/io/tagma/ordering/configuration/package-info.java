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
 * What all members of a cluster must agree on, and nothing secret: who is in it, where, with which public keys and
 * weights, and the limits that decide what is ordered. Concluded once, immutable after, checked with one sentence for
 * each thing that can be wrong. Uses {@code io.tagma.ordering.authentication} for keys.
 */
package io.tagma.ordering.configuration;
