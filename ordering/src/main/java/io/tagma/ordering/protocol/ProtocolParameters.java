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

import io.tagma.codecs.FrameLayout;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Every size and interval of the core, fixed at construction. Times are in nanoseconds, lengths in bytes.
 */
public final class ProtocolParameters
{
    final long clusterId;
    final Epochs epochs;
    final int epoch;
    final int replicaId;
    final Quorums quorums;
    final Digest genesisDigest = new Digest();

    final int checkpointInterval;
    final int window;
    final int pipelineDepth;
    final int batchSlots;
    final int bundlesPerBatch;
    final int batchLengthMax;
    final int bundleLengthMax;
    final int resultLengthMax;
    final int resultDigestThreshold;
    final int pendingLength;
    final int relayLimit;
    final int clientCount;
    final int sessionLimit;
    final int sessionWindow;
    final int timerLimit;

    final long clockSkewMaxNs;
    final long timeStepMaxNs;
    final long sessionTimeoutNs;
    final long tickIntervalNs;
    final long statusIntervalNs;
    final long repairIntervalNs;
    final long checkpointIntervalMaxNs;
    final long randomSeed;
    final ViewChangeParameters viewChange;
    final SnapshotParameters snapshots;

    private ProtocolParameters(final Builder builder)
    {
        clusterId = builder.clusterId;
        epochs = builder.epochs;
        epoch = epochs.present();
        replicaId = builder.replicaId;
        quorums = builder.quorums;
        genesisDigest.set(new UnsafeBuffer(builder.genesisDigest), 0);
        checkpointInterval = builder.checkpointInterval;
        window = 2 * builder.checkpointInterval;
        pipelineDepth = builder.pipelineDepth;
        batchSlots = builder.batchSlots;
        bundlesPerBatch = builder.bundlesPerBatch;
        batchLengthMax = builder.batchLengthMax;
        bundleLengthMax = builder.bundleLengthMax;
        resultLengthMax = builder.resultLengthMax;
        resultDigestThreshold = builder.resultDigestThreshold;
        pendingLength = builder.pendingLength;
        relayLimit = builder.relayLimit;
        clientCount = builder.clientCount;
        sessionLimit = builder.sessionLimit;
        sessionWindow = builder.sessionWindow;
        timerLimit = builder.timerLimit;
        clockSkewMaxNs = builder.clockSkewMaxNs;
        timeStepMaxNs = builder.timeStepMaxNs;
        sessionTimeoutNs = builder.sessionTimeoutNs;
        tickIntervalNs = builder.tickIntervalNs;
        statusIntervalNs = builder.statusIntervalNs;
        repairIntervalNs = builder.repairIntervalNs;
        checkpointIntervalMaxNs = builder.checkpointIntervalMaxNs;
        randomSeed = builder.randomSeed;
        viewChange = builder.viewChange;
        snapshots = builder.snapshots;
        checkRelations();
    }

    private void checkRelations()
    {
        require(null != quorums, "quorums", "must be given");
        require(viewChange.fits(quorums.size(), window), "viewChange", "must have this window and so many replicas");
        require(replicaId >= 0 && replicaId < quorums.size(), "replicaId", "must be below the number of replicas");
        require(BitUtil.isPowerOfTwo(checkpointInterval), "checkpointInterval", "must be a power of two");
        require(BitUtil.isPowerOfTwo(batchSlots), "batchSlots", "must be a power of two");
        require(batchSlots <= Long.SIZE, "batchSlots", "must be at most 64: STATUS tells of that many");
        require(batchSlots >= 2 * pipelineDepth, "batchSlots", "must be at least twice the pipeline depth");
        require(window >= batchSlots, "checkpointInterval", "must be at least half of batchSlots");
        require(pipelineDepth >= 1, "pipelineDepth", "must be at least 1");
        require(bundlesPerBatch >= 1, "bundlesPerBatch", "must be at least 1");
        require(resultLengthMax >= FrameLayout.DIGEST_LENGTH, "resultLengthMax", "must hold a digest");
        require(
            batchLengthMax >= bundleLengthMax + authenticatorLength() + FrameLayout.SIGNATURE_LENGTH, "batchLengthMax",
            "must hold the longest bundle with its signed authenticator");
        require(pendingLength >= 2 * batchLengthMax, "pendingLength", "must hold two batches");
        require(BitUtil.isPowerOfTwo(sessionWindow), "sessionWindow", "must be a power of two");
        require(sessionLimit >= 1, "sessionLimit", "must be at least 1");
        require(clientCount >= 1, "clientCount", "must be at least 1");
    }

