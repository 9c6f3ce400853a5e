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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Two sequences of a {@link ModelTrace} in the language of the model: a sequence of records, as {@code Behaviour.tla}
 * takes them. h, H and what is executed become numbers of these slots. Passive.
 */
public final class ModelBehaviour
{
    private static final int SLOTS = 2;

    private final ModelTrace trace;
    private final long[] sequences = new long[SLOTS];
    private final Map<Integer, String> replicas = new LinkedHashMap<>();
    private final Map<DigestValue, String> batches = new LinkedHashMap<>();
    private final List<String> events = new ArrayList<>();
    private long lastView;
    private boolean isOfViews;

    private ModelBehaviour(final ModelTrace trace)
    {
        this.trace = trace;
        for (int id = 0; id < trace.cluster().replicaCount; id++)
        {
            if (trace.cluster().isCorrect(id))
            {
                replicas.put(id, "r" + (replicas.size() + 1));
            }
        }
        choose();
        for (final ModelTrace.Event event : trace.events())
        {
            lastView = Math.max(lastView, ModelTrace.Kind.LOSE == event.kind() ? 0 : event.view());
        }
        final Set<Object> once = new HashSet<>();
        final long[] certified = new long[trace.cluster().replicaCount];
        for (final ModelTrace.Event event : trace.events())
        {
            translate(event, once, certified);
        }
    }

    /**
     * Runs what a seed draws with four replicas.
     *
     * @param seed of the run.
     * @return what happened to two sequences of it, or null if the run broke an invariant, or if no NEW-VIEW took
     * anything over.
     */
    public static ModelBehaviour of(final long seed)
    {
        final Simulation simulation = new Simulation(seed, SimulationConfiguration.drawn(seed, 4));
        final ModelTrace trace = new ModelTrace(simulation.oracle().cluster());
        simulation.oracle().add(trace);
        if (null != simulation.run().violation())
        {
            return null;
        }
        final ModelBehaviour behaviour = new ModelBehaviour(trace);
        return behaviour.isOfViews ? behaviour : null;
    }

    /** The two sequences of which most was said in views above 0. */
    private void choose()
    {
        final Map<Long, Integer> said = new TreeMap<>();
        for (final ModelTrace.Event event : trace.events())
        {
            if (null != event.digest() && event.sequence() > 0)
            {
                said.merge(event.sequence(), event.view() > 0 ? 1 : 0, Integer::sum);
            }
            if (null != event.viewChange())
            {
                event.viewChange().prepared().keySet().forEach(sequence -> said.merge(sequence, 4, Integer::sum));
            }
        }
        for (int i = 0; i < SLOTS; i++)
        {
            long most = 0;
            for (final long sequence : said.keySet())
            {
                most = 0 == most || said.get(sequence) > said.get(most) ? sequence : most;
            }
            sequences[i] = 0 == most ? Long.MAX_VALUE - SLOTS + i : most;
            said.remove(most);
        }
        java.util.Arrays.sort(sequences);
    }

    /** How many of the slots lie at or below a sequence; of a slot's own sequence, its number. */
    private int slots(final long sequence)
    {
        int count = 0;
        for (final long slot : sequences)
        {
            count += slot <= sequence ? 1 : 0;
        }
        return count;
    }

    private boolean isSlot(final long sequence)
    {
        return sequence == sequences[0] || sequence == sequences[1];
    }

    private String batch(final long sequence, final DigestValue digest)
    {
        return digest.equals(ReferenceSelection.nullDigest(sequence)) ? "Null" :
            batches.computeIfAbsent(digest, key -> "d" + (batches.size() + 1));
    }

