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
package io.tagma.perf.cluster;

import io.tagma.perf.Tagma;

import java.io.IOException;

/**
 * The command line as a child process that does not outlive its parent: when its standard input ends, it ends, as if
 * killed. However the parent went, nothing is left behind.
 */
public final class SupervisedMain
{
    private static final int EXIT_ORPHANED = 137;

    private SupervisedMain()
    {
    }

    /**
     * Runs a command.
     *
     * @param arguments as of {@link Tagma}.
     */
    public static void main(final String[] arguments)
    {
        watchParent();
        Tagma.main(arguments);
    }

    /**
     * From now on this process ends when its standard input does.
     */
    public static void watchParent()
    {
        final Thread watch = new Thread(SupervisedMain::awaitEndOfInput, "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEndOfInput()
    {
        try
        {
            int next = System.in.read();
            while (next >= 0)
            {
                next = System.in.read();
            }
        }
        catch (final IOException ex)
        {
            // As good as its end: nobody can speak to this process any more.
            Runtime.getRuntime().halt(EXIT_ORPHANED);
        }
        Runtime.getRuntime().halt(EXIT_ORPHANED);
    }
}
