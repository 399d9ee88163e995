// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

/** The connection did not go as the flags say, or failed; the message goes to the standard error stream, where the runner seeks what it expects. */
final class ShimFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    /** A failure that a test may expect. */
    ShimFailure(String message) {
        this(ExitCode.FAILED, message);
    }

    ShimFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
