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

import static io.tagma.codecs.FrameLayout.DIGEST_LENGTH;
import static io.tagma.codecs.FrameLayout.HEADER_LENGTH;
import static io.tagma.codecs.FrameLayout.MAX_REPLICAS;
import static io.tagma.codecs.FrameLayout.PAYLOAD_HEADER_LENGTH;
import static io.tagma.codecs.FrameLayout.SIGNATURE_LENGTH;
import static io.tagma.codecs.FrameLayout.TAG_LENGTH;

import io.tagma.codecs.client.BundleAuthenticatorDecoder;
import io.tagma.codecs.client.BundleBodyDecoder;
import io.tagma.codecs.peer.CertificateDecoder;
import io.tagma.codecs.peer.ChunkDecoder;
import io.tagma.codecs.peer.PrePrepareDecoder;
import io.tagma.codecs.peer.StatementPartDecoder;
import io.tagma.codecs.statement.ViewChangeDecoder;

/**
 * How large things in frames may be. Immutable, and the same in all replicas and clients of a cluster: a frame that one
 * sends within them no other refuses. Lengths are in bytes.
 */
public final class FrameLimits
{
    /** Greatest number of bundles in a batch. */
    public static final int BUNDLES_MAX = 512;
    /** Greatest number of bundles in one Requests frame. */
    public static final int REQUEST_BUNDLES_MAX = 64;
    /** Greatest number of entries in each group of Votes. */
    public static final int VOTES_MAX = 1024;
    /** Greatest number of digests in Committed. */
    public static final int DIGESTS_MAX = 1024;
    /** Greatest number of batches that one Fetch asks for. */
    public static final int WANTED_MAX = 1024;
    /** Greatest number of statements that one FetchStatements asks for: each replica's ViewChange and some NewViews. */
    public static final int STATEMENTS_WANTED_MAX = 128;
    /** Greatest number of batches that one Status names as held: as many as are kept in memory. */
    public static final int HELD_MAX = 64;
    /** Greatest number of clients that one Status names as marked. */
    public static final int MARKS_MAX = 64;
    /** Administrators of a cluster. */
    public static final int ADMINISTRATORS_MAX = 64;
    /** Greatest number of chunks of a snapshot. */
    public static final int CHUNKS_MAX = 1 << 16;
    /** Greatest number of steps from a chunk to the root of their tree. */
    public static final int CHUNK_PATH_MAX = 16;
    /** Greatest length of a chunk of a snapshot where frames are long enough. */
    public static final int GREATEST_CHUNK_LENGTH = 32 * 1024;
    /** Greatest number of different batch digests that a ViewChange names for one sequence. */
    public static final int CLAIMED_DIGESTS_MAX = 8;
    /** Greatest window that can be configured: what a group of a NewView names, and a ViewChange still describes. */
    public static final int GREATEST_WINDOW = 32 * 1024;
    /** Greatest length of a client's response channel. */
    public static final int CHANNEL_LENGTH_MAX = 128;
    /** Greatest length of a frame, tag included, that can be configured: what an Aeron term buffer of 1 MiB carries. */
    public static final int GREATEST_FRAME_LENGTH = 128 * 1024 - 64;
    /** Greatest number of requests of one session in flight that can be configured. */
    public static final int GREATEST_SESSION_WINDOW = 1024;
    /** Greatest length of a result that can be configured: two fit a frame. */
    public static final int GREATEST_RESULT_LENGTH = (GREATEST_FRAME_LENGTH - TAG_LENGTH) / 2;
    /** Least that the greatest length of a bundle's body can be: one that opens a session fits. */
    public static final int LEAST_BUNDLE_LENGTH =
        BundleBodyDecoder.BLOCK_LENGTH + PAYLOAD_HEADER_LENGTH + CHANNEL_LENGTH_MAX;

    private final int replicaCount;
    private final int clientIdMax;
    private final int payloadLengthMax;
    private final int bundleLengthMax;
    private final int batchLengthMax;
    private final int resultLengthMax;
    private final int sessionWindow;
    private final int window;
    private final int messageLengthMax;

