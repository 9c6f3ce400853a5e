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
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SnapshotLogTest
{
    private static final long EXECUTED = 100;

    private final SnapshotLog log = new SnapshotLog(new ProtocolParameters.Builder()
        .clusterId(1)
        .quorums(new Quorums(new int[]{1, 1, 1, 1}))
        .conclude());

    private static Digest digest(final int seed)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[Digest.LENGTH]);
        bytes.putInt(0, seed);
        final Digest digest = new Digest();
        digest.set(bytes, 0);
        return digest;
    }

    private void certified(final int sequence)
    {
        assertTrue(log.certified(sequence, digest(sequence).bytes(), 0, EXECUTED));
    }

    @Test
    @DisplayName("a snapshot stands for what is older once the journal on the device comes to its sequence")
    void heldOnceTheJournalOnTheDeviceComesToIt()
    {
        log.taken(8, digest(8), 50);
        log.taken(16, digest(16), 90);
        certified(8);
        certified(16);
        assertEquals(8, log.oldestNeeded());
        assertFalse(log.isOldestHeld(49));
        assertTrue(log.isOldestHeld(50));
    }

    @Test
    void isNotHeldIfItIsNotWhatTheCertificateSays()
    {
        log.taken(8, digest(9), 50);
        certified(8);
        certified(16);
        assertFalse(log.isOldestHeld(50));
    }

    @Test
    void whatAStartWentOnFromIsHeld()
    {
        log.restored(8, digest(8), RecordWriter.NULL_RECORD);
        certified(8);
        assertFalse(log.isOldestHeld(1));
        certified(16);
        assertTrue(log.isOldestHeld(1));
    }
}
