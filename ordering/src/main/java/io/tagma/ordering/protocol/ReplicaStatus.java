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

/**
 * Where this replica stands: what the sub-protocols share, and what the outside may read. Each field has one writer,
 * named at its transition.
 */
public final class ReplicaStatus
{
    /** No replica. */
    public static final int NULL_REPLICA = -1;
    /** No sequence: below every sequence there is. */
    public static final long NULL_SEQUENCE = Long.MIN_VALUE;

    private final ProtocolParameters parameters;
    private final long[] rejections = new long[Rejection.values().length];

    /** The view that this replica is in, or wants to enter. Never decreases. */
    private long view;
    /** Where it is about to go: above the view until the journal holds that the view is left. Never decreases. */
    private long targetView;
    /** Highest view whose NEW-VIEW this replica validated and holds on the device; 0 if none. Never decreases. */
    private long newView;
    /** Whether the view was entered: view 0 is from the start, any other by its NEW-VIEW. */
    private boolean isActive = true;
    /** End of what the view took over: its proposals lie above. */
    private long takenOverSequence;
    /** h, the last stable checkpoint. Never decreases. */
    private long stableSequence;
    /** Highest sequence executed. Invariant: at most h + L. Never decreases. */
    private long executedSequence;
    /** Highest sequence proposed as primary of the current view; at least executed when primary. */
    private long proposedSequence;
    /** Highest sequence of which anything admissible was heard: tells whether something is lacking. */
    private long heardSequence;
    /** Global position of the next executed request. */
    private long nextPosition = 1;
    /** Agreed time, ns since the Unix epoch. Never decreases. */
    private long effectiveTimeNs;
    private long incarnation;
    /** H: no vote before a certificate at or above it is executed; 0 if there is no amnesia. */
    private long awaitedSequence;
    private boolean isReplaying = true;
    private boolean isHalted;

    /** Monotonic clock of this duty cycle, ns. */
    private long nowNs;
    /** Wall clock of this duty cycle, ns since the Unix epoch. */
    private long epochNs;

    ReplicaStatus(final ProtocolParameters parameters)
    {
        this.parameters = parameters;
    }

    void reject(final Rejection reason)
    {
        rejections[reason.ordinal()]++;
    }

    /** Written by {@link Replica#onTime}. */
    void time(final long nowNs, final long epochNs)
    {
        this.nowNs = nowNs;
        this.epochNs = epochNs;
    }

    /** Written by {@link Checkpointing}. */
    void stable(final long sequence)
    {
        Invariants.verify(sequence > stableSequence, Invariants.STABLE_RISES, sequence, stableSequence);
        stableSequence = sequence;
        heard(sequence);
    }

    /** Written by {@link Execution}. */
    void executed(final long sequence, final long effectiveTimeNs, final long nextPosition)
    {
        Invariants.verify(
            sequence == executedSequence + 1, Invariants.EXECUTION_HAS_NO_GAP, sequence, executedSequence);
        Invariants.verify(
            effectiveTimeNs >= this.effectiveTimeNs, Invariants.TIME_RISES, effectiveTimeNs, this.effectiveTimeNs);
        executedSequence = sequence;
        this.effectiveTimeNs = effectiveTimeNs;
        this.nextPosition = nextPosition;
        heard(sequence);
        if (sequence > proposedSequence)
        {
            proposedSequence = sequence;
        }
    }

    /** Written by {@link AgreedState}: what was executed elsewhere up to a snapshot counts as executed here. */
    void restored(final long sequence, final long newEffectiveTimeNs, final long newNextPosition)
    {
        Invariants.verify(sequence > executedSequence, Invariants.EXECUTION_RISES, sequence, executedSequence);
        Invariants.verify(
            newEffectiveTimeNs >= effectiveTimeNs, Invariants.TIME_RISES, newEffectiveTimeNs, effectiveTimeNs);
        executedSequence = sequence;
        effectiveTimeNs = newEffectiveTimeNs;
        nextPosition = newNextPosition;
        proposedSequence = Math.max(proposedSequence, sequence);
        heard(sequence);
    }

    /** Written by {@link NormalCase}. */
    void proposed(final long sequence)
    {
        Invariants.verify(
            sequence == proposedSequence + 1, Invariants.PROPOSALS_HAVE_NO_GAP, sequence, proposedSequence);
        proposedSequence = sequence;
        heard(sequence);
    }

