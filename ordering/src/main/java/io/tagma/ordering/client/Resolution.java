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
 * What became of a request of an earlier session, as a weak quorum says; final.
 */
public enum Resolution
{
    /** Ordered and executed exactly once, with the result that comes along. */
    COMMITTED,
    /** Ordered and executed exactly once; its result is not kept any more, or is too long to be given once more. */
    COMMITTED_WITHOUT_RESULT,
    /** Not executed, and it never will be: it can be offered again. */
    NEVER,
    /**
     * The cluster knows no such session of this client any more: nothing of it will be executed from now on; whether
     * the request was before is not known.
     */
    FORGOTTEN,
}
