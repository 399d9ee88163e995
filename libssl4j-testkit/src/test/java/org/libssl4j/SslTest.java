// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Hkdf;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.crypto.pem.PemWriter;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.interop.Identity;
import org.libssl4j.keyschedule.TrafficSecret;
import org.libssl4j.message.NewSessionTicket13;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.record.Aead13;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;

/** What the calls of an {@link Ssl} return, over memory Bios. */
class SslTest {
    private static byte[] random(int n) {
        byte[] b = new byte[n];
        new Random(n).nextBytes(b);
        return b;
    }

    private static Reason reason(Ssl ssl) {
        return assertInstanceOf(TlsException.class, ssl.failure()).reason();
    }

    @Test
    void theCodesOfErrorsAndWantsAreOpenssls() {
        for (SslError e : SslError.values()) {
            assertSame(e, SslError.of(e.code()));
        }
        for (SslWant w : SslWant.values()) {
            assertSame(w, SslWant.of(w.code()));
        }
    }

    @Test
    void withoutARoleDoHandshakeSaysSo() {
        Ssl ssl = new Ssl(new SslCtx(TlsMethod.TLS));
        assertEquals(-1, ssl.doHandshake());
        assertEquals(SslError.SSL, ssl.getError(-1));
        assertEquals(Reason.CONNECTION_TYPE_NOT_SET, reason(ssl));
    }

    @Test
    void withoutABioTheCallFailsAsASystemCall() {
        Ssl ssl = new Ssl(new SslCtx(TlsMethod.TLS_CLIENT));
        assertEquals(-1, ssl.connect());
        assertEquals(SslError.SYSCALL, ssl.getError(-1));
        assertInstanceOf(IOException.class, ssl.failure());
    }

    @Test
    void aClientsContextDoesNotAccept() {
        Ssl ssl = new Ssl(new SslCtx(TlsMethod.TLS_CLIENT));
        assertEquals(-1, ssl.accept());
        assertEquals(Reason.CONNECTION_TYPE_NOT_SET, reason(ssl));
        assertThrows(IllegalStateException.class, ssl::setAcceptState);
    }

