// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.RawExtension;

/** Both forms of the comparison say the same: with the first ClientHello at hand, and with its digest. */
class SecondHelloTest {
    private static final Crypto CRYPTO = JcaCrypto.of(CryptoPolicy.JDK_ONLY);
    private static final int UNKNOWN = 0x3a3a;

    private static RawExtension e(int type, int... body) {
        byte[] b = new byte[body.length];
        for (int i = 0; i < b.length; i++) {
            b[i] = (byte) body[i];
        }
        return new RawExtension(type, b);
    }

    private static RawExtension e(ExtensionType type, int... body) {
        return e(type.code(), body);
    }

    private static final List<RawExtension> FIRST = List.of(
            e(UNKNOWN),
            e(ExtensionType.SERVER_NAME, 1, 2),
            e(ExtensionType.SUPPORTED_GROUPS, 3),
            e(ExtensionType.KEY_SHARE, 4, 5),
            e(ExtensionType.EARLY_DATA),
            e(ExtensionType.PADDING, 0, 0, 0),
            e(ExtensionType.ENCRYPTED_CLIENT_HELLO, 6),
            e(ExtensionType.PRE_SHARED_KEY, 7));

    private static ClientHello hello(List<RawExtension> extensions) {
        return hello(0x0303, 1, 2, 0x1301, 0, extensions);
    }

    private static ClientHello hello(
            int version, int random, int id, int suite, int compression, List<RawExtension> extensions) {
        ExtensionBlock.Builder b = ExtensionBlock.builder();
        extensions.forEach(b::add);
        byte[] r = new byte[32];
        r[31] = (byte) random;
        return new ClientHello(
                version,
                r,
                new byte[] {(byte) id},
                new int[] {0x1302, suite},
                new byte[] {(byte) compression},
                b.build());
    }

    private static List<RawExtension> without(ExtensionType type) {
        return FIRST.stream().filter(x -> x.type() != type.code()).toList();
    }

    private static List<RawExtension> with(RawExtension changed) {
        List<RawExtension> l = new ArrayList<>(FIRST);
        l.removeIf(x -> x.type() == changed.type());
        l.add(changed);
        return l;
    }

    private static void check(ClientHello second) throws TlsException {
        SecondHello.check(hello(FIRST), second);
        SecondHello.check(SecondHello.digest(hello(FIRST), CRYPTO), second, CRYPTO);
    }

    static Stream<Arguments> allowed() {
        List<RawExtension> reversed = new ArrayList<>(FIRST);
        Collections.reverse(reversed);
        return Stream.of(
                Arguments.of("nothing changed", FIRST),
                Arguments.of("another key share", with(e(ExtensionType.KEY_SHARE, 9))),
                Arguments.of("early_data gone", without(ExtensionType.EARLY_DATA)),
                Arguments.of("a cookie", with(e(ExtensionType.COOKIE, 1))),
                Arguments.of("other binders", with(e(ExtensionType.PRE_SHARED_KEY, 9))),
                Arguments.of("no PSK any more", without(ExtensionType.PRE_SHARED_KEY)),
                Arguments.of("less padding", with(e(ExtensionType.PADDING))),
                Arguments.of("no padding", without(ExtensionType.PADDING)),
                Arguments.of("another encryption of ECH", with(e(ExtensionType.ENCRYPTED_CLIENT_HELLO, 8, 8))),
                Arguments.of("another order", reversed));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("allowed")
    void whatAHelloRetryRequestLetsChangeMayChange(String what, List<RawExtension> second) {
        assertDoesNotThrow(() -> check(hello(second)));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("another legacy_version", hello(0x0302, 1, 2, 0x1301, 0, FIRST)),
                Arguments.of("another random", hello(0x0303, 3, 2, 0x1301, 0, FIRST)),
                Arguments.of("another session id", hello(0x0303, 1, 3, 0x1301, 0, FIRST)),
                Arguments.of("another cipher suite", hello(0x0303, 1, 2, 0x1303, 0, FIRST)),
                Arguments.of("another compression method", hello(0x0303, 1, 2, 0x1301, 1, FIRST)),
                Arguments.of("another name", hello(with(e(ExtensionType.SERVER_NAME, 1, 3)))),
                Arguments.of("no name any more", hello(without(ExtensionType.SERVER_NAME))),
                Arguments.of("other groups", hello(with(e(ExtensionType.SUPPORTED_GROUPS, 4)))),
                Arguments.of("ALPN of a sudden", hello(with(e(ExtensionType.APPLICATION_LAYER_PROTOCOL_NEGOTIATION)))),
                Arguments.of("another content of what is not known", hello(with(e(UNKNOWN, 1)))),
                Arguments.of("something new that is not known", hello(with(e(UNKNOWN + 1)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void allElseHasToStay(String what, ClientHello second) {
        TlsException a = assertThrows(TlsException.class, () -> SecondHello.check(hello(FIRST), second));
        byte[] digest = SecondHello.digest(hello(FIRST), CRYPTO);
        TlsException b = assertThrows(TlsException.class, () -> SecondHello.check(digest, second, CRYPTO));
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, a.alert());
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, b.alert());
    }

    @Test
    void aPskThatTheFirstOneDidNotOfferIsRefused() {
        ClientHello first = hello(without(ExtensionType.PRE_SHARED_KEY));
        assertThrows(TlsException.class, () -> SecondHello.check(first, hello(FIRST)));
    }
}
