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
package io.tagma.journal;

import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.onoes.ExceptionHandler;
import net.openhft.chronicle.core.onoes.Slf4jExceptionHandler;

/**
 * Keeps Chronicle's libraries from what a ledger has no use for: phoning home, banners, a disk checking thread, and
 * loading a file named {@code system.properties} from wherever the process was started. To be applied before anything
 * of Chronicle is touched: first thing in every main.
 */
public final class ChronicleSilence
{
    private ChronicleSilence()
    {
    }

    /**
     * Sets Chronicle's system properties, where the operator has not, and quietens its logging. Idempotent.
     */
    public static void apply()
    {
        set("chronicle.analytics.disable", "true");
        set("chronicle.announcer.disable", "true");
        set("chronicle.disk.monitor.disable", "true");
        set("disable.perf.info", "true");
        // A name that no class path or directory has: the default one would be read from the working directory.
        set("system.properties", "META-INF/none.properties");
        set("slf4j.internal.verbosity", "ERROR");
        // Ours is the lock that counts, see JournalLock; Chronicle's goes by process id, which a container reuses.
        set("queue.force.unlock.mode", "ALWAYS");
        Jvm.setExceptionHandlers(
            Slf4jExceptionHandler.ERROR, Slf4jExceptionHandler.WARN, null, ExceptionHandler.ignoresEverything());
    }

    private static void set(final String name, final String value)
    {
        if (null == System.getProperty(name))
        {
            System.setProperty(name, value);
        }
    }
}
