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
package io.tagma.ordering.replica;

/**
 * How a replica's agents are spread over threads. The side thread (signatures, journal reads) and the journal's syncer
 * are threads of their own in every mode; both sleep unless they are asked.
 */
public enum ThreadingMode
{
    /** The ordering thread also runs the media driver: no hand-over between receiving, ordering and sending. */
    SINGLE,
    /** The media driver has one thread of its own. */
    SHARED,
    /** The media driver's conductor, sender and receiver have a thread each. */
    DEDICATED
}
