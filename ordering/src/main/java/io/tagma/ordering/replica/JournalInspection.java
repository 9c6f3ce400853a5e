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

import io.tagma.codecs.FrameLimits;
import io.tagma.codecs.FrameVerdict;
import io.tagma.codecs.JournalRecordCheck;
import io.tagma.journal.JournalException;
import io.tagma.journal.RecordHandler;
import org.agrona.DirectBuffer;

/**
 * What a start wants to know of its journal before it replays it. Shown the journal once. One thread.
 */
final class JournalInspection implements RecordHandler
{
    final CertifiedSnapshots certified = new CertifiedSnapshots();
    final JournalEpochs epochs = new JournalEpochs();
    private final Object directory;
    private final FrameLimits limits;

    JournalInspection(final Object directory, final FrameLimits limits)
    {
        this.directory = directory;
        this.limits = limits;
    }

    @Override
    public void onRecord(
        final long recordNumber, final long position, final DirectBuffer buffer, final int offset, final int length)
    {
        final FrameVerdict verdict = JournalRecordCheck.check(buffer, offset, length, limits);
        if (FrameVerdict.OK != verdict)
        {
            // Its checksum is right: what this build cannot read another one wrote. It is not guessed at, nor left out.
            throw new JournalException(
                JournalException.Reason.REFUSED,
                "Record " + recordNumber + " of the journal " + directory + " cannot be read by this build (" +
                verdict + "): start the build that wrote it, or a newer one.");
        }
        certified.onRecord(recordNumber, buffer, offset);
        epochs.onRecord(buffer, offset);
    }
}
