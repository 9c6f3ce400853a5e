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

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.nio.ByteOrder;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Who may know whom, as rules over class files. Packages are parameters, so that each rule can also be shown to fail.
 */
final class ArchitectureRules
{
    private ArchitectureRules()
    {
    }

    /**
     * The protocol core is a function of its inputs: bytes, agreed state and the time that it is told.
     */
    static ArchRule coreImports(final String protocol, final String service)
    {
        return classes().that().resideInAPackage(protocol)
            .should().onlyDependOnClassesThat(
                resideInAnyPackage(protocol, service, "io.tagma.codecs..", "org.agrona..", "java.lang")
                    .or(arrayOf(protocol, service, "io.tagma.codecs..", "org.agrona..", "java.lang"))
                    .or(type(ByteOrder.class)))
            .as("the core in " + protocol + " imports codecs, service, Agrona and java.lang only");
    }

    /**
     * What java.lang and Agrona offer that a pure, allocation-free core must not touch.
     */
    static ArchRule coreCalls(final String protocol)
    {
        return noClasses().that().resideInAPackage(protocol)
            .should().dependOnClassesThat(
                type(Thread.class).or(type(ThreadLocal.class)).or(type(Runtime.class)).or(type(Process.class))
                    .or(type(java.util.Random.class)).or(type(java.util.HashMap.class)))
            .orShould().dependOnClassesThat().resideInAnyPackage(
                "java.util.stream..", "java.util.concurrent..", "java.io..", "java.time..", "java.security..")
            .orShould().callMethodWhere(isBanned())
            .as("the core in " + protocol + " reads no clock, starts no thread, draws no random number");
    }

    /**
     * A service is written against Agrona's buffers and the service API alone.
     */
    static ArchRule serviceImports(final String service)
    {
        return classes().that().resideInAPackage(service)
            .should().onlyDependOnClassesThat(resideInAnyPackage(service, "org.agrona..", "java.lang"))
            .as("the service API in " + service + " imports Agrona only");
    }

    /**
     * What is shipped never leans on its simulator.
     */
    static ArchRule noSimulation(final String all, final String simulation)
    {
        return noClasses().that().resideInAPackage(all).and(DescribedPredicate.not(resideInAPackage(simulation)))
            .should().dependOnClassesThat().resideInAPackage(simulation)
            .as("only " + simulation + " knows " + simulation);
    }

    /**
     * One module does not know another.
     */
    static ArchRule noArrow(final String from, final String... to)
    {
        return noClasses().that().resideInAPackage(from)
            .should().dependOnClassesThat().resideInAnyPackage(to)
            .allowEmptyShould(true)
            .as("no arrow from " + from + " to " + String.join(", ", to));
    }

    private static DescribedPredicate<JavaClass> arrayOf(final String... packages)
    {
        final DescribedPredicate<JavaClass> element = resideInAnyPackage(packages);
        return DescribedPredicate.describe("arrays of these or of numbers", (javaClass) ->
            javaClass.isPrimitive() ||
            javaClass.isArray() && (javaClass.getBaseComponentType().isPrimitive() ||
            element.test(javaClass.getBaseComponentType())));
    }

    private static DescribedPredicate<JavaAccess<?>> isBanned()
    {
        return DescribedPredicate.describe("a clock, an identity hash, a default random or a formatter", (access) ->
        {
            final String owner = access.getTargetOwner().getName();
            final String name = access.getTarget().getName();
            switch (owner)
            {
                case "java.lang.System":
                    return !"arraycopy".equals(name);

                case "java.lang.Math":
                    return "random".equals(name);

                case "java.lang.String":
                    return "format".equals(name) || "formatted".equals(name);

                default:
                    return owner.startsWith("org.agrona.concurrent.") && owner.endsWith("Clock");
            }
        });
    }
}
