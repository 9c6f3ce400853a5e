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
import java.util.List;

/**
 * All that is looked at of a host, so that a made-up one can stand in for it. Paths are absolute, with slashes. What
 * cannot be read is an {@link IOException}, never a value.
 */
public interface Host
{
    /**
     * What a file holds.
     *
     * @param path of the file.
     * @return its text without blanks at either end.
     * @throws IOException if it is not there or cannot be read.
     */
    String text(String path) throws IOException;

    /**
     * What a directory holds.
     *
     * @param path of the directory.
     * @return the names, sorted.
     * @throws IOException if it is not there or cannot be read.
     */
    List<String> names(String path) throws IOException;

    /**
     * Whether there is such a file or directory.
     *
     * @param path of it.
     * @return false also if nobody may know.
     */
    boolean exists(String path);

    /**
     * Where a path leads, links followed. Of one that does not exist yet, where its nearest parent that does leads.
     *
     * @param path of a file or directory.
     * @return the path without links.
     * @throws IOException if it cannot be followed.
     */
    String realPath(String path) throws IOException;

    /**
     * Space for this user on the device of a file or directory that exists.
     *
     * @param path of it.
     * @return in bytes.
     * @throws IOException if the device does not say.
     */
    long usableBytes(String path) throws IOException;

    /**
     * What a program prints.
     *
     * @param command the program and its arguments.
     * @return what it printed to either output, without blanks at either end.
     * @throws IOException if it cannot be run, fails or does not end in time.
     */
    String output(String... command) throws IOException;

    /**
     * A variable of the environment.
     *
     * @param name of it.
     * @return its value.
     * @throws IOException if it is not set.
     */
    String environment(String name) throws IOException;

    /**
     * The virtual machine that runs this.
     *
     * @return what it says of itself.
     * @throws IOException if it says nothing.
     */
    Jvm jvm() throws IOException;
}
