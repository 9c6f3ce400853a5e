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
import io.tagma.tuning.Finding;
import io.tagma.tuning.Line;
import io.tagma.tuning.Profile;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the doctor found, as text, as JSON, and as an exit status.
 */
final class DoctorReport
{
    private final Profile profile;
    private final String reason;
    private final List<Finding> findings;

    /**
     * A report.
     *
     * @param profile  that the host was held against.
     * @param reason   why this one.
     * @param findings for all its lines.
     */
    DoctorReport(final Profile profile, final String reason, final List<Finding> findings)
    {
        this.profile = profile;
        this.reason = reason;
        this.findings = findings;
    }

    /**
     * What the command ends with.
     *
     * @return fine if all that matters is met; failed if something that matters differs; unavailable if nothing does,
     * but something that matters could not be read.
     */
    int exitStatus()
    {
        if (findings.stream().anyMatch((finding) -> finding.isMatterOf(Finding.Verdict.DIFFERS)))
        {
            return ExitStatus.FAILED;
        }
        return findings.stream().anyMatch((finding) -> finding.isMatterOf(Finding.Verdict.UNKNOWN)) ?
            ExitStatus.UNAVAILABLE : ExitStatus.OK;
    }

    /**
     * Prints what differs and what is unknown, what matters first, then how replicas run on such a host.
     *
     * @param out to print to.
     */
    void print(final PrintWriter out)
    {
        out.println("Profile " + profile.name() + ": " + reason + ".");
        for (final Finding.Verdict verdict : List.of(Finding.Verdict.DIFFERS, Finding.Verdict.UNKNOWN))
        {
            for (final Line.Weight weight : Line.Weight.values())
            {
                findings.stream()
                    .filter((finding) -> verdict == finding.verdict() && weight == finding.line().weight())
                    .forEach((finding) -> print(out, finding));
            }
        }
        out.println();
        out.println(count(Finding.Verdict.MET) + " of " + findings.size() + " lines are met, " +
            count(Finding.Verdict.DIFFERS) + " differ, " + count(Finding.Verdict.UNKNOWN) + " are unknown.");
        out.println("A replica on such a host:");
        for (final Profile.Setting setting : profile.settings())
        {
            out.printf(Locale.ROOT, "  -D %-24s %s%n", setting.key() + "=" + setting.value(), setting.reason());
        }
    }

    private static void print(final PrintWriter out, final Finding finding)
    {
        final Line line = finding.line();
        out.println();
        out.println(name(finding.verdict()) + " (" + name(line.weight()) + "): " + line.what());
        out.println("  found:  " + finding.found());
        out.println("  wanted: " + line.wanted());
        out.println("  why:    " + line.reason());
        out.println("  mend:   " + line.mend());
    }

    /**
     * All of it.
     *
     * @return maps, lists and text, to be written as JSON.
     */
    Map<String, Object> json()
    {
        final List<Object> lines = new ArrayList<>();
        for (final Finding finding : findings)
        {
            final Map<String, Object> line = new LinkedHashMap<>();
            line.put("what", finding.line().what());
            line.put("weight", name(finding.line().weight()));
            line.put("verdict", name(finding.verdict()));
            line.put("found", finding.found());
            line.put("wanted", finding.line().wanted().toString());
            line.put("reason", finding.line().reason());
            line.put("mend", finding.line().mend());
            lines.add(line);
        }
        final Map<String, Object> settings = new LinkedHashMap<>();
        profile.settings().forEach((setting) -> settings.put(setting.key(), setting.value()));
        final Map<String, Object> report = new LinkedHashMap<>();
        report.put("profile", profile.name());
        report.put("profileReason", reason);
        report.put("exitStatus", exitStatus());
        report.put("lines", lines);
        report.put("replicaSettings", settings);
        return report;
    }

    private long count(final Finding.Verdict verdict)
    {
        return findings.stream().filter((finding) -> verdict == finding.verdict()).count();
    }

    private static String name(final Enum<?> constant)
    {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
