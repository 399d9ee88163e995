// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

/** The test wants something that library or shim does not have: exit code 89, and the runner counts the test as not run. */
final class Unimplemented extends Exception {
    private static final long serialVersionUID = 1;

    Unimplemented(String what) {
        super(what);
    }
}
