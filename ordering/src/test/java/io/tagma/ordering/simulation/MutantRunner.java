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
package io.tagma.ordering.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;

/**
 * Runs the simulator over one mutated source file.
 */
final class MutantRunner implements AutoCloseable
{
    private final MutatedClasses classes;
    private final Method firstViolation;
    private final int replicas;
    private final boolean isPatient;

    /**
     * A mutated simulator.
     *
     * @param mutant     what to break.
     * @param classesDir to compile into, empty.
     */
    MutantRunner(final Mutant mutant, final Path classesDir)
    {
        replicas = mutant.replicas();
        isPatient = mutant.isPatient();
        classes = new MutatedClasses(
            mutant.toString(), mutant.file(), mutant.original(), mutant.replacement(), classesDir);
        try
        {
            firstViolation = classes.load("io.tagma.ordering.simulation.SimulationProbe")
                .getMethod("firstViolation", long.class, int.class, boolean.class);
        }
        catch (final ReflectiveOperationException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Runs one seed.
     *
     * @param seed to run.
     * @return the first violation, or null.
     */
    String run(final long seed)
    {
        try
        {
            return (String)firstViolation.invoke(null, seed, replicas, isPatient);
        }
        catch (final InvocationTargetException ex)
        {
            return "no exception violated: " + ex.getCause();
        }
        catch (final IllegalAccessException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void close()
    {
        classes.close();
    }
}
