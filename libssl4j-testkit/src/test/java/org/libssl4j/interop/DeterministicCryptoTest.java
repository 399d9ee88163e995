// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.config.CipherList;
import org.libssl4j.config.Credentials;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SignatureList;
import org.libssl4j.config.Versions;
import org.libssl4j.connection.TlsConnection;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.testkit.crypto.DeterministicCrypto;

/** Two runs from the same seeds give the same bytes on the wire; other seeds give others. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeterministicCryptoTest {
    private static final Crypto REAL = JcaCrypto.of(CryptoPolicy.DEFAULT);
    private static final Identity IDENTITY =
            Identity.make(Identity.Kind.ED25519, Identity.HOST, Instant.now().plus(2, ChronoUnit.DAYS));

    @ParameterizedTest
    @EnumSource(
            value = NamedGroup.class,
            names = {"X25519", "SECP256R1"})
    void equalSeedsGiveEqualTranscripts(NamedGroup group) throws Exception {
        List<byte[]> first = transcript(group, 1, 2);
        List<byte[]> second = transcript(group, 1, 2);
        assertArrayEquals(first.get(0), second.get(0));
        assertArrayEquals(first.get(1), second.get(1));
        assertFalse(Arrays.equals(first.get(0), transcript(group, 3, 2).get(0)), "another client, another hello");
        assertFalse(Arrays.equals(first.get(1), transcript(group, 1, 4).get(1)), "another server, another hello");
    }

    @ParameterizedTest
    @EnumSource(
            value = NamedGroup.class,
            names = {"X25519", "SECP256R1"})
    void seededExchangesAgreeWithRealOnes(NamedGroup group) throws Exception {
        for (int seed = 0; seed < 300; seed++) { // so that shares with leading zeros are among them
            Crypto seeded = new DeterministicCrypto(REAL, seed);
            try (KeyExchange x = seeded.keyExchange(group).start()) {
                KeyExchange.Answer a = REAL.keyExchange(group).answer(x.share());
                assertEquals(a.secret(), x.finish(a.share()));
            }
        }
    }

    @Test
    void aShareThatIsNoneIsRefused() {
        Crypto seeded = new DeterministicCrypto(REAL, 1);
        for (NamedGroup g : new NamedGroup[] {NamedGroup.X25519, NamedGroup.SECP256R1}) {
            for (byte[] bad : new byte[][] {{}, new byte[g.clientShareLength()], new byte[g.clientShareLength() + 1]}) {
                assertThrows(TlsException.class, () -> seeded.keyExchange(g).answer(bad), g.toString());
            }
        }
    }

    @Test
    void aRandomisedSignatureIsRefused() throws Exception {
        Crypto seeded = new DeterministicCrypto(REAL, 1);
        byte[] input = {1, 2, 3};
        byte[] signature = seeded.sign(IDENTITY.key(), SignatureScheme.ED25519, input);
        assertTrue(REAL.verify(IDENTITY.certificate().getPublicKey(), SignatureScheme.ED25519, input, signature));
        assertThrows(
                TlsException.class,
                () -> seeded.sign(Identity.ECDSA.key(), SignatureScheme.ECDSA_SECP256R1_SHA256, input));
    }

    @Test
    void theSaltsOfPssComeFromTheSeed() throws Exception {
        byte[] input = {1, 2, 3};
        SignatureScheme scheme = SignatureScheme.RSA_PSS_RSAE_SHA256;
        byte[] first = new DeterministicCrypto(REAL, 1).sign(Identity.RSA.key(), scheme, input);
        assertTrue(REAL.verify(Identity.RSA.certificate().getPublicKey(), scheme, input, first));
        assertArrayEquals(first, new DeterministicCrypto(REAL, 1).sign(Identity.RSA.key(), scheme, input));
        assertFalse(Arrays.equals(first, new DeterministicCrypto(REAL, 2).sign(Identity.RSA.key(), scheme, input)));
    }

    /** The bytes that client and server send: handshake, data each way, close_notify. */
    private static List<byte[]> transcript(NamedGroup group, long clientSeed, long serverSeed) throws Exception {
        ByteArrayOutputStream fromClient = new ByteArrayOutputStream();
        ByteArrayOutputStream fromServer = new ByteArrayOutputStream();
        try (TlsConnection client =
                        new TlsConnection(Role.CLIENT, client(group), new DeterministicCrypto(REAL, clientSeed));
                TlsConnection server =
                        new TlsConnection(Role.SERVER, server(group), new DeterministicCrypto(REAL, serverSeed))) {
            while (!client.complete() || !server.complete()) {
                step(client, server, fromClient);
                step(server, client, fromServer);
            }
            byte[] data = {1, 2, 3};
            client.write(data, 0, data.length);
            client.closeNotify();
            server.write(data, 0, data.length);
            server.closeNotify();
            move(client, server, fromClient);
            move(server, client, fromServer);
            byte[] read = new byte[data.length];
            assertEquals(data.length, server.read(read, 0, read.length));
            assertArrayEquals(data, read);
        }
        return List.of(fromClient.toByteArray(), fromServer.toByteArray());
    }

    private static void step(TlsConnection from, TlsConnection to, ByteArrayOutputStream wire) throws Exception {
        Want w = from.advance();
        assertTrue(w == Want.READ || w == Want.WRITE || w == Want.NOTHING, w::toString);
        move(from, to, wire);
    }

    /** Moves what one has to send, record by record, as a stream would. */
    private static void move(TlsConnection from, TlsConnection to, ByteArrayOutputStream wire)
            throws IOException, TlsException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (!from.drained()) {
            from.drain((b, off, len) -> {
                out.write(b, off, len);
                return len;
            });
        }
        wire.writeBytes(out.toByteArray());
        byte[] bytes = out.toByteArray();
        int[] at = {0};
        while (at[0] < bytes.length) {
            to.fill(
                    (b, off, len) -> {
                        int n = Math.min(len, bytes.length - at[0]);
                        System.arraycopy(bytes, at[0], b, off, n);
                        at[0] += n;
                        return n;
                    },
                    true);
        }
    }

    private static HandshakeConfig client(NamedGroup group) {
        HandshakeConfig c = base(group);
        return c.with(c.extensions().withServerName(Identity.HOST))
                .with(c.verification()
                        .withHosts(List.of(Identity.HOST))
                        .with(c.verification().anchors().plus(List.of(IDENTITY.issuer()))));
    }

    private static HandshakeConfig server(NamedGroup group) throws Exception {
        return base(group)
                .with(new Credentials(List.of(new Credentials.Credential(
                        "Ed25519",
                        List.of(REAL.certificate(IDENTITY.certificate().getEncoded())),
                        IDENTITY.key()))));
    }

    private static HandshakeConfig base(NamedGroup group) {
        return new HandshakeConfig(
                new Versions(ProtocolVersion.TLS1_3, ProtocolVersion.TLS1_3),
                CipherList.DEFAULT,
                new GroupList(List.of(group)),
                new SignatureList(List.of(SignatureScheme.ED25519)));
    }
}