    private void translate(final ModelTrace.Event event, final Set<Object> once, final long[] certified)
    {
        final String replica = replicas.get(event.replica());
        switch (event.kind())
        {
            case LEAVE -> add("leave", replica, "v |-> " + event.view());
            case ACCEPT, MARK, EXECUTE, NOTE -> onBatch(event, replica);
            case CHANGE ->
            {
                // It is written again with each NEW-VIEW that names it.
                if (once.add(List.of(event.replica(), event.viewChange())))
                {
                    add("change", replica, claims(event.viewChange()));
                }
            }
            case NEW_VIEW -> onNewView(event, replica);
            case CERTIFY ->
            {
                if (slots(event.sequence()) > certified[event.replica()])
                {
                    certified[event.replica()] = slots(event.sequence());
                    add("certify", replica, "s |-> " + slots(event.sequence()));
                }
            }
            case LOSE -> add("lose", replica, "e |-> " + slots(event.view()) + ", H |-> " + slots(event.sequence()));
            default -> throw new IllegalStateException(event.toString());
        }
    }

    private void onBatch(final ModelTrace.Event event, final String replica)
    {
        if (isSlot(event.sequence()))
        {
            final String what = "s |-> " + slots(event.sequence()) + ", d |-> " +
                batch(event.sequence(), event.digest());
            switch (event.kind())
            {
                case ACCEPT -> add("accept", replica, what + ", v |-> " + event.view());
                case MARK -> add("mark", replica, what + ", v |-> " + event.view());
                case NOTE -> add("note", replica, what + ", w |-> " + event.view());
                default -> add("execute", replica, what);
            }
        }
    }

    private void onNewView(final ModelTrace.Event event, final String replica)
    {
        for (final long sequence : sequences)
        {
            final int index = (int)Math.min(sequence - event.newView().start() - 1, Integer.MAX_VALUE);
            if (index >= 0)
            {
                final boolean isSelected = index < event.newView().selected().size();
                isOfViews |= isSelected;
                final String digest = isSelected ? batch(sequence, event.newView().selected().get(index)) : "None";
                add("clean", replica, "s |-> " + slots(sequence) + ", d |-> " + digest + ", w |-> " + event.view());
            }
        }
    }

    private String claims(final StatementContent.ViewChange viewChange)
    {
        final List<String> prepared = new ArrayList<>();
        final List<String> accepted = new ArrayList<>();
        for (final long sequence : sequences)
        {
            final StatementContent.Claim claim = viewChange.prepared().get(sequence);
            prepared.add(null == claim ? "None" : "<<" + claim.view() + ", " + batch(sequence, claim.digest()) + ">>");
            final List<String> views = new ArrayList<>();
            viewChange.accepted().getOrDefault(sequence, Map.of())
                .forEach((digest, view) -> views.add(batch(sequence, digest) + " :> " + view));
            views.sort(null);
            accepted.add(views.isEmpty() ? "NoClaim" : String.join(" @@ ", views) + " @@ NoClaim");
        }
        return "v |-> " + viewChange.view() + ", h |-> " + slots(viewChange.stable()) + ", P |-> <<" +
            String.join(", ", prepared) + ">>, Qs |-> <<" + String.join(", ", accepted) + ">>";
    }

    private void add(final String kind, final String replica, final String what)
    {
        events.add("[is |-> \"" + kind + "\", r |-> " + replica + ", " + what + "]");
    }

    /**
     * What happened.
     *
     * @return records in order.
     */
    public List<String> events()
    {
        return events;
    }

    /**
     * Names of the batches, null apart.
     *
     * @return d1, d2 and so on.
     */
    public List<String> batches()
    {
        return List.copyOf(batches.values());
    }

    /**
     * Names of the correct replicas.
     *
     * @return r1, r2 and so on.
     */
    public List<String> replicas()
    {
        return List.copyOf(replicas.values());
    }

    /**
     * The highest view that anybody spoke of.
     *
     * @return it.
     */
    public long lastView()
    {
        return lastView;
    }

    @Override
    public String toString()
    {
        return "sequences " + sequences[0] + " and " + sequences[1] + ", views up to " + lastView + ", " +
            events.size() + " events";
    }
}
