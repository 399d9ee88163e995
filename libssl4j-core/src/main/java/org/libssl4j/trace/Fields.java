// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.trace;

import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;

/** Shows the fields of one structure. Where the bytes do not fit, it throws, and {@link #show} puts all of them below what was shown so far. */
@FunctionalInterface
interface Fields {
    void read(WireReader r, TraceText t) throws DecodeException;

    /** Shows {@code bytes} as these fields; as a dump with the reason if they are none. */
    static void show(TraceText t, int indent, byte[] bytes, Fields fields) {
        WireReader r = new WireReader(bytes);
        try {
            fields.read(r, t);
            r.end("structure");
        } catch (DecodeException e) {
            t.line(indent, "malformed: " + e.getMessage());
            t.dump(indent, bytes);
        }
    }
}
