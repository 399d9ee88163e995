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
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.config.Limits;
import org.libssl4j.config.RecordSettings;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.keyschedule.KeyBlock;
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

    /** What protects the records. */
    private record Form(CipherSuite suite, ProtocolVersion version, boolean encryptThenMac) {
        KeyBlock.Half keys(int fill) {
            return TestCrypto.half(suite, version, encryptThenMac, fill);
        }
    }

    /** change_cipher_spec, keys and Finished of one side. */
    private static void finish(TlsCarrier from, TlsCarrier to, Form form, int fill) throws Exception {
        from.send(HandshakeMessage.CHANGE_CIPHER_SPEC);
        from.install(Epoch.HANDSHAKE, Direction.WRITE, form.suite(), form.keys(fill));
        send(from, FINISHED);
        from.endFlight();
        move(from, to);
        assertThrows(TlsException.class, () -> from.seal(data(5), 0, 5), "data before promote");
        assertSame(HandshakeMessage.CHANGE_CIPHER_SPEC, to.peek());
        assertSame(HandshakeMessage.CHANGE_CIPHER_SPEC, to.peek());
        to.consume();
        to.install(Epoch.HANDSHAKE, Direction.READ, form.suite(), form.keys(fill));
        expect(to, FINISHED);
        assertNull(to.peek());
        to.promote(Direction.READ);
        from.promote(Direction.WRITE);
    }

    private void handshake(Form form, int fill) throws Exception {
        send(client, HELLO);
        client.endFlight();
        move(client, server);
        expect(server, HELLO);
        server.version(form.version());
        send(server, HELLO);
        server.endFlight();
        move(server, client);
        expect(client, HELLO);
        client.version(form.version());
        finish(client, server, form, fill);
        finish(server, client, form, fill + 1);
    }

    private static void exchange(TlsCarrier from, TlsCarrier to, int length) throws Exception {
        byte[] b = data(length);
        byte[] got = new byte[length];
        for (int sent = 0, read = 0; read < length; ) {
            sent += from.seal(b, sent, length - sent);
            byte[] records = Peer.output(from);
            int at = 0;
            while (at < records.length || to.bytesWanted() == 0) {
                at = feed(to, records, at);
                read += to.open(got, read, length - read);
            }
            assertEquals(sent, read);
        }
        assertArrayEquals(b, got);
    }

    /** Gives bytes from {@code at} on until a record is whole; returns where the rest begins. */
    private static int feed(TlsCarrier to, byte[] bytes, int at) throws Exception {
        int[] next = {at};
        while (next[0] < bytes.length && to.bytesWanted() > 0) {
            to.fill(
                    (b, off, len) -> {
                        int n = Math.min(len, bytes.length - next[0]);
                        System.arraycopy(bytes, next[0], b, off, n);
                        next[0] += n;
                        return n;
                    },
                    false);
        }
        return next[0];
    }

    static Stream<Form> forms() {
        Stream<Form> aead = Stream.of(
                        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                        CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256)
                .map(s -> new Form(s, ProtocolVersion.TLS1_2, false));
        CipherSuite sha1 = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA;
        CipherSuite sha384 = CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384;
        Stream<Form> cbc = Stream.of(true, false)
                .flatMap(etm -> Stream.of(
                        new Form(sha1, ProtocolVersion.TLS1_0, etm),
                        new Form(sha1, ProtocolVersion.TLS1_1, etm),
                        new Form(sha384, ProtocolVersion.TLS1_2, etm)));
        return Stream.concat(aead, cbc);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aHandshakeAndDataGoThroughAndSoDoesASecondHandshakeUnderTheKeysOfTheFirst(Form form) throws Exception {
        handshake(form, 1);
        for (int length : new int[] {1, 17, 16_384, 40_000}) {
            exchange(client, server, length);
            exchange(server, client, length);
        }
        send(client, HELLO);
        client.endFlight();
        move(client, server);
        expect(server, HELLO);
        exchange(server, client, 10);
        finish(client, server, form, 3);
        finish(server, client, form, 5);
        exchange(client, server, 100);
        exchange(server, client, 100);
        assertEquals(false, client.keyUpdateDue());
    }

    private static final Form GCM =
            new Form(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, ProtocolVersion.TLS1_2, false);
    private static final Form CBC_1_0 =
            new Form(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, ProtocolVersion.TLS1_0, false);

    private static byte[] dataOf(TlsCarrier carrier, int length) throws TlsException {
        assertEquals(length, carrier.seal(data(length), 0, length));
        return Peer.output(carrier);
    }

    @Test
    void recordsAreOfTheVersionAndTheTypeIsSeen() throws Exception {
        handshake(GCM, 1);
        assertArrayEquals(new byte[] {23, 3, 3, 0, 34, 0, 0, 0, 0, 0, 0, 0, 1}, Arrays.copyOf(dataOf(client, 10), 13));
    }

    @Test
    void inTls10AnEmptyRecordGoesBeforeDataUnlessThatIsNotWanted() throws Exception {
        handshake(CBC_1_0, 1);
        byte[] both = dataOf(client, 10);
        assertArrayEquals(new byte[] {23, 3, 1, 0, 32}, Arrays.copyOf(both, 5));
        assertArrayEquals(new byte[] {23, 3, 1, 0, 32}, Arrays.copyOfRange(both, 37, 42));
        assertEquals(74, both.length);
        TlsCarrier plain = new TlsCarrier(
                TestCrypto.JDK,
                Observer.NONE,
                Limits.DEFAULT,
                RecordSettings.DEFAULT.withEmptyFragments(false),
                Role.CLIENT);
        plain.version(ProtocolVersion.TLS1_0);
        plain.install(Epoch.APPLICATION, Direction.WRITE, CBC_1_0.suite(), CBC_1_0.keys(1));
        assertEquals(37, dataOf(plain, 10).length);
    }

    @Test
    void whereEachRecordHasItsIvNoEmptyOneIsNeeded() throws Exception {
        handshake(new Form(CBC_1_0.suite(), ProtocolVersion.TLS1_1, false), 1);
        assertEquals(5 + 16 + 32, dataOf(client, 10).length);
    }

    @Test
    void thePeersLimitIsOfTheContent() throws Exception {
        handshake(GCM, 1);
        client.limitRecords(Direction.WRITE, 64);
        assertEquals(64, client.seal(data(100), 0, 100));
        assertEquals(5 + 8 + 64 + 16, Peer.output(client).length);
    }

    @Test
    void paddingIsForTls13Alone() throws Exception {
        TlsCarrier padding = new TlsCarrier(
                TestCrypto.JDK,
                Observer.NONE,
                Limits.DEFAULT,
                RecordSettings.DEFAULT.withPadding((type, length) -> 100),
                Role.CLIENT);
        padding.version(ProtocolVersion.TLS1_2);
        padding.install(Epoch.APPLICATION, Direction.WRITE, GCM.suite(), GCM.keys(1));
        assertEquals(5 + 8 + 10 + 16, dataOf(padding, 10).length);
    }

    @Test
    void aWarningThatWeDoNotRenegotiateIsProtectedAndAllGoesOn() throws Exception {
        handshake(GCM, 1);
        server.alert(AlertDescription.NO_RENEGOTIATION);
        move(server, client);
        Peer.fault(AlertDescription.HANDSHAKE_FAILURE, Reason.NO_RENEGOTIATION, client::peek);
        assertEquals(5 + 8 + 10 + 16, dataOf(server, 10).length);
    }

    @Test
    void aFatalAlertIsProtectedAndTheLast() throws Exception {
        handshake(GCM, 1);
        server.alert(AlertDescription.DECODE_ERROR);
        byte[] record = Peer.output(server);
        assertEquals(21, record[0]);
        assertEquals(5 + 8 + 2 + 16, record.length);
        assertThrows(TlsException.class, () -> server.seal(data(5), 0, 5));
    }

    @Test
    void whoLooksOnSeesHeadersOfTheVersionAndNoInnerTypes() throws Exception {
        List<String> seen = new ArrayList<>();
        Observer observer = (Observer) Proxy.newProxyInstance(
                Observer.class.getClassLoader(), new Class<?>[] {Observer.class}, (proxy, method, args) -> {
                    if (method.getName().equals("message")) {
                        seen.add(args[1] + " " + args[2] + " " + args[5]);
                    }
                    return null;
                });
        TlsCarrier watched =
                new TlsCarrier(TestCrypto.JDK, observer, Limits.DEFAULT, RecordSettings.DEFAULT, Role.CLIENT);
        watched.version(ProtocolVersion.TLS1_2);
        watched.install(Epoch.APPLICATION, Direction.WRITE, GCM.suite(), GCM.keys(1));
        dataOf(watched, 10);
        assertEquals(List.of("256 APPLICATION 5"), seen);
    }
}
