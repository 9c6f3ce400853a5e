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
package io.tagma.perf.load;

import io.tagma.ordering.client.ClientContext;
import io.tagma.ordering.client.ResponseHandler;
import io.tagma.ordering.client.TagmaClient;
import org.agrona.DirectBuffer;

import java.util.function.Function;

/**
 * A client as a port.
 */
public final class ClientPort implements RequestClient
{
    private static final int FRAGMENT_LIMIT = 64;

    private final TagmaClient client;

    /**
     * Wraps a client.
     *
     * @param client to offer to and poll, and to close.
     */
    public ClientPort(final TagmaClient client)
    {
        this.client = client;
    }

    /**
     * Makes a client of Tagma, once it is known who hears its answers.
     *
     * @param context of the client: which cluster, which keys; its response handler is set here.
     * @return what connects.
     */
    public static Function<ResponseHandler, RequestClient> connector(final ClientContext context)
    {
        return (handler) -> new ClientPort(TagmaClient.connect(context.responseHandler(handler)));
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        return client.offer(buffer, offset, length);
    }

    @Override
    public int poll()
    {
        return client.poll(FRAGMENT_LIMIT);
    }

    @Override
    public boolean isConnected()
    {
        return client.isConnected();
    }

    @Override
    public String connectionState()
    {
        return client.connectedReplicaCount() + " replicas reached";
    }

    @Override
    public long resendCount()
    {
        return client.resendCount();
    }

    @Override
    public int leaderId()
    {
        return client.believedPrimary();
    }

    @Override
    public void close()
    {
        client.close();
    }
}
