// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.spi.FragmentLength;
import org.libssl4j.spi.VerifyResult;

class SslSessionTest {
    static byte[] file(String name) {
        try (InputStream in = SslSessionTest.class.getResourceAsStream("session/" + name + ".pem")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static SslSession session(String name) {
        try {
            return SslSession.fromPem(file(name));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls1-3", "tls1-2", "tls1-2-id", "early", "psk"})
    void aFileOfOpensslIsWrittenAsItWasRead(String name) {
        try (SslSession s = session(name)) {
            assertArrayEquals(file(name), s.toPem());
        }
    }

    @Test
    void aSessionHasWhatOpensslSaysOfIt() throws GeneralSecurityException {
        SslSession s = session("tls1-3");
        assertEquals("TLSv1.3", s.getVersion());
        assertEquals("TLS_AES_256_GCM_SHA384", s.getCipherName());
        assertEquals("e9672f59cc3c919c4494783d2a170021c158e426f3b8e0e38ff77bb72d3b6db7", hex(s.getId()));
        assertEquals("", hex(s.getIdContext()));
        assertTrue(hex(s.getMasterKey()).startsWith("66c82daec2128c0b"));
        assertEquals(48, s.getMasterKey().length);
        assertEquals("CN=server.test", s.getPeer().getSubjectX500Principal().getName());
        assertArrayEquals(s.getPeer().getEncoded(), s.getPeerChainDer().get(0));
        assertEquals(VerifyResult.DEPTH_ZERO_SELF_SIGNED_CERT, s.getVerifyResult());
        assertNull(s.getHostname());
        assertEquals("h2", s.getAlpnSelected());
        assertEquals(Instant.ofEpochSecond(1_795_307_288), s.getTime());
        assertEquals(7200, s.getTimeout());
        assertEquals(7200, s.getTicketLifetimeHint());
        assertTrue(s.hasTicket());
        assertEquals(208, s.getTicket().length);
        assertEquals(0, s.getTicketAppdata().length);
        assertEquals(0, s.getMaxEarlyData());
        assertEquals(FragmentLength.DISABLED, s.getMaxFragmentLength());
        assertFalse(s.getExtmsSupport());
        assertNull(s.getPskIdentity());
        assertNull(s.getPskIdentityHint());
        assertTrue(s.isResumable());
    }

    @Test
    void aSessionOfAPresharedKeyHasItsNames() {
        SslSession s = session("psk");
        assertEquals("me", new String(s.getPskIdentity(), StandardCharsets.UTF_8));
        assertEquals("hinted", new String(s.getPskIdentityHint(), StandardCharsets.UTF_8));
        assertTrue(s.getExtmsSupport());
        assertNull(s.getPeer());
    }

    @Test
    void whatIsChangedIsACopy() {
        SslSession s = session("tls1-2-id");
        try (SslSession t = s.withTimeout(5)
                .withTime(Instant.ofEpochSecond(100))
                .withId(new byte[] {1})
                .withIdContext(new byte[] {2})
                .withTicketAppdata(new byte[] {3})) {
            assertEquals(5, t.getTimeout());
            assertEquals(Instant.ofEpochSecond(100), t.getTime());
            assertArrayEquals(new byte[] {1}, t.getId());
            assertArrayEquals(new byte[] {2}, t.getIdContext());
            assertArrayEquals(new byte[] {3}, t.getTicketAppdata());
            assertArrayEquals(s.getMasterKey(), t.getMasterKey());
        }
        assertEquals(7200, s.getTimeout());
        assertEquals(32, s.getId().length);
        assertEquals(48, s.getMasterKey().length);
        assertFalse(s.withId(new byte[0]).isResumable());
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        SslSession s = session("tls1-2-id");
        assertThrows(IllegalArgumentException.class, () -> s.withTimeout(-1));
        assertThrows(IllegalArgumentException.class, () -> s.withId(new byte[33]));
        assertThrows(IllegalArgumentException.class, () -> s.withIdContext(new byte[33]));
        assertThrows(IllegalArgumentException.class, () -> s.withTicketAppdata(new byte[65_536]));
    }

    @Test
    void aClosedSessionHasNoSecretAndItsCopyStillDoes() {
        SslSession s = session("psk");
        SslSession copy = s.copy();
        s.close();
        s.close();
        assertThrows(IllegalStateException.class, s::getMasterKey);
        assertThrows(IllegalStateException.class, s::toDer);
        assertEquals(48, copy.getMasterKey().length);
    }

    @Test
    void noTextOfASessionHasItsSecret() {
        SslSession s = session("psk");
        String secret = hex(s.getMasterKey());
        assertFalse(s.toString().toLowerCase(Locale.ROOT).contains(secret.substring(0, 8)));
        assertTrue(s.toString().contains("TLSv1.2"), s.toString());
    }

    @Test
    void whatIsNoSessionIsSaidToBeNone() {
        byte[] der = session("psk").toDer();
        assertEquals(
                "not a session: DER: an element of 327 bytes; only 326 are left",
                assertThrows(
                                GeneralSecurityException.class,
                                () -> SslSession.fromDer(Arrays.copyOf(der, der.length - 1)))
                        .getMessage());
        assertEquals(
                "no PEM block 'SSL SESSION PARAMETERS' among 0",
                assertThrows(GeneralSecurityException.class, () -> SslSession.fromPem(new byte[100]))
                        .getMessage());
        assertThrows(GeneralSecurityException.class, () -> SslSession.fromDer(new byte[0]));
    }

    private static String hex(byte[] b) {
        return HexFormat.of().formatHex(b);
    }
}
