// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import java.util.ArrayList;
import java.util.List;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * The server's wish for the client's certificate, in TLS 1.2 and before (RFC 5246 §7.4.4).
 *
 * @param types which kinds of certificate are taken, by the numbers of {@link #RSA_SIGN} and its like; unknown ones stay
 * @param schemes which signatures are taken, by number, the preferred first; null before TLS 1.2, which does not say
 * @param authorities names in DER; none for any
 */
public record CertificateRequest12(byte[] types, int[] schemes, List<byte[]> authorities) {
    /** A certificate with an RSA key that signs. */
    public static final byte RSA_SIGN = 1;
    /** A certificate with an ECDSA key, or one of EdDSA (RFC 8422 §5.5). */
    public static final byte ECDSA_SIGN = 64;

    public CertificateRequest12 {
        authorities = List.copyOf(authorities);
    }

    /** Reads the body as this version has it. */
    public static HandshakeMessage.Codec<CertificateRequest12> codec(ProtocolVersion version) {
        return in -> read(in, version);
    }

    private static CertificateRequest12 read(WireReader in, ProtocolVersion version)
            throws DecodeException, TlsException {
        byte[] types = in.opaque8(1, 0xff, "certificate_types");
        int[] schemes = version.compareTo(ProtocolVersion.TLS1_2) < 0
                ? null
                : in.vector16().u16List(1, "supported_signature_algorithms");
        WireReader names = in.vector16();
        List<byte[]> authorities = new ArrayList<>();
        while (names.hasMore()) {
            authorities.add(names.opaque16(1, 0xffff, "a name of certificate_authorities"));
        }
        return new CertificateRequest12(types, schemes, authorities);
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.CERTIFICATE_REQUEST, this::write);
    }

    private void write(WireWriter out) {
        out.opaque8(types);
        if (schemes != null) {
            int list = out.beginU16();
            out.u16List(schemes);
            out.endU16(list);
        }
        int names = out.beginU16();
        authorities.forEach(out::opaque16);
        out.endU16(names);
    }
}
