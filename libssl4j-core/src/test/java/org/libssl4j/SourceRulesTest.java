// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that only the text of a source can tell, for the main sources of all modules. */
class SourceRulesTest {
    private static final int MOST_LINES = 600;
    private static final Set<String> FACES = Set.of("Ssl.java", "SslCtx.java");
    private static final List<Source> SOURCES = read(Path.of(".."));

    @Test
    void thereAreSources() {
        assertFalse(SOURCES.isEmpty());
    }

    @Test
    void noSourceIsTooLong() {
        assertNone(s -> s.lines() > MOST_LINES && !FACES.contains(s.name()), "sources over " + MOST_LINES + " lines");
    }

    @Test
    void onlyProgramsPrint() {
        Pattern printing = Pattern.compile("\\bSystem\\s*\\.\\s*(out|err)\\b|\\bprintStackTrace\\s*\\(\\s*\\)");
        assertNone(
                s -> !s.module().equals("libssl4j-cli")
                        && !(s.module().equals("libssl4j-bogo") && s.name().equals("Main.java"))
                        && printing.matcher(s.code()).find(),
                "sources that print to the standard streams");
    }

    @Test
    void onlyTheConnectionAsksWhichCarrierItHas() {
        Pattern question = Pattern.compile("\\binstanceof\\s+(final\\s+)?([\\w.]+\\.)?\\w*Carrier\\b");
        assertNone(
                s -> !s.isIn("org/libssl4j/connection")
                        && question.matcher(s.code()).find(),
                "sources that ask for the type of a carrier");
    }

    @Test
    void noSecretIsPutIntoAString() {
        assertNone(SourceRulesTest::makesTextOfASecret, "sources that put a Secret into a string");
    }

    @Test
    void commentsAndStringsAreNoCode() {
        Source source = new Source(
                Path.of("A.java"),
                "int a; // System.out\n/* System.err */ String b = \"System.out \\\" x\"; char c = '\"'; d");
        assertEquals("int a; \n String b = \"\"; char c = ' '; d", source.code());
    }

    @Test
    void secretsInStringsAreFound() {
        Predicate<String> found = body -> makesTextOfASecret(new Source(Path.of("A.java"), body));
        assertEquals(true, found.test("void m(Secret key) { throw new X(\"with \" + key); }"));
        assertEquals(true, found.test("void m(Secret key) { String s = key + \" it was\"; }"));
        assertEquals(true, found.test("record R(Secret key) {} String s(R r) { return \"a\" + 1 + \"b\" + r.key(); }"));
        assertEquals(true, found.test("void m(Secret key) { b.append(\"x\").append(key); }"));
        assertEquals(false, found.test("void m(Secret key) { String s = \"length \" + key.length(); }"));
        assertEquals(false, found.test("void m(Secret key) { String s = \"key\" + keys; }"));
    }

    /** Whether a variable, field or method declared as a Secret stands beside a plus and a string, or is appended. */
    private static boolean makesTextOfASecret(Source source) {
        String code = source.code();
        Set<String> secrets = new TreeSet<>();
        Pattern.compile("\\bSecret\\s+(\\w+)")
                .matcher(code)
                .results()
                .map((MatchResult r) -> r.group(1))
                .forEach(secrets::add);
        if (secrets.isEmpty()) {
            return false;
        }
        String name = "(\\w+\\s*\\.\\s*)*(" + String.join("|", secrets) + ")(\\s*\\(\\s*\\))?(?!\\s*[\\w.(\\[])";
        return Pattern.compile("\"\\s*\\+\\s*" + name
                        + "|(?<![\\w.])" + name + "\\s*\\+\\s*\""
                        + "|\\b(append|valueOf)\\s*\\(\\s*" + name + "\\s*\\)")
                .matcher(code)
                .find();
    }

    private static void assertNone(Predicate<Source> forbidden, String what) {
        List<Path> found = SOURCES.stream().filter(forbidden).map(Source::file).toList();
        assertEquals(List.of(), found, what);
    }

    private static List<Source> read(Path root) {
        try (Stream<Path> modules = Files.list(root)) {
            return modules.map(m -> m.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(SourceRulesTest::walk)
                    .filter(f -> f.toString().endsWith(".java"))
                    .map(f -> new Source(root.relativize(f), text(f)))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Path> walk(Path directory) {
        try {
            return Files.walk(directory);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private record Source(Path file, String text) {
        private static final Pattern NOT_CODE =
                Pattern.compile("(?<text>\"\"\"(?s:.*?)(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*+\")"
                        + "|(?<character>'(?:\\\\.|[^'\\\\\n])++')|(?<comment>//[^\n]*|/\\*(?s:.*?)\\*/)");

        /** The text with comments taken out and literals emptied. */
        String code() {
            return NOT_CODE.matcher(text)
                    .replaceAll(r -> r.group(1) != null ? "\"\"" : r.group(2) != null ? "' '" : "");
        }

        String name() {
            return file.getFileName().toString();
        }

        String module() {
            return file.getName(0).toString();
        }

        boolean isIn(String packages) {
            return file.getParent().endsWith(Path.of(packages))
                    || file.toString().replace('\\', '/').contains("/" + packages + "/");
        }

        long lines() {
            return text.lines().count();
        }
    }
}
