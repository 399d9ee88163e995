// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests that stand in the test trees of all modules, as their text tells: a module sees the classes of those before it alone. */
final class TestSources {
    /** Comments and literals; of all these only the value of one tag is wanted. */
    private static final Pattern NOT_CODE =
            Pattern.compile("\"\"\"(?s:.*?)(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\n])++'"
                    + "|//[^\n]*+|/\\*(?s:.*?)\\*/");

    private static final String PEERS_TAG = "\"peers\"";
    private static final String ANNOTATION = "@(?!interface)[\\w.]++(?:\\s*\\((?:[^()]++|\\([^()]*+\\))*+\\))?+\\s++";
    private static final String MODIFIER = "(?:(?:public|private|protected|static|final|abstract|sealed|default)\\s++)";
    private static final Pattern CLASS = Pattern.compile("(?<annotations>(?:" + ANNOTATION + ")*+)" + MODIFIER
            + "*+class (?<name>\\w++)(?:\\s++extends (?<base>\\w++))?");
    private static final Pattern METHOD = Pattern.compile("(?<annotations>(?:" + ANNOTATION + ")++)" + MODIFIER
            + "*+(?:void|(?:Stream|List|Collection|Iterable|Iterator)<\\w++>|Dynamic\\w++)\\s++(?<name>\\w++)\\s*+\\(");
    private static final Pattern IS_TEST =
            Pattern.compile("@(Test|ParameterizedTest|TestFactory|RepeatedTest|TestTemplate)\\b");
    private static final Pattern MAY_NOT_RUN = Pattern.compile("@(Disabled|Enabled)\\w*");
    private static final Pattern PEERS = Pattern.compile("@Tag\\(" + PEERS_TAG + "\\)");

    /**
     * A test.
     *
     * @param name "Class#method", without the package
     * @param peers whether it talks to other programs, so that only {@code ./test peers} runs it
     */
    record Found(String name, boolean peers) {}

    private record TestClass(String name, String base, String annotations, Map<String, String> methods) {}

    private final List<TestClass> classes;

    private TestSources(List<TestClass> classes) {
        this.classes = classes;
    }

    /** Those of a repository. */
    static TestSources read(Path root) throws IOException {
        List<TestClass> classes = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path tree : modules.map(m -> m.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tree)) {
                    for (Path f :
                            files.filter(p -> p.toString().endsWith(".java")).toList()) {
                        classes.addAll(parse(Files.readString(f)));
                    }
                }
            }
        }
        return new TestSources(classes);
    }

    static TestSources of(String... texts) {
        List<TestClass> classes = new ArrayList<>();
        for (String t : texts) {
            classes.addAll(parse(t));
        }
        return new TestSources(classes);
    }

    /** The first class of a file, with all tests that the file has. */
    private static List<TestClass> parse(String text) {
        String code = NOT_CODE.matcher(text)
                .replaceAll(r -> r.group().startsWith("/") ? " " : r.group().equals(PEERS_TAG) ? PEERS_TAG : "\"\"");
        Matcher c = CLASS.matcher(code);
        if (!c.find()) {
            return List.of();
        }
        Map<String, String> methods = new LinkedHashMap<>();
        Matcher m = METHOD.matcher(code);
        for (int at = c.end(); m.find(at); at = m.end()) {
            if (IS_TEST.matcher(m.group("annotations")).find()) {
                methods.put(m.group("name"), m.group("annotations"));
            }
        }
        return List.of(new TestClass(c.group("name"), c.group("base"), c.group("annotations"), methods));
    }

    /** The enabled tests by name; two where classes of one name in two packages have a test of one name. */
    Map<String, List<Found>> enabled() {
        Map<String, List<Found>> all = new HashMap<>();
        for (TestClass c : classes) {
            String above = "";
            Map<String, String> methods = new LinkedHashMap<>();
            for (TestClass b = c; b != null; b = base(b)) {
                above += b.annotations();
                b.methods().forEach(methods::putIfAbsent);
            }
            for (Map.Entry<String, String> m : methods.entrySet()) {
                String annotations = above + m.getValue();
                if (!MAY_NOT_RUN.matcher(annotations).find()) {
                    String name = c.name() + "#" + m.getKey();
                    all.computeIfAbsent(name, n -> new ArrayList<>())
                            .add(new Found(name, PEERS.matcher(annotations).find()));
                }
            }
        }
        return all;
    }

    private TestClass base(TestClass c) {
        return classes.stream()
                .filter(b -> b != c && b.name().equals(c.base()))
                .findFirst()
                .orElse(null);
    }
}
