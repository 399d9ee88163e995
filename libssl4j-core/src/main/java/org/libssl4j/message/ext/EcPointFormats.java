// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/** The forms of points on a curve that the sender can read, in TLS 1.2 (RFC 8422 §5.1.2). */
public record EcPointFormats(byte[] formats) implements Extension {
    /** Both coordinates; all that there is since RFC 8422. */
    public static final byte UNCOMPRESSED = 0;

    /** Reads the body. */
    public static EcPointFormats read(WireReader in) throws DecodeException {
        return new EcPointFormats(in.opaque8(1, 0xff, "ec_point_format_list"));
    }

    @Override
    public int type() {
        return ExtensionType.EC_POINT_FORMATS.code();
    }

    @Override
    public void write(WireWriter out) {
        out.opaque8(formats);
    }
}
