// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.manual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.libssl4j.MemoryPair;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Hkdf;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.keyschedule.TrafficSecret;
import org.libssl4j.message.NewSessionTicket13;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.record.Aead13;

/** A connected pair whose server's records are made by the test, with the keys that the key log tells: of any content, and as many in one go as it likes. The server itself must not write. */
final class ServerRecords {
    private static final int HANDSHAKE = 22;
    private static final int DATA = 23;

    final MemoryPair pair = MemoryPair.unbounded();
    private final Aead13 protection;

    ServerRecords() {
        List<String> keyLog = new ArrayList<>();
        pair.server.setKeylogCallback(keyLog::add);
        pair.connected();
        String line = keyLog.stream()
                .filter(l -> l.startsWith("SERVER_TRAFFIC_SECRET_0"))
                .findFirst()
                .orElseThrow();
        Crypto crypto = JcaCrypto.of(CryptoPolicy.DEFAULT);
        byte[] secret = HexFormat.of().parseHex(line.substring(line.lastIndexOf(' ') + 1));
        TrafficSecret traffic = new TrafficSecret(new Hkdf(crypto.hmac(HashAlgorithm.SHA384)), Secret.of(secret));
        AeadAlgorithm aead = AeadAlgorithm.AES_256_GCM;
        protection = Aead13.of(crypto, aead, traffic.key(aead), traffic.iv(aead));
    }

    /** The next record with application data. */
    byte[] data(byte... content) {
        return sealed(DATA, content);
    }

    /** The next record with a NewSessionTicket, which is no application data. */
    byte[] ticket() {
        return sealed(
                HANDSHAKE,
                new NewSessionTicket13(60, 0, new byte[] {1}, new byte[] {2}, ExtensionBlock.EMPTY)
                        .toMessage()
                        .raw());
    }

    /** Hands bytes to the client. */
    void send(byte[]... records) {
        for (byte[] r : records) {
            try {
                pair.toClient.write(r, 0, r.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private byte[] sealed(int type, byte[] content) {
        byte[] record = new byte[5 + content.length + 17];
        System.arraycopy(content, 0, record, 5, content.length);
        try {
            protection.seal(type, 0x0303, record, 0, content.length);
        } catch (TlsException e) {
            throw new IllegalStateException(e);
        }
        return record;
    }
}
