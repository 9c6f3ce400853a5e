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

import java.io.Serial;

/**
 * Why a journal cannot be used (any more), in one sentence that says what to do.
 */
public final class JournalException extends RuntimeException
{
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * What kind of refusal it is.
     */
    public enum Reason
    {
        /** The journal or its directory is not one that this replica may open; nothing was changed. */
        REFUSED(78),
        /** Another process holds it; nothing was changed. */
        IN_USE(78),
        /** What the replica wrote is lost or damaged: it must not come back under its keys. */
        BURNT_IDENTITY(78),
        /** Too little room on the device; a restart works once there is more. */
        DISK_FULL(75),
        /** A write or a sync failed. */
        FAILED(75);

        private final int exitStatus;

        Reason(final int exitStatus)
        {
            this.exitStatus = exitStatus;
        }

        /**
         * Status for the process to end with.
         *
         * @return 75 (cannot go on now) or 78 (refused).
         */
        public int exitStatus()
        {
            return exitStatus;
        }
    }

    private final Reason reason;

    /**
     * A refusal.
     *
     * @param reason  its kind.
     * @param message one sentence that names the thing, and what to do.
     */
    public JournalException(final Reason reason, final String message)
    {
        super(message);
        this.reason = reason;
    }

    /**
     * A refusal with a cause.
     *
     * @param reason  its kind.
     * @param message one sentence that names the thing, and what to do.
     * @param cause   what was thrown below.
     */
    public JournalException(final Reason reason, final String message, final Throwable cause)
    {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * Kind of the refusal.
     *
     * @return its kind.
     */
    public Reason reason()
    {
        return reason;
    }
}
