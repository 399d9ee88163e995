// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.wire.WireWriter;

/** The body of one extension and its type (RFC 9846 §4.3 [8446 4.2]). */
public interface Extension {
    /** The number of the type. */
    int type();

    /** Writes the body, without type and length. */
    void write(WireWriter out);
}
