// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
    private static final String ALL = tests("A", "SKIP", "B", "SKIP", "C", "SKIP", "D", "SKIP");
    private static final String RESULTS = tests("A", "PASS", "B", "FAIL", "C", "SKIP");

    @TempDir
    Path directory;

    private static String tests(String... namesAndResults) {
        StringBuilder b = new StringBuilder(
                "{\n  \"version\": 3,\n  \"num_failures_by_type\": {\n    \"FAIL\": 1\n  },\n  \"tests\": {");
        for (int i = 0; i < namesAndResults.length; i += 2) {
            b.append("\n    \"").append(namesAndResults[i]).append("\": {\n      \"actual\": \"");
            b.append(namesAndResults[i + 1]).append("\",\n      \"expected\": \"PASS\",\n");
            b.append("      \"is_unexpected\": false,\n      \"error\": \"a \\\"quoted\\\": {\\n\"\n    },");
        }
        return b.append("\n  }\n}\n").toString();
    }

    @Test
    void theFourOutcomesAreCounted() {
        assertEquals("passed 1, failed 1, unimplemented 1, disabled 1, total 4", new Summary(RESULTS, ALL).line());
    }

    @Test
    void aTestThatHasToPassIsLostWhateverElseBecameOfIt() {
        assertEquals(List.of("B", "C", "D"), new Summary(RESULTS, ALL).lost(List.of("A", "B", "C", "D")));
    }

    @Test
    void aTestThatWasNotSelectedIsNotLost() {
        assertEquals(List.of(), new Summary(RESULTS, ALL).lost(List.of("A", "E")));
    }

    @Test
    void theExitCodeSaysWhetherOneWasLost() throws IOException {
        assertEquals("passed 1, failed 1, unimplemented 1, disabled 1, total 4\n", print("# a comment\n\nA\n", 0));
        assertTrue(print("A\nB\n", 1).startsWith("no longer passes: B\n"));
    }

    private String print(String expected, int code) throws IOException {
        Path e = Files.writeString(directory.resolve("expected"), expected);
        Path r = Files.writeString(directory.resolve("results"), RESULTS);
        Path a = Files.writeString(directory.resolve("all"), ALL);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertEquals(code, Summary.print(r, a, e, new PrintStream(out, true, StandardCharsets.UTF_8)));
        return out.toString(StandardCharsets.UTF_8);
    }
}
