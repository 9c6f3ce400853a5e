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
package io.tagma.ordering.client;

/**
 * Finds out what the silence of a session means. One that the cluster forgot is answered by nobody: its keys and its
 * response channel are gone. So when a session has been silent for a session time-out, another one is opened beside it,
 * which tells an idle cluster from a forgotten session; only if the old one stays silent for some resends after that,
 * the new one takes its place.
 */
final class SessionProbe
{
    private static final long NO_SESSION = ClientSession.NO_SESSION;
    private static final int RESENDS = 8;

    private final SessionOpener opener;
    private final long graceNs;

    private boolean isRunning;
    /** The session that was opened because the present one is silent. */
    private long successor = NO_SESSION;
    private long openedNs;

    SessionProbe(final SessionOpener opener, final long resendTimeoutNs)
    {
        this.opener = opener;
        this.graceNs = RESENDS * resendTimeoutNs;
    }

    /**
     * Looks at the session, and goes on with opening another one while it is silent.
     *
     * @return number of frames that went out.
     */
    int doWork(final ClientSession session, final long nowNs, final long epochNs)
    {
        if (!session.isSilent(nowNs))
        {
            stop();
            return 0;
        }
        if (!isRunning)
        {
            isRunning = true;
            opener.start(nowNs);
        }
        return NO_SESSION == successor ? opener.doWork(nowNs, epochNs) : 0;
    }

    /** The other session is open. */
    void onOpened(final long sessionId, final long nowNs)
    {
        successor = sessionId;
        openedNs = nowNs;
    }

    /** Whether the session is lost, and which one takes its place; or none. */
    long successor(final long nowNs)
    {
        return NO_SESSION != successor && nowNs - openedNs >= graceNs ? successor : NO_SESSION;
    }

    boolean isRunning()
    {
        return isRunning;
    }

    void stop()
    {
        if (isRunning)
        {
            isRunning = false;
            successor = NO_SESSION;
            opener.stop();
        }
    }
}
