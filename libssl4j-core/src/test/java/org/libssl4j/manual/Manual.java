// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code docs/manual.md}: what OpenSSL's manual says, row by row, and which tests prove it. Parts of it may stand in files of their own, {@code docs/manual/*.md}.
 *
 * @param rows in the order of the files
 * @param faults lines that look like a row and are none, each with its place
 */
record Manual(List<Row> rows, List<String> faults) {
    private static final Pattern PAGE = Pattern.compile("## (\\w+\\(\\d\\))");
    private static final Pattern ROW = Pattern.compile("\\| (?<sentence>[^|]*[^|\\s]) \\| (?<tests>[^|]*) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+#\\w+)`");
    private static final Pattern TESTS = Pattern.compile(TEST + "(, " + TEST + ")*");
    private static final Set<String> HEAD = Set.of("| the manual says (our words) | test |", "|---|---|");

    /**
     * One sentence.
     *
     * @param page the manual page: "SSL_read(3)"
     * @param sentence what it says
     * @param tests what proves it, each as "Class#method"
     */
    record Row(String page, String sentence, List<String> tests) {}

    /** The manual of a repository. */
    static Manual read(Path root) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Path file : files(root.resolve("docs"))) {
            parse(file.getFileName().toString(), Files.readAllLines(file), rows, faults);
        }
        return new Manual(List.copyOf(rows), List.copyOf(faults));
    }

    private static List<Path> files(Path docs) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.exists(docs.resolve("manual.md"))) {
            files.add(docs.resolve("manual.md"));
        }
        if (Files.isDirectory(docs.resolve("manual"))) {
            try (Stream<Path> parts = Files.list(docs.resolve("manual"))) {
                parts.filter(p -> p.toString().endsWith(".md")).sorted().forEach(files::add);
            }
        }
        return files;
    }

    static void parse(String file, List<String> lines, List<Row> rows, List<String> faults) {
        String page = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("## ")) {
                Matcher p = PAGE.matcher(line);
                page = p.matches() ? p.group(1) : null;
            }
            if (page == null || !line.startsWith("|") || HEAD.contains(line)) {
                continue;
            }
            Matcher r = ROW.matcher(line);
            if (r.matches() && TESTS.matcher(r.group("tests")).matches()) {
                List<String> tests = TEST.matcher(r.group("tests"))
                        .results()
                        .map(t -> t.group(1))
                        .toList();
                rows.add(new Row(page, r.group("sentence"), tests));
            } else {
                faults.add(file + ":" + (i + 1) + ": no row with a test: " + line);
            }
        }
    }

    Set<String> pages() {
        return rows.stream().map(Row::page).collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> tests() {
        return rows.stream().flatMap(r -> r.tests().stream()).collect(Collectors.toCollection(TreeSet::new));
    }
}
