// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.libssl4j.carrier.tls.Peer.ALERT;
import static org.libssl4j.carrier.tls.Peer.CCS;
import static org.libssl4j.carrier.tls.Peer.DATA;
import static org.libssl4j.carrier.tls.Peer.HANDSHAKE;
import static org.libssl4j.carrier.tls.Peer.data;
import static org.libssl4j.carrier.tls.Peer.message;
import static org.libssl4j.carrier.tls.Peer.record;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.keyschedule.KeyBlock;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.record.Aead12;
import org.libssl4j.record.RecordProtection;

/** What a peer may send in TLS 1.2 once the version is chosen, and what it may not. */
class Rules12Test {
    private static final CipherSuite SUITE = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    private static final byte[] HELLO = message(HandshakeType.SERVER_HELLO, 100);

    private final Peer peer = Peer.ofClient();
    private RecordProtection seals;

    private Peer chosen() throws TlsException {
        peer.bring(record(HANDSHAKE, HELLO));
        peer.take();
        peer.carrier.version(ProtocolVersion.TLS1_2);
        return peer;
    }

    /** With keys, before the peer's Finished. */
    private Peer keyed() throws TlsException {
        chosen().bring(record(CCS, (byte) 1));
        assertSame(HandshakeMessage.CHANGE_CIPHER_SPEC, peer.peek());
        peer.carrier.consume();
        KeyBlock.Half keys = TestCrypto.half(SUITE, 4);
        peer.carrier.install(Epoch.HANDSHAKE, Direction.READ, SUITE, keys);
        seals = Aead12.of(TestCrypto.JDK, SUITE.aead(), keys.key(), keys.iv());
        return peer;
    }

    private Peer established() throws TlsException {
        keyed().carrier.promote(Direction.READ);
        return peer;
    }

    private byte[] sealed(int type, byte... content) throws TlsException {
        byte[] b = new byte[13 + content.length + 16];
        System.arraycopy(content, 0, b, 13, content.length);
        assertEquals(b.length, seals.seal(type, 0x0303, b, 0, content.length));
        return b;
    }

    // ---- headers ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {0x0300, 0x0301, 0x0302, 0x0304, 0x0203, 0xfefd})
    void aRecordOfAnotherVersionIsRefused(int version) throws TlsException {
        chosen().bring(record(HANDSHAKE, version, HELLO));
        peer.refused(AlertDescription.PROTOCOL_VERSION, Reason.WRONG_VERSION_NUMBER);
    }

    @Test
    void aProtectedRecordOfAnotherVersionIsRefused() throws TlsException {
        established();
        byte[] b = sealed(DATA, data(5));
        b[2] = 1;
        peer.bring(b);
        peer.refused(AlertDescription.PROTOCOL_VERSION, Reason.WRONG_VERSION_NUMBER);
    }

    @Test
    void anAlertOfAPeerThatDoesNotKnowTheVersionIsHeard() throws TlsException {
        chosen().bring(record(ALERT, 0x0301, new byte[] {2, 70}));
        assertInstanceOf(PeerAlertException.class, assertThrows(TlsException.class, peer::peek));
    }

