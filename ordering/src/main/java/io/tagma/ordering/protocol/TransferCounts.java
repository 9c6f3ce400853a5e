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
 * How many batches went from one replica to another because somebody lacked them, since the start of this process. Only
 * counted: nothing in the protocol reads it. Written by {@link StateTransfer} and {@link Retransmission}; for the
 * thread of the replica.
 */
public final class TransferCounts
{
    private long batchesFetched;
    private long bytesFetched;
    private long batchesSent;
    private long bytesSent;

    TransferCounts()
    {
    }

    void fetched(final int bodiesLength)
    {
        batchesFetched++;
        bytesFetched += bodiesLength;
    }

    void sent(final int bodiesLength)
    {
        batchesSent++;
        bytesSent += bodiesLength;
    }

    /** @return batches that came because this replica asked for them. */
    public long batchesFetched()
    {
        return batchesFetched;
    }

    /** @return bytes of their bodies. */
    public long bytesFetched()
    {
        return bytesFetched;
    }

    /** @return batches that others asked for and were sent, from memory or from the journal. */
    public long batchesSent()
    {
        return batchesSent;
    }

    /** @return bytes of their bodies. */
    public long bytesSent()
    {
        return bytesSent;
    }
}
