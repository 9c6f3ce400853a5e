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
 * Why the core did not act on an input. What a peer or a client sends can be refused, never fatal: each reason is a
 * counter, and a rejected input has changed nothing.
 */
public enum Rejection
{
    /** Not rejected. */
    NONE,
    /** Of a view other than the current one, or this replica is not active in it. */
    VIEW,
    /** The sender may not say this: a PRE-PREPARE from a backup, a PREPARE from the primary. */
    SENDER,
    /** The sequence is at or below the stable checkpoint, or beyond the window. */
    WATERMARK,
    /** Another digest was accepted, or executed, at this view and sequence. */
    CONFLICT,
    /** Seen before: nothing new in it. */
    DUPLICATE,
    /** A batch of more bytes or bundles than one may have. */
    SIZE,
    /** No room for a batch so far ahead of what is executed. */
    ROOM,
    /** The numbers of a session do not rise by one through the batch. */
    BUNDLE_ORDER,
    /** A bundle is for a client or a session that does not exist. */
    SESSION,
    /** A bundle's numbers lie beyond the session's window, or leave a gap. */
    NUMBER,
    /** A bundle came unsigned to a replica that is not the primary. */
    NOT_PRIMARY,
    /** A bundle's tag for this replica is wrong. */
    CLIENT_AUTHENTICATION,
    /** A signature is wrong. */
    SIGNATURE,
    /** The budget of a sender or a client for this interval is used up. */
    BUDGET,
    /** A checkpoint or certificate that is not above what this replica has, or too far above. */
    CHECKPOINT,
    /** A certificate's signers do not weigh a quorum. */
    CERTIFICATE_WEIGHT,
    /** A STATUS that is not newer than the newest of its sender. */
    STALE,
    /** A batch or a statement that was not asked for, or is not needed any more. */
    UNWANTED,
    /** A chunk that is not of the snapshot that was asked for: its sender is not asked again for this one. */
    CHUNK,
    /** A NEW-VIEW that does not follow from the VIEW-CHANGEs that it names. */
    NEW_VIEW,
    /** A template that this plane does not know. */
    TEMPLATE,
    /** An amnesiac or stopped replica takes no part in this. */
    NOT_VOTING
}
