// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.libssl4j.carrier.tls.Peer.DATA;
import static org.libssl4j.carrier.tls.Peer.HANDSHAKE;
import static org.libssl4j.carrier.tls.Peer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.config.Limits;
import org.libssl4j.config.RecordSettings;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.message.HandshakeMessage;

/** How large records become and may be: fragments, padding (RFC 9846 §5.4), record_size_limit (RFC 8449 §4). */
class RecordSizeTest {
    private static final int HEADER = 5;
    private static final int TAG = 16;

    private final List<String> asked = new ArrayList<>();

    private static TlsCarrier sender(RecordSettings settings) throws TlsException {
        return sender(settings, Epoch.APPLICATION);
    }

    private static TlsCarrier sender(RecordSettings settings, Epoch epoch) throws TlsException {
        TlsCarrier c = new TlsCarrier(TestCrypto.JDK, Observer.NONE, Limits.DEFAULT, settings, Role.CLIENT);
        c.install(epoch, Direction.WRITE, Peer.SUITE, TestCrypto.traffic(Peer.SUITE, 1));
        return c;
    }

    /** The lengths of what is inside the records in the output: content, type and padding. */
    private static List<Integer> inner(TlsCarrier c) {
        byte[] out = Peer.output(c);
        List<Integer> lengths = new ArrayList<>();
        for (int at = 0; at < out.length; ) {
            int body = (out[at + 3] & 0xff) << 8 | out[at + 4] & 0xff;
            lengths.add(body - TAG);
            at += HEADER + body;
        }
        return lengths;
    }

    private static HandshakeMessage message(int length) {
        return HandshakeMessage.received(Peer.message(HandshakeType.CERTIFICATE, length - 4));
    }

    private static int seal(TlsCarrier c, int length) throws TlsException {
        return c.seal(data(length), 0, length);
    }

    // ---- fragments -------------------------------------------------------------------------------------------------

    @Test
    void dataAndMessagesAreCutIntoFragmentsOfTheGreatestLength() throws TlsException {
        TlsCarrier c = sender(RecordSettings.DEFAULT.withMaxSendFragment(512));
        assertEquals(512, seal(c, 2000));
        c.send(message(1100));
        c.endFlight();
        assertEquals(List.of(513, 513, 513, 77), inner(c));
    }

    @Test
    void messagesWithoutProtectionAreCutAsWell() throws TlsException {
        TlsCarrier c = new TlsCarrier(
                TestCrypto.JDK,
                Observer.NONE,
                Limits.DEFAULT,
                RecordSettings.DEFAULT.withMaxSendFragment(512),
                Role.CLIENT);
        c.send(message(600));
        c.endFlight();
        assertEquals(HEADER + 512 + HEADER + 88, Peer.output(c).length);
    }

    @Test
    void theLengthOfFragmentsMayBeChangedInTheMiddleOfAFlight() throws TlsException {
        AtomicReference<RecordSettings> settings = new AtomicReference<>(RecordSettings.DEFAULT);
        TlsCarrier c = new TlsCarrier(TestCrypto.JDK, Observer.NONE, () -> Limits.DEFAULT, settings::get, Role.CLIENT);
        c.install(Epoch.APPLICATION, Direction.WRITE, Peer.SUITE, TestCrypto.traffic(Peer.SUITE, 1));
        c.send(message(1000));
        settings.set(RecordSettings.DEFAULT.withMaxSendFragment(512));
        c.settingsChanged();
        c.send(message(600));
        c.endFlight();
        assertEquals(List.of(1001, 513, 89), inner(c));
    }

    // ---- the peer's limit ------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"64, 64", "600, 600", "16385, 513"})
    void nothingLargerThanThePeersLimitIsSent(int limit, int most) throws TlsException {
        TlsCarrier c = sender(RecordSettings.DEFAULT
                .withMaxSendFragment(limit == 16_385 ? 512 : 16_384)
                .withPadding((type, length) -> 20_000));
        c.limitRecords(Direction.WRITE, limit);
        assertEquals(most - 1, seal(c, 5000));
        assertEquals(List.of(most), inner(c));
        c.send(message(most));
        c.endFlight();
        assertEquals(List.of(most, most), inner(c)); // the rest of the second one is padding
        c.alert(AlertDescription.CLOSE_NOTIFY);
        assertEquals(List.of(most), inner(c));
    }