    @Test
    void bothSidesTellTheSameOfWhatWasNegotiated() throws Exception {
        MemoryPair p = MemoryPair.unbounded();
        p.client.setAlpnProtos("h2", "http/1.1");
        p.server.setAlpnSelectCb(offered -> offered.get(1));
        p.connected();
        for (Ssl s : List.of(p.client, p.server)) {
            assertEquals("TLSv1.3", s.getVersion());
            assertEquals("TLS_AES_256_GCM_SHA384", s.getCipherName());
            assertEquals("X25519MLKEM768", s.getNegotiatedGroup());
            assertEquals("http/1.1", s.getAlpnSelected());
            assertEquals(Identity.HOST, s.getServername());
            assertEquals("SSL negotiation finished successfully", s.stateStringLong());
        }
        assertEquals("ecdsa_secp256r1_sha256", p.client.getPeerSignatureName());
        assertEquals("ecdsa_secp256r1_sha256", p.server.getSignatureName());
        assertArrayEquals(
                MemoryPair.IDENTITY.certificate().getEncoded(),
                p.client.getPeerCertChainDer().get(0));
        assertEquals(VerifyResult.OK, p.client.getVerifyResult());
        assertNull(p.server.getPeerCertificate());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 64, 1000, 16_384})
    void aHandshakeAndDataPassThroughBiosOfAnySize(int room) {
        MemoryPair p = MemoryPair.bounded(room).connected();
        byte[] up = random(40_000);
        byte[] down = random(30_001);
        byte[] gotUp = new byte[up.length];
        byte[] gotDown = new byte[down.length];
        int[] at = new int[4]; // written up, written down, read up, read down
        while (at[2] < up.length || at[3] < down.length) {
            at[0] += write(p.client, up, at[0]);
            at[1] += write(p.server, down, at[1]);
            at[2] += read(p.server, gotUp, at[2]);
            at[3] += read(p.client, gotDown, at[3]);
        }
        assertArrayEquals(up, gotUp);
        assertArrayEquals(down, gotDown);
    }

    private static int write(Ssl ssl, byte[] b, int from) {
        if (from == b.length) {
            return 0;
        }
        // Each try comes with another array: the bytes are what counts.
        byte[] copy = Arrays.copyOfRange(b, from, b.length);
        int n = ssl.write(copy, 0, copy.length);
        assertTrue(n > 0 || ssl.getError(n) == SslError.WANT_WRITE, () -> String.valueOf(ssl.failure()));
        return Math.max(n, 0);
    }

    private static int read(Ssl ssl, byte[] b, int from) {
        if (from == b.length) {
            return 0;
        }
        int n = ssl.read(b, from, b.length - from);
        assertTrue(n > 0 || ssl.getError(n) == SslError.WANT_READ, () -> String.valueOf(ssl.failure()));
        return Math.max(n, 0);
    }

    @Test
    void aWriteThatIsTriedAgainWithFewerBytesIsRefusedAndNothingIsLost() {
        MemoryPair p = MemoryPair.bounded(5_000).connected();
        byte[] data = random(40_000);
        assertEquals(-1, p.client.write(data, 0, data.length));
        assertEquals(SslError.WANT_WRITE, p.client.getError(-1));
        assertEquals(-1, p.client.write(data, 0, 10));
        assertEquals(SslError.SSL, p.client.getError(-1));
        assertEquals(Reason.BAD_WRITE_RETRY, reason(p.client));
        byte[] got = new byte[data.length];
        int at = 0;
        boolean written = false;
        while (at < got.length) {
            at += read(p.server, got, at);
            written = written || p.client.write(data, 0, data.length) == data.length;
        }
        assertArrayEquals(data, got);
    }

    @Test
    void withPartialWritesACallReturnsAfterARecord() {
        MemoryPair p = MemoryPair.unbounded().connected();
        p.client.setMode(SslMode.ENABLE_PARTIAL_WRITE);
        assertEquals(16_384, p.client.write(new byte[40_000], 0, 40_000));
        p.client.clearMode(SslMode.ENABLE_PARTIAL_WRITE);
        assertEquals(40_000, p.client.write(new byte[40_000], 0, 40_000));
    }

    @Test
    void aWriteOfNothingSendsNothing() {
        MemoryPair p = MemoryPair.unbounded().connected();
        int before = p.toServer.pending();
        assertEquals(0, p.client.write(new byte[0], 0, 0));
        assertEquals(SslError.NONE, p.client.getError(0));
        assertEquals(before, p.toServer.pending());
    }

    @Test
    void peekLeavesTheBytesAndPendingCountsThem() {
        MemoryPair p = MemoryPair.unbounded().connected();
        p.client.write(new byte[] {1, 2, 3, 4}, 0, 4);
        byte[] b = new byte[8];
        assertEquals(0, p.server.pending());
        assertEquals(2, p.server.peek(b, 0, 2));
        assertEquals(4, p.server.pending());
        assertTrue(p.server.hasPending());
        assertEquals(1, p.server.read(b, 0, 1));
        assertEquals(3, p.server.pending());
        assertEquals(3, p.server.read(b, 0, 8));
        assertArrayEquals(new byte[] {2, 3, 4}, Arrays.copyOf(b, 3));
        assertFalse(p.server.hasPending());
        assertEquals(-1, p.server.read(b, 0, 8));
        assertEquals(SslError.WANT_READ, p.server.getError(-1));
        assertEquals(SslWant.READING, p.server.want());
    }

    @Test
    void shutdownGoesOneWayThenTheOther() {
        MemoryPair p = MemoryPair.unbounded().connected();
        p.server.write(new byte[] {7}, 0, 1);
        assertEquals(0, p.client.shutdown());
        assertTrue(p.client.sentShutdown());
        assertFalse(p.client.receivedShutdown());
        assertEquals(-1, p.client.write(new byte[1], 0, 1));
        assertEquals(Reason.PROTOCOL_IS_SHUTDOWN, reason(p.client));

        byte[] b = new byte[4];
        assertEquals(0, p.server.read(b, 0, 4));
        assertEquals(SslError.ZERO_RETURN, p.server.getError(0));
        assertTrue(p.server.receivedShutdown());
        // Half-closed: the server may go on writing, and the client reading.
        assertEquals(2, p.server.write(new byte[] {8, 9}, 0, 2));
        assertEquals(1, p.client.read(b, 0, 4));
        assertEquals(2, p.client.read(b, 0, 4));
        assertEquals(1, p.server.shutdown());
        assertEquals(1, p.client.shutdown());
    }

    @Test
    void aSecondShutdownWaitsForThePeers() {
        MemoryPair p = MemoryPair.unbounded().connected();
        assertEquals(0, p.client.shutdown());
        assertEquals(-1, p.client.shutdown());
        assertEquals(SslError.WANT_READ, p.client.getError(-1));
        assertEquals(0, p.server.read(new byte[1], 0, 1));
        assertEquals(1, p.server.shutdown());
        assertEquals(1, p.client.shutdown());
    }

    // SSL_shutdown(3): 0 says that ours is out. A caller that goes one way only waits for nothing else.
    @Test
    void aShutdownThatHadToWaitForRoomSaysWhenOursIsOut() {
        MemoryPair p = MemoryPair.bounded(7).connected();
        int ret = p.client.shutdown();
        byte[] b = new byte[7];
        while (ret == -1) {
            assertEquals(SslError.WANT_WRITE, p.client.getError(ret));
            p.toServer.read(b, 0, b.length);
            ret = p.client.shutdown();
        }
        assertEquals(0, ret);
    }

    // SSL_CTX_set_mode(3), SSL_MODE_AUTO_RETRY: without it a read that met no data comes back, for a caller who asks
    // select() before each call.
    @Test
    void withoutAutoRetryAReadComesBackAfterARecordWithoutData() throws Exception {
        for (boolean autoRetry : new boolean[] {true, false}) {
            MemoryPair p = MemoryPair.unbounded();
            List<String> lines = new ArrayList<>();
            p.server.setKeylogCallback(lines::add);
            p.connected();
            byte[] ticket = new NewSessionTicket13(60, 0, new byte[] {1}, new byte[] {2}, ExtensionBlock.EMPTY)
                    .toMessage()
                    .raw();
            byte[] record = new byte[5 + ticket.length + 17];
            System.arraycopy(ticket, 0, record, 5, ticket.length);
            protection(lines).seal(22, 0x0303, record, 0, ticket.length);
            p.toClient.write(record, 0, record.length);
            if (!autoRetry) {
                p.client.clearMode(SslMode.AUTO_RETRY);
            }
            int[] reads = {0};
            p.client.setBio(
                    new Bio() {
                        @Override
                        public int read(byte[] b, int off, int len) {
                            assertTrue(p.toClient.pending() > 0 || autoRetry, "a blocking Bio would block here");
                            reads[0]++;
                            return p.toClient.pending() > 0 ? p.toClient.read(b, off, len) : retryRead();
                        }

                        @Override
                        public int write(byte[] b, int off, int len) throws IOException {
                            return p.toServer.write(b, off, len);
                        }

                        @Override
                        public boolean eof() {
                            return false;
                        }
                    },
                    p.toServer);
            assertEquals(-1, p.client.read(new byte[1], 0, 1));
            assertEquals(SslError.WANT_READ, p.client.getError(-1));
            assertEquals(autoRetry ? 3 : 2, reads[0]);
            assertEquals(1, p.client.getSession().getTicket().length);
        }
    }

    /** What the server's records are protected with, as its key log tells. */
    private static Aead13 protection(List<String> keyLog) {
        String line = keyLog.stream()
                .filter(l -> l.startsWith("SERVER_TRAFFIC_SECRET_0"))
                .findFirst()
                .orElseThrow();
        Crypto crypto = JcaCrypto.of(CryptoPolicy.DEFAULT);
        byte[] secret = HexFormat.of().parseHex(line.substring(line.lastIndexOf(' ') + 1));
        TrafficSecret traffic = new TrafficSecret(new Hkdf(crypto.hmac(HashAlgorithm.SHA384)), Secret.of(secret));
        AeadAlgorithm aead = AeadAlgorithm.AES_256_GCM;
        return Aead13.of(crypto, aead, traffic.key(aead), traffic.iv(aead));
    }

    @Test
    void shutdownWithinTheHandshakeIsRefused() {
        MemoryPair p = MemoryPair.unbounded();
        p.client.doHandshake();
        assertEquals(-1, p.client.shutdown());
        assertEquals(Reason.SHUTDOWN_WHILE_IN_INIT, reason(p.client));
        p.connected();
    }

    @Test
    void aQuietShutdownSendsNothing() {
        MemoryPair p = MemoryPair.unbounded().connected();
        p.client.setQuietShutdown(true);
        int before = p.toServer.pending();
        assertEquals(1, p.client.shutdown());
        assertEquals(before, p.toServer.pending());
        assertTrue(p.client.sentShutdown() && p.client.receivedShutdown());
    }

    @Test
    void anEndWithoutCloseNotifyIsAFault() {
        MemoryPair p = MemoryPair.unbounded().connected();
        p.client.write(new byte[] {5}, 0, 1);
        p.toServer.setEofReturn(0);
        byte[] b = new byte[4];
        assertEquals(1, p.server.read(b, 0, 4));
        assertEquals(-1, p.server.read(b, 0, 4));
        assertEquals(SslError.SSL, p.server.getError(-1));
        assertEquals(Reason.UNEXPECTED_EOF_WHILE_READING, reason(p.server));
        assertFalse(p.server.receivedShutdown());
        assertEquals(-1, p.server.read(b, 0, 4), "and so again");
        assertEquals(Reason.UNEXPECTED_EOF_WHILE_READING, reason(p.server));
    }

    @Test
    void anEndWithoutCloseNotifyCountsAsOneIfTheOptionSaysSo() {
        MemoryPair p = MemoryPair.unbounded().connected();
        p.server.setOptions(SslOption.IGNORE_UNEXPECTED_EOF);
        p.toServer.setEofReturn(0);
        assertEquals(0, p.server.read(new byte[4], 0, 4));
        assertEquals(SslError.ZERO_RETURN, p.server.getError(0));
    }

    @Test
    void anEndWithinTheHandshakeIsAFault() {
        MemoryPair p = MemoryPair.unbounded();
        p.toServer.setEofReturn(0);
        assertEquals(-1, p.server.accept());
        assertEquals(SslError.SSL, p.server.getError(-1));
        assertEquals(Reason.UNEXPECTED_EOF_WHILE_READING, reason(p.server));
        assertEquals(-1, p.server.accept());
        assertEquals(SslError.SSL, p.server.getError(-1));
    }

    @Test
    void aServerThatIsNotTrustedIsRefusedByDefaultAndLearnsWhy() {
        SslCtx trustsNobody = new SslCtx(TlsMethod.TLS_CLIENT);
        MemoryPair p =
                new MemoryPair(trustsNobody, MemoryPair.serverCtx(), new MemoryBio(), new MemoryBio()).handshake();
        assertEquals(SslError.SSL, p.client.getError(-1));
        assertEquals(Reason.CERTIFICATE_VERIFY_FAILED, reason(p.client));
        assertEquals(-1, p.server.doHandshake());
        PeerAlertException alert = assertInstanceOf(PeerAlertException.class, p.server.failure());
        assertEquals(AlertDescription.UNKNOWN_CA, alert.alert());
    }

    @Test
    void aServerOfAnotherNameIsRefused() {
        MemoryPair p = MemoryPair.unbounded();
        p.client.set1Host("b.example");
        p.handshake();
        assertEquals(VerifyResult.HOSTNAME_MISMATCH, p.client.getVerifyResult());
        assertEquals(Reason.CERTIFICATE_VERIFY_FAILED, reason(p.client));
    }

    @Test
    void withoutANameToCheckAClientRefusesTheServerUnlessToldOtherwise() {
        MemoryPair p = MemoryPair.unbounded();
        p.client.setHostname(null);
        p.handshake();
        assertEquals(VerifyResult.HOSTNAME_MISMATCH, p.client.getVerifyResult());
        MemoryPair q = MemoryPair.unbounded();
        q.client.disableHostnameCheck();
        q.connected();
    }

    @Test
    void verifyNoneLetsAnybodyInAndTellsWhatWasWrong() {
        MemoryPair p = MemoryPair.unbounded();
        p.client.setVerify(VerifyMode.NONE, null);
        p.client.set1Host("b.example");
        p.connected();
        assertEquals(VerifyResult.HOSTNAME_MISMATCH, p.client.getVerifyResult());
    }

    @Test
    void aBioThatFailsGivesItsExceptionBack() {
        IOException broken = new IOException("cable cut");
        Ssl ssl = new Ssl(new SslCtx(TlsMethod.TLS_CLIENT));
        ssl.setBio(new MemoryBio(), new Bio() {
            @Override
            public int read(byte[] b, int off, int len) {
                return 0;
            }

            @Override
            public int write(byte[] b, int off, int len) throws IOException {
                throw broken;
            }

            @Override
            public boolean eof() {
                return false;
            }
        });
        assertEquals(-1, ssl.connect());
        assertEquals(SslError.SYSCALL, ssl.getError(-1));
        assertSame(broken, ssl.failure());
    }

    @Test
    void aCallbackThatThrowsEndsTheHandshakeWithInternalError() {
        MemoryPair p = MemoryPair.unbounded();
        p.client.setAlpnProtos("h2");
        p.server.setAlpnSelectCb(offered -> {
            throw new UnsupportedOperationException("a bug of the application's");
        });
        p.handshake();
        assertEquals(Reason.INTERNAL_ERROR, reason(p.server));
        p.client.doHandshake();
        assertEquals(
                AlertDescription.INTERNAL_ERROR,
                assertInstanceOf(PeerAlertException.class, p.client.failure()).alert());
    }

    @Test
    void theKeyLogHasTheLinesOfRfc9850OnBothSidesAlike() {
        List<String> clientLines = new ArrayList<>();
        List<String> serverLines = new ArrayList<>();
        MemoryPair p = MemoryPair.unbounded();
        p.client.setKeylogCallback(clientLines::add);
        p.server.setKeylogCallback(serverLines::add);
        p.connected();
        assertEquals(clientLines, serverLines);
        assertEquals(
                List.of(
                        "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
                        "SERVER_HANDSHAKE_TRAFFIC_SECRET",
                        "CLIENT_TRAFFIC_SECRET_0",
                        "SERVER_TRAFFIC_SECRET_0",
                        "EXPORTER_SECRET"),
                clientLines.stream().map(l -> l.substring(0, l.indexOf(' '))).toList());
        for (String line : clientLines) {
            assertTrue(line.matches("[A-Z_0-9]+ [0-9a-f]{64} [0-9a-f]{96}"), line);
        }
    }

    @Test
    void afterCloseEveryCallFails() {
        MemoryPair p = MemoryPair.unbounded().connected();
        p.client.close();
        assertEquals(-1, p.client.read(new byte[1], 0, 1));
        assertEquals(-1, p.client.write(new byte[1], 0, 1));
        assertEquals(-1, p.client.shutdown());
        assertEquals(SslError.SYSCALL, p.client.getError(-1));
        p.client.close();
    }

    @Test
    void aFileThatIsTooLargeForAKeyIsNotReadWhole(@TempDir Path dir) throws Exception {
        Path chain = Files.writeString(
                dir.resolve("chain.pem"),
                PemWriter.certificate(MemoryPair.IDENTITY.certificate().getEncoded()));
        Path key = Files.write(dir.resolve("key.pem"), new byte[(1 << 20) + 1]);
        SslCtx ctx = new SslCtx(TlsMethod.TLS_SERVER);
        assertThrows(IOException.class, () -> ctx.useCertAndKeyFile(chain, key, null));
        Files.writeString(key, PemWriter.privateKey(MemoryPair.IDENTITY.key()));
        ctx.useCertAndKeyFile(chain, key, null);
    }

    @Test
    void namesThatAreNoneAndModesGivenTwiceAreMet() {
        Ssl ssl = new Ssl(MemoryPair.clientCtx());
        assertThrows(IllegalArgumentException.class, () -> ssl.set1Host(null));
        assertThrows(IllegalArgumentException.class, () -> ssl.add1Host(null));
        assertThrows(IllegalArgumentException.class, () -> ssl.setHostname("not a name"));
        ssl.clearMode(SslMode.AUTO_RETRY, SslMode.AUTO_RETRY);
        ssl.clearOptions(SslOption.ENABLE_MIDDLEBOX_COMPAT, SslOption.ENABLE_MIDDLEBOX_COMPAT);
        assertTrue(ssl.getMode().isEmpty());
    }

    @Test
    void aContextThatChangesLaterDoesNotDisturbAConnection() {
        SslCtx ctx = MemoryPair.clientCtx();
        MemoryPair p = new MemoryPair(ctx, MemoryPair.serverCtx(), new MemoryBio(), new MemoryBio());
        ctx.setCiphersuites("TLS_CHACHA20_POLY1305_SHA256");
        p.connected();
        assertEquals("TLS_AES_256_GCM_SHA384", p.client.getCipherName());
    }
}
