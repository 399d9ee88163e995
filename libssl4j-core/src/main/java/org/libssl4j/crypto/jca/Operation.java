// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

/** What is ranked: the rows of the table in {@code docs/crypto-providers.md}. */
enum Operation {
    DIGEST,
    HMAC,
    AES_GCM,
    CHACHA20_POLY1305,
    AES_CCM,
    AES_CBC,
    X25519,
    X448,
    ECDH,
    FFDHE,
    ML_KEM,
    ECDSA_SIGN,
    ECDSA_VERIFY,
    RSA_SIGN,
    RSA_VERIFY,
    RSA_DECRYPT,
    EDDSA_SIGN,
    EDDSA_VERIFY,
    ML_DSA
}
