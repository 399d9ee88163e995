// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Hkdf;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.keyschedule.TrafficSecret;
import org.libssl4j.record.Aead13;
import org.libssl4j.record.RecordProtection;
import org.libssl4j.spi.VerifyMode;

/** Application data while a client authenticates itself after the handshake (RFC 9846 §4.7.2 [8446 4.6.2]): it may send none between its messages, and the server finds that out whatever it does meanwhile; the server may, and changes its keys as at any other time. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DataWithinAuthenticationTest {
    private static final Crypto CRYPTO = JcaCrypto.of(CryptoPolicy.DEFAULT);
    private static final String SECRET = "CLIENT_TRAFFIC_SECRET_0 ";
    private static final int CERTIFICATE_REQUEST = 13;
    private static final int KEY_UPDATE = 24;

    private final List<Integer> sent = new ArrayList<>(); // handshake messages of the server's
    private TrafficSecret secret;
    private RecordProtection keys;
    private byte[] context;
    private MemoryPair pair;

    @BeforeEach
    void aServerThatHasAskedForACertificate() {
        SslCtx c = MemoryPair.clientCtx();
        c.setCiphersuites("TLS_AES_128_GCM_SHA256");
        c.setPostHandshakeAuth(true);
        c.setKeylogCallback(line -> {
            if (line.startsWith(SECRET)) {
                secret = new TrafficSecret(
                        new Hkdf(CRYPTO.hmac(HashAlgorithm.SHA256)),
                        Secret.of(HexFormat.of().parseHex(line.substring(line.lastIndexOf(' ') + 1))));
            }
        });
        SslCtx s = MemoryPair.serverCtx();
        s.setNumTickets(0); // they would go out with the first data too
        s.setMsgCallback(m -> {
            if (m.sent() && m.contentType() == 22) {
                sent.add((int) m.bytes()[0]);
                if (m.bytes()[0] == CERTIFICATE_REQUEST) {
                    context = Arrays.copyOfRange(m.bytes(), 5, 5 + m.bytes()[4]);
                }
            }
        });
        pair = new MemoryPair(c, s, new MemoryBio(), new MemoryBio()).connected();
        keys = keysOf(secret);
        pair.server.setVerify(VerifyMode.PEER, null);
        assertEquals(1, pair.server.verifyClientPostHandshake());
        assertEquals(1, pair.server.doHandshake());
        assertNotNull(context);
        sent.clear();
    }

    /** The first of the client's messages, an empty Certificate; next comes Finished. */
    private void certificate() throws Exception {
        byte[] certificate = new byte[4 + 1 + context.length + 3];
        certificate[0] = 11;
        certificate[3] = (byte) (certificate.length - 4);
        certificate[4] = (byte) context.length;
        System.arraycopy(context, 0, certificate, 5, context.length);
        send(22, certificate);
        assertEquals(-1, pair.server.read(new byte[1], 0, 1));
        assertEquals(SslWant.READING, pair.server.want());
    }

    private static RecordProtection keysOf(TrafficSecret traffic) {
        try (Secret key = traffic.key(AeadAlgorithm.AES_128_GCM);
                Secret iv = traffic.iv(AeadAlgorithm.AES_128_GCM)) {
            return Aead13.of(CRYPTO, AeadAlgorithm.AES_128_GCM, key, iv);
        }
    }

    private void send(int type, byte[] content) throws Exception {
        byte[] record = new byte[5 + content.length + keys.overhead()];
        System.arraycopy(content, 0, record, 5, content.length);
        int n = keys.seal(type, 0x0303, record, 0, content.length, 0);
        assertEquals(n, pair.toServer.write(record, 0, n));
    }

    private void data(int records) throws Exception {
        for (int i = 0; i < records; i++) {
            send(23, new byte[] {1, 2});
        }
    }

    private void refused(int ret) {
        assertEquals(-1, ret);
        assertEquals(SslError.SSL, pair.server.getError(ret));
        TlsException e = assertInstanceOf(TlsException.class, pair.server.failure());
        assertEquals(Reason.UNEXPECTED_MESSAGE, e.reason());
        assertEquals(AlertDescription.UNEXPECTED_MESSAGE, e.alert());
    }

    @Test
    void aServerThatReads() throws Exception {
        certificate();
        data(1);
        refused(pair.server.read(new byte[10], 0, 10));
    }

    @Test
    void aServerThatGoesOnWithTheHandshake() throws Exception {
        certificate();
        data(2);
        refused(pair.server.doHandshake());
    }

    @Test
    void aServerThatUpdatesItsKeysAndWrites() throws Exception {
        certificate();
        data(2);
        assertEquals(1, pair.server.keyUpdate(KeyUpdateType.NOT_REQUESTED));
        assertEquals(10, pair.server.write(new byte[10], 0, 10), "writing does not wait for messages");
        refused(pair.server.read(new byte[10], 0, 10));
    }

    private void theServerCanWrite() {
        byte[] b = new byte[10];
        for (int i = 0; i < 3; i++) {
            assertEquals(10, pair.server.write(b, 0, 10), () -> pair.server.want() + " " + pair.server.failure());
            assertEquals(List.of(KEY_UPDATE), sent, "once, and before the data");
            assertEquals(10, pair.client.read(b, 0, 10), () -> "" + pair.client.failure());
        }
    }

    @Test
    void aServerUpdatesItsKeysWhileItWaits() throws Exception {
        certificate();
        assertEquals(1, pair.server.keyUpdate(KeyUpdateType.NOT_REQUESTED));
        theServerCanWrite();
    }

    @Test
    void aServerAnswersARequestToUpdateItsKeysWhileItWaits() throws Exception {
        send(22, new byte[] {KEY_UPDATE, 0, 0, 1, 1});
        keys = keysOf(secret.next());
        certificate();
        assertEquals(List.of(), sent);
        theServerCanWrite();
    }
}
