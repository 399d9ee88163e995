// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.libssl4j.verify.Judged.server;
import static org.libssl4j.verify.Judged.valid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.handshake.Role;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.pki.TestCertificate;

class ChainVerifierTest {
    private static final int SIGNATURE_BYTES = 64;

    static List<Case> cases() {
        return Cases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFaultIsNamed(Case c) {
        assertEquals(c.expected(), c.judged().result());
    }

    @Test
    void theCasesProvokeEachResultThatTheVerifierIsMeantToTellApart() {
        Set<VerifyResult> provoked = EnumSet.noneOf(VerifyResult.class);
        Cases.all().forEach(c -> provoked.add(c.expected()));
        assertTrue(provoked.size() >= 19, provoked::toString);
    }

    @Test
    void theOrderOfTheOthersIsOfNoMatter() {
        TestCertificate issuer = Cases.ROOT;
        List<TestCertificate> others = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            issuer = valid("i" + i).ca().issuedBy(issuer).build();
            others.add(issuer);
        }
        TestCertificate leaf = Judged.leaf(issuer).build();
        others.add(Cases.STRANGER);
        Random random = new Random(4158);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(others, random);
            List<TestCertificate> sent = new ArrayList<>(List.of(leaf));
            sent.addAll(others);
            Judged judged = server(sent.toArray(TestCertificate[]::new)).trusting(Cases.ROOT);
            assertEquals(VerifyResult.OK, judged.result());
        }
    }

    @Test
    void aLeafThatCannotBeParsedIsRejectedAndOthersAreLeftOut() {
        byte[] garbage = {0x30, 3, 1, 2, 3};
        Judged nothing = new Judged(List.of(), List.of(Cases.ROOT), List.of(), 100, Role.SERVER);
        assertEquals(VerifyResult.INVALID_CALL, nothing.result());
        assertEquals(VerifyResult.CERT_REJECTED, nothing.sending(garbage).result());
        assertEquals(VerifyResult.CERT_REJECTED, nothing.sending(new byte[0]).result());
        assertEquals(
                VerifyResult.OK,
                server(Cases.LEAF)
                        .sending(garbage, Cases.INTERMEDIATE.der(), new byte[0])
                        .trusting(Cases.ROOT)
                        .result());
    }

    @Test
    void noDamagedLeafIsAcceptedOrLeadsToAnException() {
        byte[] good = Cases.DIRECT.der();
        Random random = new Random(5280);
        Set<VerifyResult> results = EnumSet.noneOf(VerifyResult.class);
        for (int i = 0; i < 2_000; i++) {
            byte[] bad = i % 10 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            if (bad.length == good.length) {
                // Within the signature there are other forms of the same numbers.
                bad[random.nextInt(bad.length - SIGNATURE_BYTES - 20)] ^= (byte) (1 << random.nextInt(8));
            }
            VerifyResult result = new Judged(List.of(bad), List.of(Cases.ROOT), List.of(), 100, Role.SERVER).result();
            assertNotEquals(VerifyResult.OK, result);
            results.add(result);
        }
        assertTrue(results.size() > 3, results::toString);
    }

    @Test
    void damagedExtensionsLeadToNoException() {
        Random random = new Random(3280);
        List<String> oids = List.of(
                "2.5.29.14",
                "2.5.29.15",
                "2.5.29.17",
                "2.5.29.19",
                "2.5.29.30",
                "2.5.29.31",
                "2.5.29.32",
                "2.5.29.33",
                "2.5.29.35",
                "2.5.29.36",
                "2.5.29.37",
                "2.5.29.54",
                "1.3.6.1.5.5.7.1.1",
                "2.16.840.1.113730.1.1");
        for (int i = 0; i < 200; i++) {
            byte[] value = new byte[random.nextInt(12)];
            random.nextBytes(value);
            if (value.length > 2) {
                value[0] = 0x30;
                value[1] = (byte) (value.length - 2);
            }
            String oid = oids.get(i % oids.size());
            TestCertificate middle = Judged.intermediate(Cases.ROOT)
                    .extension(oid, random.nextBoolean(), value)
                    .build();
            TestCertificate leaf = Judged.leaf(middle)
                    .extension(oid, random.nextBoolean(), value)
                    .build();
            server(leaf, middle).trusting(Cases.ROOT).result();
        }
    }

    @Test
    void manyCertificatesThatAllLookLikeTheIssuerOfEachOtherCostLittle() {
        TestCertificate x = valid("x").ca().withoutKeyIdentifiers().build();
        TestCertificate y = valid("y").ca().withoutKeyIdentifiers().build();
        TestCertificate last = x;
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            // Name "x" issued by name "x" would be self-issued: two names in turn.
            TestCertificate parent = i % 2 == 0 ? y : x;
            last = valid(i % 2 == 0 ? "x" : "y")
                    .ca()
                    .keysOf(x)
                    .withoutKeyIdentifiers()
                    .issuedBy(parent)
                    .build();
            sent.add(last.der());
        }
        TestCertificate leaf = Judged.leaf(last).withoutKeyIdentifiers().build();
        Judged judged = server(leaf).sending(sent.toArray(byte[][]::new)).trusting(Cases.STRANGER);
        VerifyResult result = assertTimeoutPreemptively(Duration.ofSeconds(30), judged::result);
        assertNotEquals(VerifyResult.OK, result);
    }

    @Test
    void manyAnchorsOfOneNameCostLittle() {
        TestCertificate signer = Judged.root().withoutKeyIdentifiers().build();
        TestCertificate[] anchors = new TestCertificate[200];
        for (int i = 0; i < anchors.length; i++) {
            anchors[i] = Judged.root().withoutKeyIdentifiers().build();
        }
        TestCertificate leaf = Judged.leaf(signer).withoutKeyIdentifiers().build();
        Judged judged = server(leaf).trusting(anchors);
        VerifyResult result = assertTimeoutPreemptively(Duration.ofSeconds(30), judged::result);
        assertEquals(VerifyResult.CERT_SIGNATURE_FAILURE, result);
    }
}
