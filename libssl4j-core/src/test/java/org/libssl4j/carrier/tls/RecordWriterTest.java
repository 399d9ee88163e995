// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.libssl4j.carrier.tls.Peer.ALERT;
import static org.libssl4j.carrier.tls.Peer.CCS;
import static org.libssl4j.carrier.tls.Peer.DATA;
import static org.libssl4j.carrier.tls.Peer.HANDSHAKE;
import static org.libssl4j.carrier.tls.Peer.concat;
import static org.libssl4j.carrier.tls.Peer.data;
import static org.libssl4j.carrier.tls.Peer.message;
import static org.libssl4j.carrier.tls.Peer.output;
import static org.libssl4j.carrier.tls.Peer.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libssl4j.config.Limits;
import org.libssl4j.config.RecordSettings;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.StateName;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.record.Aead13;
import org.libssl4j.record.RecordHeader;

/** What the sending half puts on the wire. */
class RecordWriterTest {
    private static final byte[] HELLO = message(HandshakeType.CLIENT_HELLO, 200);
    private static final byte[] FIRST = {22, 3, 1};

    private final TlsCarrier client = carrier(Role.CLIENT);
    private final TlsCarrier server = carrier(Role.SERVER);
    private final Peer reader = Peer.ofClient();

    private static TlsCarrier carrier(Role role) {
        return new TlsCarrier(TestCrypto.JDK, Observer.NONE, Limits.DEFAULT, RecordSettings.DEFAULT, role);
    }

    private static HandshakeMessage m(byte[] raw) {
        return HandshakeMessage.received(raw);
    }

    private void keys(TlsCarrier writer, Epoch epoch) throws TlsException {
        writer.install(epoch, Direction.WRITE, Peer.SUITE, TestCrypto.traffic(Peer.SUITE, epoch.ordinal() + 1));
    }

    /** Lengths of the records' bodies, negative for those that are not application_data outside. */
    private static List<Integer> bodies(byte[] stream) {
        List<Integer> found = new ArrayList<>();
        for (int off = 0; off < stream.length; off += 5 + RecordHeader.length(stream, off)) {
            int length = RecordHeader.length(stream, off);
            found.add(stream[off] == DATA ? length : -length);
        }
        return found;
    }

    @Test
    void onlyTheFirstClientHelloHasTheVersionOfTls10() throws TlsException {
        client.send(m(HELLO));
        client.endFlight();
        assertArrayEquals(record(HANDSHAKE, 0x0301, HELLO), output(client));
        client.send(HandshakeMessage.CHANGE_CIPHER_SPEC);
        client.send(m(HELLO));
        client.endFlight();
        assertArrayEquals(concat(record(CCS, (byte) 1), record(HANDSHAKE, HELLO)), output(client));
        server.send(m(HELLO));
        server.endFlight();
        assertArrayEquals(record(HANDSHAKE, HELLO), output(server));
    }

    @Test
    void anAlertAfterTheFirstClientHelloHasTheUsualVersion() throws TlsException {
        client.send(m(HELLO));
        client.endFlight();
        output(client);
        client.alert(AlertDescription.ILLEGAL_PARAMETER);
        assertArrayEquals(record(ALERT, (byte) 2, (byte) 47), output(client));
    }

    @Test
    void aLongFirstClientHelloHasOneVersionInAllItsRecords() throws TlsException {
        client.send(m(message(HandshakeType.CLIENT_HELLO, 20_000)));
        client.endFlight();
        byte[] out = output(client);
        assertEquals(List.of(-16_384, -3620), bodies(out));
        assertArrayEquals(FIRST, Arrays.copyOf(out, 3));
        assertArrayEquals(FIRST, Arrays.copyOfRange(out, 16_389, 16_392));
    }

    @Test
    void nothingGoesOutBeforeTheFlightEnds() throws TlsException {
        client.send(m(HELLO));
        assertTrue(client.drained());
        client.endFlight();
        assertFalse(client.drained());
    }

