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
package io.tagma.tuning;

import java.io.IOException;

/**
 * One way of looking at a host.
 */
@FunctionalInterface
interface Look
{
    /** What is found where there is known to be nothing. */
    String NONE = "none";

    /**
     * Looks.
     *
     * @param host     to look at.
     * @param argument what at, empty if there is but one thing to look at.
     * @return what was found.
     * @throws IOException              if it cannot be read.
     * @throws IllegalArgumentException if it reads like nothing known.
     */
    String at(Host host, String argument) throws IOException;
}
