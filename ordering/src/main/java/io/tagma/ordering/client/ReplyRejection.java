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
 * Why something that came in on the response channel was dropped. Each is a counter, {@link
 * TagmaClient#rejectionCount(ReplyRejection)}; none changes any state.
 */
public enum ReplyRejection
{
    /** Not a well-formed Replies frame. */
    STRUCTURE,
    /** For another cluster, epoch or client. */
    OTHER_RECIPIENT,
    /** For a session that is not this client's present one: mostly late answers. */
    OTHER_SESSION,
    /** The tag is not that of the replica in whose name the frame is. */
    WRONG_TAG,
    /**
     * An answer to a number that has its outcome, mostly the replies beyond the weak quorum, or was never sent; or a
     * wish for signatures of one that is not taken for the primary.
     */
    NOT_OUTSTANDING,
}