    @Test
    void theMessagesOfAFlightShareARecord() throws TlsException {
        keys(server, Epoch.HANDSHAKE);
        byte[] flight = concat(message(8, 100), message(11, 3000), message(15, 264), message(20, 32));
        server.send(m(message(8, 100)));
        server.send(m(message(11, 3000)));
        server.send(m(message(15, 264)));
        server.send(m(message(20, 32)));
        server.endFlight();
        byte[] out = output(server);
        assertEquals(List.of(flight.length + 17), bodies(out));
        reader.keys(Epoch.HANDSHAKE).bring(out);
        for (int type : new int[] {8, 11, 15, 20}) {
            assertEquals(type, reader.take()[0]);
        }
    }

    @Test
    void aFlightThatDoesNotFitFillsItsRecords() throws TlsException {
        keys(server, Epoch.HANDSHAKE);
        byte[] certificate = message(11, 40_000);
        server.send(m(message(8, 100)));
        server.send(m(certificate));
        server.endFlight();
        byte[] out = output(server);
        assertEquals(List.of(16_401, 16_401, 40_108 - 2 * 16_384 + 17), bodies(out));
        reader.keys(Epoch.HANDSHAKE).bring(out);
        reader.take();
        assertArrayEquals(certificate, reader.take());
    }

    @Test
    void aRecordEndsWhereTheKeysChange() throws TlsException {
        server.send(m(HELLO));
        keys(server, Epoch.HANDSHAKE);
        server.send(m(message(20, 32)));
        keys(server, Epoch.APPLICATION);
        server.send(m(message(4, 50)));
        server.endFlight();
        assertEquals(List.of(-204, 36 + 17, 54 + 17), bodies(output(server)));
    }

    @Test
    void aChangeCipherSpecIsNeverProtectedAndStandsBetweenRecords() throws TlsException {
        keys(client, Epoch.HANDSHAKE);
        client.send(m(message(11, 10)));
        client.send(HandshakeMessage.CHANGE_CIPHER_SPEC);
        client.send(m(message(20, 32)));
        client.endFlight();
        byte[] out = output(client);
        assertEquals(List.of(14 + 17, -1, 36 + 17), bodies(out));
        assertArrayEquals(new byte[] {20, 3, 3, 0, 1, 1}, Arrays.copyOfRange(out, 36, 42));
    }

    @Test
    void aFullWriteIsOneRecord() throws TlsException {
        keys(client, Epoch.APPLICATION);
        assertEquals(16_384, client.seal(data(16_384), 0, 16_384));
        assertEquals(List.of(16_401), bodies(output(client)));
        assertEquals(16_384, client.seal(data(20_000), 3, 19_000));
        assertEquals(List.of(16_401), bodies(output(client)));
    }

    @Test
    void aWriteOfNothingIsNoRecord() throws TlsException {
        keys(client, Epoch.APPLICATION);
        assertEquals(0, client.seal(data(1), 0, 0));
        assertTrue(client.drained());
    }

    @Test
    void messagesGoOutBeforeTheDataThatFollowThem() throws TlsException {
        keys(server, Epoch.APPLICATION);
        server.send(m(message(4, 50)));
        server.seal(data(9), 0, 9);
        assertEquals(List.of(54 + 17, 9 + 17), bodies(output(server)));
    }

    @Test
    void applicationDataAreNeverSentWithoutTheirKeys() throws TlsException {
        Peer.fault(AlertDescription.INTERNAL_ERROR, Reason.UNINITIALIZED, () -> client.seal(data(1), 0, 1));
        keys(client, Epoch.HANDSHAKE);
        Peer.fault(AlertDescription.INTERNAL_ERROR, Reason.UNINITIALIZED, () -> client.seal(data(1), 0, 1));
        assertTrue(client.drained());
    }

    @Test
    void moreDataAreNotSealedWhileOutputWaits() throws TlsException {
        keys(client, Epoch.APPLICATION);
        client.seal(data(5), 0, 5);
        assertThrows(IllegalStateException.class, () -> client.seal(data(5), 0, 5));
    }

