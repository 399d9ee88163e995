// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.testkit.delays;

import java.io.IOException;
import org.libssl4j.bio.Bio;
import org.libssl4j.handshake.Role;

/** What two ends are joined by. */
public interface Link extends AutoCloseable {
    /** What an end reads from. */
    Bio in(Role end);

    /** What an end writes to; may be the one that it reads from. */
    Bio out(Role end);

    /** Nothing more comes from this end: the other one meets the end of the stream. False if that has to be said again, since it is not done. */
    boolean end(Role from) throws IOException;

    /** Whether what one end writes can be read by the other one at once. */
    boolean direct();

    /** Whether calls may block, so that each end needs a thread of its own. */
    boolean blocks();

    @Override
    void close();

    /**
     * A kind of link.
     *
     * @param name by which a failure is told
     * @param slow whether its calls go to the operating system, or do much else
     * @param opener makes one
     */
    record Kind(String name, boolean slow, Opener opener) {
        /** Makes a new link. */
        public Link open() throws IOException {
            return opener.open();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Makes a link. */
    @FunctionalInterface
    interface Opener {
        Link open() throws IOException;
    }
}
