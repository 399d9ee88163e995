// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import java.util.ArrayList;
import java.util.List;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * The authorities whose certificates the sender would take (RFC 9846 §4.3.4 [8446 4.2.4]).
 *
 * @param authorities DER of their distinguished names
 */
public record CertificateAuthorities(List<byte[]> authorities) implements Extension {
    public CertificateAuthorities {
        authorities = List.copyOf(authorities);
    }

    /** Reads the body. */
    public static CertificateAuthorities read(WireReader in) throws DecodeException {
        WireReader list = in.vector16();
        List<byte[]> authorities = new ArrayList<>();
        do {
            authorities.add(list.opaque16(1, 0xffff, "DistinguishedName"));
        } while (list.hasMore());
        return new CertificateAuthorities(authorities);
    }

    @Override
    public int type() {
        return ExtensionType.CERTIFICATE_AUTHORITIES.code();
    }

    @Override
    public void write(WireWriter out) {
        int list = out.beginU16();
        for (byte[] name : authorities) {
            out.opaque16(name);
        }
        out.endU16(list);
    }
}