    @Test
    void aPeersLimitBeyondTheVersionsIsTheVersions() throws TlsException {
        TlsCarrier c = sender(RecordSettings.DEFAULT);
        c.limitRecords(Direction.WRITE, 65_535);
        assertEquals(16_384, seal(c, 20_000));
    }

    // ---- our limit -------------------------------------------------------------------------------------------------

    @Test
    void aRecordOfOurLimitIsTakenAndALargerOneOverflowsAtItsHeader() throws TlsException {
        Peer peer = Peer.ofClient().keys(Epoch.APPLICATION);
        peer.carrier.limitRecords(Direction.READ, 100);
        peer.bring(peer.sealed(DATA, data(99)), peer.sealedPadded(DATA, 89, data(10)));
        byte[] b = new byte[200];
        assertEquals(99, peer.read(b));
        assertEquals(10, peer.read(b));
        peer.bring(Peer.header(DATA, 0x0303, 101 + TAG));
        peer.refused(AlertDescription.RECORD_OVERFLOW, Reason.DATA_LENGTH_TOO_LONG);
    }

    @Test
    void paddingCountsAndHandshakeMessagesAreLimitedToo() throws TlsException {
        Peer peer = Peer.ofClient().keys(Epoch.HANDSHAKE);
        peer.carrier.limitRecords(Direction.READ, 100);
        peer.bring(peer.sealedPadded(HANDSHAKE, 96, Peer.message(HandshakeType.FINISHED, 0)));
        peer.refused(AlertDescription.RECORD_OVERFLOW, Reason.DATA_LENGTH_TOO_LONG);
    }

    @Test
    void aRecordWhoseHeaderCameBeforeTheLimitIsMeasuredByIt() throws TlsException {
        Peer peer = Peer.ofClient().keys(Epoch.HANDSHAKE);
        peer.bring(Peer.header(DATA, 0x0303, 200));
        peer.feed(5, false);
        assertEquals(200, peer.carrier.bytesWanted());
        peer.carrier.limitRecords(Direction.READ, 100);
        peer.refused(AlertDescription.RECORD_OVERFLOW, Reason.DATA_LENGTH_TOO_LONG);
    }

    // ---- padding ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"0, 100, 101", "1, 100, 101", "64, 63, 64", "64, 64, 128", "100, 250, 300", "16384, 1, 16384"})
    void contentAndTypeFillWholeBlocks(int block, int length, int inner) throws TlsException {
        TlsCarrier c = sender(RecordSettings.DEFAULT.withBlocks(block, block));
        assertEquals(length, seal(c, length));
        assertEquals(List.of(inner), inner(c));
    }

    @Test
    void blocksOfDataAndOfTheHandshakeDiffer() throws TlsException {
        TlsCarrier c = sender(RecordSettings.DEFAULT.withBlocks(0, 512));
        seal(c, 10);
        c.send(message(600));
        c.endFlight();
        c.alert(AlertDescription.CLOSE_NOTIFY);
        assertEquals(List.of(11, 1024, 512), inner(c));
    }

    @Test
    void theCallbackGoesBeforeTheBlocksAndIsToldTypeAndLength() throws TlsException {
        TlsCarrier c = sender(RecordSettings.DEFAULT.withBlocks(1000, 1000).withPadding((type, length) -> {
            asked.add(type + " " + length);
            return type == DATA ? 7 : -5;
        }));
        seal(c, 10);
        c.send(message(4));
        c.endFlight();
        c.alert(AlertDescription.CLOSE_NOTIFY);
        assertEquals(List.of(18, 5, 3), inner(c));
        assertEquals(List.of("23 11", "22 5", "21 3"), asked);
    }

