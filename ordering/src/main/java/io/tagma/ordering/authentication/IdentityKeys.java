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
package io.tagma.ordering.authentication;

import java.security.SecureRandom;

/**
 * The two private keys of one replica or one client.
 *
 * @param signing   its Ed25519 keys.
 * @param agreement its X25519 keys.
 */
public record IdentityKeys(SigningKeys signing, AgreementKeys agreement)
{
    /**
     * New ones.
     *
     * @param random to take them from.
     * @return the keys.
     */
    public static IdentityKeys generate(final SecureRandom random)
    {
        return new IdentityKeys(SigningKeys.generate(random), AgreementKeys.generate(random));
    }
}