    private static void require(final boolean holds, final String name, final String what)
    {
        if (!holds)
        {
            throw new IllegalArgumentException(name + " " + what);
        }
    }

    /** Bytes of the authenticator of one bundle, without a signature. */
    int authenticatorLength()
    {
        return FrameLayout.HEADER_LENGTH + quorums.size() * FrameLayout.TAG_LENGTH;
    }

    public int replicaId()
    {
        return replicaId;
    }

    public Quorums quorums()
    {
        return quorums;
    }

    public int checkpointInterval()
    {
        return checkpointInterval;
    }

    /** @return L, how far beyond the stable checkpoint sequences may go: twice the checkpoint interval. */
    public int window()
    {
        return window;
    }

    /**
     * Collects parameters; defaults are those of a cluster on one host.
     */
    public static final class Builder
    {
        private long clusterId;
        private Epochs epochs = new Epochs(0);
        private int replicaId;
        private Quorums quorums;
        private byte[] genesisDigest = new byte[FrameLayout.DIGEST_LENGTH];
        private int checkpointInterval = 1024;
        private int pipelineDepth = 2;
        private int batchSlots = 64;
        private int bundlesPerBatch = 512;
        private int batchLengthMax = 120 * 1024;
        private int bundleLengthMax = 64 * 1024;
        private int resultLengthMax = 1024;
        private int resultDigestThreshold = 256;
        private int pendingLength = 4 * 1024 * 1024;
        private int relayLimit = 32;
        private int clientCount = 1;
        private int sessionLimit = 64;
        private int sessionWindow = 1024;
        private int timerLimit = 4096;
        private long clockSkewMaxNs = 500_000_000L;
        private long timeStepMaxNs = 1_000_000_000L;
        private long sessionTimeoutNs = 30_000_000_000L;
        private long tickIntervalNs = 100_000_000L;
        private long statusIntervalNs = 100_000_000L;
        private long repairIntervalNs = 10_000_000L;
        private long checkpointIntervalMaxNs = 10_000_000_000L;
        private long randomSeed = 1;
        private ViewChangeParameters viewChange;
        private SnapshotParameters snapshots = SnapshotParameters.DEFAULTS;

        /** @param value of the cluster, in every frame. @return this. */
        public Builder clusterId(final long value)
        {
            clusterId = value;
            return this;
        }

        /** @param value of the configuration, and those before it. @return this. */
        public Builder epochs(final Epochs value)
        {
            epochs = value;
            return this;
        }

        /** @param value of this replica, from 0. @return this. */
        public Builder replicaId(final int value)
        {
            replicaId = value;
            return this;
        }

        /** @param value weights and thresholds. @return this. */
        public Builder quorums(final Quorums value)
        {
            quorums = value;
            return this;
        }

        /** @param value 32 bytes that stand for the state before the first batch. @return this. */
        public Builder genesisDigest(final byte[] value)
        {
            genesisDigest = value.clone();
            return this;
        }

        /** @param value C, batches between checkpoints: a power of two. @return this. */
        public Builder checkpointInterval(final int value)
        {
            checkpointInterval = value;
            return this;
        }

        /** @param value batches in flight, from 1. @return this. */
        public Builder pipelineDepth(final int value)
        {
            pipelineDepth = value;
            return this;
        }

        /** @param value batches kept in memory: a power of two, at most 64. @return this. */
        public Builder batchSlots(final int value)
        {
            batchSlots = value;
            return this;
        }

