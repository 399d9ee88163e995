// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.iana;

/** How a cipher suite of TLS 1.2 and before makes its premaster secret, and who signs for it (RFC 5246 §7.4.3, RFC 8422 §2, RFC 4279 §1, RFC 5489 §1). */
public enum KeyExchangeAlgorithm {
    /** TLS 1.3: a suite says nothing of it. */
    ANY("any", "any", null),
    ECDHE_ECDSA("ECDH", "ECDSA", "EC"),
    ECDHE_RSA("ECDH", "RSA", "RSA"),
    DHE_RSA("DH", "RSA", "RSA"),
    /** The client encrypts the premaster secret for the server's key; without forward secrecy. */
    RSA("RSA", "RSA", "RSA"),
    PSK("PSK", "PSK", null),
    DHE_PSK("DHEPSK", "PSK", null),
    ECDHE_PSK("ECDHEPSK", "PSK", null);

    private final String opensslKeyExchange;
    private final String opensslAuthentication;
    private final String certificateKey;

    KeyExchangeAlgorithm(String opensslKeyExchange, String opensslAuthentication, String certificateKey) {
        this.opensslKeyExchange = opensslKeyExchange;
        this.opensslAuthentication = opensslAuthentication;
        this.certificateKey = certificateKey;
    }

    /** What {@code openssl ciphers -v} prints behind Kx=. */
    public String opensslKeyExchange() {
        return opensslKeyExchange;
    }

    /** What {@code openssl ciphers -v} prints behind Au=. */
    public String opensslAuthentication() {
        return opensslAuthentication;
    }

    /** The kind of key that the server's certificate has: "EC" (which stands for Ed25519 and Ed448 too, RFC 8422 §5.10) or "RSA"; null where a server shows no certificate, or TLS 1.3 leaves it open. */
    public String certificateKey() {
        return certificateKey;
    }

    /** Whether a server of TLS 1.2 shows a certificate. */
    public boolean certified() {
        return certificateKey != null;
    }

    /** Whether both sides have to know a pre-shared key. */
    public boolean preShared() {
        return this == PSK || this == DHE_PSK || this == ECDHE_PSK;
    }

    /** Whether it is Diffie-Hellman over an elliptic curve. */
    public boolean ecdhe() {
        return this == ECDHE_ECDSA || this == ECDHE_RSA || this == ECDHE_PSK;
    }

    /** Whether it is Diffie-Hellman over a finite field. */
    public boolean dhe() {
        return this == DHE_RSA || this == DHE_PSK;
    }

    /** Whether the server signs its key exchange (RFC 5246 §7.4.3). */
    public boolean signed() {
        return this == ECDHE_ECDSA || this == ECDHE_RSA || this == DHE_RSA;
    }
}
