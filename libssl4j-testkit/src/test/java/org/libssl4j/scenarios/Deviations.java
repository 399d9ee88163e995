// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where libssl4j is known to tell its callers something else than libssl does: deviations.txt, which names each step and what differs, by the marks that the rows of docs/deviations.md bear.
 *
 * <pre>
 * deviation MARK
 * any ret=0&gt;-1 error=ZERO_RETURN&gt;SSL       what differs: libssl's first; with 3.0 or 3.5 in place of any for that version alone
 *   some-scenario 3 7                         in these steps
 * </pre>
 */
public final class Deviations {
    private static final Path MANUAL = Path.of("..", "docs", "deviations.md");
    private static final Pattern MARK = Pattern.compile("\\[scenarios: ([a-z0-9-]+)\\]");

    private final Map<String, Map<String, String>> byVersion = new TreeMap<>(); // version, "scenario step", difference
    private final Set<String> marks = new TreeSet<>();

    /** Those that are kept, of the versions that recordings are kept of. */
    public static Deviations kept() {
        Deviations d = new Deviations();
        List<String> versions = List.of();
        String difference = "";
        for (String line : Scenario.lines("deviations.txt")) {
            if (line.startsWith("deviation ")) {
                d.marks.add(line.substring("deviation ".length()));
            } else if (line.startsWith("  ")) {
                for (String version : versions) {
                    d.add(version, line.strip().split(" "), difference);
                }
            } else {
                String first = line.substring(0, line.indexOf(' '));
                versions = first.equals("any") ? Recording.KEPT : List.of(first);
                difference = line.substring(first.length() + 1);
            }
        }
        return d;
    }

    private void add(String version, String[] scenarioAndSteps, String difference) {
        Map<String, String> known = byVersion.computeIfAbsent(version, v -> new LinkedHashMap<>());
        for (int i = 1; i < scenarioAndSteps.length; i++) {
            String step = scenarioAndSteps[0] + " " + scenarioAndSteps[i];
            if (known.put(step, difference) != null) {
                throw new IllegalArgumentException("deviations.txt has " + step + " twice for " + version);
            }
        }
    }

    /** The marks in deviations.txt. */
    Set<String> marks() {
        return marks;
    }

    /** The marks in docs/deviations.md. */
    static Set<String> marksOfTheManual() {
        Set<String> found = new TreeSet<>();
        try {
            Matcher m = MARK.matcher(Files.readString(MANUAL));
            while (m.find()) {
                found.add(m.group(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** The names of all scenarios that are said to deviate. */
    Set<String> scenarios() {
        Set<String> names = new TreeSet<>();
        byVersion.values().forEach(m -> m.keySet().forEach(k -> names.add(k.substring(0, k.indexOf(' ')))));
        return names;
    }

    /** How many steps are said to deviate from a version. */
    public int count(String majorMinor) {
        return Scenario.all().stream()
                .mapToInt(s -> known(majorMinor, s).size())
                .sum();
    }

    /** What is known of a scenario, by "scenario step": of a mirrored one the same as of its original, unless it is named itself. */
    private Map<String, String> known(String majorMinor, Scenario scenario) {
        Map<String, String> all = byVersion.getOrDefault(majorMinor, Map.of());
        String own = scenario + " ";
        String listed = all.keySet().stream().anyMatch(k -> k.startsWith(own)) ? own : scenario.original() + " ";
        Map<String, String> known = new TreeMap<>();
        all.forEach((k, v) -> {
            if (k.startsWith(listed)) {
                known.put(own + k.substring(listed.length()), v);
            }
        });
        return known;
    }

    /**
     * Compares what libssl and libssl4j told, and that with what is known.
     *
     * @param majorMinor libssl's version
     * @return what is wrong: steps that differ unknown to deviations.txt, or otherwise than it says, or not at all though it says so
     */
    public List<String> faults(String majorMinor, Scenario scenario, List<Outcome> theirs, List<Outcome> ours) {
        Map<String, String> known = known(majorMinor, scenario);
        List<String> faults = new ArrayList<>();
        Set<String> steps = new TreeSet<>();
        if (theirs.size() != ours.size()) {
            faults.add(scenario + ": " + theirs.size() + " outcomes of libssl, " + ours.size() + " of libssl4j");
        }
        for (int i = 0; i < Math.min(theirs.size(), ours.size()); i++) {
            if (!theirs.get(i).call().equals(ours.get(i).call())) {
                faults.add("not the same call: " + theirs.get(i) + "; " + ours.get(i));
            }
            String step = scenario + " " + theirs.get(i).step();
            String expected = known.getOrDefault(step, "");
            String difference = theirs.get(i).differenceOf(ours.get(i));
            steps.add(step);
            if (!expected.equals(difference)) {
                faults.add(majorMinor + " " + step + "\n  libssl:          " + theirs.get(i) + "\n  libssl4j:        "
                        + ours.get(i) + "\n  differs:         " + difference + "\n  deviations.txt:  " + expected);
            }
        }
        known.keySet().stream()
                .filter(k -> !steps.contains(k))
                .forEach(k -> faults.add("deviations.txt has " + k + ", which is no call"));
        return faults;
    }
}
