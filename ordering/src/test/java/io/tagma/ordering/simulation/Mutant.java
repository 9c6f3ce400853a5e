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

import java.util.List;

/**
 * One rule broken on purpose: a snippet of a source file that must occur exactly once, and what it becomes.
 *
 * @param id          as in the catalogue, with a letter where there are several ways.
 * @param rule        that is broken.
 * @param file        below {@code io/tagma/ordering}.
 * @param original    snippet.
 * @param replacement of it.
 * @param killingSeed a seed that was seen to kill it.
 * @param replicas    of the cluster; 0: as the seed draws.
 * @param isPatient   whether no view is ever changed, so that what the next view would heal is seen.
 */
record Mutant(
    String id,
    String rule,
    String file,
    String original,
    String replacement,
    long killingSeed,
    int replicas,
    boolean isPatient)
{
    Mutant(
        final String id,
        final String rule,
        final String file,
        final String original,
        final String replacement,
        final long killingSeed)
    {
        this(id, rule, file, original, replacement, killingSeed, 0, false);
    }

    static final List<Mutant> ALL = List.of(
        new Mutant(
            "X01", "prepared takes a quorum", "protocol/NormalCase.java",
            "        if (weight >= parameters.quorums.quorum())",
            "        if (weight >= parameters.quorums.quorum() - 1)",
            1),
        new Mutant(
            "X02", "committed takes a quorum", "protocol/NormalCase.java",
            "ReplicaStatus.NULL_REPLICA) >= parameters.quorums.quorum())",
            "ReplicaStatus.NULL_REPLICA) >= parameters.quorums.quorum() - 1)",
            1),
        new Mutant(
            "X03", "distinct senders are counted, not messages", "protocol/VoteSet.java",
            """
                    final long bit = 1L << senderId;
                    if (0 != (voters & bit))
                    {
                        return false;
                    }
                    voters |= bit;
                    digests.putBytes(senderId * Digest.LENGTH,\
            """.stripIndent().indent(8).stripTrailing(),
            """
                    int place = senderId;
                    while (0 != (voters & 1L << place))
                    {
                        place = (place + 1) % quorums.size();
                        if (place == senderId)
                        {
                            return false;
                        }
                    }
                    voters |= 1L << place;
                    digests.putBytes(place * Digest.LENGTH,\
            """.stripIndent().indent(8).stripTrailing(),
            1),
        new Mutant(
            "X04", "one digest is accepted at a (view, sequence)", "protocol/NormalCase.java",
            "            return slot.accepted.is(digest) ? Rejection.DUPLICATE : Rejection.CONFLICT;",
            "            if (slot.accepted.is(digest)) { return Rejection.DUPLICATE; } slot.accepted.clear();",
            16),
        new Mutant(
            "X05", "a batch is what its digest says", "replica/PeerFrameVerifier.java",
            "        return isComputedDigest(digestOffset);",
            "        return isComputedDigest(digestOffset) || true;",
            8),
        new Mutant(
            "X06", "a wrong tag says nothing", "replica/PeerFrameVerifier.java",
            "        if (!authenticators.fromReplica(peerId).verify(",
            "        if (false & !authenticators.fromReplica(peerId).verify(",
            1),
        new Mutant(
            "X09", "somebody correct accepted what is taken over", "protocol/NewViewCalculator.java",
            "                isAccepted(members[candidate]))",
            "                (isAccepted(members[candidate]) || true))",
            127),
        new Mutant(
            "X10", "a NEW-VIEW is computed again", "protocol/NewViewCheck.java",
            "        return calculator.decides(selection) && isSame() ?",
            "        return calculator.decides(selection) | isSame() | true ?",
            79),
        new Mutant(
            "X12", "what is prepared is claimed until it is superseded", "protocol/Claims.java",
            "            !digest.is(digests, digestOffset(place, prepared[place])))",
            "            (digest.isAbsent() || digest.isPresent()))",
            38),
        new Mutant(
            "X13a", "a vote leaves after its record is durable", "replica/DurabilityGate.java",
            "        return isPower ? durableRecordNumber : Long.MAX_VALUE;",
            "        return Long.MAX_VALUE;",
            1),
        new Mutant(
            "X13b", "the record is appended before the vote is said", "protocol/NormalCase.java",
            """
                    records.entry(batch.sequence, batch.digest, batch.buffer, 0, batch.prePrepareLength);
                    slot.accept(batch.digest);
                    claims.accepted(batch.sequence, status.view(), batch.digest);
                    messages.prepare(slot);\
            """.stripIndent().indent(8).stripTrailing(),
            """
                    slot.accept(batch.digest);
                    claims.accepted(batch.sequence, status.view(), batch.digest);
                    messages.prepare(slot);
                    records.entry(batch.sequence, batch.digest, batch.buffer, 0, batch.prePrepareLength);\
            """.stripIndent().indent(8).stripTrailing(),
            1),
        new Mutant(
            "X14a", "a start reads what was accepted", "protocol/Recovery.java",
            "            core.log.slot(sequence).accept(digest);\n",
            "",
            2),
        new Mutant(
            "X14b", "a primary goes on behind its last proposal", "protocol/Recovery.java",
            "                core.status.proposedBefore(sequence);",
            "                core.status.proposedBefore(0);",
            2),
        new Mutant(
            "X15", "nobody votes in a view that he left", "protocol/ReplicaStatus.java",
            "0 == awaitedSequence && isActive();",
            "0 == awaitedSequence;",
            6),
        new Mutant(
            "X16", "a checkpoint is stable by a quorum", "protocol/Checkpointing.java",
            "        if (log.weightFor(entry, parameters.quorums) < parameters.quorums.quorum())",
            "        if (log.weightFor(entry, parameters.quorums) < parameters.quorums.weakQuorum())",
            1),
        new Mutant(
            "X19", "what was executed is not executed again", "protocol/Execution.java",
            "        if (session.isExecuted(number))\n        {\n" +
            "            answerRepeated(session, number, fingerprint);",
            "        if (session.isExecuted(number))\n        {\n" +
            "            deliver(session, number, nextPosition++);",
            412),
        new Mutant(
            "X24", "requests are executed in the order of their batch", "protocol/Execution.java",
            """
                    while (cursor.next())
                    {
                        executeBundle();
                    }\
            """.stripIndent().indent(8).stripTrailing(),
            """
                    final java.util.Map<Object, Integer> places = new java.util.HashMap<>();
                    while (cursor.next())
                    {
                        places.put(new Object(), places.size());
                    }
                    for (final int place : places.values())
                    {
                        cursor.wrap(batch.buffer, batch.bodiesOffset, batch.bodiesLength);
                        for (int i = 0; i <= place; i++)
                        {
                            cursor.next();
                        }
                        executeBundle();
                    }\
            """.stripIndent().indent(8).stripTrailing(),
            3),
        new Mutant(
            "X25", "what a snapshot must stand for is cut once it is on the disk", "protocol/Retention.java",
            " || !snapshots.isOldestHeld(durableRecordNumber)",
            "",
            657),
        new Mutant(
            "X27", "time-outs double", "protocol/BaseTimeout.java",
            "            timeout *= 2;",
            "            timeout *= views > Integer.MAX_VALUE ? 2 : 1;",
            2042, 7, false),
        new Mutant(
            "X29", "VIEW-CHANGE and NEW-VIEW are sent again", "protocol/ViewResending.java",
            "        if (status.nowNs() - resentAtNs[peerId] <",
            "        if (true | status.nowNs() - resentAtNs[peerId] <",
            60),
        new Mutant(
            "T01", "one replica's word is not a weak quorum's", "protocol/TransferPlan.java",
            "        if (weight >= quorums.weakQuorum())",
            "        if (weight >= 1)",
            1),
        new Mutant(
            "T02", "a client needs a weak quorum of equal replies", "client/ReplyMatcher.java",
            "        if (weights[claim] >= quorums.weakQuorum() && hasResult[claim])",
            "        if (hasResult[claim])",
            10),
        new Mutant(
            "T03", "a bundle is authentic by its tag or a weak quorum", "protocol/HeldBundles.java",
            "        return !isWaiting && areAllAuthentic(batch, prepares);",
            "        return !isWaiting && (areAllAuthentic(batch, prepares) || true);",
            90),
        new Mutant(
            "T04", "who executed before it was prepared still asks for votes", "protocol/Lacking.java",
            "            if (isUnfinished(sequence))",
            "            if (false & isUnfinished(sequence))",
            4867, 7, true),
        new Mutant(
            "T10", "nothing that waits is said in a view that was left", "replica/Outbox.java",
            "        messages.forgetVotes();\n",
            "",
            30, 7, false),
        new Mutant(
            "T05", "a VIEW-CHANGE is in the journal before it is said", "protocol/OwnViewChange.java",
            "        recordNumber = writer.journal(statement);",
            "        recordNumber = 0;",
            6),
        new Mutant(
            "T12", "a NEW-VIEW is on the device before it is said", "protocol/ViewChange.java",
            "            journal.append(proposed, proposal.members());",
            "            journal.append(proposed, proposal.members());\n            writer.broadcast(proposed);",
            6),
        new Mutant(
            "T07", "what was accepted below is claimed", "protocol/Claims.java",
            "                builder.sequence(sequence);\n                for (int i = 0; i < counts[place]; i++)",
            "                builder.sequence(sequence);\n                for (int i = 0; i < counts[place] - 1; i++)",
            9),
        new Mutant(
            "S01", "who lacks the snapshot that a CHECKPOINT names signs none", "protocol/Checkpointing.java",
            "        if (isComplete)\n",
            "        if (isComplete | true)\n",
            3),
        new Mutant(
            "S02", "who goes on from a snapshot has the sessions' windows of replies", "protocol/ClientSession.java",
            "            positions[index] = reader.getLong();",
            "            positions[index] = 0 * reader.getLong();",
            3),
        new Mutant(
            "S03", "a snapshot is what a certificate says", "replica/CertifiedSnapshots.java",
            "                if (digest.equals(name.digest()))",
            "                if (digest.equals(name.digest()) | true)",
            140),
        new Mutant(
            "S04", "a snapshot holds when a checkpoint was due last", "protocol/DueCheckpoints.java",
            "        lastTimeNs = newLastTimeNs;",
            "        lastTimeNs = 0;",
            22),
        new Mutant(
            "T08", "a NEW-VIEW needs VIEW-CHANGEs of a quorum", "protocol/NewViewCalculator.java",
            "        if (weight(senders) < quorums.quorum())",
            "        if (weight(senders) < quorums.weakQuorum())",
            22));

    @Override
    public String toString()
    {
        return id + " " + rule;
    }
}
