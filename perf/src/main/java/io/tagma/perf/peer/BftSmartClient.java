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

import bftsmart.reconfiguration.views.MemoryBasedViewStorage;
import bftsmart.tom.AsynchServiceProxy;
import bftsmart.tom.core.messages.TOMMessageType;
import io.tagma.ordering.client.Outcome;
import io.tagma.ordering.client.ResponseHandler;
import io.tagma.perf.load.RequestClient;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Clients of the BFT-SMaRt fork in one: its asynchronous proxies, which take requests in turn. Their own threads send
 * and receive; answers are handed to whoever polls. The first eight bytes of a request are its number; it is answered
 * when F + 1 replicas have sent the same back.
 */
public final class BftSmartClient implements RequestClient
{
    private static final int POLL_LIMIT = 64;

    private final ResponseHandler handler;
    private final List<AsynchServiceProxy> proxies = new ArrayList<>();
    private final List<EqualReplies.Handler> sinks = new ArrayList<>();
    private final Queue<byte[]> answers = new ConcurrentLinkedQueue<>();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private long lastNumber;

    /**
     * Connects to all replicas, which run.
     *
     * @param firstPort of the replicas.
     * @param count     of proxies.
     * @param handler   that hears of answers.
     */
    BftSmartClient(final int firstPort, final int count, final ResponseHandler handler)
    {
        this.handler = handler;
        for (int i = 0; i < count; i++)
        {
            final AsynchServiceProxy proxy = new AsynchServiceProxy(
                BftSmartSettings.configuration(BftSmartSettings.FIRST_CLIENT_ID + i, firstPort),
                new MemoryBasedViewStorage());
            proxies.add(proxy);
            sinks.add((operationId, content) ->
            {
                proxy.cleanAsynchRequest(operationId);
                answers.add(content);
            });
        }
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        lastNumber++;
        final byte[] request = new byte[length];
        buffer.getBytes(offset, request);
        view.wrap(request);
        view.putLong(0, lastNumber);
        final int turn = (int)(lastNumber % proxies.size());
        proxies.get(turn).invokeAsynchRequest(
            request,
            new EqualReplies(BftSmartSettings.NODES, BftSmartSettings.WEAK_QUORUM, sinks.get(turn)),
            TOMMessageType.ORDERED_REQUEST);
        return lastNumber;
    }

    @Override
    public int poll()
    {
        int polled = 0;
        byte[] answer = answers.poll();
        while (null != answer)
        {
            view.wrap(answer);
            handler.onResponse(
                view.getLong(0), Outcome.COMMITTED, ResponseHandler.NO_REASON, 0, view, 0, answer.length);
            polled++;
            answer = polled < POLL_LIMIT ? answers.poll() : null;
        }
        return polled;
    }

    @Override
    public boolean isConnected()
    {
        return true;
    }

    @Override
    public String connectionState()
    {
        return "connected";
    }

    @Override
    public long resendCount()
    {
        return 0;
    }

    @Override
    public void close()
    {
        proxies.forEach(AsynchServiceProxy::close);
    }
}
