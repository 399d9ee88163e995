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
 * The largest record that the sender takes (RFC 8449 §4).
 *
 * @param limit bytes of plaintext; in TLS 1.3 with the content type
 */
public record RecordSizeLimit(int limit) implements Extension {
    private static final int LEAST = 64;

    /** Reads the body. */
    public static RecordSizeLimit read(WireReader in) throws DecodeException, TlsException {
        int limit = in.u16();
        // RFC 8449 §4: below 64 is an illegal_parameter; above what the version allows is not.
        if (limit < LEAST) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.BAD_EXTENSION,
                    "record_size_limit: " + limit + "; at least " + LEAST + " allowed");
        }
        return new RecordSizeLimit(limit);
    }

    @Override
    public int type() {
        return ExtensionType.RECORD_SIZE_LIMIT.code();
    }

    @Override
    public void write(WireWriter out) {
        out.u16(limit);
    }
}
