// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.iana;

/** Hash functions that cipher suites, signature schemes and versions of TLS name. */
public enum HashAlgorithm {
    /** Half of {@link #MD5_SHA1}, and never used without the other half. */
    MD5("MD5", "HmacMD5", 16),
    /** MD5 and then SHA-1, one behind the other: the hash of transcripts and of RSA signatures before TLS 1.2 (RFC 2246 §7.4.3, §7.4.9). The architecture has no name for it, and there is no HMAC over it. */
    MD5_SHA1(null, null, 36),
    SHA1("SHA-1", "HmacSHA1", 20),
    SHA256("SHA-256", "HmacSHA256", 32),
    SHA384("SHA-384", "HmacSHA384", 48),
    SHA512("SHA-512", "HmacSHA512", 64);

    private final String jcaName;
    private final String hmacName;
    private final int length;

    HashAlgorithm(String jcaName, String hmacName, int length) {
        this.jcaName = jcaName;
        this.hmacName = hmacName;
        this.length = length;
    }

    /** The standard name of the digest in the Java Cryptography Architecture; null for {@link #MD5_SHA1}. */
    public String jcaName() {
        return jcaName;
    }

    /** The standard name of the HMAC over this hash; null for {@link #MD5_SHA1}. */
    public String hmacName() {
        return hmacName;
    }

    /** Output length in bytes. */
    public int length() {
        return length;
    }
}
