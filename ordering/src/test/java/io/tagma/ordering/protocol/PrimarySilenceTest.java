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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * How long a primary may be silent, by how long it was lately.
 */
class PrimarySilenceTest
{
    private static final long MS = 1_000_000L;
    private static final long START = 1_000 * MS;

    private final ProtocolParameters parameters = new ProtocolParameters.Builder()
        .clusterId(1).replicaId(1).quorums(new Quorums(new int[]{1, 1, 1, 1})).clientCount(1).conclude();
    private final long floorNs = 4 * parameters.viewChange.heartbeatIntervalNs();
    private final ReplicaStatus status = new ReplicaStatus(parameters);
    private final BaseTimeout baseTimeout = new BaseTimeout(parameters, status);
    private final PrimarySilence silence = new PrimarySilence(parameters, status, baseTimeout);
    private long nowNs = START;

    private void pauses(final int count, final long pauseNs)
    {
        for (int i = 0; i < count; i++)
        {
            nowNs += pauseNs;
            status.time(nowNs, nowNs);
            silence.heard(nowNs, START);
        }
    }

    private void commitsTake(final long latencyNs)
    {
        status.time(nowNs, nowNs);
        baseTimeout.measured(latencyNs);
        nowNs += 2 * parameters.statusIntervalNs;
        status.time(nowNs, nowNs);
        baseTimeout.measured(latencyNs);
    }

    @Test
    @DisplayName("Until a pause is known a primary may be silent as long as a request may take")
    void nothingIsKnown()
    {
        assertEquals(baseTimeout.timeoutNs(0), silence.timeoutNs(0));
        assertEquals(baseTimeout.timeoutNs(3), silence.timeoutNs(3));
    }

    @Test
    @DisplayName("Twice its longest pause, at least four heartbeats, up at once and down soon")
    void followsItsPauses()
    {
        pauses(100, 5 * MS);
        assertEquals(floorNs, silence.timeoutNs(0), "heartbeats as they should be");
        pauses(1, 40 * MS);
        pauses(40, 5 * MS);
        assertTrue(silence.timeoutNs(0) > 50 * MS && silence.timeoutNs(0) <= 80 * MS, "one of 40 ms, lately");
        pauses(400, 5 * MS);
        assertEquals(floorNs, silence.timeoutNs(0), "long ago");
    }

    @Test
    @DisplayName("Never longer than a request may take, and twice as long with each view that failed")
    void bounded()
    {
        pauses(3, 300 * MS);
        commitsTake(MS);
        assertEquals(baseTimeout.timeoutNs(0), silence.timeoutNs(0));
        pauses(1_000, 5 * MS);
        commitsTake(100 * MS);
        assertEquals(floorNs, silence.timeoutNs(0));
        assertEquals(4 * floorNs, silence.timeoutNs(2));
    }

    @Test
    @DisplayName("What lies before the view was entered, or this replica stood still, is no pause of the primary")
    void beginsAnew()
    {
        pauses(100, 5 * MS);
        final long restartedAtNs = nowNs + 1;
        nowNs += 500 * MS;
        status.time(nowNs, nowNs);
        silence.heard(nowNs, restartedAtNs);
        for (int i = 0; i < 100; i++)
        {
            nowNs += 5 * MS;
            status.time(nowNs, nowNs);
            silence.heard(nowNs, restartedAtNs);
        }
        assertEquals(floorNs, silence.timeoutNs(0));
    }
}
