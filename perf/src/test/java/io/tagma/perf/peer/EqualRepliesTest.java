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
package io.tagma.perf.peer;

import bftsmart.tom.RequestContext;
import bftsmart.tom.core.messages.TOMMessage;
import bftsmart.tom.core.messages.TOMMessageType;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class EqualRepliesTest
{
    private static final int OPERATION_ID = 5;

    private final List<String> answers = new ArrayList<>();
    private final EqualReplies replies = new EqualReplies(4, 2, (operationId, content) ->
    {
        assertEquals(OPERATION_ID, operationId);
        answers.add(new String(content, StandardCharsets.US_ASCII));
    });

    @Test
    void twoThatSayTheSameAreEnoughAndTheRestIsNotHeard()
    {
        from(2, "a");
        assertEquals(List.of(), answers);
        from(0, "a");
        from(1, "a");
        from(3, "b");
        assertEquals(List.of("a"), answers);
    }

    @Test
    void oneReplicaCountsOnceHoweverOftenItSpeaks()
    {
        from(1, "a");
        from(1, "a");
        from(4, "a");
        from(-1, "a");
        assertEquals(List.of(), answers);
    }

    @Test
    void oneThatSaysSomethingElseOrNothingDoesNotCount()
    {
        from(0, "a");
        from(1, "b");
        from(2, null);
        from(3, "b");
        assertEquals(List.of("b"), answers);
    }

    @Test
    void whatWasSaidBeforeAnotherViewIsForgotten()
    {
        from(0, "a");
        replies.reset();
        from(1, "a");
        assertEquals(List.of(), answers);
        from(2, "a");
        assertEquals(List.of("a"), answers);
    }

    private void from(final int sender, final String content)
    {
        final TOMMessageType type = TOMMessageType.ORDERED_REQUEST;
        replies.replyReceived(
            new RequestContext(1, OPERATION_ID, type, new int[]{0, 1, 2, 3}, 0, replies, new byte[0]),
            new TOMMessage(sender, 0, 1, OPERATION_ID,
                null == content ? null : content.getBytes(StandardCharsets.US_ASCII), 0, type));
    }
}
