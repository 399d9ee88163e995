// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import static org.libssl4j.spi.VerifyResult.CA_KEY_TOO_SMALL;
import static org.libssl4j.spi.VerifyResult.CA_MD_TOO_WEAK;
import static org.libssl4j.spi.VerifyResult.CERT_CHAIN_TOO_LONG;
import static org.libssl4j.spi.VerifyResult.CERT_HAS_EXPIRED;
import static org.libssl4j.spi.VerifyResult.CERT_NOT_YET_VALID;
import static org.libssl4j.spi.VerifyResult.CERT_REJECTED;
import static org.libssl4j.spi.VerifyResult.CERT_SIGNATURE_FAILURE;
import static org.libssl4j.spi.VerifyResult.DEPTH_ZERO_SELF_SIGNED_CERT;
import static org.libssl4j.spi.VerifyResult.EE_KEY_TOO_SMALL;
import static org.libssl4j.spi.VerifyResult.EXCLUDED_VIOLATION;
import static org.libssl4j.spi.VerifyResult.HOSTNAME_MISMATCH;
import static org.libssl4j.spi.VerifyResult.INVALID_CA;
import static org.libssl4j.spi.VerifyResult.INVALID_PURPOSE;
import static org.libssl4j.spi.VerifyResult.IP_ADDRESS_MISMATCH;
import static org.libssl4j.spi.VerifyResult.OK;
import static org.libssl4j.spi.VerifyResult.PATH_LENGTH_EXCEEDED;
import static org.libssl4j.spi.VerifyResult.PERMITTED_VIOLATION;
import static org.libssl4j.spi.VerifyResult.SELF_SIGNED_CERT_IN_CHAIN;
import static org.libssl4j.spi.VerifyResult.UNABLE_TO_GET_ISSUER_CERT;
import static org.libssl4j.spi.VerifyResult.UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
import static org.libssl4j.spi.VerifyResult.UNHANDLED_CRITICAL_EXTENSION;
import static org.libssl4j.testkit.pki.CertificateBuilder.ANY_EXTENDED_KEY_USAGE;
import static org.libssl4j.testkit.pki.CertificateBuilder.CLIENT_AUTH;
import static org.libssl4j.testkit.pki.CertificateBuilder.CODE_SIGNING;
import static org.libssl4j.testkit.pki.CertificateBuilder.CRL_SIGN;
import static org.libssl4j.testkit.pki.CertificateBuilder.DIGITAL_SIGNATURE;
import static org.libssl4j.testkit.pki.CertificateBuilder.KEY_CERT_SIGN;
import static org.libssl4j.testkit.pki.CertificateBuilder.KEY_ENCIPHERMENT;
import static org.libssl4j.testkit.pki.CertificateBuilder.SERVER_AUTH;
import static org.libssl4j.verify.Judged.AFTER;
import static org.libssl4j.verify.Judged.BEFORE;
import static org.libssl4j.verify.Judged.LONG_AFTER;
import static org.libssl4j.verify.Judged.LONG_BEFORE;
import static org.libssl4j.verify.Judged.intermediate;
import static org.libssl4j.verify.Judged.leaf;
import static org.libssl4j.verify.Judged.root;
import static org.libssl4j.verify.Judged.server;
import static org.libssl4j.verify.Judged.valid;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.libssl4j.testkit.pki.CertificateBuilder;
import org.libssl4j.testkit.pki.TestCertificate;

/** Chains of all kinds, wholesome and not; the same are put before OpenSSL. */
final class Cases {
    static final String UNKNOWN_EXTENSION = "1.3.6.1.4.1.11129.2.4.3";
    static final byte[] NULL = {5, 0};

    static final TestCertificate ROOT = root().build();
    static final TestCertificate INTERMEDIATE = intermediate(ROOT).build();
    static final TestCertificate LEAF = leaf(INTERMEDIATE).build();
    static final TestCertificate DIRECT = leaf(ROOT).build();
    static final TestCertificate STRANGER = valid("stranger").ca().build();

    private static final List<Case> ALL = build();

    private Cases() {}

    static List<Case> all() {
        return ALL;
    }