    /** Written by {@link Recovery}: a proposal found in the journal. */
    void proposedBefore(final long sequence)
    {
        proposedSequence = Math.max(proposedSequence, sequence);
    }

    /** Written by {@link ViewChange}: from here on nothing is said in the view, nor in any other, until it is left. */
    void leaving(final long target)
    {
        Invariants.verify(target > targetView, Invariants.VIEW_RISES, target, targetView);
        targetView = target;
    }

    /** Written by {@link ViewChange}: the journal holds that every view below the target is left. */
    void left()
    {
        Invariants.verify(targetView > view, Invariants.VIEW_RISES, targetView, view);
        view = targetView;
        isActive = false;
        takenOverSequence = 0;
        proposedSequence = executedSequence;
    }

    /** Written by {@link ViewChange}: a NEW-VIEW is validated and on the device. */
    void validated(final long validatedView)
    {
        Invariants.verify(validatedView > newView, Invariants.VIEW_RISES, validatedView, newView);
        newView = validatedView;
    }

    /** Written by {@link ViewChange}: the NEW-VIEW of the view takes over what lies up to here. */
    void entered(final long endSequence)
    {
        isActive = true;
        takenOverSequence = endSequence;
        proposedSequence = Math.max(executedSequence, endSequence);
        heard(endSequence);
    }

    void heard(final long sequence)
    {
        heardSequence = Math.max(heardSequence, sequence);
    }

    /** Written by {@link Recovery}. */
    void resumed(final long incarnation, final long awaitedSequence)
    {
        this.incarnation = incarnation;
        this.awaitedSequence = awaitedSequence;
        isReplaying = false;
    }

    /** Written by {@link Recovery}. */
    void amnesiaEnded()
    {
        awaitedSequence = 0;
    }

    void halted()
    {
        isHalted = true;
    }

    public long view()
    {
        return view;
    }

    /**
     * Whether the view was entered. If not, its NEW-VIEW is waited for.
     *
     * @return true in view 0 and after the NEW-VIEW of any other, until the view is about to be left.
     */
    public boolean isActive()
    {
        return isActive && targetView == view;
    }

    long targetView()
    {
        return targetView;
    }

    long newView()
    {
        return newView;
    }

    long takenOverSequence()
    {
        return takenOverSequence;
    }

    public long stableSequence()
    {
        return stableSequence;
    }

    /**
     * End of the window.
     *
     * @return h + L.
     */
    public long highWatermark()
    {
        return stableSequence + parameters.window;
    }

    public long executedSequence()
    {
        return executedSequence;
    }

    public long proposedSequence()
    {
        return proposedSequence;
    }

    public long heardSequence()
    {
        return heardSequence;
    }

    public long nextPosition()
    {
        return nextPosition;
    }

    public long effectiveTimeNs()
    {
        return effectiveTimeNs;
    }

    public long incarnation()
    {
        return incarnation;
    }

    public long awaitedSequence()
    {
        return awaitedSequence;
    }

    public int replicaId()
    {
        return parameters.replicaId;
    }

    public int primary()
    {
        return parameters.quorums.primary(view, parameters.epoch);
    }

    public boolean isPrimary()
    {
        return primary() == parameters.replicaId;
    }

    /** Whether it takes clients' bundles for proposals. */
    boolean isOrdering()
    {
        return isPrimary() && isVoting();
    }

    /**
     * Whether it votes in its view: not while it replays, has halted, is an amnesiac, or has not entered it.
     *
     * @return true if it may send PRE-PREPARE, PREPARE and COMMIT.
     */
    public boolean isVoting()
    {
        return !isReplaying && !isHalted && 0 == awaitedSequence && isActive();
    }

    public boolean isReplaying()
    {
        return isReplaying;
    }

    public boolean isHalted()
    {
        return isHalted;
    }

    /**
     * How often inputs were refused for a reason.
     *
     * @param reason that is asked for.
     * @return count since the start of this process.
     */
    public long rejections(final Rejection reason)
    {
        return rejections[reason.ordinal()];
    }

    long nowNs()
    {
        return nowNs;
    }

    long epochNs()
    {
        return epochNs;
    }

    @Override
    public String toString()
    {
        long rejected = 0;
        for (final long count : rejections)
        {
            rejected += count;
        }
        return "replica " + parameters.replicaId + " view " + view + (isActive() ? "" : " not entered") + " h " +
            stableSequence + " executed " + executedSequence + " rejected " + rejected +
            (isReplaying ? " replaying" : "");
    }
}
