// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.function.Executable;
import org.libssl4j.config.Limits;
import org.libssl4j.config.RecordSettings;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.keyschedule.TrafficSecret;
import org.libssl4j.message.HandshakeMessage;

/** A carrier under test and, in its peer's place, a maker of records as no proper peer makes them. */
final class Peer {
    static final int CCS = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int DATA = 23;
    static final CipherSuite SUITE = CipherSuite.TLS_AES_128_GCM_SHA256;

    final TlsCarrier carrier;
    final BufferPool pool = new BufferPool(4);
    private Aead aead;
    private byte[] iv;
    private long sequence;
    private byte[] rest = {};

    private Peer(Role role, Observer observer) {
        carrier = new TlsCarrier(TestCrypto.JDK, observer, Limits.DEFAULT, RecordSettings.DEFAULT, role, pool);
    }

    static Peer ofClient() {
        return new Peer(Role.CLIENT, Observer.NONE);
    }

    static Peer ofServer() {
        return new Peer(Role.SERVER, Observer.NONE);
    }

    static Peer of(Role role, Observer observer) {
        return new Peer(role, observer);
    }

    /** The carrier reads with new keys, and this side seals with them. */
    Peer keys(Epoch epoch) throws TlsException {
        TrafficSecret traffic = TestCrypto.traffic(SUITE, epoch.ordinal() + 1);
        carrier.install(epoch, Direction.READ, SUITE, traffic);
        sealWith(traffic);
        return this;
    }

    void sealWith(TrafficSecret traffic) {
        try (Secret key = traffic.key(SUITE.aead());
                Secret iv = traffic.iv(SUITE.aead())) {
            this.aead = TestCrypto.JDK.aead(SUITE.aead(), key);
            this.iv = iv.getEncoded();
            this.sequence = 0;
        }
    }

    // ---- records ---------------------------------------------------------------------------------------------------

    static byte[] record(int type, byte... content) {
        return record(type, 0x0303, content);
    }

    static byte[] record(int type, int version, byte[] content) {
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) type)
                .putShort((short) version)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    static byte[] header(int type, int version, int length) {
        return ByteBuffer.allocate(5)
                .put((byte) type)
                .putShort((short) version)
                .putShort((short) length)
                .array();
    }

    byte[] sealed(int type, byte... content) {
        return sealedPadded(type, 0, content);
    }

    byte[] sealedPadded(int type, int zeros, byte... content) {
        byte[] inner = Arrays.copyOf(content, content.length + 1 + zeros);
        inner[content.length] = (byte) type;
        return sealedInner(inner);
    }

    byte[] sealedInner(byte... inner) {
        return sealedInner(DATA, inner);
    }

    /** With another type outside than it has to be. */
    byte[] sealedAs(int outer, int type, byte... content) {
        byte[] inner = Arrays.copyOf(content, content.length + 1);
        inner[content.length] = (byte) type;
        return sealedInner(outer, inner);
    }

    private byte[] sealedInner(int outer, byte... inner) {
        byte[] record = Arrays.copyOf(header(outer, 0x0303, inner.length + 16), 5 + inner.length + 16);
        byte[] nonce = iv.clone();
        for (int i = 0; i < 8; i++) {
            nonce[nonce.length - 1 - i] ^= (byte) (sequence >>> 8 * i);
        }
        sequence++;
        aead.seal(nonce, record, 0, 5, inner, 0, inner.length, record, 5);
        return record;
    }

    static byte[] message(HandshakeType type, int length) {
        return message(type.code(), length);
    }

    /** A message whose body counts up. */
    static byte[] message(int type, int length) {
        byte[] m = new byte[4 + length];
        m[0] = (byte) type;
        m[1] = (byte) (length >>> 16);
        m[2] = (byte) (length >>> 8);
        m[3] = (byte) length;
        for (int i = 0; i < length; i++) {
            m[4 + i] = (byte) (i * 31 + 7);
        }
        return m;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] p : parts) {
            out.writeBytes(p);
        }
        return out.toByteArray();
    }

    static byte[] data(int length) {
        byte[] b = new byte[length];
        for (int i = 0; i < length; i++) {
            b[i] = (byte) (i * 7 + (i >>> 8) + 1);
        }
        return b;
    }

    // ---- moving ----------------------------------------------------------------------------------------------------

    /** Brings bytes on their way; they come into the carrier as it asks for them. */
    Peer bring(byte[]... parts) {
        rest = concat(rest, concat(parts));
        return this;
    }

    /** Gives the carrier what it asks for once; false if there is nothing left, or nothing wanted. */
    boolean feed(int most, boolean readAhead) throws TlsException {
        if (rest.length == 0 || carrier.bytesWanted() == 0) {
            return false;
        }
        try {
            int n = carrier.fill(
                    (b, off, len) -> {
                        int k = Math.min(Math.min(len, most), rest.length);
                        System.arraycopy(rest, 0, b, off, k);
                        rest = Arrays.copyOfRange(rest, k, rest.length);
                        return k;
                    },
                    readAhead);
            return n > 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    int notFed() {
        return rest.length;
    }

    HandshakeMessage peek() throws TlsException {
        HandshakeMessage m = carrier.peek();
        while (m == null && feed(Integer.MAX_VALUE, false)) {
            m = carrier.peek();
        }
        return m;
    }

    /** The next message's bytes, taken; null if there is none. */
    byte[] take() throws TlsException {
        HandshakeMessage m = peek();
        if (m == null) {
            return null;
        }
        carrier.consume();
        return m.raw();
    }

    /** Reads until {@code b} has something or nothing is left to come. */
    int read(byte[] b) throws TlsException {
        int n = carrier.open(b, 0, b.length);
        while (n == 0 && feed(Integer.MAX_VALUE, false)) {
            n = carrier.open(b, 0, b.length);
        }
        return n;
    }

    /** All that the carrier has to send. */
    byte[] output() {
        return output(carrier);
    }

    static byte[] output(TlsCarrier carrier) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            while (!carrier.drained()) {
                carrier.drain((b, off, len) -> {
                    out.write(b, off, len);
                    return len;
                });
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    // ---- faults ----------------------------------------------------------------------------------------------------

    /** Looking for a message ends with this fault, and so does everything after it. */
    void refused(AlertDescription alert, Reason reason) {
        TlsException first = fault(alert, reason, this::peek);
        assertSame(first, assertThrows(TlsException.class, carrier::peek));
        assertSame(first, assertThrows(TlsException.class, () -> carrier.open(new byte[10], 0, 10)));
        assertSame(first, assertThrows(TlsException.class, carrier::bytesWanted));
    }

    static TlsException fault(AlertDescription alert, Reason reason, Executable what) {
        TlsException e = assertThrows(TlsException.class, what);
        assertEquals(alert + " " + reason, e.alert() + " " + e.reason(), e.getMessage());
        return e;
    }
}
