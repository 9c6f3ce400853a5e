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

import org.agrona.DirectBuffer;

/**
 * Whether this replica's own tag in a bundle's authenticator is right. The shell implements it: keys are not the
 * core's.
 */
public interface BundleAuthentication
{
    /**
     * Checks this replica's tag.
     *
     * @param clientId            of the client in whose name the bundle is.
     * @param sessionId           of its session; 0 for an OPEN, which is under the client's sessionless key.
     * @param body                that holds the bundle body.
     * @param bodyOffset          of its first byte.
     * @param bodyLength          in bytes.
     * @param authenticator       that holds the bundle's authenticator.
     * @param authenticatorOffset of its first byte.
     * @return true if the tag is right; false if it is wrong, or no key is known for the session.
     */
    boolean isAuthentic(
        int clientId,
        long sessionId,
        DirectBuffer body,
        int bodyOffset,
        int bodyLength,
        DirectBuffer authenticator,
        int authenticatorOffset);
}
