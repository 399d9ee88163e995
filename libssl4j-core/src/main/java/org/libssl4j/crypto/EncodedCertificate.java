// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import org.libssl4j.fault.TlsException;

/** An X.509 certificate by its bytes (RFC 5280). Thread-safe. */
public interface EncodedCertificate {
    /** The DER; not to be changed. */
    byte[] der();

    /**
     * The subject's public key, read from subjectPublicKeyInfo alone, so that a certificate which the JDK refuses for another reason still gives it.
     *
     * @throws TlsException bad_certificate for bytes that are no certificate; unsupported_certificate for a kind of key that no provider has
     */
    PublicKey publicKey() throws TlsException;

    /** The kind of key by its OID, in the words of {@link org.libssl4j.iana.SignatureScheme#keyType()}: "RSA", "RSASSA-PSS", "EC", "Ed25519", "Ed448", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87"; "unknown" for others.
     *
     * @throws TlsException bad_certificate for bytes that are no certificate
     */
    String keyType() throws TlsException;

    /** The JDK's view of it, or null where its parser refuses it. */
    X509Certificate x509();
}
