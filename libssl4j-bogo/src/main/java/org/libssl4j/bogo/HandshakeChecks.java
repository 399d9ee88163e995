// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.libssl4j.Ssl;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.spi.VerifyResult;

/** What has to hold right after the handshake: always, and by the flags {@code -expect-...}. */
final class HandshakeChecks {
    private final TestConfig config;
    private final Observed observed;
    private final Ssl ssl;
    private final boolean server;

    HandshakeChecks(TestConfig config, Observed observed, Ssl ssl) {
        this.config = config;
        this.observed = observed;
        this.ssl = ssl;
        this.server = config.has(ShimFlag.SERVER);
    }

    void run() throws ShimFailure {
        check(observed.handshakeDone(), "the info callback has not seen the handshake's end");
        check(ssl.isInitFinished(), "isInitFinished() says no after the handshake");
        check(ssl.isServer() == server, "isServer() is wrong");
        check(!server || observed.clientHelloTaken, "the callback for the ClientHello was not called");
        versionAndSuite();
        groupAndSignature();
        names();
        peer();
    }

    private void versionAndSuite() throws ShimFailure {
        ProtocolVersion version = version();
        if (config.has(ShimFlag.EXPECT_VERSION)) {
            equal(config.number(ShimFlag.EXPECT_VERSION), version.code(), "version");
        }
        check(ssl.getCipherName() != null, "no cipher suite is known after the handshake");
        int suite = CipherSuite.named(ssl.getCipherName()).code();
        if (config.has(ShimFlag.EXPECT_CIPHER)) {
            equal(config.number(ShimFlag.EXPECT_CIPHER), suite, "cipher suite");
        }
        ShimFlag here = ConnectionSetup.AES_IS_FAST ? ShimFlag.EXPECT_CIPHER_AES : ShimFlag.EXPECT_CIPHER_NO_AES;
        if (config.has(here)) {
            equal(config.number(here), suite, "cipher suite");
        }
        // Of these TLS 1.3 has the essence without the extension (RFC 9846 Appendix D [8446 D]).
        boolean bound = version == ProtocolVersion.TLS1_3;
        check(
                !config.has(ShimFlag.EXPECT_EXTENDED_MASTER_SECRET) || bound || ssl.getExtmsSupport(),
                "the master secret is not bound to the handshake");
        boolean secure = bound || ssl.getSecureRenegotiationSupport();
        check(!config.has(ShimFlag.EXPECT_SECURE_RENEGOTIATION) || secure, "a renegotiation would not be secure");
        check(!config.has(ShimFlag.EXPECT_NO_SECURE_RENEGOTIATION) || !secure, "a renegotiation would be secure");
    }

    private ProtocolVersion version() throws ShimFailure {
        for (ProtocolVersion v : ProtocolVersion.values()) {
            if (v.text().equals(ssl.getVersion())) {
                return v;
            }
        }
        throw new ShimFailure("the version is called " + ssl.getVersion());
    }

    private void groupAndSignature() throws ShimFailure {
        if (config.has(ShimFlag.EXPECT_CURVE_ID)) {
            equal(config.number(ShimFlag.EXPECT_CURVE_ID), groupCode(ssl.getNegotiatedGroup()), "group");
        }
        // A session of TLS 1.2 does not keep it, as OpenSSL's does not, so nothing is known where one is resumed.
        if (config.has(ShimFlag.EXPECT_PEER_SIGNATURE_ALGORITHM) && !ssl.sessionReused()) {
            equal(
                    config.number(ShimFlag.EXPECT_PEER_SIGNATURE_ALGORITHM),
                    signatureCode(ssl.getPeerSignatureName()),
                    "signature of the peer");
        }
        if (config.has(ShimFlag.EXPECT_PEER_VERIFY_PREF)) {
            equal(
                    config.numbers(ShimFlag.EXPECT_PEER_VERIFY_PREF),
                    observed.peerOffer().signatureAlgorithms(),
                    "signature_algorithms of the peer");
        }
        boolean retried = observed.helloRetryRequest();
        check(!config.has(ShimFlag.EXPECT_HRR) || retried, "there was no HelloRetryRequest");
        check(!config.has(ShimFlag.EXPECT_NO_HRR) || !retried, "there was a HelloRetryRequest");
    }