    @Test
    void whatIsNotProtectedIsNotPadded() throws TlsException {
        TlsCarrier c = new TlsCarrier(
                TestCrypto.JDK,
                Observer.NONE,
                Limits.DEFAULT,
                RecordSettings.DEFAULT.withBlocks(512, 512),
                Role.CLIENT);
        c.send(message(20));
        c.endFlight();
        assertEquals(HEADER + 20, Peer.output(c).length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 5000, 16_383, 16_384})
    void whatIsPaddedIsReadAsItWas(int length) throws TlsException {
        TlsCarrier c = sender(RecordSettings.DEFAULT.withPadding((type, l) -> 16_384));
        // What stood in the buffer before is no part of the padding.
        seal(c, 16_384);
        Peer.output(c);
        Peer peer = Peer.ofServer();
        peer.carrier.install(Epoch.APPLICATION, Direction.READ, Peer.SUITE, TestCrypto.traffic(Peer.SUITE, 1));
        TlsCarrier again = sender(RecordSettings.DEFAULT.withPadding((type, l) -> 16_384));
        seal(again, length);
        again.send(message(Math.max(4, length)));
        again.endFlight();
        peer.bring(Peer.output(again));
        byte[] b = new byte[20_000];
        assertEquals(length, peer.read(b));
        assertArrayEquals(data(length), Arrays.copyOf(b, length));
        assertArrayEquals(message(Math.max(4, length)).raw(), peer.take());
    }

    @Test
    void paddingThatNobodyAskedForIsNotThere() throws TlsException {
        TlsCarrier c = sender(RecordSettings.DEFAULT);
        seal(c, 10);
        assertEquals(List.of(11), inner(c));
        assertNull(RecordSettings.DEFAULT.padding());
        assertNull(RecordSettings.DEFAULT.withBlocks(1, 0).padding());
    }

    // ---- the limit of a key ----------------------------------------------------------------------------------------

    @Test
    void aKeyUpdateIsDueBeforeTheLimitThatWasSet() throws TlsException {
        TlsCarrier c = sender(RecordSettings.DEFAULT.withRecordsPerKey(8));
        for (int i = 0; i < 7; i++) {
            assertTrue(!c.keyUpdateDue(), "after " + i);
            seal(c, 1);
            Peer.output(c);
        }
        assertTrue(c.keyUpdateDue());
        seal(c, 1);
        Peer.output(c);
        Peer.fault(AlertDescription.INTERNAL_ERROR, Reason.INVALID_SEQUENCE_NUMBER, () -> seal(c, 1));
    }

    // ---- boundaries ------------------------------------------------------------------------------------------------

    @Test
    void whatWaitsBehindTheLastMessageIsNotOnABoundary() throws TlsException {
        Peer peer = Peer.ofClient();
        peer.bring(Peer.record(HANDSHAKE, Peer.concat(Peer.message(HandshakeType.SERVER_HELLO, 9), new byte[] {2})));
        peer.take();
        Peer.fault(AlertDescription.UNEXPECTED_MESSAGE, Reason.NOT_ON_RECORD_BOUNDARY, peer.carrier::requireBoundary);
        Peer other = Peer.ofClient();
        other.bring(Peer.record(HANDSHAKE, Peer.message(HandshakeType.SERVER_HELLO, 9)));
        other.take();
        other.carrier.requireBoundary();
    }

    @ParameterizedTest
    @CsvSource({
        "NEW_SESSION_TICKET, 131338",
        "ENCRYPTED_EXTENSIONS, 65537",
        "CERTIFICATE_REQUEST, 65793",
        "CERTIFICATE_VERIFY, 65539"
    })
    void aMessageMayBeAsLongAsItsFieldsCanBe(HandshakeType type, int length) throws TlsException {
        Peer peer = Peer.ofClient().keys(Epoch.APPLICATION);
        byte[] m = Peer.message(type, length);
        for (int at = 0; at < m.length; at += 16_384) {
            peer.bring(peer.sealed(HANDSHAKE, Arrays.copyOfRange(m, at, Math.min(m.length, at + 16_384))));
        }
        assertArrayEquals(m, peer.take());
    }

    @Test
    void aTicketLongerThanItsFieldsCanBeIsRefusedBeforeThereIsRoomForIt() throws TlsException {
        Peer peer = Peer.ofClient().keys(Epoch.APPLICATION);
        peer.bring(peer.sealed(HANDSHAKE, (byte) 4, (byte) 2, (byte) 1, (byte) 0x0b));
        peer.refused(AlertDescription.ILLEGAL_PARAMETER, Reason.EXCESSIVE_MESSAGE_SIZE);
    }
}
