// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** libssl4j tells its callers what libssl told them when it was recorded, but for the deviations in docs/deviations.md. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScenarioTest {
    private static final Deviations DEVIATIONS = Deviations.kept();
    private static final List<Recording> RECORDINGS =
            Recording.KEPT.stream().map(Recording::kept).toList();

    static List<Scenario> scenarios() {
        return Scenario.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void callersAreToldWhatLibsslTellsThem(Scenario scenario) {
        List<Outcome> ours = ScenarioPlayer.play(scenario);
        List<String> faults = RECORDINGS.stream()
                .flatMap(r -> DEVIATIONS.faults(r.majorMinor(), scenario, r.of(scenario), ours).stream())
                .toList();
        assertTrue(faults.isEmpty(), () -> String.join("\n", faults));
    }

    @Test
    void theRecordingsAreOfTheScenariosAndOfTheVersionsTheyAreNamedFor() {
        List<String> names = scenarios().stream().map(Scenario::name).toList();
        for (Recording r : RECORDINGS) {
            assertEquals(names, List.copyOf(r.outcomes().keySet()), r.version());
        }
        assertEquals(
                Recording.KEPT, RECORDINGS.stream().map(Recording::majorMinor).toList());
    }

    @Test
    void thereAreAtLeastSixtyScenariosAndEachHasACall() {
        assertTrue(scenarios().size() >= 60);
        RECORDINGS.get(0).outcomes().forEach((name, outcomes) -> assertTrue(!outcomes.isEmpty(), name));
    }

    @Test
    void everyDeviationHasItsRowInTheManualAndEveryRowADeviation() {
        assertEquals(Deviations.marksOfTheManual(), DEVIATIONS.marks());
    }

    @Test
    void onlyScenariosThatExistDeviate() {
        Set<String> unknown = new TreeSet<>(DEVIATIONS.scenarios());
        unknown.removeAll(scenarios().stream().map(Scenario::name).collect(Collectors.toSet()));
        assertEquals(Set.of(), unknown);
    }
}
