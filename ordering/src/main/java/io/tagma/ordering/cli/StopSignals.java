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

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Runs something on SIGTERM or SIGINT instead of the JVM's own way out, so that the process can stop in order and end
 * with a status of its own. The JDK has this only outside its standard API, so it is reached by reflection.
 */
final class StopSignals
{
    private static final String[] SIGNALS = {"TERM", "INT"};

    private StopSignals()
    {
    }

    /**
     * Asks for a run on each of the signals.
     *
     * @param stop that only asks to stop: it must return soon.
     */
    static void onStop(final Runnable stop)
    {
        try
        {
            final Class<?> signalClass = Class.forName("sun.misc.Signal");
            final Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            final InvocationHandler invocation = (proxy, method, arguments) ->
            {
                if ("handle".equals(method.getName()))
                {
                    stop.run();
                    return null;
                }
                return method.invoke(stop, arguments);
            };
            final Object handler = Proxy.newProxyInstance(
                StopSignals.class.getClassLoader(), new Class<?>[]{handlerClass}, invocation);
            for (final String name : SIGNALS)
            {
                signalClass.getMethod("handle", signalClass, handlerClass)
                    .invoke(null, signalClass.getConstructor(String.class).newInstance(name), handler);
            }
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new IllegalStateException("this JDK has no signal handlers (module jdk.unsupported)", ex);
        }
    }
}
