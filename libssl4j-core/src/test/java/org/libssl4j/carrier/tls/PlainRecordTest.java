// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.libssl4j.carrier.tls.Peer.ALERT;
import static org.libssl4j.carrier.tls.Peer.DATA;
import static org.libssl4j.carrier.tls.Peer.HANDSHAKE;
import static org.libssl4j.carrier.tls.Peer.concat;
import static org.libssl4j.carrier.tls.Peer.header;
import static org.libssl4j.carrier.tls.Peer.message;
import static org.libssl4j.carrier.tls.Peer.record;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;

/** Records without protection, and messages put together from them. */
class PlainRecordTest {
    private static final byte[] HELLO = message(HandshakeType.CLIENT_HELLO, 300);

    private final Peer server = Peer.ofServer();

    @Test
    void aMessageStaysUntilItIsConsumed() throws TlsException {
        server.bring(record(HANDSHAKE, HELLO));
        assertSame(server.peek(), server.peek());
        assertArrayEquals(HELLO, server.peek().raw());
        server.carrier.consume();
        assertNull(server.peek());
    }

    @Test
    void aMessageComesTogetherFromRecordsOfOneByte() throws TlsException {
        for (byte b : HELLO) {
            assertNull(server.peek());
            server.bring(record(HANDSHAKE, b));
        }
        assertArrayEquals(HELLO, server.peek().raw());
    }

    @Test
    void aMessageComesTogetherFromAStreamOfSingleBytes() throws TlsException {
        server.bring(record(HANDSHAKE, HELLO));
        while (server.feed(1, false)) {
            assertEquals(server.notFed() > 0, server.carrier.insideRecord());
        }
        assertArrayEquals(HELLO, server.peek().raw());
    }

    @Test
    void oneRecordMayHaveSeveralMessagesAndTheBeginningOfAnother() throws TlsException {
        byte[] a = message(HandshakeType.CLIENT_HELLO, 0);
        byte[] b = message(HandshakeType.ENCRYPTED_EXTENSIONS, 40);
        byte[] c = message(HandshakeType.CERTIFICATE, 17_000);
        byte[] all = concat(a, b, c);
        byte[] first = java.util.Arrays.copyOf(all, 52);
        byte[] rest = java.util.Arrays.copyOfRange(all, 52, all.length);
        server.bring(record(HANDSHAKE, first), record(HANDSHAKE, java.util.Arrays.copyOf(rest, 16_384)));
        server.bring(record(HANDSHAKE, java.util.Arrays.copyOfRange(rest, 16_384, rest.length)));
        assertArrayEquals(a, server.take());
        assertArrayEquals(b, server.take());
        assertArrayEquals(c, server.take());
        assertNull(server.take());
        assertFalse(server.carrier.hasPending());
    }

    @Test
    void noByteBehindTheRecordIsTaken() throws TlsException {
        server.bring(record(HANDSHAKE, HELLO), new byte[] {1, 2, 3});
        server.peek();
        assertEquals(3, server.notFed());
        assertFalse(server.carrier.insideRecord());
    }

    @Test
    void readAheadTakesWhatIsThere() throws TlsException {
        server.bring(record(HANDSHAKE, HELLO), record(HANDSHAKE, HELLO), new byte[] {22});
        assertTrue(server.feed(Integer.MAX_VALUE, true));
        assertEquals(0, server.notFed());
        assertArrayEquals(HELLO, server.take());
        assertTrue(server.carrier.hasPending());
        assertArrayEquals(HELLO, server.take());
        assertNull(server.carrier.peek());
        assertTrue(server.carrier.insideRecord());
        assertEquals(4, server.carrier.bytesWanted());
    }

    @Test
    void theSourceIsNotAskedWhileARecordWaits() throws Exception {
        byte[] record = record(HANDSHAKE, HELLO);
        server.bring(record);
        while (server.feed(Integer.MAX_VALUE, false)) {
            // all of it
        }
        assertEquals(0, server.carrier.bytesWanted());
        assertEquals(
                record.length,
                server.carrier.fill(
                        (b, off, len) -> {
                            throw new AssertionError();
                        },
                        true));
    }

