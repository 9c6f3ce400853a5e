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
package io.tagma.ordering.replica;

import org.agrona.DirectBuffer;

/**
 * Where the bundles of a verified Requests frame go: {@code Replica::onBundle}.
 */
@FunctionalInterface
public interface BundleHandler
{
    /**
     * One bundle. Buffers are borrowed for the call.
     *
     * @param clientId            of the client.
     * @param sessionId           of its session; 0 for an OPEN.
     * @param body                that holds the bundle body.
     * @param bodyOffset          of its first byte.
     * @param bodyLength          in bytes.
     * @param authenticator       that holds the bundle's authenticator.
     * @param authenticatorOffset of its first byte.
     * @param authenticatorLength in bytes.
     */
    void onBundle(
        int clientId,
        long sessionId,
        DirectBuffer body,
        int bodyOffset,
        int bodyLength,
        DirectBuffer authenticator,
        int authenticatorOffset,
        int authenticatorLength);
}
