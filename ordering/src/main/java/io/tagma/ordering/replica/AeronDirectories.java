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
package io.tagma.ordering.replica;

import java.io.File;
import java.util.HexFormat;

import org.agrona.IoUtil;
import org.agrona.SystemUtil;

/**
 * Where Aeron's files live: one directory for each running replica, in shared memory where the host has any, named
 * after cluster, replica and process, so that a replica can tell which ones a dead process of its own left behind.
 */
final class AeronDirectories
{
    private static final String SHARED_MEMORY = "/dev/shm";
    private static final String PREFIX = "tagma-";

    private AeronDirectories()
    {
    }

    static String ofReplica(final String configuredParent, final long clusterId, final int replicaId)
    {
        final File parent = parent(configuredParent);
        final String prefix = PREFIX + HexFormat.of().toHexDigits(clusterId) + "-" + replicaId + "-";
        final long ownPid = ProcessHandle.current().pid();
        deleteStale(parent, prefix, ownPid);
        return new File(parent, prefix + ownPid).getAbsolutePath();
    }

    private static File parent(final String configured)
    {
        if (!configured.isEmpty())
        {
            return new File(configured);
        }
        final File sharedMemory = new File(SHARED_MEMORY);
        return sharedMemory.isDirectory() && sharedMemory.canWrite() ?
            sharedMemory : new File(SystemUtil.tmpDirName());
    }

    private static void deleteStale(final File parent, final String prefix, final long ownPid)
    {
        final String[] names = parent.list((directory, name) -> name.startsWith(prefix));
        if (null == names)
        {
            return;
        }
        for (final String name : names)
        {
            final long pid = pid(name.substring(prefix.length()));
            if (pid > 0 && pid != ownPid && ProcessHandle.of(pid).isEmpty())
            {
                IoUtil.delete(new File(parent, name), true);
            }
        }
    }

    private static long pid(final String text)
    {
        try
        {
            return Long.parseLong(text);
        }
        catch (final NumberFormatException ex)
        {
            return 0;
        }
    }
}
