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
package io.tagma.ordering.cli;

import io.tagma.journal.ChronicleSilence;
import io.tagma.ordering.audit.LogException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What the log commands have in common: they print what they found, and their exit status says whether it was good.
 */
abstract class LogStep implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call()
    {
        ChronicleSilence.apply();
        final PrintWriter out = spec.commandLine().getOut();
        try
        {
            return run(out) ? ExitStatus.OK : ExitStatus.FAILED;
        }
        catch (final LogException ex)
        {
            spec.commandLine().getErr().println(spec.qualifiedName() + ": " + ex.getMessage());
            spec.commandLine().getErr().flush();
            return ExitStatus.FAILED;
        }
        catch (final ParameterException ex)
        {
            throw ex;
        }
        catch (final RuntimeException ex)
        {
            return Refusals.report(ex, spec.commandLine());
        }
        finally
        {
            out.flush();
        }
    }

    final ParameterException usage(final String message)
    {
        return new ParameterException(spec.commandLine(), message);
    }

    final PrintWriter err()
    {
        return spec.commandLine().getErr();
    }

    /**
     * Does it.
     *
     * @param out to print to.
     * @return whether what was found is good.
     */
    abstract boolean run(PrintWriter out);
}
