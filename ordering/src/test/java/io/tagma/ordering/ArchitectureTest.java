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
package io.tagma.ordering;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The arrows between packages and modules. Each rule holds for what is shipped, and fails for a specimen that
 * breaks it.
 */
class ArchitectureTest
{
    private static final String PROTOCOL = "io.tagma.ordering.protocol..";
    private static final String SERVICE = "io.tagma.ordering.service..";
    private static final String SPECIMEN = "io.tagma.ordering.specimen";

    private static final JavaClasses SHIPPED = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("io.tagma");
    private static final JavaClasses SPECIMENS = new ClassFileImporter().importPackages(SPECIMEN);

    @Test
    void theShippedClassesAreThere()
    {
        assertTrue(SHIPPED.contain("io.tagma.ordering.protocol.Outbound"));
        assertTrue(SHIPPED.contain("io.tagma.codecs.PeerFrameCheck"));
        assertTrue(SHIPPED.contain("io.tagma.codecs.peer.VotesDecoder"));
        assertTrue(SHIPPED.contain("io.tagma.journal.Journal"));
    }

    static Stream<ArchRule> shippedRules()
    {
        return Stream.of(
            ArchitectureRules.coreImports(PROTOCOL, SERVICE),
            ArchitectureRules.coreCalls(PROTOCOL),
            ArchitectureRules.serviceImports(SERVICE),
            ArchitectureRules.noSimulation("io.tagma..", "io.tagma.ordering.simulation.."),
            ArchitectureRules.noArrow(
                "io.tagma.codecs..", "io.tagma.journal..", "io.tagma.ordering..", "io.tagma.perf.."),
            ArchitectureRules.noArrow("io.tagma.journal..", "io.tagma.ordering..", "io.tagma.perf.."),
            ArchitectureRules.noArrow("io.tagma.ordering..", "io.tagma.perf.."),
            ArchitectureRules.noArrow("io.tagma.codecs..", "io.aeron..", "net.openhft.."),
            ArchitectureRules.noArrow("io.tagma.journal..", "io.aeron.."),
            ArchitectureRules.noArrow("io.tagma.ordering..", "net.openhft.."));
    }

    @ParameterizedTest
    @MethodSource("shippedRules")
    void holds(final ArchRule rule)
    {
        rule.check(SHIPPED);
    }

    @Test
    void anImportFromOutsideIsFound()
    {
        final ArchRule rule = ArchitectureRules.coreImports(SPECIMEN + ".protocol..", SPECIMEN + ".service..");

        assertFound(rule, "ImportsOutside", "java.util.ArrayList");
        assertFound(rule, "ImportsOutside", "io.tagma.journal.Journal");
        assertFound(rule, "ImportsOutside", "java.nio.file.Path");
    }

    @Test
    void eachImpureCallIsFound()
    {
        final ArchRule rule = ArchitectureRules.coreCalls(SPECIMEN + ".protocol..");

        assertFound(rule, "ImpureCalls", "System.nanoTime()");
        assertFound(rule, "ImpureCalls", "System.currentTimeMillis()");
        assertFound(rule, "ImpureCalls", "System.identityHashCode(");
        assertFound(rule, "ImpureCalls", "Math.random()");
        assertFound(rule, "ImpureCalls", "String.format(");
        assertFound(rule, "ImpureCalls", "Thread.currentThread()");
        assertFound(rule, "ImpureCalls", "java.util.Random");
        assertFound(rule, "ImpureCalls", "java.util.HashMap");
        assertFound(rule, "ImpureCalls", "java.util.stream");
        assertFound(rule, "ImpureCalls", "SystemEpochClock");
    }

    @Test
    void aServiceThatKnowsTheCoreIsFound()
    {
        assertFound(
            ArchitectureRules.serviceImports(SPECIMEN + ".service.."), "KnowsTheCore", "specimen.protocol.ImpureCalls");
    }

    @Test
    void aUseOfTheSimulatorIsFound()
    {
        assertFound(
            ArchitectureRules.noSimulation(SPECIMEN + "..", SPECIMEN + ".simulation.."),
            "UsesTheSimulator",
            "specimen.simulation.Simulator");
    }

    @Test
    void anArrowBackIsFound()
    {
        assertFound(
            ArchitectureRules.noArrow(SPECIMEN + ".protocol..", "io.tagma.journal.."), "ImportsOutside", "Journal");
    }

    private static void assertFound(final ArchRule rule, final String culprit, final String what)
    {
        final String report = assertThrows(AssertionError.class, () -> rule.check(SPECIMENS)).getMessage();

        assertTrue(report.contains(culprit), report);
        assertTrue(report.contains(what), () -> what + " is not in: " + report);
    }
}
