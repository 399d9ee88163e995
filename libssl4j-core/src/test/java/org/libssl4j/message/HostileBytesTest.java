// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libssl4j.fault.TlsException;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.ExtensionKind;
import org.libssl4j.message.ext.Place;

/** Whatever comes in, parsing ends in a value or in a TlsException, and nothing else. */
class HostileBytesTest {
    private static final int ROUNDS = 100_000;

    private int parsed;
    private int refused;

    @Test
    void randomBytesLeadToNothingButTlsExceptions() {
        Random random = new Random(20_260_701);
        MessageKind[] kinds = MessageKind.values();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] body = new byte[random.nextInt(random.nextInt(8) == 0 ? 600 : 80)];
            random.nextBytes(body);
            feed(kinds[i % kinds.length], body);
        }
        assertTrue(parsed > 0 && refused > ROUNDS / 2, parsed + " parsed, " + refused + " refused");
    }

    @Test
    void spoiltMessagesLeadToNothingButTlsExceptions() throws ReflectiveOperationException {
        Random random = new Random(20_260_702);
        MessageKind[] kinds = MessageKind.values();
        byte[][] bodies = new byte[50 * kinds.length][];
        for (int i = 0; i < bodies.length; i++) {
            byte[] raw = MessageKind.toMessage(kinds[i % kinds.length].random(random))
                    .raw();
            bodies[i] = Arrays.copyOfRange(raw, 4, raw.length);
        }
        for (int i = 0; i < ROUNDS; i++) {
            int which = random.nextInt(bodies.length);
            feed(kinds[which % kinds.length], spoil(bodies[which], random));
        }
        assertTrue(parsed > ROUNDS / 10 && refused > ROUNDS / 10, parsed + " parsed, " + refused + " refused");
    }

    private void feed(MessageKind kind, byte[] body) {
        try {
            Record message = kind.received(body, body.length).parse(kind.codec());
            parsed++;
            assertNotNull(message.toString());
            openAll(message);
        } catch (TlsException e) {
            refused++;
            assertNotNull(e.alert());
        } catch (RuntimeException e) {
            fail(kind + " " + HexFormat.of().formatHex(body), e);
        }
    }

    private static void openAll(Record message) {
        if (message instanceof ClientHello h) {
            open(h.extensions(), Place.CLIENT_HELLO);
        } else if (message instanceof ServerHello h) {
            open(h.extensions(), h.place());
        } else if (message instanceof EncryptedExtensions ee) {
            open(ee.extensions(), Place.ENCRYPTED_EXTENSIONS);
        } else if (message instanceof CertificateRequest13 r) {
            open(r.extensions(), Place.CERTIFICATE_REQUEST);
        } else if (message instanceof NewSessionTicket13 t) {
            open(t.extensions(), Place.NEW_SESSION_TICKET);
        } else if (message instanceof Certificate13 c) {
            c.entries().forEach(e -> open(e.extensions(), Place.CERTIFICATE));
        }
    }

    /** Asks for each extension by each codec that there is for it. */
    private static void open(ExtensionBlock block, Place place) {
        tolerate(() -> block.check(place));
        tolerate(() -> block.requireSolicited(new int[] {0, 10, 51}));
        for (ExtensionKind k : ExtensionKind.values()) {
            if (block.has(k.type())) {
                tolerate(() -> block.get(k.type(), k.codec()));
            }
        }
    }

    private interface Act {
        void run() throws TlsException;
    }

    private static void tolerate(Act act) {
        try {
            act.run();
        } catch (TlsException e) {
            assertNotNull(e.getMessage());
        }
    }

    private static byte[] spoil(byte[] body, Random random) {
        byte[] b = body.clone();
        for (int n = random.nextInt(4); n > 0 && b.length > 0; n--) {
            b[random.nextInt(b.length)] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(4));
        }
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(b, random.nextInt(b.length + 1));
            case 1 -> Arrays.copyOf(b, b.length + random.nextInt(5));
            default -> b;
        };
    }
}
