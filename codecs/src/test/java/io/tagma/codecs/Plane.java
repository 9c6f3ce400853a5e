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
package io.tagma.codecs;

import org.agrona.DirectBuffer;

/**
 * The four kinds of bytes that come from outside, each with its check.
 */
enum Plane
{
    PEER(PeerFrameCheck::check),
    CLIENT(ClientFrameCheck::check),
    JOURNAL(JournalRecordCheck::check),
    STATEMENT(StatementCheck::check);

    private final Check check;

    Plane(final Check check)
    {
        this.check = check;
    }

    FrameVerdict check(final DirectBuffer buffer, final int offset, final int length)
    {
        return check.check(buffer, offset, length, SampleFrames.LIMITS);
    }

    private interface Check
    {
        FrameVerdict check(DirectBuffer buffer, int offset, int length, FrameLimits limits);
    }
}
