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
    /** All of the list, in its order. */
    public static List<Scenario> all() {
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
        return List.copyOf(all);
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
