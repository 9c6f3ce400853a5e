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
package io.tagma.ordering.configuration;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tagma.codecs.FrameLayout;
import io.tagma.ordering.authentication.Sha256;
import io.tagma.ordering.protocol.Epochs;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How a cluster came to its epoch: for each of the last epochs that began with a RECOVER, behind which certified
 * checkpoint. Immutable.
 *
 * @param handOvers oldest first; the last is that of the present epoch. None if the epoch did not begin with a RECOVER.
 */
public record EpochChain(List<HandOver> handOvers)
{
    /** Of a cluster that was never recovered. */
    public static final EpochChain NONE = new EpochChain(List.of());

    private static final String SEQUENCE = "sequence";
    private static final String CHECKPOINT = "checkpoint";

    /**
     * Where an epoch begins.
     *
     * @param sequence   of the certificate that it begins behind; 0 for the beginning, which has none.
     * @param checkpoint SHA-256 over the content of the certificate, as hexadecimal digits; that of nothing at 0.
     */
    public record HandOver(long sequence, String checkpoint)
    {
        /**
         * Behind a checkpoint.
         *
         * @param sequence of it.
         * @param content  that was certified, empty at sequence 0.
         * @return the hand-over.
         */
        public static HandOver of(final long sequence, final byte[] content)
        {
            return new HandOver(sequence, HexFormat.of().formatHex(sha256(content)));
        }
    }

    /**
     * A chain.
     *
     * @param handOvers oldest first.
     */
    public EpochChain
    {
        handOvers = List.copyOf(handOvers);
    }

    /**
     * How many of the last epochs began with a RECOVER.
     *
     * @return 0 or above.
     */
    public int length()
    {
        return handOvers.size();
    }

    /**
     * How the present epoch began.
     *
     * @return its hand-over; null if it did not begin with a RECOVER.
     */
    public HandOver last()
    {
        return handOvers.isEmpty() ? null : handOvers.get(handOvers.size() - 1);
    }

    EpochChain with(final HandOver next)
    {
        final List<HandOver> longer = new ArrayList<>(handOvers);
        longer.add(next);
        return new EpochChain(longer);
    }

    EpochChain withoutLast()
    {
        return new EpochChain(handOvers.subList(0, handOvers.size() - 1));
    }

    Epochs epochs(final int present)
    {
        return new Epochs(present, handOvers.stream().mapToLong(HandOver::sequence).toArray());
    }

    /**
     * What the keys of the present epoch are bound to: whoever was given another RECOVER has other keys.
     *
     * @return nothing if the epoch did not begin with a RECOVER, else 32 bytes.
     */
    byte[] binding()
    {
        return handOvers.isEmpty() ? new byte[0] : sha256(handOvers.toString().getBytes(US_ASCII));
    }

    private static byte[] sha256(final byte[] bytes)
    {
        final byte[] digest = new byte[FrameLayout.DIGEST_LENGTH];
        new Sha256().sha256(new UnsafeBuffer(bytes), 0, bytes.length, new UnsafeBuffer(digest), 0);
        return digest;
    }

    void check(final String source, final int epoch)
    {
        if (handOvers.size() > epoch)
        {
            throw new ConfigurationException(source + ": " + handOvers.size() + " epochs that began with a recovery " +
                "cannot lie before epoch " + epoch);
        }
        long before = 0;
        for (final HandOver handOver : handOvers)
        {
            if (handOver.sequence() < before)
            {
                throw new ConfigurationException(
                    source + ": an epoch that begins behind sequence " + handOver.sequence() +
                    " cannot follow one that begins behind " + before);
            }
            before = handOver.sequence();
        }
    }

    static EpochChain take(final PropertiesText text, final int epoch)
    {
        final List<HandOver> found = new ArrayList<>();
        for (int number = epoch; number > 0 && text.has(key(number, SEQUENCE)); number--)
        {
            final long sequence = text.takeLong(key(number, SEQUENCE));
            found.add(0, new HandOver(sequence, text.takeHex(key(number, CHECKPOINT), FrameLayout.DIGEST_LENGTH)));
        }
        return new EpochChain(found);
    }

    void put(final StringBuilder text, final int epoch)
    {
        for (int i = 0; i < handOvers.size(); i++)
        {
            final int number = epoch - handOvers.size() + 1 + i;
            text.append(key(number, SEQUENCE)).append('=').append(handOvers.get(i).sequence()).append('\n');
            text.append(key(number, CHECKPOINT)).append('=').append(handOvers.get(i).checkpoint()).append('\n');
        }
    }

    private static String key(final int epoch, final String field)
    {
        return "epoch." + epoch + "." + field;
    }
}
