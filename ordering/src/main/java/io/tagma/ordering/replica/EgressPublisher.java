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

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.aeron.Aeron;

import java.util.ArrayList;
import java.util.List;

import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The publications to clients: one for each response channel in use. A session keeps its own for as long as the order
 * keeps the session; the answer to an OPEN goes to the channel that the client's newest OPEN named. Ordering thread
 * only; only a new channel allocates.
 */
final class EgressPublisher implements ClientPublisher, SessionEvents, AutoCloseable
{
    private static final String LOCALHOST = "localhost";
    private static final int PREFIX_LENGTH = "aeron:udp?endpoint=".length();
    /** Between changes of the channel for a client's OPENs: each costs a publication. */
    private static final long CHANNEL_CHANGE_INTERVAL_NS = 100_000_000L;

    private final EgressChannel[] channelByClient;
    private final byte[][] channelNameByClient;
    private final long[] changedNsByClient;
    private final Long2ObjectHashMap<EgressChannel> channelBySession = new Long2ObjectHashMap<>();
    /** Sessions that the journal knows before there is an Aeron client. */
    private final Long2ObjectHashMap<Replayed> replayed = new Long2ObjectHashMap<>();
    private final List<EgressChannel> channels = new ArrayList<>();
    private Aeron aeron;
    private long nowNs;
    private boolean isSettled = true;
    private long refusedChannels;

    EgressPublisher(final int clientCount)
    {
        channelByClient = new EgressChannel[clientCount + 1];
        channelNameByClient = new byte[clientCount + 1][];
        changedNsByClient = new long[clientCount + 1];
    }

    /** From here on publications are made, for what was replayed first. */
    void start(final Aeron aeronClient)
    {
        aeron = aeronClient;
        final long[] newestSession = new long[channelByClient.length];
        replayed.forEachLong((sessionId, session) ->
        {
            channelBySession.put(sessionId, acquire(session.channel));
            if (sessionId > newestSession[session.clientId])
            {
                newestSession[session.clientId] = sessionId;
                setClientChannel(session.clientId, session.channel);
            }
        });
        replayed.clear();
    }

    int doWork(final long timeNs)
    {
        nowNs = timeNs;
        if (isSettled)
        {
            return 0;
        }
        int workCount = 0;
        boolean isAllSettled = true;
        for (int i = 0; i < channels.size(); i++)
        {
            final EgressChannel channel = channels.get(i);
            workCount += channel.doWork(aeron, timeNs);
            isAllSettled &= channel.isSettled();
        }
        isSettled = isAllSettled;
        return workCount;
    }

    /** See {@link IngressListener#onOpenHeard}. */
    void onOpenHeard(final int clientId, final DirectBuffer buffer, final int offset, final int length)
    {
        if (isChannelOf(clientId, buffer, offset, length))
        {
            return;
        }
        if (null != channelByClient[clientId] && nowNs - changedNsByClient[clientId] < CHANNEL_CHANGE_INTERVAL_NS)
        {
            return;
        }
        final String channel = channel(buffer, offset, length);
        if (null == channel)
        {
            refusedChannels++;
            return;
        }
        setClientChannel(clientId, channel);
        changedNsByClient[clientId] = nowNs;
    }

    private void setClientChannel(final int clientId, final String channel)
    {
        final EgressChannel before = channelByClient[clientId];
        channelByClient[clientId] = acquire(channel);
        channelNameByClient[clientId] = channel.getBytes(US_ASCII);
        release(before);
    }

    @Override
    public void sessionOpened(
        final long sessionId,
        final int clientId,
        final DirectBuffer buffer,
        final int channelOffset,
        final int channelLength)
    {
        final String channel = channel(buffer, channelOffset, channelLength);
        if (null == channel)
        {
            refusedChannels++;
        }
        else if (null == aeron)
        {
            replayed.put(sessionId, new Replayed(clientId, channel));
        }
        else
        {
            channelBySession.put(sessionId, acquire(channel));
            onOpenHeard(clientId, buffer, channelOffset, channelLength);
        }
    }

    @Override
    public void sessionForgotten(final long sessionId)
    {
        replayed.remove(sessionId);
        release(channelBySession.remove(sessionId));
    }

    @Override
    public boolean offer(
        final int clientId,
        final long sessionId,
        final DirectBuffer message,
        final int offset,
        final int length,
        final DirectBuffer tag,
        final int tagOffset)
    {
        final EgressChannel ofSession = 0 == sessionId ? null : channelBySession.get(sessionId);
        final EgressChannel channel = null == ofSession ? channelByClient[clientId] : ofSession;
        if (null == channel)
        {
            return false;
        }
        if (channel.offer(message, offset, length, tag, tagOffset))
        {
            return true;
        }
        if (0 == sessionId && channel.keep(message, offset, length, tag, tagOffset, nowNs))
        {
            isSettled = false;
            return true;
        }
        return false;
    }

    private boolean isChannelOf(final int clientId, final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] name = channelNameByClient[clientId];
        if (null == name || name.length != length)
        {
            return false;
        }
        for (int i = 0; i < length; i++)
        {
            if (name[i] != buffer.getByte(offset + i))
            {
                return false;
            }
        }
        return true;
    }

    /**
     * The structural check has seen to its form. Names are refused but for localhost: resolving one that a client chose
     * would block the driver for as long as that client's name server likes.
     */
    private static String channel(final DirectBuffer buffer, final int offset, final int length)
    {
        final String channel = buffer.getStringWithoutLengthAscii(offset, length);
        final int portColon = channel.lastIndexOf(':');
        if (portColon <= PREFIX_LENGTH)
        {
            return null;
        }
        final String host = channel.substring(PREFIX_LENGTH, portColon);
        if (LOCALHOST.equals(host) || host.charAt(0) == '[')
        {
            return channel;
        }
        for (int i = 0; i < host.length(); i++)
        {
            final char c = host.charAt(i);
            if ((c < '0' || c > '9') && '.' != c)
            {
                return null;
            }
        }
        return channel;
    }

    private EgressChannel acquire(final String name)
    {
        for (int i = 0; i < channels.size(); i++)
        {
            if (channels.get(i).channel.equals(name))
            {
                channels.get(i).references++;
                return channels.get(i);
            }
        }
        final EgressChannel channel = new EgressChannel(aeron, name);
        channel.references = 1;
        channels.add(channel);
        isSettled = false;
        return channel;
    }

    private void release(final EgressChannel channel)
    {
        if (null != channel && 0 == --channel.references)
        {
            channels.remove(channel);
            channel.close(aeron);
        }
    }

    int channelCount()
    {
        return channels.size();
    }

    long refusedChannels()
    {
        long refused = refusedChannels;
        for (int i = 0; i < channels.size(); i++)
        {
            refused += channels.get(i).isRefused() ? 1 : 0;
        }
        return refused;
    }

    @Override
    public void close()
    {
        for (final EgressChannel channel : channels)
        {
            channel.close(aeron);
        }
        channels.clear();
    }

    private record Replayed(int clientId, String channel)
    {
    }
}
