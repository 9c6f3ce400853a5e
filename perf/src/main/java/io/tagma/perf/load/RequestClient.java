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

/**
 * A port that connects, and that is closed: a client of Tagma, or of a system that it is compared with. One thread.
 */
public interface RequestClient extends RequestPort, AutoCloseable
{
    /** Nobody leads, or the client is not told. */
    int NO_LEADER = -1;

    /**
     * Whether requests can be offered.
     *
     * @return false before a session is open.
     */
    boolean isConnected();

    /**
     * What there is so far, for whoever waits in vain.
     *
     * @return a part of a sentence.
     */
    String connectionState();

    /**
     * Requests that had to be sent again.
     *
     * @return bundles of them; 0 where the client does not send again.
     */
    long resendCount();

    /**
     * Who leads, as far as this client knows.
     *
     * @return id of the member that it takes for the primary or leader; {@link #NO_LEADER} if it knows of none.
     */
    default int leaderId()
    {
        return NO_LEADER;
    }

    @Override
    void close();
}
