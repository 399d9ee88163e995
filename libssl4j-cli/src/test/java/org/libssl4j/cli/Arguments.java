// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.util.ArrayList;
import java.util.List;

/** The words of a command line, put together. */
final class Arguments {
    private final List<String> words;

    private Arguments(List<String> words) {
        this.words = words;
    }

    static Arguments of(String... words) {
        return new Arguments(List.of(words));
    }

    /** All of them, with others before. */
    String[] before(String... first) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(words);
        return all.toArray(new String[0]);
    }
}
