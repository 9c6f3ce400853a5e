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

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.tagma.ordering.client.Outcome;
import io.tagma.ordering.client.ResponseHandler;
import io.tagma.ordering.client.TagmaClient;
import io.tagma.ordering.transport.EmbeddedDriver;
import io.tagma.perf.load.RequestClient;

import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;

/**
 * A client of {@link RawEchoServer}, with its media driver on the thread that polls it. The first eight bytes of a
 * request are its number; it is answered when they come back.
 */
public final class RawEchoClient implements RequestClient, FragmentHandler
{
    private static final int FRAGMENT_LIMIT = 64;

    private final EmbeddedDriver driver;
    private final Subscription answers;
    private final ExclusivePublication requests;
    private final BufferClaim claim = new BufferClaim();
    private final ResponseHandler handler;
    private long lastNumber;

    /**
     * Listens, and connects while it is polled.
     *
     * @param requestPort of this host, that the server listens at.
     * @param answerPort  of this host, for answers.
     * @param handler     that hears of answers.
     */
    RawEchoClient(final int requestPort, final int answerPort, final ResponseHandler handler)
    {
        this.handler = handler;
        driver = new EmbeddedDriver(
            null, EmbeddedDriver.LOOPBACK_MTU_LENGTH, RawEchoServer.STREAM_LIMIT, LangUtil::rethrowUnchecked);
        answers = driver.aeron().addSubscription(RawEchoServer.channel(answerPort), RawEchoServer.STREAM_ID);
        requests = driver.aeron().addExclusivePublication(
            RawEchoServer.channel(requestPort), RawEchoServer.STREAM_ID);
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        final long position = requests.tryClaim(length, claim);
        if (position > 0)
        {
            lastNumber++;
            claim.putBytes(buffer, offset, length);
            claim.buffer().putLong(claim.offset(), lastNumber);
            claim.commit();
            return lastNumber;
        }
        return Publication.BACK_PRESSURED == position || Publication.ADMIN_ACTION == position ?
            TagmaClient.BACK_PRESSURED : TagmaClient.NOT_CONNECTED;
    }

    @Override
    public int poll()
    {
        return driver.doWork() + answers.poll(this, FRAGMENT_LIMIT);
    }

    @Override
    public void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        handler.onResponse(
            buffer.getLong(offset), Outcome.COMMITTED, ResponseHandler.NO_REASON, 0, buffer, offset, length);
    }

    @Override
    public boolean isConnected()
    {
        return requests.isConnected() && answers.isConnected();
    }

    @Override
    public String connectionState()
    {
        return (requests.isConnected() ? "the server" : "no server") + " takes requests, " +
            (answers.isConnected() ? "one" : "none") + " answers";
    }

    @Override
    public long resendCount()
    {
        return 0;
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(requests, answers, driver);
    }
}