    private static List<Case> build() {
        return Stream.of(
                        wholesome(),
                        crossSigned(),
                        withoutAnchor(),
                        wrongTimes(),
                        wrongSignatures(),
                        wrongAuthorities(),
                        wrongPurposes(),
                        wrongNames(),
                        tooWeak(),
                        constrained())
                .flatMap(List::stream)
                .toList();
    }

    /** One built from this, issued by the trusted root. */
    private static Judged direct(CertificateBuilder leaf) {
        return server(leaf.build()).trusting(ROOT);
    }

    /** A leaf below this, which is issued by the trusted root. */
    private static Judged below(CertificateBuilder intermediate) {
        TestCertificate i = intermediate.build();
        return server(leaf(i).build(), i).trusting(ROOT);
    }

    /** A leaf issued by this, which is trusted. */
    private static Judged under(CertificateBuilder root) {
        TestCertificate r = root.build();
        return server(leaf(r).build()).trusting(r);
    }

    private static Judged trusted(CertificateBuilder selfSigned) {
        TestCertificate c = selfSigned.build();
        return server(c).trusting(c);
    }

    private static List<Case> wholesome() {
        TestCertificate ed25519 = root().ed25519().build();
        TestCertificate ed448 = root().ed448().build();
        TestCertificate pss = root().rsaPss(2048).build();
        return List.of(
                new Case("a leaf issued by an anchor", server(DIRECT).trusting(ROOT), OK),
                new Case(
                        "a leaf with its intermediate",
                        server(LEAF, INTERMEDIATE).trusting(ROOT),
                        OK),
                new Case(
                        "the anchor sent along",
                        server(LEAF, INTERMEDIATE, ROOT).trusting(ROOT),
                        OK),
                new Case(
                        "strangers and doubles sent along",
                        server(LEAF, STRANGER, LEAF, INTERMEDIATE, DIRECT, INTERMEDIATE)
                                .trusting(STRANGER, ROOT),
                        OK),
                new Case("the intermediate trusted as well", server(LEAF).trusting(INTERMEDIATE, ROOT), OK),
                new Case("ten deep and out of order", tenDeep(), OK),
                new Case("a trusted self-signed leaf", trusted(valid("self").dns("a.example")), OK),
                new Case(
                        "a trusted root as the leaf",
                        trusted(root().dns("a.example").keyUsage(0, KEY_CERT_SIGN)),
                        OK),
                new Case(
                        "a leaf with no extension but its name",
                        direct(leaf(ROOT).eku().keyUsage().withoutKeyIdentifiers()),
                        OK),
                new Case("an empty subject", direct(leaf(ROOT).commonName(null).criticalAltName()), OK),
                // RFC 5280 §4.2.1.6 wants subjectAltName critical then, and the JDK will not read it otherwise.
                new Case(
                                "an empty subject with names that are not critical",
                                direct(leaf(ROOT).commonName(null)),
                                CERT_REJECTED)
                        .unlikeOpenssl(),
                new Case("an RSA leaf below EC", direct(leaf(ROOT).rsa(2048)), OK),
                new Case("P-384 with SHA-384", direct(leaf(ROOT).ec("secp384r1").sigAlg("SHA384withECDSA")), OK),
                new Case("Ed25519", server(leaf(ed25519).ed25519().build()).trusting(ed25519), OK),
                new Case("Ed448", server(leaf(ed448).ed448().build()).trusting(ed448), OK),
                new Case("RSASSA-PSS", server(leaf(pss).build()).trusting(pss), OK),
                new Case("RSA with SHA-512", under(root().rsa(3072).sigAlg("SHA512withRSA")), OK),
                new Case("an anchor of version 1", under(valid("root").version1()), OK),
                new Case(
                        "an anchor whose digest is weak", under(root().rsa(2048).sigAlg("SHA1withRSA")), OK));
    }

    private static Judged tenDeep() {
        List<TestCertificate> chain = new ArrayList<>();
        TestCertificate issuer = ROOT;
        for (int i = 0; i < 8; i++) {
            issuer = valid("intermediate " + i).ca(7 - i).issuedBy(issuer).build();
            chain.add((i * 5) % (i + 1), issuer);
        }
        chain.add(0, leaf(issuer).build());
        return server(chain.toArray(TestCertificate[]::new)).trusting(ROOT);
    }

