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
 * What a directory lies on.
 */
final class StorageLooks
{
    private StorageLooks()
    {
    }

    /** Type of the file system that is mounted there. */
    static String fileSystem(final Host host, final String path) throws IOException
    {
        final String real = host.realPath(path);
        String type = null;
        int longest = -1;
        for (final String line : host.text("/proc/mounts").split("\n"))
        {
            final String[] fields = line.split(" ");
            if (fields.length < 3)
            {
                throw new IllegalArgumentException("/proc/mounts has a line '" + line + "'");
            }
            final String point = fields[1].replace("\\040", " ");
            // Of two at the same place the later one lies above.
            if (isBelow(real, point) && point.length() >= longest)
            {
                longest = point.length();
                type = fields[2];
            }
        }
        if (null == type)
        {
            throw new IOException("nothing is mounted at " + real);
        }
        return type;
    }

    /** Bytes that may still be written there. */
    static String space(final Host host, final String path) throws IOException
    {
        return Long.toString(host.usableBytes(host.realPath(path)));
    }

    private static boolean isBelow(final String path, final String point)
    {
        return "/".equals(point) || path.equals(point) || path.startsWith(point + "/");
    }
}
