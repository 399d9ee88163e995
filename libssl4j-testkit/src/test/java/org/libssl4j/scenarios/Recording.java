// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.scenarios;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What scenarios.c printed: what libssl told its callers.
 *
 * @param version libssl's, such as 3.0.19
 * @param outcomes by the name of the scenario
 */
public record Recording(String version, Map<String, List<Outcome>> outcomes) {
    /** The versions of which a recording is kept. */
    public static final List<String> KEPT = List.of("3.0", "3.5");

    /**
     * The kept version that is most like another one: libssl's records were written anew for 3.2.
     *
     * @param majorMinor any version, such as 3.4
     */
    public static String mostLike(String majorMinor) {
        String[] numbers = majorMinor.split("\\.");
        return Integer.parseInt(numbers[0]) == 3 && Integer.parseInt(numbers[1]) < 2 ? "3.0" : "3.5";
    }

    /**
     * One that is kept beside the scenarios.
     *
     * @param majorMinor one of {@link #KEPT}
     */
    public static Recording kept(String majorMinor) {
        return parse(Scenario.text("libssl-" + majorMinor + ".txt"));
    }

    public static Recording parse(String text) {
        List<String> lines = text.lines().toList();
        Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();
        List<Outcome> current = null;
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith("scenario ")) {
                current = new ArrayList<>();
                outcomes.put(line.substring("scenario ".length()), current);
            } else {
                current.add(Outcome.parse(line));
            }
        }
        return new Recording(lines.get(0), outcomes);
    }

    /** The first two numbers of the version. */
    public String majorMinor() {
        return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
    }

    public List<Outcome> of(Scenario s) {
        List<Outcome> found = outcomes.get(s.name());
        if (found == null) {
            throw new IllegalStateException("libssl " + version + " was not recorded with the scenario " + s);
        }
        return found;
    }
}
