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
package io.tagma.journal;

import org.agrona.DirectBuffer;

/**
 * Takes records in the order in which they were appended.
 */
@FunctionalInterface
public interface RecordHandler
{
    /**
     * One whole record with a right checksum.
     *
     * @param recordNumber which rises by one.
     * @param position     of the record: opaque, rising, to be given to {@link JournalReader#seek(long)}; it stays
     *                     valid for as long as the record is kept.
     * @param buffer       that holds the message, borrowed for the call.
     * @param offset       of the message's first byte, that of its header.
     * @param length       of the message in bytes.
     */
    void onRecord(long recordNumber, long position, DirectBuffer buffer, int offset, int length);
}