    @Test
    void anAlertGoesOutOnceBehindAllElseAndNothingFollows() throws TlsException {
        keys(client, Epoch.APPLICATION);
        client.send(m(message(24, 1)));
        client.alert(AlertDescription.CLOSE_NOTIFY);
        client.alert(AlertDescription.CLOSE_NOTIFY);
        client.alert(AlertDescription.INTERNAL_ERROR);
        client.send(m(message(24, 1)));
        client.endFlight();
        byte[] out = output(client);
        assertEquals(List.of(5 + 17, 2 + 17), bodies(out));
        Peer.fault(AlertDescription.INTERNAL_ERROR, Reason.PROTOCOL_IS_SHUTDOWN, () -> client.seal(data(1), 0, 1));
        reader.keys(Epoch.APPLICATION).bring(out);
        reader.take();
        reader.peek();
        assertTrue(reader.carrier.closeNotifyReceived());
    }

    @Test
    void anAlertIsProtectedByTheKeysInForce() throws TlsException {
        server.send(m(HELLO));
        keys(server, Epoch.HANDSHAKE);
        server.alert(AlertDescription.HANDSHAKE_FAILURE);
        reader.bring(output(server));
        reader.take();
        reader.keys(Epoch.HANDSHAKE);
        reader.refused(AlertDescription.HANDSHAKE_FAILURE, Reason.SSLV3_ALERT_HANDSHAKE_FAILURE);
    }

    @Test
    void closeNotifyUserCanceledAndNoRenegotiationAreWarningsAndTheRestIsFatal() {
        for (AlertDescription a : AlertDescription.values()) {
            TlsCarrier fresh = carrier(Role.SERVER);
            fresh.alert(a);
            boolean warns = switch (a) {
                case CLOSE_NOTIFY, USER_CANCELED, NO_RENEGOTIATION -> true;
                default -> false;
            };
            int level = warns ? 1 : 2;
            assertArrayEquals(record(ALERT, (byte) level, (byte) a.code()), output(fresh));
        }
    }

    @Test
    void theSinkMayTakeAByteAtATime() throws Exception {
        keys(client, Epoch.APPLICATION);
        client.seal(data(100), 0, 100);
        byte[] got = new byte[122];
        int[] n = {0};
        while (!client.drained()) {
            assertEquals(-1, client.drain((b, off, len) -> -1));
            assertEquals(1, client.drain((b, off, len) -> {
                got[n[0]++] = b[off];
                return 1;
            }));
        }
        reader.keys(Epoch.APPLICATION).bring(got);
        byte[] b = new byte[200];
        assertEquals(100, reader.read(b));
        assertArrayEquals(data(100), Arrays.copyOf(b, 100));
    }

    @Test
    void messagesMayBeAddedWhileOutputIsPartlyTaken() throws Exception {
        keys(server, Epoch.HANDSHAKE);
        List<byte[]> sent = new ArrayList<>();
        byte[] got = {};
        for (int i = 0; i < 60; i++) {
            byte[] raw = message(11, 37 * i);
            sent.add(raw);
            server.send(m(raw));
            if (i % 3 == 0) {
                server.endFlight();
            }
            byte[][] part = {{}};
            int most = 5 * i;
            server.drain((b, off, len) -> {
                part[0] = Arrays.copyOfRange(b, off, off + Math.min(len, most));
                return part[0].length;
            });
            got = concat(got, part[0]);
        }
        server.endFlight();
        reader.keys(Epoch.HANDSHAKE).bring(got, output(server));
        for (byte[] raw : sent) {
            assertArrayEquals(raw, reader.take());
        }
    }

