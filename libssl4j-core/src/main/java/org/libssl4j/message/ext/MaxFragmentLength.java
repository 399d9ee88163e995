// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * The length of records that the client would like (RFC 6066 §4).
 *
 * @param code 1 to 4, for 512 to 4096 bytes
 */
public record MaxFragmentLength(int code) implements Extension {
    /** Reads the body. */
    public static MaxFragmentLength read(WireReader in) throws DecodeException, TlsException {
        int code = in.u8();
        // RFC 6066 §4: any other value is an illegal_parameter.
        if (code < 1 || code > 4) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.SSL3_EXT_INVALID_MAX_FRAGMENT_LENGTH,
                    "max_fragment_length: " + code + "; 1 to 4 allowed");
        }
        return new MaxFragmentLength(code);
    }

    /** The length in bytes. */
    public int bytes() {
        return 256 << code;
    }

    @Override
    public int type() {
        return ExtensionType.MAX_FRAGMENT_LENGTH.code();
    }

    @Override
    public void write(WireWriter out) {
        out.u8(code);
    }
}
