// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.libssl4j.config.CipherList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ServerHello;

/** Which cipher suite is used (RFC 9846 §4.2.1 [8446 4.1.1]). */
public final class SuiteChoice {
    private SuiteChoice() {}

    /** A server's choice, by the client's order or by ours. */
    public static CipherSuite forServer(ClientHello hello, HandshakeConfig config) throws TlsException {
        List<CipherSuite> shared = candidates(hello, config);
        if (shared.isEmpty()) {
            throw new TlsException(
                    AlertDescription.HANDSHAKE_FAILURE,
                    Reason.NO_SHARED_CIPHER,
                    "a ClientHello with " + hello.cipherSuites().length + " cipher suites, none of " + ours(config));
        }
        return shared.get(0);
    }

    // RFC 9846 §4.3.11 [8446 4.2.11]: a pre-shared key goes with suites of its hash.
    /** A server's choice where a pre-shared key decides the hash: the best of those with it; null if there is none. */
    public static CipherSuite forServer(ClientHello hello, HandshakeConfig config, HashAlgorithm hash) {
        return candidates(hello, config).stream()
                .filter(s -> s.hash() == hash)
                .findFirst()
                .orElse(null);
    }

    private static List<CipherSuite> candidates(ClientHello hello, HandshakeConfig config) {
        return shared(hello.cipherSuites(), ours(config), config.ciphers());
    }

    private static List<CipherSuite> ours(HandshakeConfig config) {
        return config.usableSuites().stream()
                .filter(s -> s.fits(ProtocolVersion.TLS1_3))
                .toList();
    }

    /**
     * Those that both have, by the order that counts.
     *
     * @param offered all that the client named, of whatever version
     * @param ours those of the version that is spoken
     */
    static List<CipherSuite> shared(int[] offered, List<CipherSuite> ours, CipherList order) {
        if (!order.serverPreference()) {
            return known(offered).filter(ours::contains).distinct().toList();
        }
        Stream<CipherSuite> byOurs = ours.stream();
        // RFC 9846 has nothing on it: a client that begins with ChaCha20-Poly1305 has no AES in hardware. What we do
        // not know, such as GREASE, is no beginning, as with OpenSSL.
        if (order.chachaLikeTheClient()
                && known(offered).findFirst().filter(SuiteChoice::chacha).isPresent()) {
            byOurs = Stream.concat(
                    ours.stream().filter(SuiteChoice::chacha), ours.stream().filter(s -> !chacha(s)));
        }
        return byOurs.filter(s -> CodePoints.contain(offered, s.code())).toList();
    }

    private static Stream<CipherSuite> known(int[] codes) {
        return Arrays.stream(codes).mapToObj(CipherSuite::of).filter(Objects::nonNull);
    }

    private static boolean chacha(CipherSuite s) {
        return s.aead() == AeadAlgorithm.CHACHA20_POLY1305;
    }

    /** What the server has chosen, if it was offered. */
    public static CipherSuite forClient(ServerHello hello, ClientOffer offer) throws TlsException {
        CipherSuite s = CipherSuite.of(hello.cipherSuite());
        // RFC 9846 §4.2.3 [8446 4.1.3]: a suite that was not offered is an illegal_parameter.
        if (s == null
                || !s.fits(ProtocolVersion.TLS1_3)
                || !CodePoints.contain(offer.hello().cipherSuites(), s.code())) {
            throw illegal(String.format("cipher suite 0x%04x was not offered", hello.cipherSuite()));
        }
        // RFC 9846 §4.2.4 [8446 4.1.4]: the suite of a HelloRetryRequest stays.
        if (offer.retried() && s.code() != offer.retriedSuite()) {
            throw illegal(s + "; the HelloRetryRequest had " + CipherSuite.of(offer.retriedSuite()));
        }
        return s;
    }

    /** What a server of TLS 1.2 or before has chosen, if it was offered and is of that version. */
    public static CipherSuite forClient12(ServerHello hello, ClientOffer offer, ProtocolVersion version)
            throws TlsException {
        CipherSuite s = CipherSuite.of(hello.cipherSuite());
        // RFC 5246 §7.4.1.3: one out of the list; §A.5, RFC 9846 §B.4: newer suites are not for older versions.
        if (s == null || !CodePoints.contain(offer.hello().cipherSuites(), s.code())) {
            throw illegal(String.format("cipher suite 0x%04x was not offered", hello.cipherSuite()));
        }
        if (!s.fits(version)) {
            throw illegal("cipher suite " + s + " is none of " + version.text());
        }
        return s;
    }

    private static TlsException illegal(String detail) {
        return new TlsException(AlertDescription.ILLEGAL_PARAMETER, Reason.WRONG_CIPHER_RETURNED, detail);
    }
}
