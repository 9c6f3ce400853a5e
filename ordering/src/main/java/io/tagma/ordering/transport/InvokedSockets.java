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
package io.tagma.ordering.transport;

import io.aeron.driver.MediaDriver;

/**
 * The sockets of a driver that runs by an invoker, on a thread that has other things to do: they make no garbage and
 * few system calls.
 */
public final class InvokedSockets
{
    private InvokedSockets()
    {
    }

    /**
     * Gives a driver such sockets.
     *
     * @param context of a driver that is not launched yet and will run by an invoker.
     * @return the context.
     */
    public static MediaDriver.Context attachTo(final MediaDriver.Context context)
    {
        return DirectReceiveEndpoint.attachTo(SparseControlEndpoint.attachTo(context));
    }
}
