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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Profiles are whole, and one fits any host.
 */
class ProfileTest
{
    static final List<String> NAMES = Profile.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void givesAReasonAndACommandForEach(final String name)
    {
        final Profile profile = Profile.named(name);
        assertFalse(profile.lines().isEmpty());
        assertFalse(profile.settings().isEmpty());
        for (final Line line : profile.lines())
        {
            assertFalse(line.reason().isBlank(), line.what());
            assertFalse(line.mend().isBlank(), line.what());
        }
        for (final Profile.Setting setting : profile.settings())
        {
            assertFalse(setting.reason().isBlank(), setting.key());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, laptop", "1, small", "3, small", "4, laptop", "7, laptop", "8, pinned", "8192, pinned"})
    void fitsByProcessors(final int processors, final String name)
    {
        assertEquals(name, Profile.fitting(processors).name());
    }

    @Test
    void letsTheLaterLineCount()
    {
        assertEquals("single", setting("bypass", "threading"));
        assertEquals("dedicated", setting("pinned", "threading"));
        assertEquals("one of ext4 xfs", wanted("pinned", "filesystem {journal}"));
        assertEquals(List.of(), wantedAll("bypass", "file /proc/self/timerslack_ns"));
        assertEquals(List.of("<= 1000"), wantedAll("pinned", "file /proc/self/timerslack_ns"));
    }

    @Test
    void knowsNoOther()
    {
        assertThrows(IllegalArgumentException.class, () -> Profile.named("every"));
    }

    private static String setting(final String profile, final String key)
    {
        return Profile.named(profile).settings().stream()
            .filter((setting) -> key.equals(setting.key())).findFirst().orElseThrow().value();
    }

    private static String wanted(final String profile, final String what)
    {
        return wantedAll(profile, what).get(0);
    }

    private static List<String> wantedAll(final String profile, final String what)
    {
        return Profile.named(profile).lines().stream()
            .filter((line) -> what.equals(line.what())).map((line) -> line.wanted().toString()).toList();
    }
}
