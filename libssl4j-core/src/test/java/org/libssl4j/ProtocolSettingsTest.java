// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.config.LegacySettings;
import org.libssl4j.config.Versions;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;

/** Versions, cipher strings, security levels and the options of TLS 1.2, from the faces to the configuration. */
class ProtocolSettingsTest {
    private final SslCtx ctx = new SslCtx(TlsMethod.TLS);

    private Ssl ssl() {
        return new Ssl(ctx);
    }

    @Test
    void aContextBeginsWithTheDefaults() {
        assertEquals(Versions.DEFAULT.min(), ctx.getMinProtoVersion());
        assertEquals(Versions.DEFAULT.max(), ctx.getMaxProtoVersion());
        assertEquals(2, ctx.getSecurityLevel());
        LegacySettings l = ctx.config().legacy();
        assertTrue(l.encryptThenMac() && l.extendedMasterSecret() && l.tickets());
        assertFalse(l.renegotiation() || l.clientRenegotiation() || l.legacyServerConnect() || l.fallback());
    }

    @Test
    void versionsOfTheConnectionLieAboveThoseOfTheContext() {
        ctx.setMinProtoVersion(ProtocolVersion.TLS1_2);
        Ssl ssl = ssl();
        assertEquals(ProtocolVersion.TLS1_2, ssl.getMinProtoVersion());
        ssl.setMinProtoVersion(null);
        ssl.setMaxProtoVersion(ProtocolVersion.TLS1_2);
        assertEquals(ProtocolVersion.TLS1_0, ssl.getMinProtoVersion());
        assertEquals(ProtocolVersion.TLS1_2, ssl.getMaxProtoVersion());
        assertEquals(List.of(ProtocolVersion.TLS1_2), ssl.config().versions().newestFirst(), "level 2");
        ssl.setSecurityLevel(0);
        assertEquals(
                List.of(ProtocolVersion.TLS1_2, ProtocolVersion.TLS1_1, ProtocolVersion.TLS1_0),
                ssl.config().versions().newestFirst());
        ssl.setOptions(SslOption.NO_TLSV1_1);
        assertEquals(
                List.of(ProtocolVersion.TLS1_2, ProtocolVersion.TLS1_0),
                ssl.config().versions().newestFirst());
        ssl.setMaxProtoVersion(null);
        assertEquals(ProtocolVersion.TLS1_3, ssl.getMaxProtoVersion());
        assertEquals(ProtocolVersion.TLS1_2, ctx.getMinProtoVersion());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void eachVersionHasAnOptionAgainstIt(ProtocolVersion v) {
        ctx.setMinProtoVersion(null);
        ctx.setSecurityLevel(0);
        SslOption option = SslOption.valueOf(
                "NO_" + v.text().toUpperCase(java.util.Locale.ROOT).replace('.', '_'));
        assertTrue(ctx.config().versions().allows(v));
        ctx.setOptions(option);
        assertFalse(ctx.config().versions().allows(v));
        assertEquals(3, ctx.config().versions().newestFirst().size());
        assertFalse(ssl().config().versions().allows(v));
        ctx.clearOptions(option);
        assertTrue(ctx.config().versions().allows(v));
    }

    private void switches(SslOption option, boolean on, Predicate<LegacySettings> setting) {
        ctx.clearOptions(option);
        assertEquals(!on, setting.test(ctx.config().legacy()), option + " off");
        ctx.setOptions(option);
        assertEquals(on, setting.test(ctx.config().legacy()), option + " on");
        Ssl ssl = ssl();
        assertEquals(on, setting.test(ssl.config().legacy()), option + " on, from the context");
        ssl.clearOptions(option);
        assertEquals(!on, setting.test(ssl.config().legacy()), option + " off, on the connection");
    }

    @Test
    void optionsSwitchWhatTls12Leaves() {
        switches(SslOption.NO_ENCRYPT_THEN_MAC, false, LegacySettings::encryptThenMac);
        switches(SslOption.NO_EXTENDED_MASTER_SECRET, false, LegacySettings::extendedMasterSecret);
        switches(SslOption.NO_TICKET, false, LegacySettings::tickets);
        switches(SslOption.NO_RENEGOTIATION, false, LegacySettings::renegotiation);
        switches(SslOption.ALLOW_CLIENT_RENEGOTIATION, true, LegacySettings::clientRenegotiation);
        switches(SslOption.LEGACY_SERVER_CONNECT, true, LegacySettings::legacyServerConnect);
    }

    @Test
    void anOptionSaysWhetherTls10HasEmptyRecords() {
        assertTrue(ctx.config().records().emptyFragments());
        ctx.setOptions(SslOption.DONT_INSERT_EMPTY_FRAGMENTS);
        assertFalse(ctx.config().records().emptyFragments());
        Ssl ssl = ssl();
        assertFalse(ssl.config().records().emptyFragments());
        ssl.clearOptions(SslOption.DONT_INSERT_EMPTY_FRAGMENTS);
        assertTrue(ssl.config().records().emptyFragments());
    }

    @Test
    void fallbackIsAMode() {
        ctx.setMode(SslMode.SEND_FALLBACK_SCSV);
        assertTrue(ctx.config().legacy().fallback());
        Ssl ssl = ssl();
        assertTrue(ssl.config().legacy().fallback());
        ssl.clearMode(SslMode.SEND_FALLBACK_SCSV);
        assertFalse(ssl.config().legacy().fallback());
        ctx.clearMode(SslMode.SEND_FALLBACK_SCSV);
        assertFalse(ctx.config().legacy().fallback());
    }

    @Test
    void aGroupIsChosenByItself() {
        assertFalse(ctx.config().legacy().dhAuto());
        ctx.setDhAuto(true);
        Ssl ssl = ssl();
        assertTrue(ssl.config().legacy().dhAuto());
        ssl.setDhAuto(false);
        assertFalse(ssl.config().legacy().dhAuto());
    }

    @Test
    void aGroupOfOnesOwnHasToBeStrongEnough() {
        BigInteger p = BigInteger.ONE.shiftLeft(2047).setBit(0);
        BigInteger g = BigInteger.TWO;
        ctx.setTmpDh(p, g);
        assertEquals(p, ssl().config().legacy().dhParameters().p());
        BigInteger small = BigInteger.ONE.shiftLeft(1023).setBit(0);
        assertThrows(IllegalArgumentException.class, () -> ctx.setTmpDh(small, g), "level 2");
        assertThrows(IllegalArgumentException.class, () -> ctx.setTmpDh(p, BigInteger.ONE));
        assertThrows(IllegalArgumentException.class, () -> ctx.setTmpDh(p.add(BigInteger.ONE), g), "even");
        Ssl ssl = ssl();
        ssl.setSecurityLevel(1);
        ssl.setTmpDh(small, g);
        assertEquals(small, ssl.config().legacy().dhParameters().p());
        assertEquals(p, ctx.config().legacy().dhParameters().p());
    }

    @Test
    void bothListsOfSuitesStandTogether() {
        ctx.setCiphersuites("TLS_AES_128_GCM_SHA256");
        ctx.setCipherList("ECDHE+AESGCM+AES256");
        List<String> all =
                List.of("TLS_AES_128_GCM_SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384");
        assertEquals(all, ctx.getCiphers());
        Ssl ssl = ssl();
        assertEquals(all, ssl.getCiphers());
        ssl.setMinProtoVersion(ProtocolVersion.TLS1_2);
        assertEquals(all, ssl.get1SupportedCiphers());
        ssl.setMinProtoVersion(ProtocolVersion.TLS1_3);
        assertEquals(all.subList(0, 1), ssl.get1SupportedCiphers());
        ssl.setMinProtoVersion(ProtocolVersion.TLS1_2);
        ssl.setMaxProtoVersion(ProtocolVersion.TLS1_2);
        assertEquals(all.subList(1, 3), ssl.get1SupportedCiphers());
        ssl.setCiphersuites("TLS_AES_256_GCM_SHA384");
        ssl.setCipherList("ECDHE-RSA-AES128-GCM-SHA256");
        assertEquals(List.of("TLS_AES_256_GCM_SHA384", "ECDHE-RSA-AES128-GCM-SHA256"), ssl.getCiphers());
        assertEquals(all, ctx.getCiphers());
    }

    @Test
    void aStringThatFailsChangesNothing() {
        List<String> before = ctx.getCiphers();
        assertThrows(IllegalArgumentException.class, () -> ctx.setCipherList("@SECLEVEL=0:ECDHE:BLOWFISH"));
        assertThrows(IllegalArgumentException.class, () -> ssl().setCipherList("RC4"));
        assertEquals(before, ctx.getCiphers());
        assertEquals(2, ctx.getSecurityLevel());
    }

    @Test
    void aStringCanSetTheLevel() {
        ctx.setCipherList("DEFAULT@SECLEVEL=3");
        assertEquals(3, ctx.getSecurityLevel());
        Ssl ssl = ssl();
        ssl.setCipherList("ALL:@SECLEVEL=1");
        assertEquals(1, ssl.getSecurityLevel());
        assertEquals(3, ctx.getSecurityLevel());
        assertThrows(IllegalArgumentException.class, () -> ctx.setSecurityLevel(6));
        assertThrows(IllegalArgumentException.class, () -> ssl.setSecurityLevel(-1));
    }

    @Test
    void aLevelLeavesLessOfAllLists() {
        ctx.setMinProtoVersion(ProtocolVersion.TLS1_2);
        ctx.setSecurityLevel(4);
        Ssl ssl = ssl();
        assertFalse(ssl.get1SupportedCiphers().isEmpty());
        assertTrue(ssl.get1SupportedCiphers().stream().noneMatch(n -> n.contains("128_") || n.contains("AES128")));
        assertTrue(ctx.getCiphers().contains("TLS_AES_128_GCM_SHA256"), "what was set stays");
        assertFalse(ctx.config().groups().groups().contains(NamedGroup.X25519));
        assertTrue(ctx.config().groups().groups().contains(NamedGroup.SECP384R1));
        assertEquals(1, ctx.config().groups().keyShares().size());
        assertFalse(ctx.config().ownSignatures(false).schemes().contains(SignatureScheme.RSA_PSS_RSAE_SHA256));
        assertFalse(ctx.config().acceptedSignatures(true).schemes().contains(SignatureScheme.ED25519));
        assertTrue(ctx.config().acceptedSignatures(true).schemes().contains(SignatureScheme.RSA_PSS_RSAE_SHA384));
        ctx.setSecurityLevel(2);
        assertTrue(ctx.config().groups().groups().contains(NamedGroup.X25519));
    }

    @Test
    void aLevelThatTakesAllKeySharesLeavesOneOfTheFirstGroup() {
        ctx.set1GroupsList("*X25519/P-384:P-521");
        ctx.setSecurityLevel(5);
        assertEquals(List.of(NamedGroup.SECP521R1), ctx.config().groups().groups());
        assertEquals(List.of(NamedGroup.SECP521R1), ctx.config().groups().keyShares());
    }
}
