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
package io.tagma.codecs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseChannelTest
{
    @ParameterizedTest
    @ValueSource(strings = {"localhost:1", "localhost:65535", "127.0.0.1:40456", "a-b.Example.com:9", "[::1]:40456",
        "[fe80::1:2]:1", "[::ffff:10.0.0.1]:80", "h:00001"})
    void endpointsPass(final String endpoint)
    {
        assertTrue(isPlausible(ResponseChannel.ofEndpoint(endpoint)));
    }

    @ParameterizedTest
    @DisplayName("L02 a response channel that would make a replica open something else")
    @ValueSource(strings = {"", "aeron:ipc", "aeron:udp", "aeron:udp?endpoint=", "aeron:udp?endpoint=:",
        "xeron:udp?endpoint=h:1",
        "aeron:udp?endpoint=:1", "aeron:udp?endpoint=h:", "aeron:udp?endpoint=h", "aeron:udp?endpoint=1",
        "aeron:udp?endpoint=h:0", "aeron:udp?endpoint=h:65536", "aeron:udp?endpoint=h:99999",
        "aeron:udp?endpoint=h:123456", "aeron:udp?endpoint=h:-1", "aeron:udp?endpoint=h:1|control=x:2",
        "aeron:udp?control=h:1", "aeron:udp?endpoint=h:1|mtu=8", "aeron:udp?endpoint=a:b:1",
        "aeron:udp?endpoint=::1:1", "aeron:udp?endpoint=[]:1", "aeron:udp?endpoint=[:]:1",
        "aeron:udp?endpoint=[::1:1", "aeron:udp?endpoint=[g::1]:1", "aeron:udp?endpoint=[a]b]:1",
        "aeron:udp?endpoint=a b:1", "aeron:udp?endpoint=a_b:1", "aeron:udp?endpoint=h:1 ",
        "aeron-spy:aeron:udp?endpoint=h:1", "AERON:udp?endpoint=h:1", "aeron:udp?endpoint=h\u0000:1",
        "aeron:udp?endpoint=h:1\n"})
    void anythingElseIsRefused(final String channel)
    {
        assertFalse(isPlausible(channel));
    }

    @Test
    void aChannelIsAtMost128BytesLong()
    {
        final String longest = ResponseChannel.ofEndpoint("h".repeat(128 - 19 - 2) + ":1");

        assertEquals(128, longest.length());
        assertTrue(isPlausible(longest));
        assertFalse(isPlausible(ResponseChannel.ofEndpoint("h".repeat(128 - 19 - 1) + ":1")));
    }

    @Test
    void bytesBehindTheChannelAreNotRead()
    {
        final byte[] bytes = "aeron:udp?endpoint=h:1".getBytes(US_ASCII);

        assertFalse(ResponseChannel.isPlausible(new UnsafeBuffer(bytes), 0, bytes.length - 1));
    }

    private static boolean isPlausible(final String channel)
    {
        final byte[] bytes = channel.getBytes(US_ASCII);

        return ResponseChannel.isPlausible(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
