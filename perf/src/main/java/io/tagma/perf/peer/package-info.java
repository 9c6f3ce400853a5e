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
 * Systems that Tagma is compared with, run from their own published jars, as their authors would have them run on this
 * machine. Nothing of Tagma itself uses them. Start with {@link io.tagma.perf.peer.AeronClusterNode}; they are driven
 * by {@code load} through {@link io.tagma.perf.load.RequestClient}, and set beside Tagma by {@code compare} and by
 * {@code drill silent-primary}.
 */
package io.tagma.perf.peer;
