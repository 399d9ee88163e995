// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import java.util.Arrays;
import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;

/**
 * The keys of both sides, cut out of one block (RFC 5246 §6.3).
 *
 * <pre>
 *   PRF(master secret, "key expansion", server random + client random) =
 *      client MAC key | server MAC key | client key | server key | client IV | server IV
 * </pre>
 *
 * Each half is the one who writes by it. Not thread-safe.
 */
public final class KeyBlock implements AutoCloseable {
    private final Half client;
    private final Half server;

    private KeyBlock(Half client, Half server) {
        this.client = client;
        this.server = server;
    }

    /** Cuts it; takes the PRF's output from the secret that {@code master} is. */
    static KeyBlock of(
            Prf prf, Secret master, CipherSuite suite, ProtocolVersion version, boolean encryptThenMac, byte[] seed) {
        int mac = suite.mac() == null ? 0 : suite.mac().length();
        int key = suite.aead() == null ? suite.cbc().keyLength() : suite.aead().keyLength();
        int iv = ivLength(suite, version);
        byte[] block = new byte[2 * (mac + key + iv)];
        try (Secret s = prf.expand(master, "key expansion", seed, block.length)) {
            s.copyTo(block, 0);
            int keys = 2 * mac;
            int ivs = keys + 2 * key;
            return new KeyBlock(
                    new Half(
                            version, encryptThenMac, part(block, 0, mac), part(block, keys, key), part(block, ivs, iv)),
                    new Half(
                            version,
                            encryptThenMac,
                            part(block, mac, mac),
                            part(block, keys + key, key),
                            part(block, ivs + iv, iv)));
        } finally {
            Arrays.fill(block, (byte) 0);
        }
    }

    /** What the client writes by. */
    public Half client() {
        return client;
    }

    /** What the server writes by. */
    public Half server() {
        return server;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    // RFC 5288 §3, RFC 6655 §3: of the nonces of GCM and CCM the first 4 bytes are implicit; RFC 7905 §2: of ChaCha20's
    // all 12. RFC 4346 §6.2.3.2: from TLS 1.1 on each record of CBC carries its IV.
    private static int ivLength(CipherSuite suite, ProtocolVersion version) {
        if (suite.aead() == null) {
            return version == ProtocolVersion.TLS1_0 ? suite.cbc().blockLength() : 0;
        }
        return switch (suite.aead()) {
            case CHACHA20_POLY1305 -> 12;
            case AES_128_GCM, AES_256_GCM, AES_128_CCM, AES_256_CCM, AES_128_CCM_8, AES_256_CCM_8 -> 4;
        };
    }

    private static Secret part(byte[] block, int off, int length) {
        return length == 0 ? null : Secret.copyOf(block, off, length);
    }

    /** The keys of one direction. Not thread-safe. */
    public static final class Half implements Keys {
        private final ProtocolVersion version;
        private final boolean encryptThenMac;
        private final Secret macKey;
        private final Secret key;
        private final Secret iv;

        /** Takes the secrets over. */
        public Half(ProtocolVersion version, boolean encryptThenMac, Secret macKey, Secret key, Secret iv) {
            this.version = version;
            this.encryptThenMac = encryptThenMac;
            this.macKey = macKey;
            this.key = key;
            this.iv = iv;
        }

        /** The version whose records these keys protect. */
        public ProtocolVersion version() {
            return version;
        }

        /** Whether records are encrypted before they are authenticated (RFC 7366); says nothing where the cipher does both. */
        public boolean encryptThenMac() {
            return encryptThenMac;
        }

        /** The key of the HMAC over records; null where the cipher authenticates. */
        public Secret macKey() {
            return macKey;
        }

        /** The cipher's key. */
        public Secret key() {
            return key;
        }

        /** The first 4 bytes of the nonces of GCM and CCM, all 12 that those of ChaCha20 come from, the first IV of CBC in TLS 1.0; null for CBC from TLS 1.1 on. */
        public Secret iv() {
            return iv;
        }

        @Override
        public void close() {
            key.close();
            if (macKey != null) {
                macKey.close();
            }
            if (iv != null) {
                iv.close();
            }
        }
    }
}
