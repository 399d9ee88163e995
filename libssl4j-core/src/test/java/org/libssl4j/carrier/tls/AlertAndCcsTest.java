// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.keyschedule.Epoch;

/** The peer's alerts and its dummy change_cipher_spec. */
class AlertAndCcsTest {
    private static final byte[] HELLO = message(HandshakeType.CLIENT_HELLO, 100);
    private static final byte[] CLOSE = {1, 0};

    private static Peer established() throws TlsException {
        return Peer.ofClient().keys(Epoch.HANDSHAKE).keys(Epoch.APPLICATION);
    }

    // ---- alerts ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"2, 40, SSLV3_ALERT_HANDSHAKE_FAILURE", "1, 48, TLSV1_ALERT_UNKNOWN_CA"})
    void beforeTheVersionIsKnownEveryErrorAlertEndsTheConnectionWhateverItsLevelSays(int level, int code, Reason reason)
            throws TlsException {
        Peer peer = Peer.ofClient();
        peer.bring(record(ALERT, (byte) level, (byte) code));
        TlsException e = assertInstanceOf(PeerAlertException.class, assertThrows(TlsException.class, peer::peek));
        assertEquals(reason, e.reason());
        assertEquals(code, e.alert().code());
        peer.refused(e.alert(), reason);
    }

