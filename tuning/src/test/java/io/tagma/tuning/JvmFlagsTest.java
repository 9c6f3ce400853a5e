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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The build and the launcher cannot read the list, so they repeat it: here is where a difference shows.
 */
class JvmFlagsTest
{
    private static final Path ROOT = Path.of("..");

    @Test
    void shouldGiveAReasonForEach()
    {
        for (final JvmFlags.Flag flag : JvmFlags.flags())
        {
            assertFalse(flag.reason().isBlank(), flag.flag());
        }
    }

    @Test
    void shouldBeWhatTheBuildRunsTestsWith() throws IOException
    {
        final String pom = Files.readString(ROOT.resolve("pom.xml"));
        final Matcher matcher = Pattern.compile("<jvm\\.flags>(.*?)</jvm\\.flags>", Pattern.DOTALL).matcher(pom);
        matcher.find();
        assertEquals(sorted(JvmFlags.arguments()), sorted(Arrays.asList(matcher.group(1).strip().split("\\s+"))));
    }

    @Test
    void shouldBeWhatTheLauncherStartsWith() throws IOException
    {
        final String launcher = Files.readString(ROOT.resolve("tagma"));
        final Matcher matcher =
            Pattern.compile("exec \"\\$java\" \\\\\n(.*?)-Dtagma", Pattern.DOTALL).matcher(launcher);
        matcher.find();
        assertEquals(
            sorted(JvmFlags.arguments()), sorted(Arrays.asList(matcher.group(1).strip().split("[\\s\\\\]+"))));
    }

    private static TreeSet<String> sorted(final List<String> arguments)
    {
        return new TreeSet<>(arguments);
    }
}
