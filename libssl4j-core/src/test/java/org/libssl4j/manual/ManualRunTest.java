// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tests of the manual count as run. */
class ManualRunTest {
    private static final String SUITE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="a.b.ATest" tests="3">
            %s
            </testsuite>
            """;
    private static final String PASSED_A = "<testcase name=\"a\" classname=\"a.b.ATest\" time=\"0.1\"/>";
    private static final String PASSED_B =
            "<testcase name=\"b(int)[1]\" classname=\"a.b.ATest\"/><testcase name=\"b(int)[2]\" classname=\"a.b.ATest\"/>";

    @TempDir
    Path root;

    @BeforeEach
    void repository() throws IOException {
        write(
                "docs/manual/a.md",
                "## SSL_a(3)\n| It is so. | `ATest#a` |\n| And so. | `ATest#a`, `ATest#b` |\n| So, too. | `ATest#c`, `ATest#a` |\n");
        write(
                "m/src/test/java/a/b/ATest.java",
                "class ATest { @Test void a() {} @ParameterizedTest void b(int i) {} @Test @Tag(\"peers\") void c() {} }");
    }

    @Test
    void allRan() throws IOException {
        report(PASSED_A + PASSED_B);
        assertEquals(new ManualRun(List.of("manual: 3 rows, 2 tests, all ran"), true), ManualRun.of(root, false));
    }

    @Test
    void oneDidNotRun() throws IOException {
        report(PASSED_B);
        assertEquals(new ManualRun(List.of("manual: ATest#a did not run"), false), ManualRun.of(root, false));
    }

    @Test
    void oneOfItsParametersFailed() throws IOException {
        report(PASSED_A + PASSED_B
                + "<testcase name=\"b(int)[3]\" classname=\"a.b.ATest\"><failure>no</failure></testcase>");
        assertEquals(new ManualRun(List.of("manual: ATest#b failed"), false), ManualRun.of(root, false));
    }

    @Test
    void oneEndedByAnError() throws IOException {
        report("<testcase name=\"a\" classname=\"a.b.ATest\"><error type=\"E\"/></testcase>" + PASSED_B);
        assertEquals(new ManualRun(List.of("manual: ATest#a failed"), false), ManualRun.of(root, false));
    }

    @Test
    void oneWasSkipped() throws IOException {
        report("<testcase name=\"a\" classname=\"a.b.ATest\"><skipped/></testcase>" + PASSED_B);
        assertEquals(new ManualRun(List.of("manual: ATest#a skipped"), false), ManualRun.of(root, false));
    }

    @Test
    void withoutReportsNothingRan() throws IOException {
        assertEquals(
                new ManualRun(List.of("manual: ATest#a did not run", "manual: ATest#b did not run"), false),
                ManualRun.of(root, false));
    }

    @Test
    void testsWithOtherProgramsAreARunOfTheirOwn() throws IOException {
        report("<testcase name=\"c\" classname=\"a.b.ATest\"/>");
        assertEquals(
                new ManualRun(List.of("manual: 3 rows, 1 tests with other programs, all ran"), true),
                ManualRun.of(root, true));
        report(PASSED_A + PASSED_B);
        assertEquals(new ManualRun(List.of("manual: ATest#c did not run"), false), ManualRun.of(root, true));
    }

    private void report(String cases) throws IOException {
        write("m/target/surefire-reports/TEST-a.b.ATest.xml", SUITE.formatted(cases));
    }

    private void write(String file, String text) throws IOException {
        Path f = root.resolve(file);
        Files.createDirectories(f.getParent());
        Files.writeString(f, text);
    }
}
