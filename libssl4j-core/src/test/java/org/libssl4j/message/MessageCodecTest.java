// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

class MessageCodecTest {
    private final Random random = new Random(8446);

    @ParameterizedTest
    @EnumSource
    void randomOnesSurviveARoundTrip(MessageKind kind) throws Exception {
        for (int i = 0; i < 200; i++) {
            Record message = kind.random(random);
            HandshakeMessage written = MessageKind.toMessage(message);
            assertTrue(written.is(kind.type()));
            assertEquals(
                    written.raw().length - 4,
                    written.raw()[1] << 16 | (written.raw()[2] & 0xff) << 8 | written.raw()[3] & 0xff);
            Record read = HandshakeMessage.received(written.raw()).parse(kind.codec());
            Alike.assertAlike(message, read, kind.name());
            assertArrayEquals(written.raw(), MessageKind.toMessage(read).raw());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FINISHED")
    void eachProperPrefixIsADecodeError(MessageKind kind) throws Exception {
        for (int i = 0; i < 20; i++) {
            Record message = kind.random(random);
            byte[] body = body(message);
            int withoutExtensions = lengthWithoutExtensions(message);
            for (int length = 0; length < body.length; length++) {
                HandshakeMessage prefix = kind.received(body, length);
                if (length == withoutExtensions) {
                    prefix.parse(kind.codec()); // the field may be left out before TLS 1.3
                    continue;
                }
                TlsException e = assertThrows(TlsException.class, () -> prefix.parse(kind.codec()));
                assertEquals(AlertDescription.DECODE_ERROR, e.alert(), e.getMessage());
                assertEquals(Reason.LENGTH_MISMATCH, e.reason());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FINISHED")
    void aTrailingByteIsADecodeError(MessageKind kind) throws Exception {
        for (int i = 0; i < 20; i++) {
            byte[] body = body(kind.random(random));
            HandshakeMessage longer = kind.received(body, body.length + 1);
            TlsException e = assertThrows(TlsException.class, () -> longer.parse(kind.codec()));
            assertEquals(AlertDescription.DECODE_ERROR, e.alert());
        }
    }

    @Test
    void aKeyUpdateOfAnotherValueIsAnIllegalParameter() throws TlsException {
        assertEquals(
                new KeyUpdate(false),
                MessageKind.KEY_UPDATE.received(new byte[] {0}, 1).parse(KeyUpdate::read));
        assertEquals(
                new KeyUpdate(true),
                MessageKind.KEY_UPDATE.received(new byte[] {1}, 1).parse(KeyUpdate::read));
        for (int value : new int[] {2, 0x7f, 0xff}) {
            HandshakeMessage m = MessageKind.KEY_UPDATE.received(new byte[] {(byte) value}, 1);
            TlsException e = assertThrows(TlsException.class, () -> m.parse(KeyUpdate::read));
            assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
            assertEquals(Reason.BAD_KEY_UPDATE, e.reason());
        }
    }

    @Test
    void aChainOfAHundredIsReadAndAHundredAndOneIsNot() throws TlsException {
        HandshakeMessage hundred = chain(100);
        assertEquals(100, hundred.parse(Certificate13::read).entries().size());
        TlsException e = assertThrows(TlsException.class, () -> chain(101).parse(Certificate13::read));
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
        assertEquals(Reason.EXCESSIVE_MESSAGE_SIZE, e.reason());
    }

    @Test
    void anEmptyCertificateIsADecodeError() {
        HandshakeMessage m = MessageKind.CERTIFICATE.received(new byte[] {0, 0, 0, 5, 0, 0, 0, 0, 0}, 9);
        TlsException e = assertThrows(TlsException.class, () -> m.parse(Certificate13::read));
        assertEquals(AlertDescription.DECODE_ERROR, e.alert());
    }

    @Test
    void anEmptyTicketIsADecodeError() {
        HandshakeMessage m = MessageKind.NEW_SESSION_TICKET.received(new byte[13], 13);
        assertThrows(TlsException.class, () -> m.parse(NewSessionTicket13::read));
    }

    @Test
    void eachMessageHasATest() {
        Set<String> tested = new HashSet<>();
        for (MessageKind k : MessageKind.values()) {
            tested.add(k.random(random).getClass().getSimpleName());
        }
        assertEquals(11, tested.size());
    }

    private static HandshakeMessage chain(int length) {
        byte[] list = new byte[4 + 6 * length];
        list[2] = (byte) (6 * length >>> 8);
        list[3] = (byte) (6 * length);
        for (int i = 0; i < length; i++) {
            list[4 + 6 * i + 2] = 1;
        }
        return MessageKind.CERTIFICATE.received(list, list.length);
    }

    /** Where a hello may end without its extensions, or -1. */
    private static int lengthWithoutExtensions(Record message) {
        if (message instanceof ClientHello h) {
            return 2
                    + 32
                    + 1
                    + h.sessionId().length
                    + 2
                    + 2 * h.cipherSuites().length
                    + 1
                    + h.compressionMethods().length;
        }
        return message instanceof ServerHello h ? 2 + 32 + 1 + h.sessionId().length + 3 : -1;
    }

    private static byte[] body(Record message) throws ReflectiveOperationException {
        byte[] raw = MessageKind.toMessage(message).raw();
        return Arrays.copyOfRange(raw, 4, raw.length);
    }
}
