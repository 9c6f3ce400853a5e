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

import io.tagma.codecs.BundleCursor;
import io.tagma.codecs.client.BundleKind;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The session table: a fixed number of sessions, and for each configured client the highest OPEN number, which stays
 * for ever. What it holds is agreed state, changed by {@link Execution} alone; what it says of proposals is the
 * primary's.
 */
final class ClientSessions
{
    /** Room found for no further session. */
    static final ClientSession NULL_SESSION = null;

    private final ClientSession[] table;
    private final boolean[] isUsed;
    private final Long2ObjectHashMap<ClientSession> byId;
    /** By client id: highest OPEN number executed with success. Never decreases. */
    private final long[] highestOpen;
    /** By client id: the session that the highest OPEN number opened. */
    private final long[] openedSession;
    /** By client id, as primary: highest OPEN number that was taken for a proposal. */
    private final long[] proposedOpen;
    /** While state is loaded: by place the session that was there before, 0 if there was none. */
    private final long[] replaced;
    private final long sessionTimeoutNs;
    private final long timeStepMaxNs;
    private final int window;
    private int openCount;
    /** Follows effective time, by at most one step a batch while a session is open. */
    private long sessionTimeNs;
    private long checkStamp;

    ClientSessions(final ProtocolParameters parameters)
    {
        table = new ClientSession[parameters.sessionLimit];
        isUsed = new boolean[parameters.sessionLimit];
        for (int i = 0; i < table.length; i++)
        {
            table[i] = new ClientSession(parameters);
        }
        byId = new Long2ObjectHashMap<>(4 * parameters.sessionLimit, 0.5f, true);
        highestOpen = new long[parameters.clientCount + 1];
        openedSession = new long[parameters.clientCount + 1];
        proposedOpen = new long[parameters.clientCount + 1];
        replaced = new long[parameters.sessionLimit];
        sessionTimeoutNs = parameters.sessionTimeoutNs;
        timeStepMaxNs = parameters.timeStepMaxNs;
        window = parameters.window;
    }

    ClientSession find(final long sessionId)
    {
        return byId.get(sessionId);
    }

    boolean isConfigured(final int clientId)
    {
        return clientId > 0 && clientId < highestOpen.length;
    }

    /** A long jump of agreed time must not close every session at once; with none open there is none to close. */
    void advanceTime(final long effectiveTimeNs)
    {
        sessionTimeNs = 0 == openCount ?
            effectiveTimeNs : Math.max(sessionTimeNs, Math.min(effectiveTimeNs, sessionTimeNs + timeStepMaxNs));
    }

    boolean hasRoom()
    {
        for (final boolean used : isUsed)
        {
            if (!used)
            {
                return true;
            }
        }
        return false;
    }

    ClientSession open(
        final long sessionId,
        final int clientId,
        final long openNumber,
        final DirectBuffer channel,
        final int channelOffset,
        final int channelLength)
    {
        for (int i = 0; i < table.length; i++)
        {
            if (!isUsed[i])
            {
                isUsed[i] = true;
                final ClientSession session = table[i];
                session.open(sessionId, clientId, sessionTimeNs, channel, channelOffset, channelLength);
                byId.put(sessionId, session);
                highestOpen[clientId] = openNumber;
                openedSession[clientId] = sessionId;
                proposedOpen[clientId] = Math.max(proposedOpen[clientId], openNumber);
                openCount++;
                return session;
            }
        }
        return NULL_SESSION;
    }

    void close(final ClientSession session, final long sequence)
    {
        session.close(sequence);
        openCount--;
    }

    /**
     * The next open session that agreed time has outlived.
     *
     * @return null if there is none.
     */
    ClientSession nextTimedOut()
    {
        if (0 == openCount)
        {
            return NULL_SESSION;
        }
        for (int i = 0; i < table.length; i++)
        {
            final ClientSession session = table[i];
            if (isUsed[i] && session.isOpen() && sessionTimeNs - session.lastActiveNs() > sessionTimeoutNs)
            {
                return session;
            }
        }
        return NULL_SESSION;
    }

    /**
     * The next session that was closed L batches before the one that is executed: it is forgotten by all alike.
     *
     * @return id of the session, which is in the table no longer; 0 if there is none.
     */
    long forgetNext(final long executedSequence)
    {
        if (openCount == byId.size())
        {
            return 0;
        }
        for (int i = 0; i < table.length; i++)
        {
            final ClientSession session = table[i];
            if (isUsed[i] && !session.isOpen() && session.closedAtSequence() + window <= executedSequence)
            {
                isUsed[i] = false;
                byId.remove(session.sessionId());
                return session.sessionId();
            }
        }
        return 0;
    }

