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

/**
 * What replicas did with snapshots and with what they cut off their journals.
 */
public final class StorageCounts
{
    private long restored;
    private long fetched;
    private long cuts;
    private long startsFromCut;

    void restored()
    {
        restored++;
    }

    void fetched()
    {
        fetched++;
    }

    void cut()
    {
        cuts++;
    }

    void startedFromCut()
    {
        startsFromCut++;
    }

    void add(final StorageCounts other)
    {
        restored += other.restored;
        fetched += other.fetched;
        cuts += other.cuts;
        startsFromCut += other.startsFromCut;
    }

    void forEachFigure(final SimulationResult.Figures figures)
    {
        figures.figure("starts from a snapshot", restored);
        figures.figure("snapshots fetched", fetched);
        figures.figure("journals cut", cuts);
        figures.figure("starts from a cut journal", startsFromCut);
    }

    /**
     * How often a replica went on from a snapshot that it fetched.
     *
     * @return count.
     */
    public long snapshotsFetched()
    {
        return fetched;
    }

    /**
     * Starts that went on from a snapshot instead of the beginning of the journal.
     *
     * @return their number.
     */
    public long startsFromSnapshots()
    {
        return restored;
    }

    /**
     * How often a replica cut its journal.
     *
     * @return the count.
     */
    public long cuts()
    {
        return cuts;
    }

    /**
     * Starts with a journal that does not begin with the first record that was written.
     *
     * @return their number.
     */
    public long startsFromCut()
    {
        return startsFromCut;
    }
}
