// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import java.security.MessageDigest;
import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;

/**
 * The master secret of TLS 1.2 and before, and all that comes from it (RFC 5246 §8.1).
 *
 * <pre>
 *   premaster secret
 *      |
 *      +──► "master secret", client random + server random                (RFC 5246 §8.1)
 *      +──► "extended master secret", ClientHello…ClientKeyExchange       (RFC 7627 §4)
 *      |
 *      ▼
 *   master secret
 *      +──► "key expansion", server random + client random = {@link KeyBlock}
 *      +──► "client finished", ClientHello…               = {@link #verifyData}
 *      +──► "server finished", ClientHello…               = {@link #verifyData}
 *      +──► a label of the application's                  = {@link #exporter}
 * </pre>
 *
 * Not thread-safe.
 */
public final class MasterSecret implements AutoCloseable {
    /** Its length in bytes. */
    public static final int LENGTH = 48;

    /** Length of verify_data in bytes, which no suite of ours changes (RFC 5246 §7.4.9). */
    public static final int VERIFY_DATA = 12;

    private final Prf prf;
    private final Secret secret;

    private MasterSecret(Prf prf, Secret secret) {
        this.prf = prf;
        this.secret = secret;
    }

    /** The master secret without the extension; closes the premaster secret. */
    public static MasterSecret of(Prf prf, Secret premaster, byte[] clientRandom, byte[] serverRandom) {
        try (premaster) {
            return new MasterSecret(
                    prf, prf.expand(premaster, "master secret", joined(clientRandom, serverRandom), LENGTH));
        }
    }

    /**
     * The extended master secret, which is bound to the handshake; closes the premaster secret.
     *
     * @param sessionHash the transcript's hash up to the ClientKeyExchange
     */
    public static MasterSecret extended(Prf prf, Secret premaster, byte[] sessionHash) {
        try (premaster) {
            return new MasterSecret(prf, prf.expand(premaster, "extended master secret", sessionHash, LENGTH));
        }
    }

    /** The master secret of an earlier handshake; {@code master} is copied and stays the caller's. */
    public static MasterSecret resumed(Prf prf, Secret master) {
        return new MasterSecret(prf, Secret.of(master.getEncoded()));
    }

    /** The secret itself, for the session and the key log; it stays ours to close. */
    public Secret secret() {
        return secret;
    }

    /**
     * The content of a Finished (RFC 5246 §7.4.9).
     *
     * @param client whose Finished it is
     * @param handshakeHash the transcript's hash up to it
     */
    public byte[] verifyData(boolean client, byte[] handshakeHash) {
        try (Secret s =
                prf.expand(secret, client ? "client finished" : "server finished", handshakeHash, VERIFY_DATA)) {
            return s.getEncoded();
        }
    }

    /** Whether {@code verifyData} is right, in a time that does not tell where it is wrong. */
    public boolean matches(boolean client, byte[] handshakeHash, byte[] verifyData) {
        return MessageDigest.isEqual(verifyData(client, handshakeHash), verifyData);
    }

    /** The keys of the records; the caller closes them. */
    public KeyBlock keyBlock(
            CipherSuite suite,
            ProtocolVersion version,
            boolean encryptThenMac,
            byte[] clientRandom,
            byte[] serverRandom) {
        return KeyBlock.of(prf, secret, suite, version, encryptThenMac, joined(serverRandom, clientRandom));
    }

    /** Makes keying material for applications until this is closed. */
    public Exporter exporter(byte[] clientRandom, byte[] serverRandom) {
        return new Exporter12(prf, secret, joined(clientRandom, serverRandom));
    }

    @Override
    public void close() {
        secret.close();
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = new byte[a.length + b.length];
        System.arraycopy(a, 0, both, 0, a.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