    @Test
    void theHeaderIsAskedForFirstAndThenTheBody() throws TlsException {
        server.bring(record(HANDSHAKE, HELLO));
        assertEquals(5, server.carrier.bytesWanted());
        server.feed(2, false);
        assertEquals(3, server.carrier.bytesWanted());
        server.feed(9, false);
        assertEquals(HELLO.length, server.carrier.bytesWanted());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0300, 0x0301, 0x0303, 0x0304, 0x03ff})
    void theMinorVersionOfARecordIsIgnored(int version) throws TlsException {
        server.bring(record(HANDSHAKE, version, HELLO));
        assertArrayEquals(HELLO, server.take());
    }

    @Test
    void aLaterRecordOfAnotherMajorVersionIsRefused() throws TlsException {
        server.bring(record(HANDSHAKE, HELLO), record(HANDSHAKE, 0x0203, HELLO));
        server.take();
        server.refused(AlertDescription.PROTOCOL_VERSION, Reason.WRONG_VERSION_NUMBER);
    }

    @ParameterizedTest
    @CsvSource({
        "'GET / HTTP/1.1', HTTP_REQUEST",
        "'POST /x', HTTP_REQUEST",
        "'HEAD /x', HTTP_REQUEST",
        "'PUT /xyz', HTTP_REQUEST",
        "'CONNECT a:443', HTTPS_PROXY_REQUEST",
        "'HTTP/1.1 400 Bad Request', WRONG_VERSION_NUMBER",
        "'220 mail.example', WRONG_VERSION_NUMBER",
    })
    void anotherProtocolIsCalledByItsName(String text, Reason reason) {
        server.bring(text.getBytes(US_ASCII));
        server.refused(AlertDescription.PROTOCOL_VERSION, reason);
    }

    @Test
    void anSslV2HelloIsRefused() {
        server.bring(new byte[] {(byte) 0x80, 0x2e, 1, 3, 1, 0, 21});
        server.refused(AlertDescription.PROTOCOL_VERSION, Reason.WRONG_VERSION_NUMBER);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 19, 24, 25, 128, 255})
    void anUnknownTypeOfRecordIsUnexpected(int type) {
        server.bring(record(type, (byte) 1));
        server.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.UNEXPECTED_RECORD);
    }

    @Test
    void applicationDataWithoutKeysAreUnexpected() {
        server.bring(header(DATA, 0x0303, 10));
        server.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.APP_DATA_IN_HANDSHAKE);
    }

    @Test
    void theLongestRecordIsTaken() throws TlsException {
        byte[] m = message(HandshakeType.CLIENT_HELLO, 16_380);
        server.bring(record(HANDSHAKE, m));
        assertArrayEquals(m, server.take());
    }

    @Test
    void aLongerRecordOverflowsAtItsHeader() throws TlsException {
        server.bring(header(HANDSHAKE, 0x0303, 16_385));
        server.refused(AlertDescription.RECORD_OVERFLOW, Reason.PACKET_LENGTH_TOO_LONG);
    }

    @Test
    void aHandshakeRecordWithoutContentIsUnexpected() {
        server.bring(record(HANDSHAKE));
        server.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.BAD_LENGTH);
    }

    @ParameterizedTest
    @CsvSource({"11, 102400", "25, 102400", "1, 65536", "77, 65536", "20, 256", "24, 256", "5, 256"})
    void aMessageIsAsLongAsItsTypeAllowsAndNoLonger(int type, int limit) throws TlsException {
        byte[] longest = message(type, limit);
        for (int off = 0; off < longest.length; off += 16_384) {
            server.bring(record(
                    HANDSHAKE, java.util.Arrays.copyOfRange(longest, off, Math.min(longest.length, off + 16_384))));
        }
        assertArrayEquals(longest, server.take());
        server.bring(record(HANDSHAKE, java.util.Arrays.copyOf(message(type, limit + 1), 4)));
        server.refused(AlertDescription.ILLEGAL_PARAMETER, Reason.EXCESSIVE_MESSAGE_SIZE);
    }

    @Test
    void anAlertInsideAMessageIsUnexpected() {
        server.bring(record(HANDSHAKE, (byte) 1, (byte) 0), record(ALERT, (byte) 2, (byte) 40));
        server.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.MIXED_HANDSHAKE_AND_NON_HANDSHAKE_DATA);
    }

    @Test
    void theEndOfTheStreamAndTryAgainAreHandedOn() throws Exception {
        assertEquals(0, server.carrier.fill((b, off, len) -> 0, false));
        assertEquals(-1, server.carrier.fill((b, off, len) -> -1, true));
    }
}
