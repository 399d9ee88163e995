// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.libssl4j.carrier.tls.Peer.ALERT;
import static org.libssl4j.carrier.tls.Peer.CCS;
import static org.libssl4j.carrier.tls.Peer.DATA;
import static org.libssl4j.carrier.tls.Peer.HANDSHAKE;
import static org.libssl4j.carrier.tls.Peer.concat;
import static org.libssl4j.carrier.tls.Peer.data;
import static org.libssl4j.carrier.tls.Peer.header;
import static org.libssl4j.carrier.tls.Peer.message;
import static org.libssl4j.carrier.tls.Peer.record;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.keyschedule.Epoch;

/** Records under keys: what is inside, what may be outside, and the change from one key to the next. */
class ProtectedRecordTest {
    private static final int FULL = 16_384;
    private static final byte[] TICKET = message(HandshakeType.NEW_SESSION_TICKET, 200);
    private static final byte[] KEY_UPDATE = {24, 0, 0, 1, 0};

    private Peer client;
    private final byte[] buffer = new byte[20_000];

    @BeforeEach
    void established() throws TlsException {
        client = Peer.ofClient().keys(Epoch.HANDSHAKE).keys(Epoch.APPLICATION);
    }

    // ---- application data ------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 16_383, 16_384})
    void applicationDataAreHandedOut(int length) throws TlsException {
        client.bring(client.sealed(DATA, data(length)));
        assertEquals(length, client.read(buffer));
        assertArrayEquals(data(length), Arrays.copyOf(buffer, length));
    }

    @Test
    void aSmallArrayTakesThemPieceByPiece() throws TlsException {
        client.bring(client.sealed(DATA, data(1000)));
        byte[] got = new byte[1000];
        byte[] three = new byte[3];
        for (int i = 0; i < 1000; ) {
            int n = client.read(three);
            System.arraycopy(three, 0, got, i, n);
            i += n;
            assertEquals(1000 - i, client.carrier.pending());
        }
        assertArrayEquals(data(1000), got);
        assertEquals(0, client.read(three));
    }

    @Test
    void dataThatWereLookedAtStay() throws TlsException {
        client.bring(client.sealed(DATA, data(100)));
        while (client.feed(Integer.MAX_VALUE, false)) {
            // all of it
        }
        assertEquals(60, client.carrier.openPeek(buffer, 0, 60));
        assertEquals(100, client.carrier.openPeek(buffer, 0, 200));
        assertEquals(100, client.carrier.pending());
        assertEquals(100, client.carrier.open(buffer, 0, 200));
        assertEquals(0, client.carrier.openPeek(buffer, 0, 200));
    }

    @Test
    void paddingIsTakenOff() throws TlsException {
        client.bring(client.sealedPadded(DATA, 5000, data(100)), client.sealedPadded(DATA, 1, data(50)));
        assertEquals(100, client.read(buffer));
        assertEquals(50, client.read(new byte[50]));
    }

    @Test
    void dataThatEndInZerosAreNotTakenForPadding() throws TlsException {
        client.bring(client.sealedPadded(DATA, 3, new byte[10]));
        assertEquals(10, client.read(buffer));
    }

    @Test
    void aRecordWithoutDataIsPassedOver() throws TlsException {
        client.bring(client.sealed(DATA), client.sealedPadded(DATA, 99), client.sealed(DATA, data(7)));
        assertEquals(7, client.read(buffer));
    }