    private void names() throws ShimFailure {
        if (config.has(ShimFlag.EXPECT_SERVER_NAME)) {
            equal(config.text(ShimFlag.EXPECT_SERVER_NAME), ssl.getServername(), "server name");
        }
        if (config.has(ShimFlag.EXPECT_NO_SERVER_NAME)) {
            equal(null, ssl.getServername(), "server name");
        }
        // Also where no protocol is expected: then there must be none.
        String protocol = config.text(server ? ShimFlag.SELECT_ALPN : ShimFlag.EXPECT_ALPN);
        equal(protocol, Objects.requireNonNullElse(ssl.getAlpnSelected(), ""), "application protocol");
    }

    private void peer() throws ShimFailure {
        List<byte[]> chain = ssl.getPeerCertChainDer();
        if (config.hasAny(ShimFlag.EXPECT_NO_PEER_CERT, ShimFlag.PSK)) {
            check(chain.isEmpty(), "the peer has shown a certificate");
        } else if (!server || config.has(ShimFlag.REQUIRE_ANY_CLIENT_CERTIFICATE)) {
            check(!chain.isEmpty(), "the peer has shown no certificate");
        }
        if (config.has(ShimFlag.EXPECT_CLIENT_CA_LIST)) {
            authorities();
        }
        if (config.has(ShimFlag.EXPECT_VERIFY_RESULT)) {
            boolean refused = config.has(ShimFlag.VERIFY_FAIL);
            equal(!refused, ssl.getVerifyResult() == VerifyResult.OK, "result of verification");
        }
        if (config.has(ShimFlag.EXPECT_PEER_CERT_FILE)) {
            List<byte[]> expected = certificates(config.text(ShimFlag.EXPECT_PEER_CERT_FILE));
            equal(expected.size(), chain.size(), "number of certificates of the peer");
            for (int i = 0; i < chain.size(); i++) {
                check(Arrays.equals(expected.get(i), chain.get(i)), "certificate " + i + " of the peer is another one");
            }
        }
    }

    private void authorities() throws ShimFailure {
        List<String> names = ssl.getPeerCaListDer().stream()
                .map(der -> HexFormat.of().formatHex(der))
                .toList();
        String expected = config.text(ShimFlag.EXPECT_CLIENT_CA_LIST);
        equal(expected.startsWith("<") ? "" : expected, String.join(",", names), "list of authorities");
    }

    /** The certificates of a PEM file, in DER; not read by the library, which is on trial here. */
    private static List<byte[]> certificates(String file) throws ShimFailure {
        try {
            String pem = Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
            List<byte[]> ders = new ArrayList<>();
            String[] blocks = pem.split("-----(BEGIN|END) CERTIFICATE-----");
            for (int i = 1; i < blocks.length; i += 2) {
                ders.add(Base64.getMimeDecoder()
                        .wrap(new ByteArrayInputStream(blocks[i].getBytes(StandardCharsets.ISO_8859_1)))
                        .readAllBytes());
            }
            return ders;
        } catch (IOException e) {
            throw new ShimFailure(ExitCode.MUST_FAIL, "the file of expected certificates: " + e);
        }
    }

    private static int groupCode(String ianaName) {
        for (NamedGroup g : NamedGroup.values()) {
            if (g.ianaName().equals(ianaName)) {
                return g.code();
            }
        }
        return 0;
    }

    private static int signatureCode(String ianaName) {
        for (SignatureScheme s : SignatureScheme.values()) {
            if (s.ianaName().equals(ianaName)) {
                return s.code();
            }
        }
        return 0;
    }

    private static void equal(Object expected, Object actual, String what) throws ShimFailure {
        check(Objects.equals(expected, actual), "wrong " + what + ": expected " + expected + ", is " + actual);
    }

    private static void check(boolean right, String wrong) throws ShimFailure {
        if (!right) {
            throw new ShimFailure(wrong);
        }
    }
}
