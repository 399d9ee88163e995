// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Says whether each test that {@code docs/manual.md} names ran in the last run of the tests, and passed. {@code ./test} calls it.
 *
 * @param said what there is to say, one line each
 * @param good whether all ran
 */
record ManualRun(List<String> said, boolean good) {
    private enum Outcome {
        PASSED,
        SKIPPED,
        FAILED
    }

    /**
     * Prints the answer.
     *
     * @param args the repository, and "peers" if the run was one of the tests with other programs
     */
    public static void main(String[] args) throws IOException {
        ManualRun run = of(Path.of(args[0]), args.length > 1 && args[1].equals("peers"));
        run.said().forEach(System.out::println);
        System.exit(run.good() ? 0 : 1);
    }

    static ManualRun of(Path root, boolean peers) throws IOException {
        Manual manual = Manual.read(root);
        Map<String, List<TestSources.Found>> known = TestSources.read(root).enabled();
        Map<String, Outcome> outcomes = outcomes(root);
        Map<String, String> wrong = new TreeMap<>();
        int tests = 0;
        for (String t : manual.tests()) {
            boolean other = known.getOrDefault(t, List.of()).stream().anyMatch(TestSources.Found::peers);
            if (other == peers) {
                tests++;
                Outcome o = outcomes.get(t);
                if (o != Outcome.PASSED) {
                    wrong.put(t, o == null ? "did not run" : o.name().toLowerCase(Locale.ROOT));
                }
            }
        }
        if (wrong.isEmpty()) {
            String which = peers ? " tests with other programs" : " tests";
            return new ManualRun(
                    List.of("manual: " + manual.rows().size() + " rows, " + tests + which + ", all ran"), true);
        }
        return new ManualRun(
                wrong.entrySet().stream()
                        .map(e -> "manual: " + e.getKey() + " " + e.getValue())
                        .toList(),
                false);
    }

    /** The worst outcome of each test: one with parameters has several. */
    private static Map<String, Outcome> outcomes(Path root) throws IOException {
        Map<String, Outcome> worst = new HashMap<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path reports : modules.map(m -> m.resolve("target/surefire-reports"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.list(reports)) {
                    for (Path f : files.filter(p -> p.getFileName().toString().matches("TEST-.*\\.xml"))
                            .toList()) {
                        read(f, worst);
                    }
                }
            }
        }
        return worst;
    }

    private static void read(Path report, Map<String, Outcome> worst) throws IOException {
        NodeList cases;
        try {
            cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("testcase");
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(report + " cannot be read", e);
        }
        for (int i = 0; i < cases.getLength(); i++) {
            Element c = (Element) cases.item(i);
            String type = c.getAttribute("classname").replaceFirst(".*\\.", "").replaceFirst("\\$.*", "");
            String method = c.getAttribute("name").replaceFirst("\\W.*", "");
            Outcome o = has(c, "failure") || has(c, "error")
                    ? Outcome.FAILED
                    : has(c, "skipped") ? Outcome.SKIPPED : Outcome.PASSED;
            worst.merge(type + "#" + method, o, (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
    }

    private static boolean has(Element testcase, String child) {
        return testcase.getElementsByTagName(child).getLength() > 0;
    }
}
