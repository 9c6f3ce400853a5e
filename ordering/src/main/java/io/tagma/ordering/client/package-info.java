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
 * The client: offers requests to a cluster of replicas and believes an answer only when a weak quorum gave it.
 * {@link io.tagma.ordering.client.TagmaClient} is what an application uses; {@link
 * io.tagma.ordering.client.ClientEngine} is all of the logic, free of clocks and sockets, which a simulator can drive.
 * Touches the codecs, authentication, configuration and, in TagmaClient and ReplicaLinks only, Aeron; of the protocol
 * core only weights and hashing.
 */
package io.tagma.ordering.client;
