// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.message.ext;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.Alike;
import org.libssl4j.wire.WireWriter;

class ExtensionCodecTest {
    private final Random random = new Random(9846);

    @ParameterizedTest
    @EnumSource
    void randomOnesSurviveARoundTrip(ExtensionKind kind) throws Exception {
        for (int i = 0; i < 200; i++) {
            Extension e = kind.random(random);
            Extension read = parse(kind, body(e));
            Alike.assertAlike(e, read, kind.name());
            assertEquals(e.type(), read.type());
            assertArrayEquals(body(e), body(read));
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachProperPrefixIsADecodeError(ExtensionKind kind) {
        for (int i = 0; i < 20 && !kind.takesAnything(); i++) {
            byte[] body = body(kind.random(random));
            for (int length = 0; length < body.length; length++) {
                byte[] prefix = Arrays.copyOf(body, length);
                assertDecodeError(kind, assertThrows(TlsException.class, () -> parse(kind, prefix)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTrailingByteIsADecodeError(ExtensionKind kind) {
        for (int i = 0; i < 20 && !kind.takesAnything(); i++) {
            byte[] body = body(kind.random(random));
            byte[] longer = Arrays.copyOf(body, body.length + 1);
            assertDecodeError(kind, assertThrows(TlsException.class, () -> parse(kind, longer)));
        }
    }

    private static void assertDecodeError(ExtensionKind kind, TlsException e) {
        assertEquals(AlertDescription.DECODE_ERROR, e.alert());
        boolean length = kind.type() == ExtensionType.KEY_SHARE || kind.type() == ExtensionType.COOKIE;
        assertEquals(length ? Reason.LENGTH_MISMATCH : Reason.BAD_EXTENSION, e.reason());
        String name = kind.type().name().toLowerCase(Locale.ROOT);
        assertTrue(e.getMessage().contains(name), e.getMessage());
    }

    private static Extension parse(ExtensionKind kind, byte[] body) throws TlsException {
        ExtensionBlock block = ExtensionBlock.builder()
                .add(new RawExtension(0x1a1a, new byte[1]))
                .add(new RawExtension(kind.type().code(), body))
                .add(new RawExtension(0x2a2a, new byte[2]))
                .build();
        return block.get(kind.type(), kind.codec());
    }

    private static byte[] body(Extension e) {
        WireWriter out = new WireWriter(64);
        e.write(out);
        return out.toByteArray();
    }
}