    private FrameLimits(final Builder builder)
    {
        replicaCount = builder.replicaCount;
        clientIdMax = builder.clientIdMax;
        payloadLengthMax = builder.payloadLengthMax;
        bundleLengthMax = builder.bundleLengthMax;
        batchLengthMax = builder.batchLengthMax;
        resultLengthMax = builder.resultLengthMax;
        sessionWindow = builder.sessionWindow;
        window = builder.window;
        messageLengthMax = builder.frameLengthMax - TAG_LENGTH;

        within("replica count", replicaCount, 1, MAX_REPLICAS);
        within("greatest client id", clientIdMax, 1, Integer.MAX_VALUE);
        within("session window", sessionWindow, 1, GREATEST_SESSION_WINDOW);
        within("window", window, 1, GREATEST_WINDOW);
        within("frame length", builder.frameLengthMax, 1024, GREATEST_FRAME_LENGTH);
        within("batch length", batchLengthMax, bundleLengthMax,
            messageLengthMax - prePrepareOverhead(authenticatorLength(1)));
        within("bundle length", bundleLengthMax, Math.max(LEAST_BUNDLE_LENGTH,
            BundleBodyDecoder.BLOCK_LENGTH + PAYLOAD_HEADER_LENGTH + payloadLengthMax), batchLengthMax);
        within("payload length", payloadLengthMax, 0, bundleLengthMax);
        within("result length", resultLengthMax, DIGEST_LENGTH, messageLengthMax / 2);
    }

    /**
     * Limits of a cluster of four replicas.
     *
     * @return a builder that holds the defaults.
     */
    public static Builder builder()
    {
        return new Builder();
    }

    /**
     * @return number of replicas, which have the ids from 0 on.
     */
    public int replicaCount()
    {
        return replicaCount;
    }

    /**
     * @return greatest client id; they begin with 1.
     */
    public int clientIdMax()
    {
        return clientIdMax;
    }

    /**
     * @return greatest length of a request's payload.
     */
    public int payloadLengthMax()
    {
        return payloadLengthMax;
    }

    /**
     * @return greatest length of a bundle's body.
     */
    public int bundleLengthMax()
    {
        return bundleLengthMax;
    }

    /**
     * @return greatest length of the bodies of a batch.
     */
    public int batchLengthMax()
    {
        return batchLengthMax;
    }

    /**
     * @return greatest length of a result.
     */
    public int resultLengthMax()
    {
        return resultLengthMax;
    }

    /**
     * @return greatest number of requests in a bundle, and of results in one Replies frame.
     */
    public int sessionWindow()
    {
        return sessionWindow;
    }

    /**
     * @return L, how far above the stable checkpoint sequences may lie.
     */
    public int window()
    {
        return window;
    }

    /**
     * @return greatest length of a message, its tag not included.
     */
    public int messageLengthMax()
    {
        return messageLengthMax;
    }

    /**
     * Greatest length of a statement: a ViewChange in which each sequence of the window is claimed in another way.
     *
     * @return length in bytes.
     */
    public int statementLengthMax()
    {
        final int runLength = ViewChangeDecoder.RunsDecoder.sbeBlockLength() + Structure.GROUP_HEADER_LENGTH +
            CLAIMED_DIGESTS_MAX * ViewChangeDecoder.RunsDecoder.AcceptedDecoder.sbeBlockLength() +
            Structure.VAR_DATA_HEADER_LENGTH + (CLAIMED_DIGESTS_MAX + 1) * DIGEST_LENGTH;
        final int certificateLength = HEADER_LENGTH + CertificateDecoder.BLOCK_LENGTH + Structure.GROUP_HEADER_LENGTH +
            replicaCount * CertificateDecoder.SignaturesDecoder.sbeBlockLength();
        return HEADER_LENGTH + ViewChangeDecoder.BLOCK_LENGTH + Structure.GROUP_HEADER_LENGTH + window * runLength +
            Structure.VAR_DATA_HEADER_LENGTH + certificateLength;
    }

    /**
     * Length of each part of a statement but the last: what fills a frame.
     *
     * @return length in bytes.
     */
    public int partLengthMax()
    {
        return messageLengthMax - HEADER_LENGTH - StatementPartDecoder.BLOCK_LENGTH - Structure.VAR_DATA_HEADER_LENGTH;
    }

