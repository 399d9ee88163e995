// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Predicate;
import org.libssl4j.carrier.tls.TlsCarrier;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Carrier;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.keyschedule.KeyBlock;
import org.libssl4j.keyschedule.Keys;
import org.libssl4j.keyschedule.TrafficSecret;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.record.Aead12;
import org.libssl4j.record.Aead13;
import org.libssl4j.record.RecordProtection;

/** Reads records as everybody does, and writes those that a test wants, under the keys in force. */
public final class RogueCarrier implements Carrier {
    public static final int CHANGE_CIPHER_SPEC = 20;
    public static final int ALERT = 21;
    public static final int HANDSHAKE = 22;
    public static final int DATA = 23;

    /** Sees each message before it is sent; true to have it swallowed. */
    Predicate<HandshakeMessage> hook = m -> false;

    private final Crypto crypto;
    private final TlsCarrier in;
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private RecordProtection out;
    private RogueCbc cbc;
    private ProtocolVersion version = ProtocolVersion.TLS1_2; // which records of TLS 1.3 say, too
    private boolean legacy;

    RogueCarrier(Crypto crypto, HandshakeConfig config, Role role) {
        this.crypto = crypto;
        this.in = new TlsCarrier(crypto, Observer.NONE, config.limits(), config.records(), role);
    }

    // ---- what a test sends -----------------------------------------------------------------------------------------

    /** A record with this content, protected if there are keys. */
    public RogueCarrier record(int type, int... content) {
        byte[] b = new byte[content.length];
        for (int i = 0; i < b.length; i++) {
            b[i] = (byte) content[i];
        }
        return record(type, b);
    }

    public RogueCarrier record(int type, byte[] content) {
        if (cbc != null) {
            return cbc(type, content, RogueCbc::sound);
        }
        if (out == null) {
            return plain(type, content);
        }
        byte[] record = new byte[5 + content.length + out.overhead()];
        System.arraycopy(content, 0, record, 5 + out.prefix(), content.length);
        try {
            int n = out.seal(type, version.code(), record, 0, content.length);
            wire.write(record, 0, n);
        } catch (TlsException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    /** A record without protection. */
    public RogueCarrier plain(int type, byte[] content) {
        int v = version.code();
        wire.writeBytes(
                new byte[] {(byte) type, (byte) (v >> 8), (byte) v, (byte) (content.length >> 8), (byte) content.length
                });
        wire.writeBytes(content);
        return this;
    }

    /** A record of a suite with CBC, of this shape. */
    public RogueCarrier cbc(int type, byte[] content, RogueCbc.Shape shape) {
        return plain(type, cbc.next(type, content, shape));
    }

    /** A message in records of 16,384 bytes. */
    public RogueCarrier message(HandshakeMessage m) {
        messages.writeBytes(m.raw());
        return fragments(m.raw(), 16_384);
    }

    /** The handshake messages so far, as the victim knows them: what a CertificateVerify of TLS 1.2 is over. */
    public byte[] messages() {
        return messages.toByteArray();
    }

    /** Handshake bytes in records of so many. */
    public RogueCarrier fragments(byte[] bytes, int each) {
        for (int at = 0; at < bytes.length; at += each) {
            record(HANDSHAKE, java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + each)));
        }
        return this;
    }

    byte[] take() {
        byte[] b = wire.toByteArray();
        wire.reset();
        return b;
    }

    void hear(byte[] bytes) {
        int[] at = {0};
        try {
            while (at[0] < bytes.length) {
                int before = at[0];
                in.fill(
                        (b, off, len) -> {
                            int n = Math.min(len, bytes.length - at[0]);
                            System.arraycopy(bytes, at[0], b, off, n);
                            at[0] += n;
                            return n;
                        },
                        true);
                if (at[0] == before) {
                    return;
                }
            }
        } catch (TlsException | IOException e) {
            // shows when the next message is read
        }
    }

    // ---- the carrier -----------------------------------------------------------------------------------------------

    @Override
    public HandshakeMessage peek() throws TlsException {
        return in.peek();
    }

    @Override
    public void consume() {
        try {
            HandshakeMessage m = in.peek();
            if (m != HandshakeMessage.CHANGE_CIPHER_SPEC) {
                messages.writeBytes(m.raw());
            }
        } catch (TlsException e) {
            throw new AssertionError(e);
        }
        in.consume();
    }

    @Override
    public void send(HandshakeMessage m) {
        boolean ccs = m == HandshakeMessage.CHANGE_CIPHER_SPEC;
        if (ccs && !legacy) {
            plain(CHANGE_CIPHER_SPEC, new byte[] {1});
        } else if (hook.test(m)) {
            return;
        } else if (ccs) {
            record(CHANGE_CIPHER_SPEC, 1);
        } else {
            message(m);
        }
    }

    @Override
    public void skipEarlyData(int limit) {
        in.skipEarlyData(limit);
    }

    @Override
    public void limitRecords(Direction direction, int bytes) throws TlsException {
        if (direction == Direction.READ) {
            in.limitRecords(direction, bytes);
        }
    }

    @Override
    public void version(ProtocolVersion version) throws TlsException {
        legacy = version != ProtocolVersion.TLS1_3;
        if (legacy) {
            this.version = version;
        }
        in.version(version);
    }

    @Override
    public void promote(Direction direction) {
        if (direction == Direction.READ) {
            in.promote(direction);
        }
    }

    @Override
    public void requireBoundary() throws TlsException {
        in.requireBoundary();
    }

    @Override
    public void endFlight() {}

    @Override
    public boolean drained() {
        return true;
    }

    @Override
    public void alert(AlertDescription alert) {}

    @Override
    public void retire(TlsException why) {
        in.retire(why);
    }

    @Override
    public CarrierTraits traits() {
        return CarrierTraits.TLS;
    }

    @Override
    public void install(Epoch epoch, Direction direction, CipherSuite suite, Keys keys) throws TlsException {
        if (direction == Direction.READ) {
            in.install(epoch, direction, suite, keys);
            return;
        }
        if (keys instanceof KeyBlock.Half half && suite.cbc() != null) {
            cbc = new RogueCbc(suite, half);
            return;
        }
        if (keys instanceof KeyBlock.Half half) {
            out = Aead12.of(crypto, suite.aead(), half.key(), half.iv());
            return;
        }
        TrafficSecret traffic = (TrafficSecret) keys;
        try (Secret key = traffic.key(suite.aead());
                Secret iv = traffic.iv(suite.aead())) {
            out = Aead13.of(crypto, suite.aead(), key, iv);
        }
    }
}
