// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.Arrays;
import java.util.HexFormat;
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

/** A client that sends application data between the messages of its late authentication, which RFC 9846 §4.7.2 [8446 4.6.2] does not allow; whatever the server does meanwhile, it finds that out. */
@Timeout(value = 15, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DataWithinAuthenticationTest {
    private static final String SECRET = "CLIENT_TRAFFIC_SECRET_0 ";

    private RecordProtection keys;
    private byte[] context;
    private MemoryPair pair;

    @BeforeEach
    void aServerThatHasTheCertificateButNotTheFinished() throws Exception {
        SslCtx c = MemoryPair.clientCtx();
        c.setCiphersuites("TLS_AES_128_GCM_SHA256");
        c.setPostHandshakeAuth(true);
        c.setKeylogCallback(line -> {
            if (line.startsWith(SECRET)) {
                keys = keysOf(HexFormat.of().parseHex(line.substring(line.lastIndexOf(' ') + 1)));
            }
        });
        SslCtx s = MemoryPair.serverCtx();
        s.setMsgCallback(m -> {
            if (m.sent() && m.contentType() == 22 && m.bytes()[0] == 13) {
                context = Arrays.copyOfRange(m.bytes(), 5, 5 + m.bytes()[4]);
            }
        });
        pair = new MemoryPair(c, s, new MemoryBio(), new MemoryBio()).connected();
        pair.server.setVerify(VerifyMode.PEER, null);
        assertEquals(1, pair.server.verifyClientPostHandshake());
        assertEquals(1, pair.server.doHandshake());
        assertNotNull(context);
        byte[] certificate = new byte[4 + 1 + context.length + 3]; // an empty one: next comes Finished
        certificate[0] = 11;
        certificate[3] = (byte) (certificate.length - 4);
        certificate[4] = (byte) context.length;
        System.arraycopy(context, 0, certificate, 5, context.length);
        send(22, certificate);
        assertEquals(-1, pair.server.read(new byte[1], 0, 1));
        assertEquals(SslWant.READING, pair.server.want());
    }

    private static RecordProtection keysOf(byte[] secret) {
        Crypto crypto = JcaCrypto.of(CryptoPolicy.DEFAULT);
        try (TrafficSecret traffic = new TrafficSecret(new Hkdf(crypto.hmac(HashAlgorithm.SHA256)), Secret.of(secret));
                Secret key = traffic.key(AeadAlgorithm.AES_128_GCM);
                Secret iv = traffic.iv(AeadAlgorithm.AES_128_GCM)) {
            return Aead13.of(crypto, AeadAlgorithm.AES_128_GCM, key, iv);
        }
    }

    private void send(int type, byte... content) throws Exception {
        byte[] record = new byte[5 + content.length + keys.overhead()];
        System.arraycopy(content, 0, record, 5, content.length);
        int n = keys.seal(type, 0x0303, record, 0, content.length, 0);
        assertEquals(n, pair.toServer.write(record, 0, n));
    }

    private void data(int records) throws Exception {
        for (int i = 0; i < records; i++) {
            send(23, (byte) 1, (byte) 2);
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
        data(1);
        refused(pair.server.read(new byte[10], 0, 10));
    }

    @Test
    void aServerThatGoesOnWithTheHandshake() throws Exception {
        data(2);
        refused(pair.server.doHandshake());
    }

    @Test
    void aServerThatUpdatesItsKeysAndWrites() throws Exception {
        data(2);
        assertEquals(1, pair.server.keyUpdate(KeyUpdateType.NOT_REQUESTED));
        refused(pair.server.write(new byte[10], 0, 10));
    }
}
