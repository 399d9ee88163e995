// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.ServerHello;
import org.libssl4j.message.ext.Cookie;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.KeyShare;
import org.libssl4j.message.ext.RawExtension;
import org.libssl4j.message.ext.SupportedVersions;
import org.libssl4j.testkit.carrier.ScriptedPair;
import org.libssl4j.wire.WireWriter;

/** A handshake of which one message is changed on its way, and how messages are changed. */
public final class Tampering {
    private Tampering() {}

    /** A change of one message; null for one that is swallowed. */
    public interface Tamper {
        List<HandshakeMessage> apply(HandshakeMessage m) throws TlsException;
    }

    public record Row(String rule, Role from, HandshakeType at, Tamper tamper, AlertDescription alert, Reason reason) {}

    static void check(Row row) {
        check(row, Configs.client(), Configs.server());
    }

    public static void check(Row row, HandshakeConfig client, HandshakeConfig server) {
        boolean[] done = {false};
        ScriptedPair p = new ScriptedPair(client, server, Configs.CRYPTO, CarrierTraits.TLS).run((from, m) -> {
            if (done[0] || from != row.from() || !m.is(row.at())) {
                return List.of(m);
            }
            done[0] = true;
            try {
                return row.tamper().apply(m);
            } catch (TlsException e) {
                throw new AssertionError(e);
            }
        });
        ScriptedPair.Side victim = row.from() == Role.CLIENT ? p.server : p.client;
        assertRefused(victim, row.alert(), row.reason());
    }

    /** This side has ended the connection, with one alert and without keys. */
    public static void assertRefused(ScriptedPair.Side victim, AlertDescription alert, Reason reason) {
        assertNotNull(victim.failure, "nothing was refused");
        assertEquals(
                alert + " " + reason,
                victim.failure.alert() + " " + victim.failure.reason(),
                victim.failure::getMessage);
        assertEquals(List.of(alert), victim.carrier.alerts(), "one alert, and once");
        assertTrue(victim.carrier.retired(), "keys are not kept for a connection that has failed");
        victim.advance();
        assertEquals(List.of(alert), victim.carrier.alerts(), "a later call sends no second one");
    }

    public static ServerHello with(ServerHello h, byte[] random, byte[] sessionId, int suite, int compression) {
        return new ServerHello(h.legacyVersion(), random, sessionId, suite, compression, h.extensions());
    }

    public static ServerHello ext(ServerHello h, ExtensionBlock e) {
        return new ServerHello(h.legacyVersion(), h.random(), h.sessionId(), h.cipherSuite(), h.compressionMethod(), e);
    }

    public static ClientHello ext(ClientHello h, ExtensionBlock e) {
        return new ClientHello(
                h.legacyVersion(), h.random(), h.sessionId(), h.cipherSuites(), h.compressionMethods(), e);
    }

    static ServerHello retry(ServerHello h, int group) {
        return ServerHello.retry(
                h.sessionId(),
                h.cipherSuite(),
                ExtensionBlock.builder()
                        .add(new SupportedVersions.Selected(0x0304))
                        .add(new KeyShare.Retry(group))
                        .add(new Cookie(new byte[] {1, 2, 3}))
                        .build());
    }

    public static ExtensionBlock replace(
            ExtensionBlock block, ExtensionType type, org.libssl4j.message.ext.Extension with) {
        ExtensionBlock.Builder b = ExtensionBlock.builder();
        for (int t : block.types()) {
            if (t != type.code()) {
                b.add(new RawExtension(t, block.body(t)));
            }
        }
        return with == null ? b.build() : b.add(with).build();
    }

    public static ExtensionBlock plus(ExtensionBlock block, org.libssl4j.message.ext.Extension e) {
        ExtensionBlock.Builder b = ExtensionBlock.builder();
        for (int t : block.types()) {
            b.add(new RawExtension(t, block.body(t)));
        }
        return b.add(e).build();
    }

    public static byte[] downgraded(byte[] random, int last) {
        byte[] r = random.clone();
        byte[] mark = {0x44, 0x4f, 0x57, 0x4e, 0x47, 0x52, 0x44, (byte) last};
        System.arraycopy(mark, 0, r, 24, 8);
        return r;
    }

    public static byte[] offCurve() {
        byte[] p = new byte[65];
        p[0] = 4;
        p[32] = 1;
        p[64] = 1;
        return p;
    }

    public static HandshakeMessage flipped(HandshakeMessage m) {
        byte[] raw = m.raw().clone();
        raw[raw.length - 1] ^= 1;
        return HandshakeMessage.received(raw);
    }

    public static HandshakeMessage longer(HandshakeMessage m) {
        return HandshakeMessage.of(
                HandshakeType.of(m.type()),
                w -> w.bytes(m.raw(), 4, m.raw().length - 4).u8(0));
    }

    /** The extension of this type with a byte behind its structure. */
    static RawExtension longer(ExtensionBlock block, ExtensionType type) {
        byte[] body = block.body(type.code());
        return new RawExtension(type.code(), Arrays.copyOf(body, body.length + 1));
    }

    /** A ClientHello or ServerHello with one of its extensions a second time, at the end. */
    public static HandshakeMessage twice(HandshakeMessage m, ExtensionType type) throws TlsException {
        boolean client = m.is(HandshakeType.CLIENT_HELLO);
        ExtensionBlock block = client
                ? m.parse(ClientHello::read).extensions()
                : m.parse(ServerHello::read).extensions();
        WireWriter w = new WireWriter(512);
        block.write(w);
        int before = w.toByteArray().length;
        byte[] body = block.body(type.code());
        int length = before - 2 + 4 + body.length;
        return HandshakeMessage.of(
                HandshakeType.of(m.type()),
                out -> out.bytes(m.raw(), 4, m.raw().length - 4 - before)
                        .u16(length)
                        .bytes(m.raw(), m.raw().length - before + 2, before - 2)
                        .u16(type.code())
                        .opaque16(body));
    }

    public static HandshakeMessage shorter(HandshakeMessage m) {
        return HandshakeMessage.of(
                HandshakeType.of(m.type()), w -> w.bytes(Arrays.copyOfRange(m.raw(), 4, m.raw().length - 3)));
    }
}
