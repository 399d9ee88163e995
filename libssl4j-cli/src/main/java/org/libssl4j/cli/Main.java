// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

/** The program {@code libssl4j}. */
public final class Main {
    private Main() {}

    /**
     * Runs one command.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        System.err.println("libssl4j: no commands yet");
        System.exit(2);
    }
}
