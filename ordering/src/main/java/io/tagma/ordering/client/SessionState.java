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
package io.tagma.ordering.client;

/**
 * Where the client stands with its session.
 */
public enum SessionState
{
    /** The response channel is not known yet. */
    CONNECTING,
    /** An OPEN is on its way. */
    OPENING,
    /** Requests are accepted. */
    OPEN,
    /** The cluster closed the session: what is outstanding is answered still, then another one opens. */
    ENDING,
    /** The application closes the client: what is outstanding is waited for, for a while. */
    CLOSING,
    /** Nothing more happens. */
    CLOSED,
}
