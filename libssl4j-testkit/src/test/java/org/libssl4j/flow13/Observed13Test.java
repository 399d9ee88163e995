// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libssl4j.Reachable;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.spi.InfoCb;
import org.libssl4j.spi.ProtocolMessage;
import org.libssl4j.spi.VerifyCb;

/** In which order who looks on is told of messages, states and alerts: libssl's, which tells a message when it has come and a state when it is left. */
class Observed13Test {
    private static final int RECORD_HEADER = 256;

    private final List<String> events = new ArrayList<>();

    private HandshakeConfig watched(HandshakeConfig c) {
        return c.with(c.callbacks().withMsg(this::message).withInfo(this::info));
    }

    private void message(ProtocolMessage m) {
        String what = switch (m.contentType()) {
            case 20 -> "change_cipher_spec";
            case 21 -> "alert " + (m.bytes()[1] & 0xff);
            case 22 -> String.valueOf(HandshakeType.of(m.bytes()[0])).toLowerCase(java.util.Locale.ROOT);
            case RECORD_HEADER -> "record";
            default -> "of type " + m.bytes()[0];
        };
        events.add((m.sent() ? "> " : "< ") + what);
    }

    private void info(int where, int value, String state) {
        if ((where & InfoCb.ALERT) != 0) {
            events.add("told of alert " + (value & 0xff));
        } else {
            events.add(
                    ((where & InfoCb.LOOP) != 0 ? "" : where == InfoCb.HANDSHAKE_START ? "start: " : "done: ") + state);
        }
    }

    private List<String> handshakeAlone() {
        return events.stream()
                .filter(e -> !e.contains("record") && !e.contains("of type") && !e.equals("< change_cipher_spec"))
                .toList();
    }

    private List<String> since(String event) {
        return events.subList(events.indexOf(event), events.size());
    }

    @Test
    void aClientIsToldEachMessageBeforeTheStateThatItMakes() {
        Rogue peer = new Rogue(Role.CLIENT, watched(Configs.client()), Configs.server()).run();
        assertNull(peer.failure);
        assertEquals(
                List.of(
                        "start: before SSL initialization",
                        "before SSL initialization",
                        "> client_hello",
                        "SSLv3/TLS write client hello",
                        "< server_hello",
                        "SSLv3/TLS read server hello",
                        "< encrypted_extensions",
                        "TLSv1.3 read encrypted extensions",
                        "< certificate",
                        "SSLv3/TLS read server certificate",
                        "< certificate_verify",
                        "TLSv1.3 read server certificate verify",
                        "< finished",
                        "> change_cipher_spec",
                        "SSLv3/TLS read finished",
                        "> finished",
                        "SSLv3/TLS write finished",
                        "done: SSL negotiation finished successfully"),
                handshakeAlone());
    }

    @Test
    void aServerIsToldEachMessageBeforeTheStateThatItMakes() {
        Rogue peer = new Rogue(Role.SERVER, Configs.client(), watched(Configs.server())).run();
        assertNull(peer.failure);
        assertEquals(
                List.of(
                        "start: before SSL initialization",
                        "before SSL initialization",
                        "< client_hello",
                        "SSLv3/TLS read client hello",
                        "> server_hello",
                        "> change_cipher_spec",
                        "SSLv3/TLS write server hello",
                        "> encrypted_extensions",
                        "TLSv1.3 write encrypted extensions",
                        "> certificate",
                        "SSLv3/TLS write certificate",
                        "> certificate_verify",
                        "TLSv1.3 write server certificate verify",
                        "> finished",
                        "SSLv3/TLS write finished",
                        "< finished",
                        "SSLv3/TLS read finished",
                        "done: SSL negotiation finished successfully"),
                handshakeAlone());
    }

    @Test
    void aMessageThatCannotBeParsedIsToldBeforeTheAlert() {
        Rogue peer = new Rogue(Role.CLIENT, watched(Configs.client()), Configs.server())
                .insteadOf("certificate", c -> c.record(RogueCarrier.HANDSHAKE, 11, 0, 0, 4, 0, 0, 0, 5))
                .run();
        assertNotNull(peer.failure);
        assertEquals(
                List.of(
                        "TLSv1.3 read encrypted extensions",
                        "< record",
                        "< of type 22",
                        "< certificate",
                        "> change_cipher_spec",
                        "> record",
                        "> record",
                        "> of type 21",
                        "> alert 50",
                        "told of alert 50"),
                since("TLSv1.3 read encrypted extensions"));
    }

    @Test
    void aClientHelloThatCannotBeParsedIsToldToo() {
        Rogue peer = new Rogue(Role.SERVER, Configs.client(), watched(Configs.server()))
                .insteadOf("client_hello", c -> c.plain(RogueCarrier.HANDSHAKE, new byte[] {1, 0, 0, 2, 3, 3}))
                .run();
        assertNotNull(peer.failure);
        assertEquals(
                List.of(
                        "start: before SSL initialization",
                        "before SSL initialization",
                        "< record",
                        "< client_hello",
                        "> record",
                        "> alert 50",
                        "told of alert 50"),
                events);
    }

    @Test
    void aMessageThatEndsTheConnectionIsNotKept() {
        for (Role victim : Role.values()) {
            byte[] header = {(byte) (victim == Role.CLIENT ? 2 : 1), 0, 0x7f, (byte) 0xff};
            byte[] unreadable = Arrays.copyOf(header, 4 + 0x7fff);
            Rogue peer = new Rogue(victim, Configs.client(), Configs.server())
                    .insteadOf(
                            victim == Role.CLIENT ? "server_hello" : "client_hello",
                            c -> c.fragments(unreadable, 16_384))
                    .run();
            assertNotNull(peer.failure);
            assertEquals(
                    List.of(),
                    Reachable.from(peer.victim).stream()
                            .filter(o -> o instanceof HandshakeMessage)
                            .toList());
        }
    }

    @Test
    void aMessageThatWaitsForAStateIsToldOnce() {
        int[] asked = {0};
        HandshakeConfig c = Configs.client();
        c = c.with(c.verification()
                .with((VerifyCb) (result, chain) -> ++asked[0] < 4 ? VerifyCb.Answer.LATER : VerifyCb.Answer.ACCEPT));
        Rogue peer = new Rogue(Role.CLIENT, watched(c), Configs.server());
        for (int i = 0; i < 4; i++) {
            peer.run();
        }
        assertNull(peer.failure);
        assertEquals(4, asked[0]);
        assertEquals(1, events.stream().filter("< certificate"::equals).count());
        assertEquals(1, events.stream().filter("< certificate_verify"::equals).count());
    }
}
