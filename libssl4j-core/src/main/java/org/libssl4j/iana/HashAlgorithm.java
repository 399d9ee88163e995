// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.iana;

/** Hash functions that cipher suites and signature schemes name. */
public enum HashAlgorithm {
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

    /** The standard name of the digest in the Java Cryptography Architecture. */
    public String jcaName() {
        return jcaName;
    }

    /** The standard name of the HMAC over this hash. */
    public String hmacName() {
        return hmacName;
    }

    /** Output length in bytes. */
    public int length() {
        return length;
    }
}
