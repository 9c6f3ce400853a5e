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

/**
 * The end of a tail amnesia. A replica that lost the end of its journal with the power may have sent votes it no longer
 * knows, all at or below H; it votes again when it holds a certificate at or above H and has executed up to it.
 */
final class Amnesia
{
    private final ReplicaStatus status;
    private final RecordWriter records;
    private long endRecordNumber = RecordWriter.NULL_RECORD;

    Amnesia(final Core core)
    {
        status = core.status;
        records = core.records;
    }

    /** Asks for the end of amnesia on the device, once what it waits for is there. */
    void tick()
    {
        final long awaited = status.awaitedSequence();
        if (awaited > 0 && RecordWriter.NULL_RECORD == endRecordNumber &&
            status.stableSequence() >= awaited && status.executedSequence() >= status.stableSequence())
        {
            endRecordNumber = records.amnesiaEnd();
        }
    }

    /** Only what is on the device is over: until then a restart would find the amnesia open. */
    void onDurable(final long recordNumber)
    {
        if (RecordWriter.NULL_RECORD != endRecordNumber && recordNumber >= endRecordNumber)
        {
            endRecordNumber = RecordWriter.NULL_RECORD;
            status.amnesiaEnded();
        }
    }
}
