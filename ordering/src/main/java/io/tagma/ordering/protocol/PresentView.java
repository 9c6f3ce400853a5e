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
 * What a start must know of the view that this replica is in: that the lower ones are left, what it brought along, and
 * by what the view was entered. Written down again with a {@link Retention restart point}, before the records that said
 * it first are cut.
 */
final class PresentView
{
    private final ReplicaStatus status;
    private final ViewChangeLog log;
    private final Complaints complaints;
    private final OwnViewChange own;
    private final NewViewJournal newViews;
    private final StatementPartWriter writer;
    private final int size;

    PresentView(
        final Core core,
        final Complaints complaints,
        final OwnViewChange own,
        final NewViewJournal newViews,
        final StatementPartWriter writer)
    {
        status = core.status;
        log = core.viewChangeLog;
        size = core.parameters.quorums.size();
        this.complaints = complaints;
        this.own = own;
        this.newViews = newViews;
        this.writer = writer;
    }

    /**
     * Whether the highest NEW-VIEW validated is that of the view that this replica is active in, and nothing is on its
     * way: what is written down then is all that there is to know.
     */
    boolean isSettled()
    {
        return status.isActive() && status.newView() == status.view() && newViews.isIdle() && !own.isInTheMaking();
    }

    /** Writes it down; nothing in view 0, which everybody is in from the start. */
    void journal()
    {
        final long view = status.view();
        if (0 == view)
        {
            return;
        }
        final boolean isComplained = complaints.hasAny(view - 1);
        complaints.encode(view - 1);
        writer.journalTarget(view, complaints.encoded(), 0, isComplained ? complaints.encodedLength() : 0);
        final Statement said = own.said();
        if (null != said)
        {
            writer.journal(said);
        }
        for (int id = 0; id < size; id++)
        {
            final Statement named = log.named(id);
            if (null != named && named != said)
            {
                writer.journal(named);
            }
        }
        writer.journal(log.newView());
    }
}
