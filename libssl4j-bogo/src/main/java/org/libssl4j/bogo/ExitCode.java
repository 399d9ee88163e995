// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

/** What the exit codes of a shim tell the runner. */
final class ExitCode {
    /** This side saw no error. */
    static final int PASSED = 0;

    /** The connection failed, as a test may expect. */
    static final int FAILED = 1;

    /** The test needs something that is not there: not run. */
    static final int UNIMPLEMENTED = 89;

    /** A failure that no test expects. */
    static final int MUST_FAIL = 90;

    private ExitCode() {}
}