    @Test
    void theHeaderThatIsThereAlreadyIsLookedAtAgain() throws TlsException {
        peer.bring(record(HANDSHAKE, HELLO), record(HANDSHAKE, 0x0301, HELLO));
        peer.take();
        peer.feed(5, false);
        peer.carrier.version(ProtocolVersion.TLS1_2);
        peer.refused(AlertDescription.PROTOCOL_VERSION, Reason.WRONG_VERSION_NUMBER);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 19, 24, 255})
    void aRecordOfUnknownTypeIsUnexpected(int type) throws TlsException {
        chosen().bring(record(type, (byte) 1));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_RECORD);
    }

    @Test
    void aRecordOfUnknownTypeIsUnexpectedUnderKeysToo() throws TlsException {
        established().bring(sealed(24, (byte) 1));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_RECORD);
    }

    // ---- lengths ---------------------------------------------------------------------------------------------------

    @Test
    void aLongRecordIsAnOverflowAtItsHeader() throws TlsException {
        chosen().bring(Peer.header(HANDSHAKE, 0x0303, 16_385));
        peer.refused(AlertDescription.RECORD_OVERFLOW, Reason.PACKET_LENGTH_TOO_LONG);
    }

    @Test
    void aLongProtectedRecordIsAnOverflowAtItsHeader() throws TlsException {
        established().bring(Peer.header(DATA, 0x0303, 16_384 + 2049));
        peer.refused(AlertDescription.RECORD_OVERFLOW, Reason.ENCRYPTED_LENGTH_TOO_LONG);
    }

    @Test
    void tooMuchContentIsAnOverflow() throws TlsException {
        established().bring(sealed(DATA, data(16_385)));
        peer.refused(AlertDescription.RECORD_OVERFLOW, Reason.DATA_LENGTH_TOO_LONG);
    }

    @Test
    void theMostContentIsTaken() throws TlsException {
        established().bring(sealed(DATA, data(16_384)));
        assertEquals(16_384, peer.read(new byte[20_000]));
    }

    @Test
    void aProtectedRecordWithoutATagIsABadMac() throws TlsException {
        established().bring(record(DATA, new byte[23]));
        peer.refused(AlertDescription.BAD_RECORD_MAC, Reason.LENGTH_TOO_SHORT);
    }

    @Test
    void ourLimitIsOfTheContentOfProtectedRecordsAlone() throws TlsException {
        chosen().carrier.limitRecords(Direction.READ, 64);
        peer.bring(record(HANDSHAKE, HELLO));
        assertArrayEquals(HELLO, peer.take());
        KeyBlock.Half keys = TestCrypto.half(SUITE, 4);
        peer.carrier.install(Epoch.APPLICATION, Direction.READ, SUITE, keys);
        seals = Aead12.of(TestCrypto.JDK, SUITE.aead(), keys.key(), keys.iv());
        peer.bring(sealed(DATA, data(64)));
        assertEquals(64, peer.read(new byte[100]));
        peer.bring(sealed(DATA, data(65)));
        peer.refused(AlertDescription.RECORD_OVERFLOW, Reason.DATA_LENGTH_TOO_LONG);
    }

    @Test
    void handshakeRecordsHaveContent() throws TlsException {
        chosen().bring(record(HANDSHAKE));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.BAD_LENGTH);
    }

    @Test
    void emptyDataMayComeThirtyTwoTimesInARow() throws TlsException {
        established();
        for (int i = 0; i < 32; i++) {
            peer.bring(sealed(DATA));
        }
        assertEquals(0, peer.read(new byte[10]));
        peer.bring(sealed(DATA));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.RECORD_TOO_SMALL);
    }

    @Test
    void aCertificateRequestMayBeAsLongAsItsFields() throws TlsException {
        chosen().bring(record(HANDSHAKE, new byte[] {13, 2, 1, 2}));
        assertNull(peer.peek());
        Peer other = Peer.ofClient();
        other.bring(record(HANDSHAKE, new byte[] {13, 2, 1, 2}));
        other.refused(AlertDescription.ILLEGAL_PARAMETER, Reason.EXCESSIVE_MESSAGE_SIZE);
    }

    @Test
    void aCertificateRequestThatIsLongerThanItsFieldsIsRefused() throws TlsException {
        chosen().bring(record(HANDSHAKE, new byte[] {13, 2, 1, 3}));
        peer.refused(AlertDescription.ILLEGAL_PARAMETER, Reason.EXCESSIVE_MESSAGE_SIZE);
    }

    // ---- data ------------------------------------------------------------------------------------------------------

    @Test
    void dataWithoutKeysAreUnexpected() throws TlsException {
        chosen().bring(record(DATA, data(5)));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.APP_DATA_IN_HANDSHAKE);
    }

    @Test
    void dataBeforeFinishedAreUnexpected() throws TlsException {
        keyed().bring(sealed(DATA, data(5)));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.APP_DATA_IN_HANDSHAKE);
    }

    @Test
    void dataMayComeBetweenTheMessagesOfALaterHandshakeButNotInsideOne() throws TlsException {
        established().bring(sealed(HANDSHAKE, HELLO), sealed(DATA, data(5)), sealed(HANDSHAKE, HELLO));
        assertArrayEquals(HELLO, peer.take());
        assertNull(peer.peek());
        assertEquals(5, peer.read(new byte[10]));
        assertArrayEquals(HELLO, peer.take());
        peer.bring(sealed(HANDSHAKE, Arrays.copyOf(HELLO, 10)), sealed(DATA, data(5)));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.MIXED_HANDSHAKE_AND_NON_HANDSHAKE_DATA);
    }

    @Test
    void aChangedRecordIsABadMac() throws TlsException {
        established();
        byte[] b = sealed(DATA, data(50));
        b[20]++;
        peer.bring(b);
        peer.refused(AlertDescription.BAD_RECORD_MAC, Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC);
    }

    @Test
    void aRecordWithoutProtectionIsABadMacOnceThereAreKeys() throws TlsException {
        established().bring(record(HANDSHAKE, HELLO));
        peer.refused(AlertDescription.BAD_RECORD_MAC, Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC);
    }

    // ---- change_cipher_spec ----------------------------------------------------------------------------------------

    @Test
    void aChangeCipherSpecStandsInTheRowOfTheMessages() throws TlsException {
        chosen().bring(record(HANDSHAKE, Peer.concat(HELLO, HELLO)), record(CCS, (byte) 1), record(CCS, (byte) 1));
        assertArrayEquals(HELLO, peer.take());
        assertArrayEquals(HELLO, peer.take());
        for (int i = 0; i < 2; i++) {
            assertSame(HandshakeMessage.CHANGE_CIPHER_SPEC, peer.peek());
            assertSame(HandshakeMessage.CHANGE_CIPHER_SPEC, peer.peek());
            assertTrue(peer.carrier.hasPending());
            peer.carrier.consume();
        }
        assertNull(peer.peek());
    }

    @Test
    void aChangeCipherSpecUnderKeysIsProtected() throws TlsException {
        established().bring(sealed(CCS, (byte) 1));
        assertSame(HandshakeMessage.CHANGE_CIPHER_SPEC, peer.peek());
        assertEquals(0, peer.read(new byte[10]));
        peer.carrier.consume();
        peer.bring(record(CCS, (byte) 1));
        peer.refused(AlertDescription.BAD_RECORD_MAC, Reason.LENGTH_TOO_SHORT);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "1, 2", "2, 1", "100, 1"})
    void aChangeCipherSpecIsOneByteOfTheValueOne(int length, byte value) throws TlsException {
        byte[] content = new byte[length];
        Arrays.fill(content, value);
        chosen().bring(record(CCS, content));
        peer.refused(AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_CHANGE_CIPHER_SPEC);
    }

    @Test
    void noMessageSpansAChangeCipherSpec() throws TlsException {
        chosen().bring(record(HANDSHAKE, Arrays.copyOf(HELLO, 10)), record(CCS, (byte) 1));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.MIXED_HANDSHAKE_AND_NON_HANDSHAKE_DATA);
    }

    @Test
    void aChangeCipherSpecBeforeTheVersionIsKnownIsRefusedOnceItIs() throws TlsException {
        peer.bring(record(CCS, (byte) 1), record(HANDSHAKE, HELLO));
        assertArrayEquals(HELLO, peer.take());
        Peer.fault(
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_CCS_MESSAGE,
                () -> peer.carrier.version(ProtocolVersion.TLS1_2));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_CCS_MESSAGE);
    }

    @Test
    void inTls13ItMeantNothingAndStillDoes() throws TlsException {
        peer.bring(record(CCS, (byte) 1), record(HANDSHAKE, HELLO));
        assertArrayEquals(HELLO, peer.take());
        peer.carrier.version(ProtocolVersion.TLS1_3);
        peer.bring(record(CCS, (byte) 1), record(HANDSHAKE, HELLO));
        assertArrayEquals(HELLO, peer.take());
    }

    @Test
    void messagesDoNotWaitBehindAChangeOfKeys() throws TlsException {
        chosen().bring(record(CCS, (byte) 1));
        assertSame(HandshakeMessage.CHANGE_CIPHER_SPEC, peer.peek());
        Peer.fault(
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.NOT_ON_RECORD_BOUNDARY,
                () -> peer.carrier.install(Epoch.HANDSHAKE, Direction.READ, SUITE, TestCrypto.half(SUITE, 4)));
    }

    // ---- alerts ----------------------------------------------------------------------------------------------------

    @Test
    void fourWarningsInARowArePassedOver() throws TlsException {
        established();
        for (int round = 0; round < 3; round++) {
            for (int code : new int[] {90, 41, 112, 200}) {
                peer.bring(sealed(ALERT, (byte) 1, (byte) code));
            }
            peer.bring(sealed(DATA, data(5)));
            assertEquals(5, peer.read(new byte[10]));
        }
        for (int i = 0; i < 5; i++) {
            peer.bring(sealed(ALERT, (byte) 1, (byte) 42));
        }
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.TOO_MANY_WARN_ALERTS);
    }

    @Test
    void whoDoesNotRenegotiateEndsItForWhoAsked() throws TlsException {
        established().bring(sealed(ALERT, (byte) 1, (byte) 100));
        peer.refused(AlertDescription.HANDSHAKE_FAILURE, Reason.NO_RENEGOTIATION);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 90, 100, 200})
    void aFatalAlertEndsTheConnection(int code) throws TlsException {
        established().bring(sealed(ALERT, (byte) 2, (byte) code));
        assertInstanceOf(PeerAlertException.class, assertThrows(TlsException.class, peer::peek));
    }

    @Test
    void anAlertOfALevelThatThereIsNotIsAnIllegalParameter() throws TlsException {
        established().bring(sealed(ALERT, (byte) 3, (byte) 90));
        peer.refused(AlertDescription.ILLEGAL_PARAMETER, Reason.UNKNOWN_ALERT_TYPE);
    }

    @ParameterizedTest
    @CsvSource({"0, UNEXPECTED_MESSAGE", "1, DECODE_ERROR", "4, DECODE_ERROR"})
    void anAlertRecordHasOneAlert(int length, AlertDescription alert) throws TlsException {
        established().bring(sealed(ALERT, new byte[length]));
        peer.refused(alert, Reason.INVALID_ALERT);
    }

    @Test
    void noAlertStandsInsideAMessage() throws TlsException {
        chosen().bring(record(HANDSHAKE, Arrays.copyOf(HELLO, 10)), record(ALERT, (byte) 1, (byte) 90));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.MIXED_HANDSHAKE_AND_NON_HANDSHAKE_DATA);
    }

    @Test
    void anAlertWithoutProtectionIsABadMacOnceThereAreKeys() throws TlsException {
        keyed().bring(record(ALERT, (byte) 2, (byte) 40));
        peer.refused(AlertDescription.BAD_RECORD_MAC, Reason.LENGTH_TOO_SHORT);
    }

    @Test
    void afterCloseNotifyNothingIsHeard() throws TlsException {
        established().bring(sealed(ALERT, (byte) 1, (byte) 0), new byte[100]);
        assertNull(peer.peek());
        assertTrue(peer.carrier.closeNotifyReceived());
        assertEquals(0, peer.carrier.bytesWanted());
    }

    @Test
    void aServerMayWarnThatItDoesNotKnowTheNameBeforeItsHello() throws TlsException {
        peer.bring(record(ALERT, (byte) 1, (byte) 112), record(HANDSHAKE, HELLO));
        assertArrayEquals(HELLO, peer.take());
        Peer other = Peer.ofClient();
        other.bring(record(ALERT, (byte) 2, (byte) 112));
        assertInstanceOf(PeerAlertException.class, assertThrows(TlsException.class, other::peek));
    }
}
