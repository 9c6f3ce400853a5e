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
 * A NEW-VIEW that is found right, or made, on its way to the device: with the VIEW-CHANGEs that it names and the
 * certificate that it starts from. Only what is on the device is entered or passed on.
 */
final class NewViewJournal
{
    private final ReplicaStatus status;
    private final Outbound outbound;
    private final Checkpointing checkpointing;
    private final StatementChecks checks;
    private final StatementPartWriter writer;
    private final ViewChangeLog log;
    private final TakeOver takeOver;
    private final NewViewText text = new NewViewText();
    private final Statement[] members;
    private Statement pending;
    private long recordNumber;

    NewViewJournal(
        final Core core,
        final Checkpointing checkpointing,
        final StatementChecks checks,
        final StatementPartWriter writer,
        final ViewChangeLog log,
        final TakeOver takeOver)
    {
        status = core.status;
        outbound = core.outbound;
        this.checkpointing = checkpointing;
        this.checks = checks;
        this.writer = writer;
        this.log = log;
        this.takeOver = takeOver;
        members = new Statement[core.parameters.quorums.size()];
    }

    boolean isIdle()
    {
        return null == pending;
    }

    /** Writes it down: the members first, so that a NEW-VIEW that is found whole has all of them. */
    void append(final Statement newView, final Statement[] named)
    {
        newView.retain();
        pending = newView;
        final long start = text.wrap(newView).startSequence();
        for (int id = 0; id < members.length; id++)
        {
            ViewChangeLog.set(members, id, named[id]);
            if (null != named[id])
            {
                writer.journal(named[id]);
                adoptCertificate(named[id], start);
            }
        }
        recordNumber = writer.journal(newView);
        outbound.requestSync();
        takeOver.clean(newView, newView.view() < status.targetView());
    }

    private void adoptCertificate(final Statement viewChange, final long start)
    {
        if (start > status.stableSequence() && checks.stableSequence(viewChange) == start)
        {
            checkpointing.adopt(
                viewChange.buffer, checks.certificateOffset(viewChange), checks.certificateLength(viewChange), start);
        }
    }

    /**
     * Records up to here are on the device.
     *
     * @return whether a NEW-VIEW is among them: it is the highest one validated now.
     */
    boolean onDurable(final long durableRecordNumber)
    {
        if (null == pending || durableRecordNumber < recordNumber)
        {
            return false;
        }
        pending.valid();
        log.newView(pending, members);
        status.validated(pending.view());
        if (pending.view() < status.targetView())
        {
            takeOver.clean(pending, true);
        }
        ViewChangeLog.clear(members);
        pending.release();
        pending = null;
        return true;
    }
}
