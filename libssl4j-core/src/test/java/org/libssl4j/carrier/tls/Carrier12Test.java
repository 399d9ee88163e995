// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.libssl4j.carrier.tls.Peer.data;
import static org.libssl4j.carrier.tls.Peer.message;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.config.Limits;
import org.libssl4j.config.RecordSettings;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.message.HandshakeMessage;

/** Two carriers as a handshake of TLS 1.2 leads them, from the first message to data, and through a second handshake. */
class Carrier12Test {
    private static final byte[] HELLO = message(HandshakeType.CLIENT_HELLO, 100);
    private static final byte[] FINISHED = message(HandshakeType.FINISHED, 12);

    private final TlsCarrier client = carrier(Role.CLIENT);
    private final TlsCarrier server = carrier(Role.SERVER);

    private static TlsCarrier carrier(Role role) {
        return new TlsCarrier(TestCrypto.JDK, Observer.NONE, Limits.DEFAULT, RecordSettings.DEFAULT, role);
    }

    private static void move(TlsCarrier from, TlsCarrier to) throws IOException, TlsException {
        byte[] all = Peer.output(from);
        int[] at = {0};
        while (at[0] < all.length) {
            to.fill(
                    (b, off, len) -> {
                        int n = Math.min(len, all.length - at[0]);
                        System.arraycopy(all, at[0], b, off, n);
                        at[0] += n;
                        return n;
                    },
                    true);
        }
    }

    private static void send(TlsCarrier from, byte[] message) throws TlsException {
        from.send(HandshakeMessage.received(message));
    }

    private static void expect(TlsCarrier at, byte[] message) throws TlsException {
        assertArrayEquals(message, at.peek().raw());
        at.consume();
    }

    /** change_cipher_spec, keys and Finished of one side. */
    private static void finish(TlsCarrier from, TlsCarrier to, CipherSuite suite, int fill) throws Exception {
        from.send(HandshakeMessage.CHANGE_CIPHER_SPEC);
        from.install(Epoch.HANDSHAKE, Direction.WRITE, suite, TestCrypto.half(suite, fill));
        send(from, FINISHED);
        from.endFlight();
        move(from, to);
        assertThrows(TlsException.class, () -> from.seal(data(5), 0, 5), "data before promote");
        assertSame(HandshakeMessage.CHANGE_CIPHER_SPEC, to.peek());
        assertSame(HandshakeMessage.CHANGE_CIPHER_SPEC, to.peek());
        to.consume();
        to.install(Epoch.HANDSHAKE, Direction.READ, suite, TestCrypto.half(suite, fill));
        expect(to, FINISHED);
        assertNull(to.peek());
        to.promote(Direction.READ);
        from.promote(Direction.WRITE);
    }

    private void handshake(CipherSuite suite, int fill) throws Exception {
        send(client, HELLO);
        client.endFlight();
        move(client, server);
        expect(server, HELLO);
        server.version(ProtocolVersion.TLS1_2);
        send(server, HELLO);
        server.endFlight();
        move(server, client);
        expect(client, HELLO);
        client.version(ProtocolVersion.TLS1_2);
        finish(client, server, suite, fill);
        finish(server, client, suite, fill + 1);
    }

    private static void exchange(TlsCarrier from, TlsCarrier to, int length) throws Exception {
        byte[] b = data(length);
        for (int done = 0; done < length; ) {
            done += from.seal(b, done, length - done);
            move(from, to);
            byte[] got = new byte[length];
            int n = to.open(got, 0, length);
            assertArrayEquals(Arrays.copyOfRange(b, done - n, done), Arrays.copyOf(got, n));
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
            })
    void aHandshakeAndDataGoThroughAndSoDoesASecondHandshakeUnderTheKeysOfTheFirst(CipherSuite suite) throws Exception {
        handshake(suite, 1);
        for (int length : new int[] {1, 17, 16_384, 40_000}) {
            exchange(client, server, length);
            exchange(server, client, length);
        }
        send(client, HELLO);
        client.endFlight();
        move(client, server);
        expect(server, HELLO);
        exchange(server, client, 10);
        finish(client, server, suite, 3);
        finish(server, client, suite, 5);
        exchange(client, server, 100);
        exchange(server, client, 100);
        assertEquals(false, client.keyUpdateDue());
    }

    @Test
    void recordsAreOfTheVersionAndTheTypeIsSeen() throws Exception {
        CipherSuite suite = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
        handshake(suite, 1);
        client.seal(data(10), 0, 10);
        byte[] record = Peer.output(client);
        assertArrayEquals(new byte[] {23, 3, 3, 0, 34, 0, 0, 0, 0, 0, 0, 0, 1}, Arrays.copyOf(record, 13));
    }
}
