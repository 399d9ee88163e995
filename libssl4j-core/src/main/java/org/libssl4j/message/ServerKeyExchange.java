// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * The server's half of the key exchange, in TLS 1.2 and before (RFC 5246 §7.4.3, RFC 8422 §5.4, RFC 4279 §2–3, RFC 5489 §2).
 *
 * @param pskHint helps a client to choose its identity; null where the key exchange has no hint
 * @param group the named group; 0 where the exchange is none over a curve
 * @param prime of the finite field; null where it is none over one
 * @param generator of the finite field
 * @param share the server's public value; null where there is none
 * @param params the bytes of group or field and share, as a signature covers them; empty without a share
 * @param scheme how it is signed, by number; 0 for a version that does not say, or without a signature
 * @param signature null for a key exchange without one
 */
public record ServerKeyExchange(
        byte[] pskHint,
        int group,
        byte[] prime,
        byte[] generator,
        byte[] share,
        byte[] params,
        int scheme,
        byte[] signature) {
    private static final int NAMED_CURVE = 3;

    /** A share of a named group, not yet signed. */
    public static ServerKeyExchange ofGroup(byte[] pskHint, int group, byte[] share) {
        WireWriter w = new WireWriter(4 + share.length);
        w.u8(NAMED_CURVE).u16(group).opaque8(share);
        return new ServerKeyExchange(pskHint, group, null, null, share, w.toByteArray(), 0, null);
    }

    /** A share of a finite field, not yet signed. */
    public static ServerKeyExchange ofField(byte[] pskHint, byte[] prime, byte[] generator, byte[] share) {
        WireWriter w = new WireWriter(6 + prime.length + generator.length + share.length);
        w.opaque16(prime).opaque16(generator).opaque16(share);
        return new ServerKeyExchange(pskHint, 0, prime, generator, share, w.toByteArray(), 0, null);
    }

    /** Nothing but a hint. */
    public static ServerKeyExchange ofHint(byte[] pskHint) {
        return new ServerKeyExchange(pskHint, 0, null, null, null, new byte[0], 0, null);
    }

    /** The same, signed. */
    public ServerKeyExchange signed(int by, byte[] with) {
        return new ServerKeyExchange(pskHint, group, prime, generator, share, params, by, with);
    }

    /** Reads the body as this key exchange of this version has it; only for key exchanges whose server may send one. */
    public static HandshakeMessage.Codec<ServerKeyExchange> codec(KeyExchangeAlgorithm kx, ProtocolVersion version) {
        return in -> read(in, kx, version);
    }

    private static ServerKeyExchange read(WireReader in, KeyExchangeAlgorithm kx, ProtocolVersion version)
            throws DecodeException, TlsException {
        byte[] hint = kx.preShared() ? in.opaque16(0, 0xffff, "psk_identity_hint") : null;
        ServerKeyExchange unsigned = kx.ecdhe() ? group(in, hint) : kx.dhe() ? field(in, hint) : ofHint(hint);
        if (!kx.signed()) {
            return unsigned;
        }
        int scheme = version.compareTo(ProtocolVersion.TLS1_2) < 0 ? 0 : in.u16();
        return unsigned.signed(scheme, in.opaque16(0, 0xffff, "signature"));
    }

    private static ServerKeyExchange group(WireReader in, byte[] hint) throws DecodeException, TlsException {
        int type = in.u8();
        // RFC 8422 §5.4: curves go by name; explicit ones are gone.
        if (type != NAMED_CURVE) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.WRONG_CURVE,
                    "a curve of type " + type + "; " + NAMED_CURVE + " (named) is allowed");
        }
        int group = in.u16();
        return ofGroup(hint, group, in.opaque8(1, 0xff, "public"));
    }

    private static ServerKeyExchange field(WireReader in, byte[] hint) throws DecodeException {
        byte[] p = in.opaque16(1, 0xffff, "dh_p");
        byte[] g = in.opaque16(1, 0xffff, "dh_g");
        return ofField(hint, p, g, in.opaque16(1, 0xffff, "dh_Ys"));
    }

    /** The message with its header. */
    public HandshakeMessage toMessage(ProtocolVersion version) {
        return HandshakeMessage.of(HandshakeType.SERVER_KEY_EXCHANGE, out -> write(out, version));
    }

    private void write(WireWriter out, ProtocolVersion version) {
        if (pskHint != null) {
            out.opaque16(pskHint);
        }
        out.bytes(params);
        if (signature != null) {
            if (version.compareTo(ProtocolVersion.TLS1_2) >= 0) {
                out.u16(scheme);
            }
            out.opaque16(signature);
        }
    }
}
