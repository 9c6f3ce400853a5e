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
package io.tagma.codecs;

import static io.tagma.codecs.SampleBundles.authenticator;
import static io.tagma.codecs.SampleFrames.CLIENT;
import static io.tagma.codecs.SampleFrames.REPLICAS;
import static io.tagma.codecs.SampleFrames.SESSION;

import java.util.List;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A well-formed message and the plane that it belongs to.
 */
record Sample(String name, Plane plane, byte[] message)
{
    private static final List<Sample> ALL = make();

    @Override
    public String toString()
    {
        return name;
    }

    int blockLength()
    {
        return Structure.uint16(new UnsafeBuffer(message), 0);
    }

    int templateId()
    {
        return Structure.templateId(new UnsafeBuffer(message), 0);
    }

    /**
     * Every template, in each shape that matters.
     */
    static List<Sample> all()
    {
        return ALL;
    }

    private static List<Sample> make()
    {
        final byte[] none = new byte[0];
        return List.of(
            new Sample("PrePrepare", Plane.PEER, SampleFrames.prePrepare()),
            new Sample("PrePrepare of an idle tick", Plane.PEER, SampleFrames.prePrepare(0, none, none)),
            new Sample("Votes", Plane.PEER, SampleFrames.votes(3, 2)),
            new Sample("Votes with prepares only", Plane.PEER, SampleFrames.votes(1, 0)),
            new Sample("Votes with commits only", Plane.PEER, SampleFrames.votes(0, 1)),
            new Sample("Checkpoint", Plane.PEER, SampleFrames.checkpoint()),
            new Sample("Certificate", Plane.PEER, SampleFrames.certificate(0, 1, 3)),
            new Sample("Status", Plane.PEER, SampleFrames.status()),
            new Sample("Status that holds and marks", Plane.PEER, SampleFrames.status(new long[]{71, 73}, 2, 9)),
            new Sample("Held", Plane.PEER, SampleFrames.held()),
            new Sample("Committed", Plane.PEER, SampleFrames.committed(3)),
            new Sample("Fetch", Plane.PEER, SampleFrames.fetch(71, 72, 90)),
            new Sample("Batch", Plane.PEER, SampleFrames.batch(4, SampleFrames.bodies())),
            new Sample("Batch without bundles", Plane.PEER, SampleFrames.batch(0, none)),
            new Sample("Relay", Plane.PEER, SampleFrames.relay(
                SampleBundles.requests(CLIENT, SESSION, 5, none), authenticator(REPLICAS, 1))),
            new Sample("Complaints", Plane.PEER, SampleViewFrames.complaints(0, 2, 3)),
            new Sample("StatementPart", Plane.PEER, SampleViewFrames.statementPart()),
            new Sample("FetchStatements", Plane.PEER, SampleViewFrames.fetchStatements()),
            new Sample("FetchChunks", Plane.PEER, SampleFrames.fetchChunks()),
            new Sample("Chunk", Plane.PEER, SampleFrames.chunk(2, 4_464)),
            new Sample("Chunk that is all there is", Plane.PEER, SampleFrames.chunk(0, 1)),
            new Sample("Requests", Plane.CLIENT, SampleFrames.requests()),
            new Sample("Requests with an OPEN", Plane.CLIENT, SampleFrames.open()),
            new Sample("Replies", Plane.CLIENT, SampleFrames.replies()),
            new Sample("Init", Plane.JOURNAL, SampleRecords.init()),
            new Sample("Start", Plane.JOURNAL, SampleRecords.start()),
            new Sample("Barrier", Plane.JOURNAL, SampleRecords.barrier()),
            new Sample("CleanMark", Plane.JOURNAL, SampleRecords.cleanMark()),
            new Sample("AmnesiaEnd", Plane.JOURNAL, SampleRecords.amnesiaEnd()),
            new Sample("Entry", Plane.JOURNAL, SampleRecords.entry(SampleFrames.prePrepare())),
            new Sample("PreparedMark", Plane.JOURNAL, SampleRecords.preparedMark()),
            new Sample("CommitMark", Plane.JOURNAL, SampleRecords.commitMark()),
            new Sample("StoredBatch", Plane.JOURNAL, SampleRecords.storedBatch(4, SampleFrames.bodies())),
            new Sample("StableCertificate", Plane.JOURNAL,
                SampleRecords.stableCertificate(1024, SampleFrames.certificate(1, 2, 3))),
            new Sample("TargetView", Plane.JOURNAL, SampleRecords.targetView(SampleViewFrames.complaints(0, 2, 3))),
            new Sample("TargetView without complaints", Plane.JOURNAL, SampleRecords.targetView(none)),
            new Sample("StoredStatementPart", Plane.JOURNAL,
                SampleRecords.storedStatementPart(SampleViewFrames.statementPart())),
            new Sample("SelectedMark", Plane.JOURNAL, SampleRecords.selectedMark()),
            new Sample("RestoredSnapshot", Plane.JOURNAL, SampleRecords.restoredSnapshot()),
            new Sample("RestartPoint", Plane.JOURNAL, SampleRecords.restartPoint()),
            new Sample("Recover", Plane.JOURNAL, SampleRecords.recover(0, 2)),
            new Sample("ViewChange", Plane.STATEMENT, SampleStatements.viewChange()),
            new Sample("ViewChange without claims", Plane.STATEMENT, SampleStatements.viewChange(1, 0, none)),
            new Sample("ViewChange before the first checkpoint", Plane.STATEMENT, SampleStatements.viewChange(
                7, 0, none, SampleStatements.prepared(3, 6, SampleStatements.A, SampleStatements.A))),
            new Sample("NewView", Plane.STATEMENT, SampleStatements.newView(1024, 3, 0, 1, 3)),
            new Sample("NewView that takes nothing over", Plane.STATEMENT, SampleStatements.newView(0, 0, 1, 2, 3)));
    }
}
