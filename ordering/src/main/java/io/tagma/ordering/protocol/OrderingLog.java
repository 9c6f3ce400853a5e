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
 * The window (h, h + L]: one slot for each sequence in it, in a ring.
 */
final class OrderingLog
{
    private final OrderingSlot[] slots;
    private final int mask;

    OrderingLog(final ProtocolParameters parameters)
    {
        slots = new OrderingSlot[parameters.window];
        mask = slots.length - 1;
        for (int i = 0; i < slots.length; i++)
        {
            slots[i] = new OrderingSlot(parameters.quorums);
        }
        for (long sequence = 1; sequence <= slots.length; sequence++)
        {
            slot(sequence).reset(sequence);
        }
    }

    /**
     * The slot of a sequence; the caller has checked that it lies in the window.
     */
    OrderingSlot slot(final long sequence)
    {
        return slots[(int)sequence & mask];
    }

    /** A view is left: what was accepted and voted in it is past; what is committed stays so. */
    void leaveView(final long stable)
    {
        for (long sequence = stable + 1; sequence <= stable + slots.length; sequence++)
        {
            slot(sequence).leaveView();
        }
    }

    /** The window moves: what lay at or below the new h makes room for as many beyond the old end. */
    void advance(final long oldStable, final long newStable)
    {
        final long firstKept = newStable + 1;
        final long length = slots.length;
        for (long sequence = Math.max(firstKept, oldStable + length + 1); sequence <= newStable + length; sequence++)
        {
            slot(sequence).reset(sequence);
        }
    }
}