    /**
     * uint32 clients, and of each in order of id int64 highest OPEN and the session that it opened; uint32 sessions,
     * and of each in order of place uint32 its place and {@link ClientSession#save}.
     */
    void save(final StateWriter writer)
    {
        writer.putInt(highestOpen.length - 1);
        for (int client = 1; client < highestOpen.length; client++)
        {
            writer.putLong(highestOpen[client]);
            writer.putLong(openedSession[client]);
        }
        writer.putInt(byId.size());
        for (int place = 0; place < table.length; place++)
        {
            if (isUsed[place])
            {
                writer.putInt(place);
                table[place].save(writer);
            }
        }
    }

    /** Replaces all of the table, and says which sessions came and went by that. */
    void load(final StateReader reader, final long newSessionTimeNs, final Outbound outbound)
    {
        for (int place = 0; place < table.length; place++)
        {
            replaced[place] = isUsed[place] ? table[place].sessionId() : 0;
            isUsed[place] = false;
        }
        byId.clear();
        openCount = 0;
        sessionTimeNs = newSessionTimeNs;
        reader.getInt("clients", highestOpen.length - 1, highestOpen.length - 1);
        for (int client = 1; client < highestOpen.length; client++)
        {
            highestOpen[client] = reader.getLong();
            openedSession[client] = reader.getLong();
            proposedOpen[client] = highestOpen[client];
        }
        int next = 0;
        for (int left = reader.getInt("sessions", 0, table.length); left > 0; left--)
        {
            final int place = reader.getInt("place", next, table.length - 1);
            table[place].load(reader);
            StateReader.require(isConfigured(table[place].clientId()), "client of a session");
            isUsed[place] = true;
            byId.put(table[place].sessionId(), table[place]);
            openCount += table[place].isOpen() ? 1 : 0;
            next = place + 1;
        }
        sayWhatIsReplaced(outbound);
    }

    private void sayWhatIsReplaced(final Outbound outbound)
    {
        for (final long sessionId : replaced)
        {
            if (0 != sessionId && null == byId.get(sessionId))
            {
                outbound.sessionForgotten(sessionId);
            }
        }
        for (int place = 0; place < table.length; place++)
        {
            if (isUsed[place] && !wasThere(table[place].sessionId()))
            {
                outbound.sessionOpened(
                    table[place].sessionId(), table[place].clientId(), table[place].channel(), 0,
                    table[place].channelLength());
            }
        }
    }

    private boolean wasThere(final long sessionId)
    {
        for (final long before : replaced)
        {
            if (before == sessionId)
            {
                return true;
            }
        }
        return false;
    }

    /** Begins the check of another batch. */
    void beginCheck()
    {
        checkStamp++;
    }

    /** Whether the bundle under a cursor goes on where the one of its session before it in this check ended. */
    boolean continuesBatch(final BundleCursor bundle)
    {
        final ClientSession session = BundleKind.OPEN == bundle.kind() ? NULL_SESSION : find(bundle.sessionId());
        return NULL_SESSION == session ||
            session.continuesBatch(checkStamp, bundle.firstNumber(), bundle.count());
    }

    void openProposed(final int clientId, final long openNumber)
    {
        proposedOpen[clientId] = Math.max(proposedOpen[clientId], openNumber);
    }

    /** The view is left: what was proposed in it may come to nothing. */
    void forgetProposed()
    {
        for (int i = 0; i < table.length; i++)
        {
            if (isUsed[i])
            {
                table[i].forgetProposed();
            }
        }
        System.arraycopy(highestOpen, 0, proposedOpen, 0, proposedOpen.length);
    }

    /** It was executed and opened nothing: its client may try it again. */
    void openRefused(final int clientId, final long openNumber)
    {
        if (proposedOpen[clientId] == openNumber)
        {
            proposedOpen[clientId] = highestOpen[clientId];
        }
    }

    long proposedOpen(final int clientId)
    {
        return proposedOpen[clientId];
    }

    long highestOpen(final int clientId)
    {
        return highestOpen[clientId];
    }

    long openedSession(final int clientId)
    {
        return openedSession[clientId];
    }

    long sessionTimeNs()
    {
        return sessionTimeNs;
    }

    /** The sessions in the table in order of place, for what walks all of them; null where a place is free. */
    ClientSession at(final int place)
    {
        return isUsed[place] ? table[place] : NULL_SESSION;
    }

    int capacity()
    {
        return table.length;
    }
}
