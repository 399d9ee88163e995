// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

/** Who makes an implementation of primitives: the columns of the ranked table. */
enum Maker {
    /** Amazon Corretto Crypto Provider: AWS-LC through JNI. */
    ACCP("AmazonCorrettoCryptoProvider", "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider"),
    /** Conscrypt: BoringSSL through JNI. */
    CONSCRYPT("Conscrypt", "org.conscrypt.OpenSSLProvider"),
    /** A {@link org.libssl4j.crypto.CryptoSource} of this name; never Bouncy Castle's JCA provider, which takes 0.4 s to make. */
    BOUNCY_CASTLE("BouncyCastle", null),
    /** The providers that the JDK itself ships. */
    JDK("JDK", null),
    /** Any other provider that the user has put into the JVM's list. */
    INSTALLED("installed", null);

    private final String label;
    private final String providerClass;

    Maker(String label, String providerClass) {
        this.label = label;
        this.providerClass = providerClass;
    }

    /** The name of its provider or source. */
    String label() {
        return label;
    }

    /** The class of its provider, or null where there is none to be loaded. */
    String providerClass() {
        return providerClass;
    }
}
