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
package io.tagma.ordering.cli;

/**
 * What a command ends with.
 */
public final class ExitStatus
{
    /** What was asked for was done. */
    public static final int OK = 0;
    /** What was asked for was tried, and it failed. */
    public static final int FAILED = 1;
    /** The command line makes no sense. */
    public static final int USAGE = 64;
    /** It cannot go on now: a full disk, a failed write. */
    public static final int UNAVAILABLE = 75;
    /** A configuration, a key or a journal is refused. */
    public static final int REFUSED = 78;

    private ExitStatus()
    {
    }
}
