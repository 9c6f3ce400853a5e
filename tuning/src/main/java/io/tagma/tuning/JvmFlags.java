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

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM flags of every process of Tagma, from {@code jvm.flags}: each with who needs it.
 */
public final class JvmFlags
{
    private static final String RESOURCE = "jvm.flags";
    private static final char COMMENT = '#';
    private static final char SEPARATOR = '|';

    /**
     * One flag.
     *
     * @param flag   as on a command line; may hold a space, then it is two arguments.
     * @param reason who needs it.
     */
    public record Flag(String flag, String reason)
    {
    }

    private JvmFlags()
    {
    }

    /**
     * The flags with their reasons, in order.
     *
     * @return at least one.
     */
    public static List<Flag> flags()
    {
        final List<Flag> flags = new ArrayList<>();
        try (InputStream in = JvmFlags.class.getResourceAsStream(RESOURCE);
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8)))
        {
            for (String line = reader.readLine(); null != line; line = reader.readLine())
            {
                final int separator = line.indexOf(SEPARATOR);
                if (!line.isBlank() && COMMENT != line.charAt(0))
                {
                    flags.add(new Flag(line.substring(0, separator).strip(), line.substring(separator + 1).strip()));
                }
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        return List.copyOf(flags);
    }

    /**
     * The flags as arguments of a command line.
     *
     * @return in order, those with a space as two.
     */
    public static List<String> arguments()
    {
        final List<String> arguments = new ArrayList<>();
        for (final Flag flag : flags())
        {
            arguments.addAll(List.of(flag.flag().split(" +")));
        }
        return List.copyOf(arguments);
    }
}
