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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a kind of host should be like, and how replicas run on it: a resource file, {@code NAME.profile}, whose first
 * word of each line says what the others are. Of two lines about the same thing the later one counts.
 */
public final class Profile
{
    /** The names of all. */
    public static final List<String> NAMES = List.of("laptop", "small", "pinned", "bypass");

    private static final String SUFFIX = ".profile";
    private static final String COMMENT = "#";
    private static final String SEPARATOR = "\\|";
    private static final String UNKNOWN_PROCESSORS = "laptop";

    private final String name;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private int leastProcessors;
    private int greatestProcessors = -1;

    /**
     * A setting of replicas.
     *
     * @param key    of a replica's setting.
     * @param value  of it.
     * @param reason why.
     */
    public record Setting(String key, String value, String reason)
    {
    }

    private Profile(final String name)
    {
        this.name = name;
    }

    /**
     * The profile of a name.
     *
     * @param name one of {@link #NAMES}.
     * @return the profile.
     * @throws IllegalArgumentException if there is none of that name.
     */
    public static Profile named(final String name)
    {
        if (!NAMES.contains(name))
        {
            throw new IllegalArgumentException(
                "There is no profile " + name + ", but " + String.join(", ", NAMES) + ".");
        }
        final Profile profile = new Profile(name);
        profile.read(name);
        return profile;
    }

    /**
     * The profile that fits a host.
     *
     * @param processors that it has, 0 if that is not known.
     * @return the first one for so many.
     */
    public static Profile fitting(final int processors)
    {
        for (final String name : NAMES)
        {
            final Profile profile = named(name);
            if (processors >= profile.leastProcessors && processors <= profile.greatestProcessors)
            {
                return profile;
            }
        }
        return named(UNKNOWN_PROCESSORS);
    }

    private void read(final String file)
    {
        int number = 0;
        for (final String text : text(file + SUFFIX).split("\n"))
        {
            number++;
            if (!text.isBlank() && !text.startsWith(COMMENT))
            {
                try
                {
                    take(file, text.split(SEPARATOR, -1));
                }
                catch (final IllegalArgumentException | IndexOutOfBoundsException ex)
                {
                    throw new IllegalStateException(file + SUFFIX + ":" + number + " makes no sense: " + text, ex);
                }
            }
        }
    }

    private void take(final String file, final String[] fields)
    {
        for (int i = 0; i < fields.length; i++)
        {
            fields[i] = fields[i].strip();
        }
        switch (fields[0])
        {
            case "include":
                read(fields[1]);
                break;

            case "processors":
                // What it includes may fit others.
                if (file.equals(name))
                {
                    leastProcessors = Integer.parseInt(fields[1]);
                    greatestProcessors = Integer.parseInt(fields[2]);
                }
                break;

            case "without":
                if (null == lines.remove(fields[1]))
                {
                    throw new IllegalArgumentException("nothing included looks at " + fields[1]);
                }
                break;

            case "set":
                settings.put(fields[1], new Setting(fields[1], fields[2], fields[3]));
                break;

            default:
                add(new Line(
                    Line.Weight.valueOf(fields[0].toUpperCase(Locale.ROOT)),
                    fields[1], Wanted.of(fields[2]), fields[3], fields[4]));
                break;
        }
    }

    private void add(final Line line)
    {
        Looks.named(line.what().split(" ")[0]);
        lines.put(line.what(), line);
    }

    private static String text(final String resource)
    {
        try (InputStream in = Profile.class.getResourceAsStream(resource))
        {
            return new String(in.readAllBytes(), UTF_8);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Its name.
     *
     * @return one of {@link #NAMES}.
     */
    public String name()
    {
        return name;
    }

    /**
     * What a host should be like.
     *
     * @return at least one line.
     */
    public List<Line> lines()
    {
        return new ArrayList<>(lines.values());
    }

    /**
     * How replicas run on such a host.
     *
     * @return at least one setting.
     */
    public List<Setting> settings()
    {
        return new ArrayList<>(settings.values());
    }
}
