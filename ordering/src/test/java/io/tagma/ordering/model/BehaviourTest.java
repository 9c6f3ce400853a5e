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
package io.tagma.ordering.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tagma.ordering.simulation.ModelBehaviour;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What correct replicas do in the simulator is something that the model of {@code model/} allows: the code does what
 * was searched. Seeds of four replicas in which a NEW-VIEW took something over; more of them in the second tier,
 * {@code -Dtagma.test.tier=2}.
 */
class BehaviourTest
{
    private static final int RUNS = Integer.getInteger("tagma.test.tier", 1) > 1 ? 250 : 10;
    @TempDir
    private Path directory;

    @Test
    @DisplayName("Runs of the simulator are behaviours of the model")
    void runsAreBehaviours() throws Exception
    {
        final Map<Integer, Behaviours> byCorrect = new TreeMap<>();
        final Map<Integer, List<String>> descriptions = new TreeMap<>();
        final Map<String, Integer> kinds = new TreeMap<>();
        for (long seed = 1; byCorrect.values().stream().mapToInt(Behaviours::size).sum() < RUNS; seed++)
        {
            final ModelBehaviour behaviour = ModelBehaviour.of(seed);
            if (null != behaviour)
            {
                final int correct = behaviour.replicas().size();
                byCorrect.computeIfAbsent(correct, key -> new Behaviours(behaviour.replicas()))
                    .add(behaviour, behaviour.events());
                descriptions.computeIfAbsent(correct, key -> new ArrayList<>()).add("seed " + seed + ": " + behaviour);
                behaviour.events().forEach(event -> kinds.merge(event.split("\"")[1], 1, Integer::sum));
            }
        }
        System.out.println(RUNS + " runs, by correct replicas " + byCorrect.keySet() + ", with events " + kinds);
        assertEquals(List.of(3, 4), List.copyOf(byCorrect.keySet()), "with a faulty replica and without one");
        for (final int correct : byCorrect.keySet())
        {
            final int[] refused = byCorrect.get(correct).refused(directory.resolve("correct" + correct));
            for (int i = 0; i < refused.length; i++)
            {
                assertEquals(0, refused[i], descriptions.get(correct).get(i) + ", of which so many are refused");
            }
        }
    }

    @Test
    @DisplayName("A run that is tampered with is no behaviour of the model")
    void tamperedRunsAreNone() throws Exception
    {
        final ModelBehaviour behaviour = rich();
        final Map<String, List<String>> tampered = new LinkedHashMap<>();
        final List<String> events = behaviour.events();
        final Predicate<String> isMark = is("mark");
        final String marker = replica(first(events, isMark));
        tampered.put("nothing", events);
        tampered.put("one prepared what it never accepted", without(events, is("accept").and(is(marker))));
        tampered.put("a quorum never accepted", without(events, is("accept").and(is("r1").or(is("r2")))));
        tampered.put(
            "one prepared another batch",
            changed(events, isMark, event -> event.replaceFirst("d \\|-> d[0-9]+", "d |-> Null")));
        tampered.put("one executed before anything", moved(events, is("execute")));
        tampered.put("one held a certificate before anything", moved(events, is("certify")));
        final Predicate<String> claims = is("change").and(event -> event.contains("<<0, d"));
        tampered.put(
            "a VIEW-CHANGE withholds what is prepared",
            changed(events, claims, event -> event.replaceFirst("<<0, d[0-9]+>>", "None")));
        tampered.put(
            "a VIEW-CHANGE claims a view too high",
            changed(events, claims, event -> event.replaceFirst(" :> 0", " :> 1")));
        tampered.put("VIEW-CHANGEs of no quorum", without(events, is("change").and(is("r1").or(is("r2")))));
        final Predicate<String> selects = is("clean").and(event -> event.contains("d |-> d"));
        tampered.put(
            "a NEW-VIEW selects nothing",
            changed(events, selects, event -> event.replaceFirst("d \\|-> d[0-9]+", "d |-> Null")));
        tampered.put(
            "a vote of a view that is left",
            changed(events, is("leave"), event -> "[is |-> \"leave\", r |-> " + replica(event) + ", v |-> 9]"));
        final List<String> forgetful = new ArrayList<>(events);
        forgetful.add(0, "[is |-> \"lose\", r |-> " + marker + ", e |-> 0, H |-> 2]");
        tampered.put("one votes though it may have forgotten votes", forgetful);

        final Behaviours behaviours = new Behaviours(behaviour.replicas());
        tampered.forEach((name, run) -> behaviours.add(behaviour, run));
        final int[] refused = behaviours.refused(directory);
        int i = 0;
        for (final String name : tampered.keySet())
        {
            System.out.println(name + ": " + refused[i] + " of " + tampered.get(name).size() + " events refused");
            assertTrue("nothing".equals(name) ? 0 == refused[i] : refused[i] > 0, name);
            i++;
        }
    }

    /** The first run in which all replicas are correct, and everything happens that is tampered with. */
    private static ModelBehaviour rich()
    {
        for (long seed = 1;; seed++)
        {
            final ModelBehaviour behaviour = ModelBehaviour.of(seed);
            if (null != behaviour && 4 == behaviour.replicas().size() &&
                behaviour.events().stream().noneMatch(is("lose")) &&
                behaviour.events().stream().anyMatch(is("certify")) &&
                behaviour.events().stream().anyMatch(is("change").and(event -> event.contains("<<0, d"))) &&
                behaviour.events().stream().anyMatch(is("clean").and(event -> event.contains("d |-> d"))))
            {
                System.out.println("tampered with: seed " + seed + ": " + behaviour);
                return behaviour;
            }
        }
    }

    private static Predicate<String> is(final String word)
    {
        return event -> event.contains("\"" + word + "\"") || event.contains("r |-> " + word + ",");
    }

    private static String replica(final String event)
    {
        return event.replaceFirst(".*r \\|-> (r[0-9]).*", "$1");
    }

    private static String first(final List<String> events, final Predicate<String> what)
    {
        return events.stream().filter(what).findFirst().orElseThrow();
    }

    private static List<String> without(final List<String> events, final Predicate<String> what)
    {
        final List<String> left = new ArrayList<>(events);
        assertTrue(left.removeIf(what));
        return left;
    }

    private static List<String> changed(
        final List<String> events, final Predicate<String> what, final UnaryOperator<String> change)
    {
        final List<String> changed = new ArrayList<>(events);
        final int place = changed.indexOf(first(events, what));
        changed.set(place, change.apply(changed.get(place)));
        assertTrue(!changed.equals(events));
        return changed;
    }

    private static List<String> moved(final List<String> events, final Predicate<String> what)
    {
        final List<String> moved = new ArrayList<>(events);
        final String event = first(events, what);
        moved.remove(event);
        moved.add(0, event);
        return moved;
    }
}
