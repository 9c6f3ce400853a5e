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
package io.tagma.perf.load;

import io.tagma.ordering.replica.ReplicaCounter;
import io.tagma.perf.Json;
import io.tagma.perf.report.Phases;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PhaseTableTest
{
    private static final PhaseSums PRIMARY = new PhaseSums(1000, 20_000_000, 150_000_000, 90_000_000, 400_000);
    private static final PhaseSums BACKUPS = new PhaseSums(3000, 0, 240_000_000, 210_000_000, 0);

    @Test
    void addsUpToTheMeanOfTheClient()
    {
        final List<String> lines = new PhaseTable(400_000, PRIMARY, BACKUPS).text().lines().toList();
        assertEquals(List.of(
            "mean of a request                      primary       backups     share",
            "arrived to proposed                    20.0 us             -     5.0 %",
            "proposed/accepted to prepared         150.0 us       80.0 us    37.5 %",
            "prepared to committed                  90.0 us       70.0 us    22.5 %",
            "committed to executed                   0.4 us        0.0 us     0.1 %",
            "the rest, by subtraction              139.6 us                  34.9 %",
            "end to end, at the client             400.0 us                 100.0 %"), lines);
    }

    @Test
    void thePartsOfThePageAddUpAsWell()
    {
        final Phases phases = new PhaseTable(400_000, PRIMARY, BACKUPS).phases();
        assertEquals(400_000, phases.wholeNs());
        assertEquals(400_000, phases.parts().stream().mapToDouble(Phases.Part::primaryNs).sum(), 1e-6);
        assertEquals(new Phases.Part("prepared to committed", 90_000, "70.0 us"), phases.parts().get(2));
        assertEquals("the rest, by subtraction", phases.parts().get(4).name());
    }

    @Test
    void reportsNanoseconds()
    {
        final String json = Json.text(new PhaseTable(400_000, PRIMARY, BACKUPS).report());
        assertTrue(json.contains("\"clientMean\": 400000.000"), json);
        assertTrue(json.contains("\"rest\": 139600.000"), json);
        assertTrue(json.contains("\"prepare\": 150000.000"), json);
        assertTrue(json.contains("\"prepare\": 80000.000"), json);
    }

    @Test
    void hasNoBackupsWhereThereAreNone()
    {
        final PhaseTable table = new PhaseTable(400_000, PRIMARY, PhaseSums.ZERO);
        assertEquals(
            "prepared to committed                  90.0 us             -    22.5 %",
            table.text().lines().toList().get(3));
        assertTrue(Json.text(table.report()).contains("\"prepare\": null"));
    }

    @Test
    void isAbsentWhereNothingWasExecutedOrMeasured()
    {
        assertTrue(new PhaseTable(400_000, PRIMARY, BACKUPS).isPresent());
        assertFalse(new PhaseTable(400_000, PhaseSums.ZERO, BACKUPS).isPresent());
        assertFalse(new PhaseTable(0, PRIMARY, BACKUPS).isPresent());
    }

    @Test
    void takesEachSumFromItsCounter()
    {
        final PhaseSums sums = PhaseSums.of((counter) -> 1L << counter.ordinal());
        assertEquals(
            new PhaseSums(
                1L << ReplicaCounter.PHASE_REQUESTS.ordinal(),
                1L << ReplicaCounter.PHASE_WAIT_NS.ordinal(),
                1L << ReplicaCounter.PHASE_PREPARE_NS.ordinal(),
                1L << ReplicaCounter.PHASE_COMMIT_NS.ordinal(),
                1L << ReplicaCounter.PHASE_EXECUTE_NS.ordinal()),
            sums);
        assertEquals(sums, PRIMARY.plus(sums).minus(PRIMARY));
    }
}