    private static List<Case> crossSigned() {
        TestCertificate crossed = valid("intermediate")
                .ca()
                .keysOf(INTERMEDIATE)
                .issuedBy(STRANGER)
                .build();
        TestCertificate expired =
                root().keysOf(ROOT).validity(LONG_BEFORE, BEFORE).build();
        TestCertificate bridge =
                valid("root").ca().keysOf(ROOT).issuedBy(STRANGER).build();
        TestCertificate expiredBridge = valid("root")
                .ca()
                .keysOf(ROOT)
                .issuedBy(STRANGER)
                .validity(LONG_BEFORE, BEFORE)
                .build();
        TestCertificate namesake = root().withoutKeyIdentifiers().build();
        TestCertificate bare = leaf(ROOT).withoutKeyIdentifiers().build();
        return List.of(
                // OpenSSL does not go back from the first intermediate that fits.
                new Case(
                                "cross-signed, the second leads on",
                                server(LEAF, INTERMEDIATE, crossed).trusting(STRANGER),
                                OK)
                        .unlikeOpenssl(),
                new Case(
                                "cross-signed the other way, the second leads on",
                                server(LEAF, crossed, INTERMEDIATE).trusting(ROOT),
                                OK)
                        .unlikeOpenssl(),
                new Case(
                        "cross-signed, the first leads on",
                        server(LEAF, crossed, INTERMEDIATE).trusting(STRANGER),
                        OK),
                new Case(
                        "an anchor renewed, the old one expired", server(DIRECT).trusting(expired, ROOT), OK),
                new Case("a bridge to an old anchor", server(DIRECT, bridge).trusting(STRANGER), OK),
                new Case(
                        "an expired bridge beside a trusted root",
                        server(DIRECT, expiredBridge).trusting(STRANGER, ROOT),
                        OK),
                new Case(
                        "an expired bridge alone", server(DIRECT, expiredBridge).trusting(STRANGER), CERT_HAS_EXPIRED),
                // OpenSSL tries the first of two anchors that look alike; which one that is, is chance.
                new Case(
                                "two anchors of one name without key identifiers",
                                server(bare).trusting(namesake, ROOT),
                                OK)
                        .unlikeOpenssl());
    }

    private static List<Case> withoutAnchor() {
        TestCertificate namesake = root().build();
        return List.of(
                new Case("nobody trusted", server(DIRECT), UNABLE_TO_GET_ISSUER_CERT_LOCALLY),
                new Case("a stranger trusted", server(DIRECT).trusting(STRANGER), UNABLE_TO_GET_ISSUER_CERT_LOCALLY),
                new Case("the intermediate missing", server(LEAF).trusting(ROOT), UNABLE_TO_GET_ISSUER_CERT_LOCALLY),
                new Case(
                        "the anchor neither trusted nor sent",
                        server(LEAF, INTERMEDIATE).trusting(STRANGER),
                        UNABLE_TO_GET_ISSUER_CERT_LOCALLY),
                new Case(
                        "the anchor sent but not trusted",
                        server(LEAF, INTERMEDIATE, ROOT).trusting(STRANGER),
                        SELF_SIGNED_CERT_IN_CHAIN),
                new Case(
                        "a self-signed leaf",
                        server(valid("self").dns("a.example").build()),
                        DEPTH_ZERO_SELF_SIGNED_CERT),
                new Case(
                        "a self-signed leaf that has expired",
                        server(valid("self")
                                .dns("a.example")
                                .validity(LONG_BEFORE, BEFORE)
                                .build()),
                        DEPTH_ZERO_SELF_SIGNED_CERT),
                new Case(
                        "an intermediate as the only anchor",
                        server(LEAF).trusting(INTERMEDIATE),
                        UNABLE_TO_GET_ISSUER_CERT),
                new Case("a leaf as the only anchor", server(LEAF).trusting(LEAF), UNABLE_TO_GET_ISSUER_CERT_LOCALLY),
                new Case(
                        "an anchor of the same name with another key",
                        server(DIRECT).trusting(namesake),
                        UNABLE_TO_GET_ISSUER_CERT_LOCALLY),
                new Case(
                        "no intermediate allowed",
                        server(LEAF, INTERMEDIATE).trusting(ROOT).within(0),
                        CERT_CHAIN_TOO_LONG),
                new Case(
                        "as deep as can be said",
                        server(LEAF, INTERMEDIATE).trusting(ROOT).within(Integer.MAX_VALUE),
                        OK),
                new Case(
                        "as deep as allowed",
                        server(LEAF, INTERMEDIATE).trusting(ROOT).within(1),
                        OK),
                new Case(
                        "no intermediate allowed nor needed",
                        server(DIRECT).trusting(ROOT).within(0),
                        OK));
    }

