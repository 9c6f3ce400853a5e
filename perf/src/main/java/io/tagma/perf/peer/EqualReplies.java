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

import bftsmart.communication.client.ReplyListener;
import bftsmart.tom.RequestContext;
import bftsmart.tom.core.messages.TOMMessage;

import java.util.Arrays;

/**
 * What the replicas say to one request of an asynchronous client of BFT-SMaRt, which leaves the counting to its user:
 * the answer is what enough of them say alike. Called by the client's threads, one at a time.
 */
final class EqualReplies implements ReplyListener
{
    /**
     * Told of the answer, once.
     */
    interface Handler
    {
        void onAnswer(int operationId, byte[] content);
    }

    private final Handler handler;
    private final byte[][] contents;
    private final int enough;
    private boolean isAnswered;

    EqualReplies(final int replicas, final int enough, final Handler handler)
    {
        this.handler = handler;
        this.enough = enough;
        contents = new byte[replicas][];
    }

    @Override
    public void reset()
    {
        Arrays.fill(contents, null);
    }

    @Override
    public void replyReceived(final RequestContext context, final TOMMessage reply)
    {
        final int sender = reply.getSender();
        final byte[] content = reply.getContent();
        if (isAnswered || null == content || sender < 0 || sender >= contents.length)
        {
            return;
        }
        contents[sender] = content;
        int equal = 0;
        for (final byte[] other : contents)
        {
            equal += Arrays.equals(content, other) ? 1 : 0;
        }
        if (equal >= enough)
        {
            isAnswered = true;
            handler.onAnswer(context.getOperationId(), content);
        }
    }
}
