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
package io.tagma.ordering.protocol;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.ordering.simulation.MutatedClasses;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;

/**
 * A rule, how it is broken, and the test that notices.
 *
 * @param id          by which the table of mutants names it.
 * @param rule        that is broken.
 * @param file        of the source, below the package of the module.
 * @param original    that occurs in it once.
 * @param replacement of that.
 * @param test        name of the class of the test, below the package of the module.
 * @param method      of the test.
 * @param killer      what the failure of the test speaks of; "" if that does not matter.
 */
record RuleMutant(
    String id,
    String rule,
    String file,
    String original,
    String replacement,
    String test,
    String method,
    String killer)
{
    RuleMutant(
        final String id,
        final String rule,
        final String file,
        final String original,
        final String replacement,
        final String test,
        final String method)
    {
        this(id, rule, file, original, replacement, test, method, "");
    }

    /** The test passes where nothing is broken, and fails where this rule is. */
    void assertKilled(final Path directory) throws ReflectiveOperationException
    {
        final String name = "io.tagma.ordering." + test;
        assertNull(failure(Class.forName(name), method));
        try (MutatedClasses classes = new MutatedClasses(toString(), file, original, replacement, directory))
        {
            final Throwable failure = failure(classes.load(name), method);
            assertNotNull(failure, () -> this + " survived");
            assertTrue(String.valueOf(failure.getMessage()).contains(killer), () -> this + ": " + failure);
        }
    }

    private static Throwable failure(final Class<?> test, final String name) throws ReflectiveOperationException
    {
        try
        {
            final Constructor<?> constructor = test.getDeclaredConstructor();
            constructor.setAccessible(true);
            final Object instance = constructor.newInstance();
            for (final Method method : test.getDeclaredMethods())
            {
                if (method.isAnnotationPresent(BeforeEach.class))
                {
                    method.setAccessible(true);
                    method.invoke(instance);
                }
            }
            final Method method = test.getDeclaredMethod(name);
            method.setAccessible(true);
            method.invoke(instance);
            return null;
        }
        catch (final InvocationTargetException ex)
        {
            return ex.getCause();
        }
    }

    @Override
    public String toString()
    {
        return id + " " + rule + ": " + method;
    }
}