    private static List<Case> wrongTimes() {
        TestCertificate expired =
                intermediate(ROOT).validity(LONG_BEFORE, BEFORE).build();
        return List.of(
                new Case("an expired leaf", direct(leaf(ROOT).validity(LONG_BEFORE, BEFORE)), CERT_HAS_EXPIRED),
                new Case("a leaf of tomorrow", direct(leaf(ROOT).validity(AFTER, LONG_AFTER)), CERT_NOT_YET_VALID),
                new Case(
                        "an expired intermediate",
                        server(leaf(expired).build(), expired).trusting(ROOT),
                        CERT_HAS_EXPIRED),
                new Case(
                        "an intermediate of tomorrow",
                        below(intermediate(ROOT).validity(AFTER, LONG_AFTER)),
                        CERT_NOT_YET_VALID),
                new Case("an expired anchor", under(root().validity(LONG_BEFORE, BEFORE)), CERT_HAS_EXPIRED),
                new Case("an anchor of tomorrow", under(root().validity(AFTER, LONG_AFTER)), CERT_NOT_YET_VALID),
                new Case(
                        "a trusted self-signed leaf that has expired",
                        trusted(valid("self").dns("a.example").validity(LONG_BEFORE, BEFORE)),
                        CERT_HAS_EXPIRED),
                new Case(
                        "expired for another name: the name comes first",
                        direct(leaf(ROOT).validity(LONG_BEFORE, BEFORE)).named("b.example"),
                        HOSTNAME_MISMATCH),
                new Case("valid through this very second", direct(leaf(ROOT).validity(LONG_BEFORE, Judged.NOW)), OK)
                        .unlikeOpenssl());
    }

    private static List<Case> wrongSignatures() {
        return List.of(
                new Case("a leaf with a bad signature", direct(leaf(ROOT).badSignature()), CERT_SIGNATURE_FAILURE),
                new Case("a leaf signed by another", direct(leaf(ROOT).signedBy(STRANGER)), CERT_SIGNATURE_FAILURE),
                new Case(
                        "an intermediate with a bad signature",
                        below(intermediate(ROOT).badSignature()),
                        CERT_SIGNATURE_FAILURE),
                new Case(
                        "an expired leaf with a bad signature",
                        direct(leaf(ROOT).validity(LONG_BEFORE, BEFORE).badSignature()),
                        CERT_SIGNATURE_FAILURE),
                new Case("a leaf with a bad signature below an expired intermediate", belowExpired(), CERT_HAS_EXPIRED),
                new Case("an anchor with a bad signature, which nobody needs", under(root().badSignature()), OK));
    }

    private static Judged belowExpired() {
        TestCertificate i = intermediate(ROOT).validity(LONG_BEFORE, BEFORE).build();
        return server(leaf(i).badSignature().build(), i).trusting(ROOT);
    }

