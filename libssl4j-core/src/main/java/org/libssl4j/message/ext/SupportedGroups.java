// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** The groups for the key exchange, the preferred first (RFC 9846 §4.3.7 [8446 4.2.7]). */
public record SupportedGroups(int[] groups) implements Extension {
    /** Reads the body. */
    public static SupportedGroups read(WireReader in) throws DecodeException {
        return new SupportedGroups(in.vector16().u16List(1, "named_group_list"));
    }

    @Override
    public int type() {
        return ExtensionType.SUPPORTED_GROUPS.code();
    }

    @Override
    public void write(WireWriter out) {
        int mark = out.beginU16();
        out.u16List(groups);
        out.endU16(mark);
    }
}
