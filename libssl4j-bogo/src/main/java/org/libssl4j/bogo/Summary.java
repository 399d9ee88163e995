// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a run came to, from the runner's results: how many tests passed, and which of those that have to pass did not. */
final class Summary {
    /** A test in the runner's file, which it writes with each key on a line of its own. */
    private static final Pattern TEST = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)+)\": \\{\\s*\"actual\": \"(\\w+)\"");

    private final Map<String, Outcome> outcomes = new TreeMap<>();

    /** What became of a test. */
    enum Outcome {
        PASSED,
        FAILED,
        /** The shim said 89. */
        UNIMPLEMENTED,
        /** The configuration has it among the tests that are not run. */
        DISABLED
    }

    /**
     * Reads files that {@code -json-output} named.
     *
     * @param results of the run
     * @param all of a run with the same selection that leaves out no disabled test, and of which nothing but the names counts
     */
    Summary(String results, String all) {
        for (Matcher m = TEST.matcher(all); m.find(); ) {
            outcomes.put(m.group(1), Outcome.DISABLED);
        }
        for (Matcher m = TEST.matcher(results); m.find(); ) {
            outcomes.put(m.group(1), outcome(m.group(2)));
        }
    }

    private static Outcome outcome(String actual) {
        return switch (actual) {
            case "PASS" -> Outcome.PASSED;
            case "SKIP" -> Outcome.UNIMPLEMENTED;
            default -> Outcome.FAILED;
        };
    }

    long count(Outcome o) {
        return outcomes.values().stream().filter(v -> v == o).count();
    }

    String line() {
        return String.format(
                "passed %d, failed %d, unimplemented %d, disabled %d, total %d",
                count(Outcome.PASSED),
                count(Outcome.FAILED),
                count(Outcome.UNIMPLEMENTED),
                count(Outcome.DISABLED),
                outcomes.size());
    }

    /** Those of the names that were run and did not pass. */
    List<String> lost(List<String> expected) {
        return expected.stream()
                .filter(name -> outcomes.getOrDefault(name, Outcome.PASSED) != Outcome.PASSED)
                .toList();
    }

    List<String> with(Outcome o) {
        return outcomes.entrySet().stream()
                .filter(e -> e.getValue() == o)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Prints the line and the names that no longer pass: 0 if there are none. */
    static int print(Path results, Path all, Path expected, PrintStream out) throws IOException {
        Summary s = new Summary(Files.readString(results), Files.readString(all));
        List<String> lost = s.lost(Files.readAllLines(expected).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList());
        lost.forEach(name -> out.println("no longer passes: " + name));
        out.println(s.line());
        return lost.isEmpty() ? ExitCode.PASSED : ExitCode.FAILED;
    }
}
