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

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What the commands that make things have in common: they do one thing, say what they made, and report what
 * they refuse.
 */
abstract class InitStep implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call()
    {
        try
        {
            final PrintWriter out = spec.commandLine().getOut();
            run(out);
            out.flush();
            return ExitStatus.OK;
        }
        catch (final ParameterException ex)
        {
            throw ex;
        }
        catch (final RuntimeException ex)
        {
            return Refusals.report(ex, spec.commandLine());
        }
    }

    abstract void run(PrintWriter out);

    final ParameterException usage(final String message)
    {
        return new ParameterException(spec.commandLine(), message);
    }
}
