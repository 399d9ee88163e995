// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * The client's half of the key exchange, in TLS 1.2 and before (RFC 5246 §7.4.7, RFC 8422 §5.7, RFC 4279 §2–3, RFC 5489 §2).
 *
 * @param keyExchange how its body is to be read and written
 * @param pskIdentity which key the client has; null where the key exchange has none
 * @param exchange the public value, or the encrypted premaster secret; null where a pre-shared key is all
 */
public record ClientKeyExchange(KeyExchangeAlgorithm keyExchange, byte[] pskIdentity, byte[] exchange) {

    /** Reads the body as this key exchange has it. */
    public static HandshakeMessage.Codec<ClientKeyExchange> codec(KeyExchangeAlgorithm kx) {
        return in -> read(in, kx);
    }

    private static ClientKeyExchange read(WireReader in, KeyExchangeAlgorithm kx) throws DecodeException, TlsException {
        byte[] identity = kx.preShared() ? in.opaque16(0, 0xffff, "psk_identity") : null;
        byte[] exchange = null;
        if (kx.ecdhe()) {
            exchange = in.opaque8(1, 0xff, "ecdh_Yc");
        } else if (kx.dhe()) {
            exchange = in.opaque16(1, 0xffff, "dh_Yc");
        } else if (kx == KeyExchangeAlgorithm.RSA) {
            exchange =
                    in.opaque16(0, 0xffff, "encrypted_pre_master_secret"); // a wrong length is no fault that may show
        }
        return new ClientKeyExchange(kx, identity, exchange);
    }

    /** The message with its header. */
    public HandshakeMessage toMessage() {
        return HandshakeMessage.of(HandshakeType.CLIENT_KEY_EXCHANGE, this::write);
    }

    private void write(WireWriter out) {
        if (pskIdentity != null) {
            out.opaque16(pskIdentity);
        }
        if (exchange != null && keyExchange.ecdhe()) {
            out.opaque8(exchange);
        } else if (exchange != null) {
            out.opaque16(exchange);
        }
    }
}
