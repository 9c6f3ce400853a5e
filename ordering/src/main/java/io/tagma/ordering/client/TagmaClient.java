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
 * What the client answers instead of a request number when it does not take a request.
 */
public final class TagmaClient
{
    /** The window or the send buffer is full: poll, then offer again. */
    public static final long BACK_PRESSURED = -1;
    /** No session is open, not yet or not at the moment: poll, then offer again. */
    public static final long NOT_CONNECTED = -2;
    /** The client is closed or closing: nothing will be taken again. */
    public static final long CLOSED = -3;
    /** The payload is longer than the cluster's limit. */
    public static final long MAX_LENGTH_EXCEEDED = -4;

    private TagmaClient()
    {
    }
}
