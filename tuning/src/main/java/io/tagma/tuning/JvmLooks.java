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
import java.util.StringJoiner;

/**
 * The virtual machine that looks. Whoever wants another one judged looks with that one's flags.
 */
final class JvmLooks
{
    /** The first one that says something about Agrona's and Chronicle's Unsafe. */
    private static final int WARNS_OF_UNSAFE = 24;
    private static final List<String> YOUNG_FLAGS = List.of("-Xmn", "-XX:MaxNewSize=");
    private static final String SIZE_UNITS = "kmg";
    private static final int UNIT_BITS = 10;

    private JvmLooks()
    {
    }

    /** Its Java version. */
    static String version(final Host host, final String nothing) throws IOException
    {
        return Integer.toString(host.jvm().feature());
    }

    /** Whether it has what the flags of {@link JvmFlags} give, on the command line or by a manifest. */
    static String flags(final Host host, final String nothing) throws IOException
    {
        final Jvm jvm = host.jvm();
        final StringJoiner missing = new StringJoiner(" ");
        for (final JvmFlags.Flag flag : JvmFlags.flags())
        {
            final boolean isThere = Jvm.isOpening(flag) ?
                jvm.reachable().contains(Jvm.packageOf(flag)) :
                jvm.feature() < WARNS_OF_UNSAFE || jvm.arguments().contains(flag.flag());
            if (!isThere)
            {
                missing.add(flag.flag());
            }
        }
        return 0 == missing.length() ? "all" : "without " + missing;
    }

    /** Its collector, by the name that its flag has. */
    static String collector(final Host host, final String nothing) throws IOException
    {
        final List<String> names = host.jvm().collectors();
        if (names.isEmpty())
        {
            throw new IOException("the virtual machine does not say how it collects");
        }
        final String name = names.get(0);
        switch (name)
        {
            case "Copy":
            case "MarkSweepCompact":
                return "Serial";

            case "PS Scavenge":
            case "PS MarkSweep":
                return "Parallel";

            default:
                return name.split(" ")[0];
        }
    }

    /** Greatest size of its young generation in bytes, if it was told one. */
    static String young(final Host host, final String nothing) throws IOException
    {
        String young = Look.NONE;
        for (final String argument : host.jvm().arguments())
        {
            for (final String flag : YOUNG_FLAGS)
            {
                if (argument.startsWith(flag))
                {
                    young = bytes(argument.substring(flag.length()));
                }
            }
        }
        return young;
    }

    private static String bytes(final String size)
    {
        final int last = size.length() - 1;
        final int unit = last < 0 ? -1 : SIZE_UNITS.indexOf(Character.toLowerCase(size.charAt(last)));
        final long number = Long.parseLong(unit < 0 ? size : size.substring(0, last));
        return Long.toString(number << (unit < 0 ? 0 : UNIT_BITS * (unit + 1)));
    }
}
