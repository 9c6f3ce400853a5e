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
package io.tagma.perf.doctor;

import io.tagma.ordering.cli.ExitStatus;
import io.tagma.perf.Json;
import io.tagma.tuning.Doctor;
import io.tagma.tuning.Host;
import io.tagma.tuning.LocalHost;
import io.tagma.tuning.Profile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * {@code tagma doctor}: what of this host does not suit replicas, why that matters, and what mends it.
 */
@Command(
    name = "doctor",
    description = "Holds this host, and the virtual machine that this runs on, against a profile, and says what " +
        "differs, why it matters and what mends it. Changes nothing.",
    footer = "Exit status: 0 all that matters is met; 1 something that matters differs; 75 nothing does, but " +
        "something that matters could not be read; 64 wrong usage.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
public final class DoctorCommand implements Callable<Integer>
{
    private static final String STANDARD_OUTPUT = "-";

    private final Host host;

    @Spec
    private CommandSpec spec;

    @Option(names = "--profile", paramLabel = "NAME",
        description = "laptop, small, pinned or bypass (default: what fits as many processors).")
    private String profileName;

    @Option(names = "--dir", paramLabel = "DIR", defaultValue = "",
        description = "Directory where a replica's journal lies or will lie (default: the working directory).")
    private Path directory;

    @Option(names = "--json", paramLabel = "FILE", arity = "0..1", fallbackValue = STANDARD_OUTPUT,
        description = "Write everything to this file; without FILE, print it as JSON in place of text.")
    private String json;

    /**
     * For picocli: looks at this host.
     */
    public DoctorCommand()
    {
        this(LocalHost.system());
    }

    DoctorCommand(final Host host)
    {
        this.host = host;
    }

    @Override
    public Integer call() throws IOException
    {
        final Doctor doctor = new Doctor(host, directory.toAbsolutePath().normalize().toString());
        final int processors = doctor.processors();
        final Profile profile = profile(processors);
        final DoctorReport report = new DoctorReport(profile, reason(processors), doctor.examine(profile));
        final PrintWriter out = spec.commandLine().getOut();
        if (STANDARD_OUTPUT.equals(json))
        {
            out.println(Json.text(report.json()));
        }
        else
        {
            report.print(out);
            if (null != json)
            {
                Json.write(Path.of(json), report.json());
            }
        }
        out.flush();
        return report.exitStatus();
    }

    private Profile profile(final int processors)
    {
        if (null == profileName)
        {
            return Profile.fitting(processors);
        }
        if (!Profile.NAMES.contains(profileName))
        {
            throw new ParameterException(spec.commandLine(),
                "--profile is " + profileName + " and must be one of " + String.join(", ", Profile.NAMES));
        }
        return Profile.named(profileName);
    }

    private String reason(final int processors)
    {
        if (null != profileName)
        {
            return "as asked for";
        }
        final String others = " (--profile takes " + String.join(", ", Profile.NAMES) + ")";
        return processors > 0 ?
            "it fits a host with " + processors + " processors" + others :
            "for nobody knows how many processors there are" + others;
    }
}