    /**
     * Greatest length of a chunk of a snapshot: the longest path fits the frame with it.
     *
     * @return length in bytes, at most {@link #GREATEST_CHUNK_LENGTH}.
     */
    public int chunkLengthMax()
    {
        return Math.min(GREATEST_CHUNK_LENGTH, messageLengthMax - HEADER_LENGTH - ChunkDecoder.BLOCK_LENGTH -
            Structure.GROUP_HEADER_LENGTH - CHUNK_PATH_MAX * DIGEST_LENGTH - Structure.VAR_DATA_HEADER_LENGTH);
    }

    /**
     * Length of one part of a statement.
     *
     * @param statementLength in bytes.
     * @param partNumber      from 0.
     * @return length in bytes; 0 or less if the statement has not as many parts.
     */
    public long partLength(final long statementLength, final int partNumber)
    {
        return Math.min(partLengthMax(), statementLength - (long)partNumber * partLengthMax());
    }

    /**
     * Length of a bundle's authenticator in this cluster.
     *
     * @param signatureCount 0 or 1.
     * @return its length in bytes.
     */
    public int authenticatorLength(final int signatureCount)
    {
        return BundleAuthenticatorDecoder.BLOCK_LENGTH + replicaCount * TAG_LENGTH + signatureCount * SIGNATURE_LENGTH;
    }

    /**
     * Length of a PrePrepare message around its bodies: what a proposer adds to the bodies to know whether they fit.
     *
     * @param authenticatorsLength of all bundles of the batch.
     * @return length in bytes without bodies and tag.
     */
    public static int prePrepareOverhead(final int authenticatorsLength)
    {
        return HEADER_LENGTH + PrePrepareDecoder.BLOCK_LENGTH + 2 * Structure.VAR_DATA_HEADER_LENGTH +
            authenticatorsLength;
    }

    private static void within(final String name, final int value, final int least, final int greatest)
    {
        if (value < least || value > greatest)
        {
            throw new IllegalArgumentException(
                name + " is " + value + ", but must be from " + least + " to " + greatest);
        }
    }

    /**
     * Collects limits. Each has a default that fits the others; {@link #build()} checks them against each other.
     */
    public static final class Builder
    {
        private int replicaCount = 4;
        private int clientIdMax = 1024;
        private int payloadLengthMax = 8 * 1024;
        private int bundleLengthMax = 32 * 1024;
        private int batchLengthMax = 80 * 1024;
        private int resultLengthMax = 1024;
        private int sessionWindow = GREATEST_SESSION_WINDOW;
        private int window = 2048;
        private int frameLengthMax = GREATEST_FRAME_LENGTH;

        private Builder()
        {
        }

        /**
         * @param count of replicas, 1 to 64.
         * @return this.
         */
        public Builder replicaCount(final int count)
        {
            replicaCount = count;
            return this;
        }

        /**
         * @param clientId greatest id of a client, from 1.
         * @return this.
         */
        public Builder clientIdMax(final int clientId)
        {
            clientIdMax = clientId;
            return this;
        }

        /**
         * @param length of the longest payload of a request.
         * @return this.
         */
        public Builder payloadLengthMax(final int length)
        {
            payloadLengthMax = length;
            return this;
        }

        /**
         * @param length of the longest bundle body.
         * @return this.
         */
        public Builder bundleLengthMax(final int length)
        {
            bundleLengthMax = length;
            return this;
        }

        /**
         * @param length of the bodies of the longest batch.
         * @return this.
         */
        public Builder batchLengthMax(final int length)
        {
            batchLengthMax = length;
            return this;
        }

        /**
         * @param length of the longest result, at least that of a digest.
         * @return this.
         */
        public Builder resultLengthMax(final int length)
        {
            resultLengthMax = length;
            return this;
        }

        /**
         * @param count of requests of one session in flight, 1 to 1,024.
         * @return this.
         */
        public Builder sessionWindow(final int count)
        {
            sessionWindow = count;
            return this;
        }

        /**
         * @param length L, how far above the stable checkpoint sequences may lie, 1 to 32,768.
         * @return this.
         */
        public Builder window(final int length)
        {
            window = length;
            return this;
        }

        /**
         * @param length of the longest frame, tag included.
         * @return this.
         */
        public Builder frameLengthMax(final int length)
        {
            frameLengthMax = length;
            return this;
        }

        /**
         * @return the limits.
         * @throws IllegalArgumentException if one is out of range or they do not fit each other.
         */
        public FrameLimits build()
        {
            return new FrameLimits(this);
        }
    }
}
