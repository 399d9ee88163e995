// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.timing;

/** One thing to be timed, with all done that need not be. Runs once. */
interface Trial {
    /**
     * Does it.
     *
     * @return what it took, in nanoseconds
     */
    long run() throws Exception;
}