    @Test
    void anErrorAlertWithTheLevelWarningIsADecodeErrorThatSaysWhichAlertItWas() throws TlsException {
        Peer peer = established();
        peer.bring(peer.sealed(ALERT, (byte) 1, (byte) 48));
        TlsException e = Peer.fault(AlertDescription.DECODE_ERROR, Reason.INVALID_ALERT, peer::peek);
        assertTrue(e.getMessage().contains("unknown CA (48)"), e.getMessage());
        assertEquals(Reason.TLSV1_ALERT_UNKNOWN_CA, ((TlsException) e.getCause()).reason());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 40", "42, 10", "255, 90"})
    void anAlertOfALevelThatThereIsNotIsAnIllegalParameter(int level, int code) throws TlsException {
        Peer plain = Peer.ofClient();
        plain.bring(record(ALERT, (byte) level, (byte) code));
        plain.refused(AlertDescription.ILLEGAL_PARAMETER, Reason.UNKNOWN_ALERT_TYPE);
        Peer peer = established();
        peer.bring(peer.sealed(ALERT, (byte) level, (byte) code));
        peer.refused(AlertDescription.ILLEGAL_PARAMETER, Reason.UNKNOWN_ALERT_TYPE);
    }

    @Test
    void anAlertOfUnknownNumberIsAnErrorAlertThatSaysItsNumber() throws TlsException {
        Peer peer = established();
        peer.bring(peer.sealed(ALERT, (byte) 2, (byte) 200));
        TlsException e = assertInstanceOf(PeerAlertException.class, assertThrows(TlsException.class, peer::peek));
        assertEquals(Reason.UNKNOWN_ALERT_TYPE, e.reason());
        assertTrue(e.getMessage().contains("200"), e.getMessage());
        assertSame(e, assertThrows(TlsException.class, () -> peer.read(new byte[10])));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void afterCloseNotifyNothingIsHeardAnyMore(int level) throws Exception {
        Peer peer = established();
        peer.bring(
                peer.sealed(DATA, data(5)), peer.sealed(ALERT, (byte) level, (byte) 0), new byte[] {1, 2, 3, 4, 5, 6});
        byte[] b = new byte[100];
        assertEquals(5, peer.read(b));
        assertFalse(peer.carrier.closeNotifyReceived());
        assertEquals(0, peer.read(b));
        assertTrue(peer.carrier.closeNotifyReceived());
        assertEquals(0, peer.carrier.bytesWanted());
        assertEquals(
                0,
                peer.carrier.fill(
                        (x, off, len) -> {
                            throw new AssertionError();
                        },
                        true));
        assertNull(peer.carrier.peek());
        assertFalse(peer.carrier.insideRecord());
        assertFalse(peer.carrier.hasPending());
    }

    @Test
    void whatWasReadAheadBehindCloseNotifyIsIgnored() throws TlsException {
        Peer peer = established();
        peer.bring(peer.sealed(ALERT, CLOSE), new byte[100]);
        peer.feed(1000, true);
        assertNull(peer.carrier.peek());
        assertTrue(peer.carrier.closeNotifyReceived());
        assertFalse(peer.carrier.hasPending());
    }

    @Test
    void dataInFrontOfCloseNotifyAreReadFirst() throws TlsException {
        Peer peer = established();
        peer.bring(peer.sealed(DATA, data(5)), peer.sealed(ALERT, CLOSE));
        peer.feed(1000, true);
        assertNull(peer.carrier.peek());
        assertFalse(peer.carrier.closeNotifyReceived());
        assertEquals(5, peer.carrier.pending());
    }

    @Test
    void userCanceledIsPassedOverFourTimesInARow() throws TlsException {
        Peer peer = established();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                peer.bring(peer.sealed(ALERT, (byte) 1, (byte) 90));
            }
            peer.bring(peer.sealed(DATA, data(5)));
            assertEquals(5, peer.read(new byte[100]));
        }
        for (int i = 0; i < 4; i++) {
            peer.bring(peer.sealed(ALERT, (byte) 1, (byte) 90));
        }
        assertNull(peer.peek());
        peer.bring(peer.sealed(ALERT, (byte) 1, (byte) 90));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.TOO_MANY_WARN_ALERTS);
    }

    @ParameterizedTest
    @CsvSource({"0, UNEXPECTED_MESSAGE", "1, DECODE_ERROR", "3, DECODE_ERROR", "4, DECODE_ERROR"})
    void anAlertRecordHasOneAlert(int length, AlertDescription alert) throws TlsException {
        Peer plain = Peer.ofClient();
        plain.bring(record(ALERT, new byte[length]));
        plain.refused(alert, Reason.INVALID_ALERT);
        Peer peer = established();
        peer.bring(peer.sealed(ALERT, new byte[length]));
        peer.refused(alert, Reason.INVALID_ALERT);
    }

    @Test
    void aServerTakesAPlainAlertOfAClientThatHasNoKeys() throws TlsException {
        Peer peer = Peer.ofServer();
        peer.bring(record(HANDSHAKE, HELLO));
        peer.take();
        peer.keys(Epoch.HANDSHAKE);
        peer.bring(record(ALERT, (byte) 2, (byte) 47));
        peer.refused(AlertDescription.ILLEGAL_PARAMETER, Reason.SSLV3_ALERT_ILLEGAL_PARAMETER);
    }

    @Test
    void aServerTakesNoPlainAlertOnceARecordWasDecrypted() throws TlsException {
        Peer peer = Peer.ofServer().keys(Epoch.HANDSHAKE);
        peer.bring(peer.sealed(HANDSHAKE, (byte) 11));
        assertNull(peer.peek());
        peer.bring(record(ALERT, (byte) 2, (byte) 47));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.BAD_RECORD_TYPE);
    }

    // ---- change_cipher_spec ----------------------------------------------------------------------------------------

    @Test
    void aChangeCipherSpecIsDroppedWithAndWithoutKeys() throws TlsException {
        Peer peer = Peer.ofClient();
        peer.bring(record(CCS, (byte) 1), record(HANDSHAKE, HELLO));
        assertNotNull(peer.take());
        peer.keys(Epoch.HANDSHAKE);
        peer.bring(record(CCS, (byte) 1), peer.sealed(HANDSHAKE, HELLO));
        assertArrayEquals(HELLO, peer.take());
    }

    @Test
    void aChangeCipherSpecIsDroppedBetweenTheRecordsOfAMessage() throws TlsException {
        Peer peer = Peer.ofClient();
        peer.bring(record(HANDSHAKE, java.util.Arrays.copyOf(HELLO, 10)), record(CCS, (byte) 1));
        peer.bring(record(HANDSHAKE, java.util.Arrays.copyOfRange(HELLO, 10, HELLO.length)));
        assertArrayEquals(HELLO, peer.take());
    }

    @Test
    void aServerRefusesAChangeCipherSpecBeforeTheClientHello() {
        Peer peer = Peer.ofServer();
        peer.bring(record(CCS, (byte) 1));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_CCS_MESSAGE);
    }

    @Test
    void aServerDropsAChangeCipherSpecAfterTheClientHello() throws TlsException {
        Peer peer = Peer.ofServer();
        peer.bring(record(HANDSHAKE, HELLO), record(CCS, (byte) 1), record(HANDSHAKE, HELLO));
        assertNotNull(peer.take());
        assertNotNull(peer.take());
    }

    @Test
    void aChangeCipherSpecAfterFinishedIsUnexpected() throws TlsException {
        Peer peer = established();
        peer.bring(record(CCS, (byte) 1));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_CCS_MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 255})
    void aChangeCipherSpecOfAnotherValueIsUnexpected(int value) {
        Peer peer = Peer.ofClient();
        peer.bring(record(CCS, (byte) value));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.BAD_CHANGE_CIPHER_SPEC);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 20_000})
    void aChangeCipherSpecOfAnotherLengthIsUnexpectedAtItsHeader(int length) throws TlsException {
        Peer peer = Peer.ofClient().keys(Epoch.HANDSHAKE);
        peer.bring(Peer.header(CCS, 0x0303, length));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.BAD_CHANGE_CIPHER_SPEC);
    }

    @Test
    void thirtyTwoChangeCipherSpecsInARowAreAllowedAndNoMore() throws TlsException {
        Peer peer = Peer.ofClient();
        for (int i = 0; i < 32; i++) {
            peer.bring(record(CCS, (byte) 1));
        }
        assertNull(peer.peek());
        peer.bring(record(CCS, (byte) 1));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.RECORD_TOO_SMALL);
    }

    @Test
    void aHandshakeMessageBeginsTheCountOfEmptyRecordsAnew() throws TlsException {
        Peer peer = Peer.ofClient();
        for (int i = 0; i < 32; i++) {
            peer.bring(record(CCS, (byte) 1));
        }
        peer.bring(record(HANDSHAKE, HELLO));
        assertTrue(peer.take().length > 0);
        peer.keys(Epoch.HANDSHAKE).keys(Epoch.APPLICATION);
        for (int i = 0; i < 32; i++) {
            peer.bring(peer.sealed(DATA));
        }
        assertNull(peer.peek());
        peer.bring(peer.sealed(DATA));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.RECORD_TOO_SMALL);
    }
}
