// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** How the client would use a pre-shared key (RFC 9846 §4.3.9 [8446 4.2.9]). */
public record PskKeyExchangeModes(int[] modes) implements Extension {
    /** Reads the body. */
    public static PskKeyExchangeModes read(WireReader in) throws DecodeException {
        byte[] list = in.opaque8(1, 0xff, "ke_modes");
        int[] modes = new int[list.length];
        for (int i = 0; i < modes.length; i++) {
            modes[i] = list[i] & 0xff;
        }
        return new PskKeyExchangeModes(modes);
    }

    @Override
    public int type() {
        return ExtensionType.PSK_KEY_EXCHANGE_MODES.code();
    }

    @Override
    public void write(WireWriter out) {
        int list = out.beginU8();
        for (int mode : modes) {
            out.u8(mode);
        }
        out.endU8(list);
    }
}
