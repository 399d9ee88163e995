// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.spi.FragmentLength;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.DerReader;
import org.libssl4j.wire.DerWriter;

/** The files are of {@code openssl s_client -sess_out} of OpenSSL 3.0.19. */
class SessionCodecTest {
    static byte[] file(String name) {
        try (InputStream in = SessionCodecTest.class.getResourceAsStream(name + ".pem")) {
            String pem = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls1-3", "tls1-2", "tls1-2-id", "early", "psk"})
    void aFileOfOpensslIsReadAndWrittenByteForByte(String name) throws DecodeException {
        byte[] der = file(name);
        try (SessionState s = SessionCodec.decode(der)) {
            assertArrayEquals(der, SessionCodec.encode(s));
        }
    }

    @Test
    void aFileOfTls13HasWhatOpensslSaysOfIt() throws DecodeException {
        SessionState s = SessionCodec.decode(file("tls1-3"));
        assertEquals(ProtocolVersion.TLS1_3, s.version());
        assertEquals(CipherSuite.TLS_AES_256_GCM_SHA384, s.suite());
        assertEquals(Instant.ofEpochSecond(1_795_307_288), s.created());
        assertEquals(7200, s.timeout());
        assertEquals(7200, s.lifetimeHint());
        assertEquals(0x76fa_a313L, s.ageAdd());
        assertEquals(208, s.ticket().length);
        assertEquals(48, s.secret().length());
        assertEquals(VerifyResult.DEPTH_ZERO_SELF_SIGNED_CERT, s.verifyResult());
        assertEquals("h2", s.alpn());
        assertEquals(29, s.group());
        assertEquals(1, s.peerChain().size());
        assertFalse(s.extendedMasterSecret());
        assertTrue(s.resumable());
    }

    @Test
    void aFileWithEarlyDataHasItsLimitAndTheFragmentLength() throws DecodeException {
        SessionState s = SessionCodec.decode(file("early"));
        assertEquals(1000, s.maxEarlyData());
        assertEquals(FragmentLength.BYTES_1024, s.maxFragment());
    }

    @Test
    void aFileWithAPresharedKeyHasIdentityAndHint() throws DecodeException {
        SessionState s = SessionCodec.decode(file("psk"));
        assertEquals("me", new String(s.pskIdentity(), StandardCharsets.UTF_8));
        assertEquals("hinted", new String(s.pskIdentityHint(), StandardCharsets.UTF_8));
        assertTrue(s.extendedMasterSecret());
        assertEquals(List.of(), s.peerChain());
        assertNull(s.alpn());
    }

    @Test
    void allFieldsComeBackButTheRestOfTheChainAndTheFractionOfTheSecond() throws DecodeException {
        SessionState full = Sessions.full();
        SessionState back = SessionCodec.decode(SessionCodec.encode(full));
        SessionState expected = full.toBuilder()
                .peer(full.peerChain().subList(0, 1), full.verifyResult())
                .created(Instant.ofEpochSecond(full.created().getEpochSecond()), full.timeout())
                .build();
        assertEquals(Sessions.text(expected), Sessions.text(back));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls1-3", "tls1-2", "psk"})
    void noPrefixIsASession(String name) {
        byte[] der = file(name);
        for (int n = 0; n < der.length; n++) {
            byte[] prefix = Arrays.copyOf(der, n);
            assertThrows(DecodeException.class, () -> SessionCodec.decode(prefix));
        }
    }

    @Test
    void aByteBehindIsRefused() {
        byte[] der = file("psk");
        assertThrows(DecodeException.class, () -> SessionCodec.decode(Arrays.copyOf(der, der.length + 1)));
    }

    @Test
    void changedBytesGiveASessionOrADecodeExceptionAndNothingElse() {
        Random random = new Random(1);
        byte[] der = file("tls1-3");
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = der.clone();
            changed[random.nextInt(der.length)] = (byte) random.nextInt();
            changed[random.nextInt(64)] = (byte) random.nextInt();
            try (SessionState s = SessionCodec.decode(changed)) {
                SessionCodec.encode(s);
                read++;
            } catch (DecodeException e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
        assertTrue(read > 0 && read < 20_000, "read " + read);
    }

    @Test
    void whatIsOutOfRangeIsNamed() {
        assertFault("a session of form 2; 1 allowed", session(2, 0x0303, 0xc02f, 32, 48));
        assertFault("a session of version 0x300", session(1, 0x0300, 0xc02f, 32, 48));
        assertFault("a session of version 0xfeff", session(1, 0xfeff, 0xc02f, 32, 48));
        assertFault(
                "a session of TLSv1.2 with cipher suite 0x1301, which is not to be had there",
                session(1, 0x0303, 0x1301, 32, 48));
        assertFault(
                "a session of TLSv1.3 with cipher suite 0xdead, which is not to be had there",
                session(1, 0x0304, 0xdead, 32, 48));
        assertFault("a session id of 33 bytes; 0 to 32 allowed", session(1, 0x0303, 0xc02f, 33, 48));
        assertFault("a master key of 47 bytes; 48 allowed", session(1, 0x0303, 0xc02f, 32, 47));
        assertFault("a master key of 0 bytes; 1 to 512 allowed", session(1, 0x0304, 0x1301, 32, 0));
        assertFault("a master key of 513 bytes; 1 to 512 allowed", session(1, 0x0304, 0x1301, 32, 513));
        assertFault("a time of -1; 0 to 1099511627776 allowed", session(with(1, new DerWriter().integer(-1))));
        assertFault("a max_fragment_length of 5; 0 to 4 allowed", session(with(17, new DerWriter().integer(5))));
        assertFault(
                "a session id context of 33 bytes; 0 to 32 allowed",
                session(with(4, new DerWriter().octets(new byte[33]))));
        assertFault(
                "a ticket of 65536 bytes; 0 to 65535 allowed",
                session(with(10, new DerWriter().octets(new byte[65_536]))));
        assertFault(
                "a server name of 256 bytes; 1 to 255 allowed",
                session(with(6, new DerWriter().octets(new byte[256]))));
        assertFault("a session with a peer that is no certificate", session(with(3, new DerWriter().integer(1))));
        assertFault("a session of 262145 bytes; up to 262144 allowed", new byte[262_145]);
    }

    @Test
    void aSessionWithoutATimeIsOver() throws DecodeException {
        SessionState s = SessionCodec.decode(session(1, 0x0303, 0xc02f, 32, 48));
        assertEquals(3, s.timeout());
        assertTrue(s.expired(Sessions.NOW));
    }

    @Test
    void aVerificationResultThatIsNotKnownIsNoGoodOne() throws DecodeException {
        SessionState s = SessionCodec.decode(session(with(5, new DerWriter().integer(999))));
        assertEquals(VerifyResult.UNSPECIFIED, s.verifyResult());
    }

    @Test
    void whatLaterVersionsAddIsPassedOver() throws DecodeException {
        SessionState s = SessionCodec.decode(session(with(20, new DerWriter().octets((byte) 1))));
        assertEquals(ProtocolVersion.TLS1_2, s.version());
    }

    private static void assertFault(String text, byte[] der) {
        assertEquals(
                text,
                assertThrows(DecodeException.class, () -> SessionCodec.decode(der))
                        .getMessage());
    }

    private static DerWriter with(int tag, DerWriter content) {
        return content.wrap(0xa0 | tag);
    }

    private static byte[] session(DerWriter more) {
        return head(1, 0x0303, 0xc02f, 32, 48)
                .raw(more.toByteArray())
                .wrap(DerReader.SEQUENCE)
                .toByteArray();
    }

    private static byte[] session(int form, int version, int suite, int id, int key) {
        return head(form, version, suite, id, key).wrap(DerReader.SEQUENCE).toByteArray();
    }

    private static DerWriter head(int form, int version, int suite, int id, int key) {
        return new DerWriter()
                .integer(form)
                .integer(version)
                .octets((byte) (suite >> 8), (byte) suite)
                .octets(new byte[id])
                .octets(new byte[key]);
    }
}
