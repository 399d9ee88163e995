// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import static org.libssl4j.message.ext.ExtensionKind.bytes;
import static org.libssl4j.message.ext.ExtensionKind.randomBlock;
import static org.libssl4j.message.ext.ExtensionKind.u16s;

import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.Place;

/** A handshake message for tests: how to make a random one, how to read and how to write one. */
enum MessageKind {
    CLIENT_HELLO(HandshakeType.CLIENT_HELLO, MessageKind::clientHello, ClientHello::read),
    SERVER_HELLO(
            HandshakeType.SERVER_HELLO,
            r -> new ServerHello(
                    r.nextInt(0x1_0000),
                    bytes(r, 32),
                    bytes(r, r.nextInt(33)),
                    r.nextInt(0x1_0000),
                    r.nextInt(256),
                    block(r, Place.SERVER_HELLO)),
            ServerHello::read),
    HELLO_RETRY_REQUEST(
            HandshakeType.SERVER_HELLO,
            r -> ServerHello.retry(bytes(r, r.nextInt(33)), r.nextInt(0x1_0000), block(r, Place.HELLO_RETRY_REQUEST)),
            ServerHello::read),
    ENCRYPTED_EXTENSIONS(
            HandshakeType.ENCRYPTED_EXTENSIONS,
            r -> new EncryptedExtensions(block(r, Place.ENCRYPTED_EXTENSIONS)),
            EncryptedExtensions::read),
    CERTIFICATE_REQUEST(
            HandshakeType.CERTIFICATE_REQUEST,
            r -> new CertificateRequest13(bytes(r, r.nextInt(256)), block(r, Place.CERTIFICATE_REQUEST)),
            CertificateRequest13::read),
    CERTIFICATE(HandshakeType.CERTIFICATE, MessageKind::certificate, Certificate13::read),
    CERTIFICATE_VERIFY(
            HandshakeType.CERTIFICATE_VERIFY,
            r -> new CertificateVerify(r.nextInt(0x1_0000), bytes(r, r.nextInt(300))),
            CertificateVerify::read),
    FINISHED(HandshakeType.FINISHED, r -> new Finished(bytes(r, 32 + r.nextInt(17))), Finished::read),
    NEW_SESSION_TICKET(
            HandshakeType.NEW_SESSION_TICKET,
            r -> new NewSessionTicket13(
                    r.nextInt() & 0xffff_ffffL,
                    r.nextInt() & 0xffff_ffffL,
                    bytes(r, r.nextInt(256)),
                    bytes(r, 1 + r.nextInt(300)),
                    block(r, Place.NEW_SESSION_TICKET)),
            NewSessionTicket13::read),
    KEY_UPDATE(HandshakeType.KEY_UPDATE, r -> new KeyUpdate(r.nextBoolean()), KeyUpdate::read),
    END_OF_EARLY_DATA(HandshakeType.END_OF_EARLY_DATA, r -> new EndOfEarlyData(), EndOfEarlyData::read),
    COMPRESSED_CERTIFICATE(
            HandshakeType.COMPRESSED_CERTIFICATE,
            r -> new CompressedCertificate(r.nextInt(0x1_0000), r.nextInt(0x100_0000), bytes(r, 1 + r.nextInt(300))),
            CompressedCertificate::read);

    private final HandshakeType type;
    private final Function<Random, Record> maker;
    private final HandshakeMessage.Codec<? extends Record> codec;

    MessageKind(HandshakeType type, Function<Random, Record> maker, HandshakeMessage.Codec<? extends Record> codec) {
        this.type = type;
        this.maker = maker;
        this.codec = codec;
    }

    HandshakeType type() {
        return type;
    }

    Record random(Random r) {
        return maker.apply(r);
    }

    HandshakeMessage.Codec<? extends Record> codec() {
        return codec;
    }

    /** The message as its own method writes it. */
    static HandshakeMessage toMessage(Record message) throws ReflectiveOperationException {
        return (HandshakeMessage) message.getClass().getMethod("toMessage").invoke(message);
    }

    /** A message with this body, as if it had come in. */
    HandshakeMessage received(byte[] body, int length) {
        byte[] raw = new byte[4 + length];
        raw[0] = (byte) type.code();
        raw[1] = (byte) (length >>> 16);
        raw[2] = (byte) (length >>> 8);
        raw[3] = (byte) length;
        System.arraycopy(body, 0, raw, 4, Math.min(length, body.length));
        return HandshakeMessage.received(raw);
    }

    private static Record clientHello(Random r) {
        return new ClientHello(
                r.nextInt(0x1_0000),
                bytes(r, 32),
                bytes(r, r.nextInt(33)),
                u16s(r, 1),
                bytes(r, 1 + r.nextInt(255)),
                block(r, Place.CLIENT_HELLO));
    }

    private static Record certificate(Random r) {
        return new Certificate13(
                bytes(r, r.nextInt(256)),
                Stream.generate(() ->
                                new Certificate13.Entry(bytes(r, 1 + r.nextInt(100)), block(r, Place.CERTIFICATE)))
                        .limit(r.nextInt(4))
                        .toList());
    }

    private static ExtensionBlock block(Random r, Place place) {
        return r.nextInt(8) == 0 ? ExtensionBlock.EMPTY : randomBlock(r, place);
    }
}