    @Test
    void aKeyUpdateIsDueBeforeTheKeysLimitAndNothingIsSealedBehindIt() throws Exception {
        RecordWriter writer =
                new RecordWriter(Observer.NONE, () -> RecordSettings.DEFAULT, Role.CLIENT, new BufferPool(1));
        writer.install(Epoch.APPLICATION, Aead13.of(new XorAead(1), new byte[12], 8));
        for (int i = 0; i < 8; i++) {
            assertEquals(i >= 7, writer.keyUpdateDue());
            writer.seal(data(5), 0, 5);
        }
        writer.drain((b, off, len) -> len);
        Peer.fault(AlertDescription.INTERNAL_ERROR, Reason.INVALID_SEQUENCE_NUMBER, () -> writer.seal(data(5), 0, 5));
        assertTrue(writer.drained());
        writer.alert(AlertDescription.INTERNAL_ERROR);
        assertTrue(writer.drained(), "an alert that cannot be protected is dropped");
    }

    @Test
    void aKeyUpdateIsNotDueForKeysThatItCannotChange() throws TlsException {
        RecordWriter writer =
                new RecordWriter(Observer.NONE, () -> RecordSettings.DEFAULT, Role.CLIENT, new BufferPool(1));
        writer.install(Epoch.EARLY_DATA, Aead13.of(new XorAead(1), new byte[12], 1));
        writer.seal(data(5), 0, 5);
        assertFalse(writer.keyUpdateDue());
    }

    @Test
    void aCipherThatFailsLeavesNoPlaintextInTheOutput() throws Exception {
        RecordWriter writer =
                new RecordWriter(Observer.NONE, () -> RecordSettings.DEFAULT, Role.CLIENT, new BufferPool(1));
        Aead broken = new Aead() {
            @Override
            public int seal(
                    byte[] n, byte[] a, int aOff, int aLen, byte[] in, int inOff, int len, byte[] out, int off) {
                throw new IllegalStateException("no cipher today");
            }

            @Override
            public int open(
                    byte[] n, byte[] a, int aOff, int aLen, byte[] in, int inOff, int len, byte[] out, int off) {
                throw new IllegalStateException("no cipher today");
            }

            @Override
            public int tagLength() {
                return 16;
            }

            @Override
            public void close() {}
        };
        writer.install(Epoch.APPLICATION, Aead13.of(broken, new byte[12], 100));
        Peer.fault(AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR, () -> writer.seal(data(500), 0, 500));
        writer.alert(AlertDescription.INTERNAL_ERROR);
        assertTrue(writer.drained());
    }

    @Test
    void theObserverSeesHeadersAlertsAndEpochs() throws TlsException {
        List<String> seen = new ArrayList<>();
        Observer observer = new Observer() {
            @Override
            public void message(boolean sent, int type, Epoch epoch, byte[] b, int off, int len) {
                seen.add((sent ? "> " : "< ") + type + " " + epoch + " "
                        + Arrays.toString(Arrays.copyOfRange(b, off, off + len)));
            }

            @Override
            public void stateChanged(StateName from, StateName to) {}

            @Override
            public void alert(boolean sent, int level, int description) {
                seen.add((sent ? "> " : "< ") + "alert " + level + " " + description);
            }

            @Override
            public void secret(String label, byte[] clientRandom, Secret secret) {}
        };
        Peer watched = Peer.of(Role.CLIENT, observer);
        watched.keys(Epoch.HANDSHAKE).keys(Epoch.APPLICATION);
        watched.carrier.install(Epoch.APPLICATION, Direction.WRITE, Peer.SUITE, TestCrypto.traffic(Peer.SUITE, 9));
        watched.carrier.alert(AlertDescription.CLOSE_NOTIFY);
        watched.bring(watched.sealed(ALERT, (byte) 1, (byte) 0));
        watched.peek();
        assertEquals(
                List.of(
                        "> 256 APPLICATION [23, 3, 3, 0, 19]",
                        "> 257 APPLICATION [21]",
                        "> 21 APPLICATION [1, 0]",
                        "> alert 1 0",
                        "< 256 APPLICATION [23, 3, 3, 0, 19]",
                        "< 257 APPLICATION [21]",
                        "< 21 APPLICATION [1, 0]",
                        "< alert 1 0"),
                seen);
    }
}
