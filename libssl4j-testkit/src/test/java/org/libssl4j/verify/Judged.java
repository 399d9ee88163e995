// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.libssl4j.config.SecurityLevel;
import org.libssl4j.config.TrustAnchors;
import org.libssl4j.config.Verification;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.handshake.Role;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.pki.CertificateBuilder;
import org.libssl4j.testkit.pki.TestCertificate;

/** One case for the verifier: what the peer sent, whom we trust, what we want. */
record Judged(List<byte[]> sent, List<TestCertificate> trusted, List<String> hosts, int depth, Role peer) {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    static final Instant BEFORE = NOW.minusSeconds(86_400);
    static final Instant AFTER = NOW.plusSeconds(86_400);
    static final Instant LONG_BEFORE = NOW.minusSeconds(2 * 86_400);
    static final Instant LONG_AFTER = NOW.plusSeconds(2 * 86_400);
    private static final Crypto CRYPTO = JcaCrypto.of(CryptoPolicy.DEFAULT);

    /** A server at "a.example" that sent these, the first its own. */
    static Judged server(TestCertificate... sent) {
        return new Judged(
                Arrays.stream(sent).map(TestCertificate::der).toList(),
                List.of(),
                List.of("a.example"),
                100,
                Role.SERVER);
    }

    Judged trusting(TestCertificate... anchors) {
        return new Judged(sent, List.of(anchors), hosts, depth, peer);
    }

    Judged sending(byte[]... more) {
        List<byte[]> all = new ArrayList<>(sent);
        all.addAll(List.of(more));
        return new Judged(all, trusted, hosts, depth, peer);
    }

    Judged named(String... names) {
        return new Judged(sent, trusted, List.of(names), depth, peer);
    }

    Judged within(int most) {
        return new Judged(sent, trusted, hosts, most, peer);
    }

    /** The same as a client. */
    Judged asClient() {
        return new Judged(sent, trusted, List.of(), depth, Role.CLIENT);
    }

    VerifyResult result() {
        return verdict().result();
    }

    PathVerdict verdict() {
        TrustAnchors anchors = TrustAnchors.NONE.plus(
                trusted.stream().map(TestCertificate::x509).toList());
        Verification how = Verification.DEFAULT.with(anchors).withHosts(hosts).withDepth(depth);
        List<EncodedCertificate> chain = sent.stream().map(CRYPTO::certificate).toList();
        return ChainVerifier.verify(chain, how, SecurityLevel.DEFAULT, peer, NOW);
    }

    /** A builder whose certificate is valid at {@link #NOW}. */
    static CertificateBuilder valid(String commonName) {
        return TestCertificate.builder().commonName(commonName).validity(BEFORE, AFTER);
    }

    static CertificateBuilder root() {
        return valid("root").ca();
    }

    static CertificateBuilder leaf(TestCertificate issuer) {
        return valid("leaf").dns("a.example").issuedBy(issuer);
    }

    static CertificateBuilder intermediate(TestCertificate issuer) {
        return valid("intermediate").ca().issuedBy(issuer);
    }
}
