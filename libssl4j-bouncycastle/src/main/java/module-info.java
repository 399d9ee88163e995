// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/** Bouncy Castle's primitives for libssl4j, found as a service. */
module org.libssl4j.bouncycastle {
    requires org.libssl4j;
    requires org.bouncycastle.provider;

    provides org.libssl4j.crypto.CryptoSource with
            org.libssl4j.bouncycastle.BouncyCastleSource;
}