    @Test
    void thirtyTwoRecordsWithoutDataInARowAreAllowedAndNoMore() throws TlsException {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 32; i++) {
                client.bring(client.sealed(DATA));
            }
            client.bring(client.sealed(DATA, data(1)));
            assertEquals(1, client.read(buffer));
        }
        for (int i = 0; i < 33; i++) {
            client.bring(client.sealed(DATA));
        }
        client.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.RECORD_TOO_SMALL);
    }

    @Test
    void applicationDataBeforeFinishedAreUnexpected() throws TlsException {
        Peer early = Peer.ofClient().keys(Epoch.HANDSHAKE);
        early.bring(early.sealed(DATA, data(5)));
        early.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.APP_DATA_IN_HANDSHAKE);
    }

    @Test
    void applicationDataInsideAMessageAreUnexpected() {
        client.bring(client.sealed(HANDSHAKE, Arrays.copyOf(TICKET, 100)), client.sealed(DATA, data(5)));
        client.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.MIXED_HANDSHAKE_AND_NON_HANDSHAKE_DATA);
    }

    // ---- messages among data ---------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {10, 20_000})
    void messagesAndDataComeInTheirOrder(int room) throws TlsException {
        byte[] dst = new byte[room];
        client.bring(client.sealed(DATA, data(10)), client.sealed(HANDSHAKE, concat(TICKET, TICKET)));
        client.bring(client.sealed(DATA, data(9)));
        assertEquals(10, client.read(dst));
        assertEquals(0, client.read(dst));
        assertArrayEquals(TICKET, client.take());
        assertEquals(0, client.read(dst), "the second message comes before the data");
        assertArrayEquals(TICKET, client.take());
        assertEquals(9, client.read(dst));
    }

    @Test
    void aMessageIsNotShownBeforeTheDataInFrontOfIt() throws TlsException {
        client.bring(client.sealed(DATA, data(10)), client.sealed(HANDSHAKE, TICKET));
        assertNull(client.peek());
        assertEquals(10, client.read(buffer));
        assertNotNull(client.peek());
    }

    @Test
    void aMessageLeavesNothingInTheCallersArray() throws TlsException {
        Arrays.fill(buffer, (byte) 0x55);
        client.bring(client.sealedPadded(HANDSHAKE, 30, TICKET));
        assertEquals(0, client.read(buffer));
        assertArrayEquals(TICKET, client.take());
        for (int i = 0; i < buffer.length; i++) {
            assertEquals(i < TICKET.length + 31 ? 0 : 0x55, buffer[i]);
        }
    }

    @Test
    void aForgedRecordLeavesNothingInTheCallersArray() throws TlsException {
        byte[] record = client.sealed(DATA, data(100));
        record[50] ^= 1;
        client.bring(record);
        Peer.fault(
                AlertDescription.BAD_RECORD_MAC, Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC, () -> client.read(buffer));
        assertArrayEquals(new byte[buffer.length], buffer);
    }

    @Test
    void aHandshakeRecordWithoutContentIsUnexpectedPaddedOrNot() throws TlsException {
        client.bring(client.sealedPadded(HANDSHAKE, 10));
        client.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.BAD_LENGTH);
        Peer again = Peer.ofClient().keys(Epoch.HANDSHAKE);
        again.bring(again.sealed(HANDSHAKE));
        again.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.BAD_LENGTH);
    }

    @Test
    void thirtyTwoKeyUpdatesWithoutDataBetweenAreAllowedAndNoMore() throws TlsException {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 32; i++) {
                client.bring(client.sealed(HANDSHAKE, KEY_UPDATE));
                assertArrayEquals(KEY_UPDATE, client.take());
                client.keys(Epoch.APPLICATION);
            }
            client.bring(client.sealed(DATA, data(1)));
            assertEquals(1, client.read(buffer));
        }
        for (int i = 0; i < 33; i++) {
            client.bring(client.sealed(HANDSHAKE, KEY_UPDATE));
        }
        for (int i = 0; i < 32; i++) {
            client.take();
        }
        client.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.TOO_MANY_KEY_UPDATES);
    }

    // ---- what is inside --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500, 16_385})
    void aRecordOfNothingButPaddingIsUnexpected(int length) {
        client.bring(client.sealedInner(new byte[length]));
        client.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.LENGTH_TOO_SHORT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 19, 24, 255})
    void anUnknownTypeInsideIsUnexpected(int type) {
        client.bring(client.sealed(type, (byte) 1));
        client.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_RECORD);
    }

    @Test
    void aProtectedChangeCipherSpecIsUnexpected() throws TlsException {
        Peer early = Peer.ofClient().keys(Epoch.HANDSHAKE);
        early.bring(early.sealed(CCS, (byte) 1));
        early.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_CCS_MESSAGE);
    }

    @Test
    void contentOfMoreThanTheLongestOverflows() {
        client.bring(client.sealed(DATA, data(FULL + 1)));
        client.refused(AlertDescription.RECORD_OVERFLOW, Reason.DATA_LENGTH_TOO_LONG);
    }

    @Test
    void contentAndPaddingOfMoreThanTheLongestOverflow() throws TlsException {
        client.bring(client.sealedPadded(DATA, FULL - 10, data(10)));
        assertEquals(10, client.read(buffer));
        client.bring(client.sealedPadded(DATA, FULL - 9, data(10)));
        client.refused(AlertDescription.RECORD_OVERFLOW, Reason.DATA_LENGTH_TOO_LONG);
    }

    // ---- what is outside -------------------------------------------------------------------------------------------

    @Test
    void aLongerRecordOverflowsAtItsHeader() {
        client.bring(header(DATA, 0x0303, FULL + 257));
        client.refused(AlertDescription.RECORD_OVERFLOW, Reason.ENCRYPTED_LENGTH_TOO_LONG);
    }

    @Test
    void aRecordWithoutRoomForATagIsABadMac() {
        client.bring(record(DATA, new byte[15]));
        client.refused(AlertDescription.BAD_RECORD_MAC, Reason.LENGTH_TOO_SHORT);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 30, 40})
    void aRecordThatWasChangedAnywhereIsABadMac(int at) throws TlsException {
        byte[] record = client.sealed(DATA, data(30));
        if (at == 2) {
            record = Arrays.copyOf(record, record.length + 1);
            record[4]++;
        } else {
            record[at] ^= 0x10;
        }
        client.bring(record);
        client.refused(AlertDescription.BAD_RECORD_MAC, Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0301, 0x0304, 0x03ff, 0x0403})
    void aProtectedRecordOfAnotherVersionIsRefusedAtItsHeader(int version) {
        client.bring(header(DATA, version, 100));
        client.refused(AlertDescription.PROTOCOL_VERSION, Reason.WRONG_VERSION_NUMBER);
    }

    @Test
    void aRecordThatComesTwiceIsABadMac() throws TlsException {
        byte[] record = client.sealed(DATA, data(30));
        client.bring(record, record);
        assertEquals(30, client.read(buffer));
        client.refused(AlertDescription.BAD_RECORD_MAC, Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC);
    }

    @ParameterizedTest
    @ValueSource(ints = {ALERT, 24, 255})
    void aRecordWithoutProtectionIsUnexpectedOnceThereAreKeys(int type) throws TlsException {
        Peer early = Peer.ofClient().keys(Epoch.HANDSHAKE);
        early.bring(record(type, (byte) 2, (byte) 40));
        early.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.BAD_RECORD_TYPE);
        client.bring(client.sealedAs(type, DATA, data(40)));
        client.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.BAD_RECORD_TYPE);
    }

    @Test
    void aHandshakeRecordWithoutProtectionIsABadMacOnceThereAreKeys() throws TlsException {
        Peer early = Peer.ofClient().keys(Epoch.HANDSHAKE);
        early.bring(record(HANDSHAKE, (byte) 2, (byte) 40));
        early.refused(AlertDescription.BAD_RECORD_MAC, Reason.LENGTH_TOO_SHORT);
        client.bring(record(HANDSHAKE, data(40)));
        client.refused(AlertDescription.BAD_RECORD_MAC, Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC);
    }

    @Test
    void aProtectedRecordThatIsAHandshakeRecordOutsideIsUnexpectedAndNobodySeesIt() {
        client.bring(client.sealedAs(HANDSHAKE, DATA, data(40)));
        client.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.BAD_RECORD_TYPE);
        assertEquals(0, client.carrier.pending());
    }

    // ---- keys ------------------------------------------------------------------------------------------------------

    @Test
    void aPlainRecordWhoseHeaderCameBeforeTheKeysIsABadMacAfterThem() throws TlsException {
        Peer early = Peer.ofClient();
        early.bring(header(HANDSHAKE, 0x0303, 10));
        early.feed(5, false);
        assertEquals(10, early.carrier.bytesWanted());
        early.keys(Epoch.HANDSHAKE);
        early.refused(AlertDescription.BAD_RECORD_MAC, Reason.LENGTH_TOO_SHORT);
    }

    @Test
    void recordsBehindAChangeOfKeysAreOpenedWithTheNewOnesEvenIfTheyCameEarlier() throws TlsException {
        Peer peer = Peer.ofClient();
        byte[] hello = message(HandshakeType.SERVER_HELLO, 80);
        peer.sealWith(TestCrypto.traffic(Peer.SUITE, Epoch.HANDSHAKE.ordinal() + 1));
        peer.bring(record(HANDSHAKE, hello), peer.sealed(HANDSHAKE, TICKET));
        peer.feed(Integer.MAX_VALUE, true);
        assertEquals(0, peer.notFed());
        assertArrayEquals(hello, peer.take());
        peer.keys(Epoch.HANDSHAKE);
        assertArrayEquals(TICKET, peer.take());
    }

    @Test
    void partOfAMessageMayNotStandBehindTheOneThatChangesKeys() throws TlsException {
        client.bring(client.sealed(HANDSHAKE, concat(KEY_UPDATE, new byte[] {4})));
        client.take();
        assertNull(client.peek(), "the byte is part of the next message now");
        Peer.fault(
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.NOT_ON_RECORD_BOUNDARY,
                () -> client.keys(Epoch.APPLICATION));
        client.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.NOT_ON_RECORD_BOUNDARY);
    }

    @Test
    void aMessageThatNobodyTookMayNotStandBeforeAChangeOfKeys() throws TlsException {
        client.bring(client.sealed(HANDSHAKE, TICKET));
        client.peek();
        Peer.fault(
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.NOT_ON_RECORD_BOUNDARY,
                () -> client.keys(Epoch.APPLICATION));
    }

    @Test
    void aWholeMessageMayNotStandBehindTheOneThatChangesKeys() throws TlsException {
        client.bring(client.sealed(HANDSHAKE, concat(KEY_UPDATE, TICKET)));
        client.take();
        Peer.fault(
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.NOT_ON_RECORD_BOUNDARY,
                () -> client.keys(Epoch.APPLICATION));
    }

    @Test
    void dataBeforeAChangeOfKeysCanBeReadAfterIt() throws TlsException {
        client.bring(client.sealed(DATA, data(10)));
        assertEquals(4, client.read(new byte[4]));
        client.keys(Epoch.APPLICATION);
        client.bring(client.sealed(DATA, data(20)));
        assertEquals(6, client.read(buffer));
        assertEquals(20, client.read(buffer));
    }
}