    private static List<Case> wrongAuthorities() {
        TestCertificate short0 = root().ca(0).build();
        TestCertificate mid = intermediate(short0).build();
        TestCertificate selfIssued = valid("root").ca().issuedBy(short0).build();
        return List.of(
                new Case(
                        "an intermediate that is no CA",
                        below(valid("intermediate").issuedBy(ROOT).keyUsage()),
                        INVALID_CA),
                new Case(
                        "an intermediate that says that it is no CA",
                        below(valid("i").noCa().issuedBy(ROOT).keyUsage()),
                        INVALID_CA),
                new Case(
                        "an intermediate whose keyUsage alone makes it a CA",
                        below(valid("i").issuedBy(ROOT).keyUsage(KEY_CERT_SIGN)),
                        INVALID_CA),
                new Case(
                        "an anchor that says that it is no CA",
                        under(valid("root").noCa().keyUsage()),
                        INVALID_CA),
                new Case(
                        "an intermediate that may not sign certificates",
                        below(intermediate(ROOT).keyUsage(CRL_SIGN)),
                        INVALID_CA),
                new Case("an anchor that may not sign certificates", under(root().keyUsage(CRL_SIGN)), INVALID_CA),
                new Case(
                        "an anchor with a keyUsage and no basicConstraints",
                        under(valid("root").keyUsage(KEY_CERT_SIGN).eku()),
                        OK),
                new Case(
                        "more intermediates than the anchor allows",
                        server(leaf(mid).build(), mid).trusting(short0),
                        PATH_LENGTH_EXCEEDED),
                new Case(
                        "as many intermediates as are allowed",
                        below(intermediate(ROOT).ca(0)),
                        OK),
                new Case(
                        "a self-issued intermediate counts for nothing",
                        server(leaf(selfIssued).build(), selfIssued).trusting(short0),
                        OK));
    }

    private static List<Case> wrongPurposes() {
        return List.of(
                new Case("for clients alone", direct(leaf(ROOT).eku(CLIENT_AUTH)), INVALID_PURPOSE),
                new Case("for servers alone", direct(leaf(ROOT).eku(SERVER_AUTH)), OK),
                new Case("for code alone", direct(leaf(ROOT).eku(CODE_SIGNING)), INVALID_PURPOSE),
                new Case("for any purpose", direct(leaf(ROOT).eku(ANY_EXTENDED_KEY_USAGE)), INVALID_PURPOSE),
                new Case(
                        "for any purpose and servers", direct(leaf(ROOT).eku(ANY_EXTENDED_KEY_USAGE, SERVER_AUTH)), OK),
                new Case(
                        "an intermediate for clients alone",
                        below(intermediate(ROOT).eku(CLIENT_AUTH)),
                        INVALID_PURPOSE),
                new Case(
                        "a key that may not sign anything for TLS",
                        direct(leaf(ROOT).keyUsage(CRL_SIGN)),
                        INVALID_PURPOSE),
                // OpenSSL lets it pass for the key exchange of TLS 1.2 that there is no more.
                new Case(
                                "a key that may encipher alone",
                                direct(leaf(ROOT).keyUsage(KEY_ENCIPHERMENT)),
                                INVALID_PURPOSE)
                        .unlikeOpenssl(),
                new Case("a key that may sign alone", direct(leaf(ROOT).keyUsage(DIGITAL_SIGNATURE)), OK),
                new Case(
                        "a client for clients alone",
                        direct(leaf(ROOT).eku(CLIENT_AUTH)).asClient(),
                        OK),
                new Case(
                        "a client for servers alone",
                        direct(leaf(ROOT).eku(SERVER_AUTH)).asClient(),
                        INVALID_PURPOSE),
                new Case(
                        "a client without usages",
                        direct(leaf(ROOT).eku().keyUsage()).asClient(),
                        OK),
                new Case(
                        "a client whose key may not sign",
                        direct(leaf(ROOT).keyUsage(KEY_ENCIPHERMENT)).asClient(),
                        INVALID_PURPOSE));
    }

    private static List<Case> wrongNames() {
        return List.of(
                new Case("another name", server(DIRECT).trusting(ROOT).named("b.example"), HOSTNAME_MISMATCH),
                new Case("any of several names", server(DIRECT).trusting(ROOT).named("b.example", "a.example"), OK),
                new Case("no name asked", server(DIRECT).trusting(ROOT).named(), OK),
                new Case("a wildcard", direct(leaf(ROOT).dns("*.b.example")).named("x.b.example"), OK),
                new Case(
                        "a wildcard two labels up",
                        direct(leaf(ROOT).dns("*.b.example")).named("y.x.b.example"),
                        HOSTNAME_MISMATCH),
                new Case("an address", direct(leaf(ROOT).ip("192.0.2.1")).named("192.0.2.1"), OK),
                new Case(
                        "an address of version 6",
                        direct(leaf(ROOT).ip("2001:db8::1")).named("2001:DB8:0::1"),
                        OK),
                new Case("another address", direct(leaf(ROOT).ip("192.0.2.1")).named("192.0.2.2"), IP_ADDRESS_MISMATCH),
                new Case(
                        "an address among the names",
                        direct(leaf(ROOT).dns("192.0.2.1")).named("192.0.2.1"),
                        IP_ADDRESS_MISMATCH),
                new Case(
                        "a name before NUL",
                        direct(leaf(ROOT).dns("b.example\0.c.example")).named("b.example"),
                        HOSTNAME_MISMATCH),
                // RFC 9525 has done away with it.
                new Case("the common name alone", direct(valid("a.example").issuedBy(ROOT)), HOSTNAME_MISMATCH)
                        .unlikeOpenssl(),
                new Case(
                        "a name behind an odd entry",
                        direct(valid("l")
                                .issuedBy(ROOT)
                                .altName(0x87, (byte) 1, (byte) 2)
                                .dns("a.example")),
                        OK));
    }

