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

import io.tagma.ordering.authentication.SigningPublicKey;

/**
 * What everybody knows of an administrator: one of those who together bring a cluster back that stopped for good.
 *
 * @param name       that it signs by: letters, digits, '.', '_' and '-', from 1 to 64 of them.
 * @param signingKey its Ed25519 key.
 */
public record Administrator(String name, SigningPublicKey signingKey)
{
}
