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
package io.tagma.perf.demo;

import io.tagma.perf.flow.SplitMix64;

/**
 * Which replica is away, from how many answers on, and after how many more it is back. A seed decides.
 *
 * @param replicaId of the replica.
 * @param awayAfter answers before it is killed or frozen.
 * @param backAfter answers before it is started again or let go on.
 */
record OutageSchedule(int replicaId, long awayAfter, long backAfter)
{
    private static final int PER_MILLE = 1000;

    /**
     * Makes a schedule: away in the first half, back at least a tenth later and in time for the last fifth.
     *
     * @param seed      that decides.
     * @param trouble   of the primary, or of one of the backups.
     * @param replicas  how many there are.
     * @param primaryId of the primary in the first view.
     * @param requests  how many answers there will be.
     * @return the schedule.
     */
    static OutageSchedule of(
        final long seed, final Trouble trouble, final int replicas, final int primaryId, final long requests)
    {
        final SplitMix64 random = new SplitMix64(seed);
        final int backupId = (primaryId + 1 + random.next(replicas - 1)) % replicas;
        final int replicaId = trouble.isForPrimary() ? primaryId : backupId;
        final int away = 50 + random.next(450);
        final int back = away + 100 + random.next(800 - away - 100);
        return new OutageSchedule(replicaId, requests * away / PER_MILLE, requests * back / PER_MILLE);
    }
}