        /** @param value bundles in one batch, from 1. @return this. */
        public Builder bundlesPerBatch(final int value)
        {
            bundlesPerBatch = value;
            return this;
        }

        /** @param value bytes of bodies and authenticators of a batch together. @return this. */
        public Builder batchLengthMax(final int value)
        {
            batchLengthMax = value;
            return this;
        }

        /** @param value bytes of one bundle body. @return this. */
        public Builder bundleLengthMax(final int value)
        {
            bundleLengthMax = value;
            return this;
        }

        /** @param value bytes of one result. @return this. */
        public Builder resultLengthMax(final int value)
        {
            resultLengthMax = value;
            return this;
        }

        /** @param value bytes above which one replica sends a result and the others its digest. @return this. */
        public Builder resultDigestThreshold(final int value)
        {
            resultDigestThreshold = value;
            return this;
        }

        /** @param value bytes of bundles that wait to be proposed. @return this. */
        public Builder pendingLength(final int value)
        {
            pendingLength = value;
            return this;
        }

        /** @param value signed bundles that a replica relays at once. @return this. */
        public Builder relayLimit(final int value)
        {
            relayLimit = value;
            return this;
        }

        /** @param value configured clients: their ids are 1 to this. @return this. */
        public Builder clientCount(final int value)
        {
            clientCount = value;
            return this;
        }

        /** @param value sessions, open or lately closed. @return this. */
        public Builder sessionLimit(final int value)
        {
            sessionLimit = value;
            return this;
        }

        /** @param value requests outstanding in a session: a power of two. @return this. */
        public Builder sessionWindow(final int value)
        {
            sessionWindow = value;
            return this;
        }

        /** @param value timers that the service may have scheduled at once. @return this. */
        public Builder timerLimit(final int value)
        {
            timerLimit = value;
            return this;
        }

        /** @param value how far a primary's clock may be ahead of ours. @return this. */
        public Builder clockSkewMaxNs(final long value)
        {
            clockSkewMaxNs = value;
            return this;
        }

        /** @param value how far session time moves with one batch. @return this. */
        public Builder timeStepMaxNs(final long value)
        {
            timeStepMaxNs = value;
            return this;
        }

        /** @param value session time after which a silent session is closed. @return this. */
        public Builder sessionTimeoutNs(final long value)
        {
            sessionTimeoutNs = value;
            return this;
        }

        /** @param value between the empty batches of an idle primary. @return this. */
        public Builder tickIntervalNs(final long value)
        {
            tickIntervalNs = value;
            return this;
        }

        /** @param value between STATUS messages when nothing is lacking. @return this. */
        public Builder statusIntervalNs(final long value)
        {
            statusIntervalNs = value;
            return this;
        }

        /** @param value between STATUS messages, and between answers, when something is lacking. @return this. */
        public Builder repairIntervalNs(final long value)
        {
            repairIntervalNs = value;
            return this;
        }

        /** @param value effective time after which a checkpoint is due anyway. @return this. */
        public Builder checkpointIntervalMaxNs(final long value)
        {
            checkpointIntervalMaxNs = value;
            return this;
        }

        /** @param value of the jitter of protocol timers. @return this. */
        public Builder randomSeed(final long value)
        {
            randomSeed = value;
            return this;
        }

        /** @param value limits and time-outs; without them those of the default frames. @return this. */
        public Builder viewChange(final ViewChangeParameters value)
        {
            viewChange = value;
            return this;
        }

        /** @param value when snapshots are taken. @return this. */
        public Builder snapshots(final SnapshotParameters value)
        {
            snapshots = value;
            return this;
        }

        /** @return the parameters, their relations checked. */
        public ProtocolParameters conclude()
        {
            viewChange = null != viewChange || null == quorums ?
                viewChange : ViewChangeParameters.ofDefaults(quorums.size(), 2 * checkpointInterval);
            return new ProtocolParameters(this);
        }
    }
}
