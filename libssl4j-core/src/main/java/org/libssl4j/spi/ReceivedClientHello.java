// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.spi;

/**
 * A ClientHello as it came, before anything was made of it (RFC 9846 §4.2.2 [8446 4.1.2]; the functions SSL_client_hello_get0_* of SSL_CTX_set_client_hello_cb(3)). Its form alone was checked: what the values say may be anything. Arrays are copies.
 */
public interface ReceivedClientHello {
    /**
     * The version as TLS 1.2 named it (SSL_client_hello_get0_legacy_version(3)). What a client of TLS 1.3 can speak stands in supported_versions.
     *
     * @return 0x0303 from a client that keeps to the rules
     */
    int legacyVersion();

    /**
     * The client's random (SSL_client_hello_get0_random(3)).
     *
     * @return 32 bytes
     */
    byte[] random();

    /**
     * The session id (SSL_client_hello_get0_session_id(3)).
     *
     * @return 0 to 32 bytes
     */
    byte[] sessionId();

    /**
     * The cipher suites in the client's order (SSL_client_hello_get0_ciphers(3)).
     *
     * @return their numbers, known or not; at least one
     */
    int[] ciphers();

    /**
     * The compression methods (SSL_client_hello_get0_compression_methods(3)).
     *
     * @return their numbers; at least one
     */
    byte[] compressionMethods();

    /**
     * The extensions that the library knows, in the client's order (SSL_client_hello_get1_extensions_present(3)).
     *
     * @return the numbers of their types
     */
    int[] extensionsPresent();

    /**
     * All extensions, known or not, in the client's order (SSL_client_hello_get_extension_order(3)).
     *
     * @return the numbers of their types
     */
    int[] extensionOrder();

    /**
     * What an extension holds (SSL_client_hello_get0_ext(3)).
     *
     * @param type the number of its type, known or not
     * @return its body, without type and length; null if the ClientHello does not have it
     */
    byte[] ext(int type);
}
