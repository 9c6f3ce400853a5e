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

import io.tagma.codecs.peer.ComplaintReason;

/**
 * NEW-VIEWs of others, from the first part to the journal: the highest one there is, one at a time.
 */
final class NewViews
{
    private final ReplicaStatus status;
    private final Complaints complaints;
    private final StatementIntake intake;
    private final NewViewCheck check;
    private final NewViewJournal journal;

    NewViews(
        final Core core,
        final Complaints complaints,
        final StatementIntake intake,
        final NewViewCheck check,
        final NewViewJournal journal)
    {
        status = core.status;
        this.complaints = complaints;
        this.intake = intake;
        this.check = check;
        this.journal = journal;
    }

    /** Takes up the highest one there is, or goes on with the one under check. */
    void advance()
    {
        if (!journal.isIdle())
        {
            return;
        }
        if (!check.isIdle() && check.candidate().view() <= status.newView())
        {
            end();
        }
        else if (check.mayGiveWay() && null != intake.validNewView(check.candidate()))
        {
            check.givesWay();
            end();
        }
        if (check.isIdle())
        {
            final Statement next = intake.validNewView(null);
            if (null == next)
            {
                return;
            }
            check.begin(next);
            intake.takenUp(next);
        }
        switch (check.outcome())
        {
            case VALID ->
            {
                journal.append(check.candidate(), check.members());
                end();
            }
            case FALSE -> refuse();
            default ->
            {
                // VIEW-CHANGEs that it names are still missing.
            }
        }
    }

    /**
     * A VIEW-CHANGE is not valid. What is not signed may come signed from somebody else; what is signed and false is
     * false for good, and so is the NEW-VIEW that names it.
     */
    void onFalse(final Statement viewChange, final boolean isSigned)
    {
        if (check.names(viewChange))
        {
            if (isSigned)
            {
                refuse();
            }
            else
            {
                viewChange.unsigned();
            }
        }
    }

    /**
     * Its primary signed what does not follow from what it names. Who waits for this very view complains; of another
     * one it says nothing, or a single liar could drive everybody from a view that is well.
     */
    private void refuse()
    {
        status.reject(Rejection.NEW_VIEW);
        if (check.candidate().view() == status.view() && !status.isActive() && 0 == status.awaitedSequence())
        {
            complaints.complain(check.candidate().view(), ComplaintReason.NEW_VIEW_LATE);
        }
        end();
    }

    private void end()
    {
        intake.decided(check.candidate());
        check.end();
    }
}
