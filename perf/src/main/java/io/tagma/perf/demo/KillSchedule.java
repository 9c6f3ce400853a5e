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
 * Which replica is killed, after how many answers, and after how many more it is started again. A seed decides.
 *
 * @param replicaId    of the replica.
 * @param killAfter    answers before it is killed.
 * @param restartAfter answers before it is started again.
 */
record KillSchedule(int replicaId, long killAfter, long restartAfter)
{
    private static final int PER_MILLE = 1000;

    /**
     * Makes a schedule: the kill in the first half, the restart at least a tenth later and in time for the last fifth.
     *
     * @param seed      that decides.
     * @param victim    the primary, or one of the backups.
     * @param replicas  how many there are.
     * @param primaryId of the primary in the first view.
     * @param requests  how many answers there will be.
     * @return the schedule.
     */
    static KillSchedule of(
        final long seed, final Victim victim, final int replicas, final int primaryId, final long requests)
    {
        final SplitMix64 random = new SplitMix64(seed);
        final int backupId = (primaryId + 1 + random.next(replicas - 1)) % replicas;
        final int replicaId = Victim.PRIMARY == victim ? primaryId : backupId;
        final int kill = 50 + random.next(450);
        final int restart = kill + 100 + random.next(800 - kill - 100);
        return new KillSchedule(replicaId, requests * kill / PER_MILLE, requests * restart / PER_MILLE);
    }
}
