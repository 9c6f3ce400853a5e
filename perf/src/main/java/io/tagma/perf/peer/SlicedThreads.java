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
package io.tagma.perf.peer;

import io.tagma.ordering.transport.TimeSlice;

import java.util.concurrent.ThreadFactory;

/**
 * Threads in the time slices that the rig gives to replicas and clients of Tagma too, where the host has them.
 */
final class SlicedThreads implements ThreadFactory
{
    @Override
    public Thread newThread(final Runnable work)
    {
        return new Thread(() ->
        {
            TimeSlice.request(TimeSlice.MIN_NS, (refusal) -> {});
            work.run();
        });
    }
}
