// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.scenarios;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A scenario of scenarios.txt, which describes the language.
 *
 * @param name unique in the list
 * @param steps the words of each
 */
public record Scenario(String name, List<List<String>> steps) {
    private static final String MIRRORED = "-mirrored";

    /** All of the list, in its order; behind each one that begins with the handshake done the same with the ends exchanged. */
    public static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (Scenario s : listed()) {
            all.add(s);
            if (s.steps().get(0).get(0).equals("connected")) {
                all.add(s.mirrored());
            }
        }
        return List.copyOf(all);
    }

    private static List<Scenario> listed() {
        List<Scenario> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String line : lines("scenarios.txt")) {
            List<String> words = List.of(line.split(" +"));
            if ("scenario".equals(words.get(0))) {
                if (!names.add(words.get(1))) {
                    throw new IllegalArgumentException("there are two scenarios named " + words.get(1));
                }
                all.add(new Scenario(words.get(1), new ArrayList<>()));
            } else {
                all.get(all.size() - 1).steps().add(words);
            }
        }
        return all;
    }

    /** What the client does the server does here, and the other way round. */
    private Scenario mirrored() {
        List<List<String>> other = steps.stream()
                .map(words -> words.stream().map(Scenario::otherEnd).toList())
                .toList();
        return new Scenario(name + MIRRORED, other);
    }

    private static String otherEnd(String word) {
        return switch (word) {
            case "c" -> "s";
            case "s" -> "c";
            case "c>s" -> "s>c";
            case "s>c" -> "c>s";
            default -> word;
        };
    }

    /** The name in the list: of a mirrored one that of its original. */
    String original() {
        return name.endsWith(MIRRORED) ? name.substring(0, name.length() - MIRRORED.length()) : name;
    }

    /** All of them, as scenarios.c reads them. */
    public static String script() {
        StringBuilder script = new StringBuilder();
        for (Scenario s : all()) {
            script.append("scenario ").append(s.name).append('\n');
            s.steps.forEach(words -> script.append(String.join(" ", words)).append('\n'));
        }
        return script.toString();
    }

    /** The lines of a file beside this class that are neither empty nor a comment. */
    static List<String> lines(String file) {
        return text(file)
                .lines()
                .map(l -> l.replaceFirst("#.*", "").stripTrailing())
                .filter(l -> !l.isEmpty())
                .toList();
    }

    /** A file beside this class. */
    public static String text(String file) {
        try (InputStream in = Scenario.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
