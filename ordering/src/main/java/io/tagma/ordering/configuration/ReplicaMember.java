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
package io.tagma.ordering.configuration;

import io.tagma.ordering.authentication.AgreementPublicKey;
import io.tagma.ordering.authentication.SigningPublicKey;

/**
 * What everybody knows of a replica.
 *
 * @param peerEndpoint    where it listens to other replicas.
 * @param ingressEndpoint where it listens to clients.
 * @param weight          of its votes, 1 or above.
 * @param signingKey      its Ed25519 key.
 * @param agreementKey    its X25519 key.
 */
public record ReplicaMember(
    EndPoint peerEndpoint,
    EndPoint ingressEndpoint,
    int weight,
    SigningPublicKey signingKey,
    AgreementPublicKey agreementKey)
{
}
