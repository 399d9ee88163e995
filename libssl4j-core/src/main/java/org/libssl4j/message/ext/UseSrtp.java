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
 * The protection profiles for SRTP: the client's list, the server's choice (RFC 5764 §4.1.1).
 *
 * @param mki the master key identifier, or empty
 */
public record UseSrtp(int[] profiles, byte[] mki) implements Extension {
    /** Reads either form. */
    public static UseSrtp read(WireReader in) throws DecodeException {
        return new UseSrtp(in.vector16().u16List(1, "SRTPProtectionProfiles"), in.opaque8(0, 0xff, "srtp_mki"));
    }

    /** The server's choice. */
    public int single() throws TlsException {
        // RFC 5764 §4.1.1: a server answers with one profile.
        if (profiles.length != 1) {
            throw new TlsException(
                    AlertDescription.DECODE_ERROR,
                    Reason.BAD_SRTP_PROTECTION_PROFILE_LIST,
                    "use_srtp: an answer of " + profiles.length + " profiles; 1 allowed");
        }
        return profiles[0];
    }

    @Override
    public int type() {
        return ExtensionType.USE_SRTP.code();
    }

    @Override
    public void write(WireWriter out) {
        int list = out.beginU16();
        out.u16List(profiles);
        out.endU16(list);
        out.opaque8(mki);
    }
}