    private static List<Case> tooWeak() {
        TestCertificate strong = root().rsa(2048).build();
        return List.of(
                new Case("a leaf with RSA of 1024 bits", direct(leaf(ROOT).rsa(1024)), EE_KEY_TOO_SMALL),
                new Case(
                        "an unknown leaf with RSA of 1024 bits",
                        server(leaf(ROOT).rsa(1024).build()),
                        EE_KEY_TOO_SMALL),
                new Case(
                        "an intermediate with RSA of 1024 bits",
                        below(intermediate(ROOT).rsa(1024)),
                        CA_KEY_TOO_SMALL),
                new Case("an anchor with RSA of 1024 bits", under(root().rsa(1024)), CA_KEY_TOO_SMALL),
                new Case(
                        "a leaf signed with SHA-1",
                        server(leaf(strong).sigAlg("SHA1withRSA").build()).trusting(strong),
                        CA_MD_TOO_WEAK),
                new Case(
                        "a leaf signed with MD5",
                        server(leaf(strong).sigAlg("MD5withRSA").build()).trusting(strong),
                        CA_MD_TOO_WEAK),
                new Case(
                        "a leaf signed with ECDSA and SHA-1",
                        direct(leaf(ROOT).sigAlg("SHA1withECDSA")),
                        CA_MD_TOO_WEAK));
    }

    private static List<Case> constrained() {
        List<String> a = List.of("a.example");
        List<String> b = List.of("b.example");
        return List.of(
                new Case(
                        "a critical extension that nobody knows",
                        direct(leaf(ROOT).extension(UNKNOWN_EXTENSION, true, NULL)),
                        UNHANDLED_CRITICAL_EXTENSION),
                new Case(
                        "an extension that nobody knows",
                        direct(leaf(ROOT).extension(UNKNOWN_EXTENSION, false, NULL)),
                        OK),
                new Case(
                        "a critical extension that nobody knows, in an anchor",
                        under(root().extension(UNKNOWN_EXTENSION, true, NULL)),
                        UNHANDLED_CRITICAL_EXTENSION),
                new Case("a permitted name", below(intermediate(ROOT).nameConstraints(a, null)), OK),
                new Case(
                        "a name that is not permitted",
                        below(intermediate(ROOT).nameConstraints(b, null)),
                        PERMITTED_VIOLATION),
                new Case("an excluded name", below(intermediate(ROOT).nameConstraints(null, a)), EXCLUDED_VIOLATION),
                new Case(
                        "a name permitted and excluded",
                        below(intermediate(ROOT).nameConstraints(a, a)),
                        EXCLUDED_VIOLATION),
                new Case("a name that is not excluded", below(intermediate(ROOT).nameConstraints(null, b)), OK),
                new Case("an anchor permits the name", under(root().nameConstraints(a, null)), OK),
                new Case(
                        "an anchor does not permit the name",
                        under(root().nameConstraints(b, null)),
                        PERMITTED_VIOLATION),
                new Case("an anchor excludes the name", under(root().nameConstraints(null, a)), EXCLUDED_VIOLATION),
                new Case("an expired leaf with an excluded name", expiredAndExcluded(), CERT_HAS_EXPIRED));
    }

    private static Judged expiredAndExcluded() {
        TestCertificate i =
                intermediate(ROOT).nameConstraints(null, List.of("a.example")).build();
        return server(leaf(i).validity(LONG_BEFORE, BEFORE).build(), i).trusting(ROOT);
    }
}
