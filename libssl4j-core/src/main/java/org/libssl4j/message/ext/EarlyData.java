// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** The client sends early data, or the server takes it; the form in both hellos is empty (RFC 9846 §4.3.10 [8446 4.2.10]). */
public record EarlyData() implements Extension {
    /** Reads the body, of which there is none; the block refuses one. */
    public static EarlyData read(WireReader in) {
        return new EarlyData();
    }

    @Override
    public int type() {
        return ExtensionType.EARLY_DATA.code();
    }

    @Override
    public void write(WireWriter out) {}

    /** The form in a ticket: how many bytes of early data may come with it. */
    public record MaxSize(long bytes) implements Extension {
        /** Reads the body. */
        public static MaxSize read(WireReader in) throws DecodeException {
            return new MaxSize(in.u32());
        }

        @Override
        public int type() {
            return ExtensionType.EARLY_DATA.code();
        }

        @Override
        public void write(WireWriter out) {
            out.u32(bytes);
        }
    }
}
