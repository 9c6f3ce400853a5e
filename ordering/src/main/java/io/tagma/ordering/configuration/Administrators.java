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
package io.tagma.ordering.configuration;

import io.tagma.codecs.FrameLimits;
import java.util.List;

/**
 * Who may sign a recovery, and how many of them it takes. Immutable.
 *
 * @param members   0 to {@link #MAX}.
 * @param threshold how many different ones must sign: 1 to all of them; 0 if there are none.
 */
public record Administrators(List<Administrator> members, int threshold)
{
    /** Greatest number of administrators. */
    public static final int MAX = FrameLimits.ADMINISTRATORS_MAX;
    /** A cluster without any: it cannot be recovered. */
    public static final Administrators NONE = new Administrators(List.of(), 0);

    /**
     * Of a cluster; whether they go together is checked with its configuration.
     *
     * @param members   in the order of the cluster file.
     * @param threshold how many must sign.
     */
    public Administrators
    {
        members = List.copyOf(members);
    }

    /**
     * So many that two groups of them always share one.
     *
     * @param count of administrators.
     * @return more than half of them; 0 if there are none.
     */
    public static int majority(final int count)
    {
        return 0 == count ? 0 : count / 2 + 1;
    }

    /**
     * One of them.
     *
     * @param name of the administrator.
     * @return what is known of it; null if there is none of this name.
     */
    public Administrator find(final String name)
    {
        return members.stream().filter(member -> member.name().equals(name)).findAny().orElse(null);
    }

    /**
     * Whether there are none.
     *
     * @return true if the cluster cannot be recovered.
     */
    public boolean isEmpty()
    {
        return members.isEmpty();
    }
}
