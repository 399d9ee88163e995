// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.libssl4j.config.CipherList;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ServerHello;

/** Which cipher suite is used (RFC 9846 §4.2.1 [8446 4.1.1]). */
public final class SuiteChoice {
    private SuiteChoice() {}

    /** A server's choice, by the client's order or by ours. */
    public static CipherSuite forServer(ClientHello hello, CipherList ours) throws TlsException {
        CipherSuite s = first(hello.cipherSuites(), ours.suites13(), ours);
        if (s == null) {
            throw new TlsException(
                    AlertDescription.HANDSHAKE_FAILURE,
                    Reason.NO_SHARED_CIPHER,
                    "a ClientHello with " + hello.cipherSuites().length + " cipher suites, none of " + ours.suites13());
        }
        return s;
    }

    /**
     * The first that both have, by the order that counts; null if there is none.
     *
     * @param offered all that the client named, of whatever version
     * @param ours those of the version that is spoken
     */
    private static CipherSuite first(int[] offered, List<CipherSuite> ours, CipherList order) {
        if (!order.serverPreference()) {
            return known(offered).filter(ours::contains).findFirst().orElse(null);
        }
        Stream<CipherSuite> byOurs = ours.stream();
        // RFC 9846 has nothing on it: a client that begins with ChaCha20-Poly1305 has no AES in hardware. What we do
        // not know, such as GREASE, is no beginning, as with OpenSSL.
        if (order.chachaLikeTheClient()
                && known(offered).findFirst().filter(SuiteChoice::chacha).isPresent()) {
            byOurs = Stream.concat(
                    ours.stream().filter(SuiteChoice::chacha), ours.stream().filter(s -> !chacha(s)));
        }
        return byOurs.filter(s -> CodePoints.contain(offered, s.code()))
                .findFirst()
                .orElse(null);
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
        if (s == null || !CodePoints.contain(offer.hello().cipherSuites(), s.code())) {
            throw illegal(String.format("cipher suite 0x%04x was not offered", hello.cipherSuite()));
        }
        // RFC 9846 §4.2.4 [8446 4.1.4]: the suite of a HelloRetryRequest stays.
        if (offer.retried() && s.code() != offer.retriedSuite()) {
            throw illegal(s + "; the HelloRetryRequest had " + CipherSuite.of(offer.retriedSuite()));
        }
        return s;
    }

    private static TlsException illegal(String detail) {
        return new TlsException(AlertDescription.ILLEGAL_PARAMETER, Reason.WRONG_CIPHER_RETURNED, detail);
    }
}
