// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

/**
 * OpenSSL's libssl as a pure-Java TLS library.
 *
 * <p>{@code org.libssl4j}, {@code org.libssl4j.bio} and {@code org.libssl4j.spi} are the public face; all other packages are open to the project's own modules alone.
 */
@SuppressWarnings("module") // the modules that see the inner packages are built after this one
module org.libssl4j {
    exports org.libssl4j;
    exports org.libssl4j.bio;
    exports org.libssl4j.fault;
    exports org.libssl4j.iana;
    exports org.libssl4j.spi;
    exports org.libssl4j.crypto to
            org.libssl4j.bouncycastle,
            org.libssl4j.cli,
            org.libssl4j.testkit;
    exports org.libssl4j.wire to
            org.libssl4j.testkit;
    exports org.libssl4j.config to
            org.libssl4j.testkit;
    exports org.libssl4j.message to
            org.libssl4j.testkit;
    exports org.libssl4j.message.ext to
            org.libssl4j.testkit;
    exports org.libssl4j.keyschedule to
            org.libssl4j.testkit;
    exports org.libssl4j.handshake to
            org.libssl4j.testkit;
    exports org.libssl4j.crypto.jca to
            org.libssl4j.cli,
            org.libssl4j.testkit;
    exports org.libssl4j.crypto.pem to
            org.libssl4j.cli,
            org.libssl4j.testkit;
    exports org.libssl4j.flow12 to
            org.libssl4j.testkit;
    exports org.libssl4j.flow13 to
            org.libssl4j.testkit;
    exports org.libssl4j.flow to
            org.libssl4j.testkit;
    exports org.libssl4j.session to
            org.libssl4j.testkit;
    exports org.libssl4j.verify to
            org.libssl4j.testkit;
    exports org.libssl4j.negotiate to
            org.libssl4j.testkit;
    exports org.libssl4j.connection to
            org.libssl4j.testkit;
    exports org.libssl4j.carrier.tls to
            org.libssl4j.testkit;
    exports org.libssl4j.record to
            org.libssl4j.testkit;
    exports org.libssl4j.trace to
            org.libssl4j.cli,
            org.libssl4j.testkit;

    uses org.libssl4j.crypto.CryptoSource;
}
