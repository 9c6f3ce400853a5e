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

import java.util.function.Consumer;

/**
 * What goes on beside the requests, on a thread of its own. The thread that sends them looks after it.
 */
public interface SideWork extends AutoCloseable
{
    /**
     * Begins.
     */
    void start();

    /**
     * Tells how many requests were answered. Unless something waits for that, it does nothing.
     *
     * @param count so far.
     */
    default void onAnswers(final long count)
    {
    }

    /**
     * Hands over what was said since the last call.
     *
     * @param to takes each line.
     */
    void drain(Consumer<String> to);

    /**
     * Whether all was done.
     *
     * @return false while it goes on.
     * @throws IllegalStateException if it failed.
     */
    boolean isDone();

    /**
     * Waits until it is over, whether it was done or failed.
     *
     * @param timeoutMs to wait at most.
     */
    void awaitEnd(long timeoutMs);

    /**
     * Breaks off what still goes on, and waits for its end.
     */
    void breakOff();

    @Override
    default void close()
    {
        breakOff();
    }
}
