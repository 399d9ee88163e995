// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.SignatureScheme;

/** An X.509 certificate by its bytes (RFC 5280). Thread-safe. */
public interface EncodedCertificate {
    /** The DER; not to be changed. */
    byte[] der();

    /**
     * The subject's public key, read from subjectPublicKeyInfo alone, so that a certificate which the JDK refuses for another reason still gives it.
     *
     * @throws TlsException decode_error for bytes that are no certificate; unsupported_certificate for a kind of key that no provider has
     */
    PublicKey publicKey() throws TlsException;

    /** The kind of key by its OID, in the words of {@link org.libssl4j.iana.SignatureScheme#keyType()}: "RSA", "RSASSA-PSS", "EC", "Ed25519", "Ed448", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87"; "unknown" for others.
     *
     * @throws TlsException decode_error for bytes that are no certificate
     */
    String keyType() throws TlsException;

    /**
     * The kind of key with what binds it to signature schemes of TLS 1.3: for "EC" the curve behind a colon, such as "EC:secp256r1"; for others {@link #keyType()}.
     *
     * @throws TlsException decode_error for bytes that are no certificate
     */
    String keyKind() throws TlsException;

    /**
     * Whether the key may make signatures (RFC 5280 §4.2.1.3): there is no keyUsage, or it has the bit digitalSignature.
     *
     * @throws TlsException decode_error for bytes that are no certificate
     */
    boolean maySign() throws TlsException;

    /**
     * Whether the key may take in a premaster secret (RFC 5280 §4.2.1.3, RFC 5246 §7.4.2): there is no keyUsage, or it has the bit keyEncipherment.
     *
     * @throws TlsException decode_error for bytes that are no certificate
     */
    boolean mayEncipher() throws TlsException;

    /**
     * How the certificate itself is signed; an RSASSA-PSS signature counts as rsa_pss_rsae_*, an ECDSA one as that of the curve usual with its hash, since it does not say which key made it.
     *
     * @return null for a way that has no number in TLS
     * @throws TlsException decode_error for bytes that are no certificate
     */
    SignatureScheme signedBy() throws TlsException;

    /**
     * Whether subject and issuer are the same.
     *
     * @throws TlsException decode_error for bytes that are no certificate
     */
    boolean selfIssued() throws TlsException;

    /** The JDK's view of it, or null where its parser refuses it. */
    X509Certificate x509();
}
