// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Puts into effect what an option was given, and names the option where that cannot be. */
final class OptionValue {
    private OptionValue() {}

    /** Sets what was given, and says which option it was if it cannot be had. */
    static void given(String option, String value, Consumer<String> setting) throws Failure {
        if (value == null) {
            return;
        }
        try {
            setting.accept(value);
        } catch (IllegalArgumentException e) {
            throw new Failure(option + " " + value + ": " + Failure.text(e), e);
        }
    }

    /** What takes a number. */
    interface Number {
        void accept(int value);
    }

    static void number(String option, String value, Number setting) throws Failure {
        given(option, value, v -> setting.accept(bytes(v)));
    }

    static int bytes(String text) {
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a number of bytes is wanted", e);
        }
    }

    /** Refuses a word that is none of these, in upper or lower case. */
    static void oneOf(String option, String value, String... allowed) throws Failure {
        if (value != null && List.of(allowed).stream().noneMatch(value::equalsIgnoreCase)) {
            throw new Failure(option + " " + value + ": one of " + String.join(", ", allowed) + " is wanted");
        }
    }

    /** Tells a file that cannot be read from one with nonsense in it. */
    static void readable(String option, Path file) throws Failure {
        try {
            Files.newInputStream(file).close();
        } catch (NoSuchFileException e) {
            throw new Failure(option + " " + file + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new Failure(option + " " + file + ": permission denied", e);
        } catch (IOException e) {
            throw new Failure(option + " " + file + ": " + Failure.text(e), e);
        }
    }
}
