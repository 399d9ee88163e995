// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;
import org.libssl4j.config.Limits;
import org.libssl4j.config.RecordSettings;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.CarrierTraits;
import org.libssl4j.handshake.DataCarrier;
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
import org.libssl4j.record.CbcEncryptThenMac;
import org.libssl4j.record.CbcMacThenEncrypt;
import org.libssl4j.record.RecordProtection;

/**
 * TLS over a byte stream (RFC 9846 §5): a reading and a writing half that share nothing which changes, so that after the handshake one thread may call the methods that take records in while another calls those that send. Nothing above makes use of that yet: {@code Ssl} is for one thread at a time.
 *
 * <p>{@link #open} may use the caller's array behind the bytes that it returns.
 */
public final class TlsCarrier implements DataCarrier {
    private final Crypto crypto;
    private final RecordReader reader;
    private final RecordWriter writer;
    private final Supplier<RecordSettings> settings;

    /** A carrier without keys. */
    public TlsCarrier(Crypto crypto, Observer observer, Limits limits, RecordSettings settings, Role role) {
        this(crypto, observer, limits, settings, role, BufferPool.shared());
    }

    TlsCarrier(Crypto crypto, Observer observer, Limits limits, RecordSettings settings, Role role, BufferPool pool) {
        this(crypto, observer, () -> limits, () -> settings, role, pool);
    }

    /**
     * A carrier without keys.
     *
     * @param limits are asked for with each message, since a server's callback may change them
     * @param settings are asked for with each change of keys, and when they are said to have changed
     */
    public TlsCarrier(
            Crypto crypto, Observer observer, Supplier<Limits> limits, Supplier<RecordSettings> settings, Role role) {
        this(crypto, observer, limits, settings, role, BufferPool.shared());
    }

    private TlsCarrier(
            Crypto crypto,
            Observer observer,
            Supplier<Limits> limits,
            Supplier<RecordSettings> settings,
            Role role,
            BufferPool pool) {
        this.crypto = crypto;
        this.reader = new RecordReader(observer, limits, role, pool);
        this.writer = new RecordWriter(observer, settings, role, pool);
        this.settings = settings;
    }

    // ---- the reading half ------------------------------------------------------------------------------------------

    @Override
    public HandshakeMessage peek() throws TlsException {
        return reader.message();
    }

    @Override
    public void consume() {
        reader.consume();
    }

    @Override
    public int open(byte[] dst, int off, int len) throws TlsException {
        Objects.checkFromIndexSize(off, len, dst.length);
        return reader.read(dst, off, len, false);
    }

    @Override
    public int openPeek(byte[] dst, int off, int len) throws TlsException {
        Objects.checkFromIndexSize(off, len, dst.length);
        return reader.read(dst, off, len, true);
    }

    @Override
    public int pending() {
        return reader.pending();
    }

    @Override
    public boolean hasPending() {
        return reader.hasPending();
    }

    @Override
    public int bytesWanted() throws TlsException {
        return reader.bytesWanted();
    }

    // While a whole record waits to be processed the source is not asked, and the number of bytes that wait is
    // returned;
    // after close_notify 0, as at the stream's end.
    @Override
    public int fill(Source source, boolean readAhead) throws IOException, TlsException {
        return reader.fill(source, readAhead);
    }

    @Override
    public boolean closeNotifyReceived() {
        return reader.closeNotifyReceived();
    }

    @Override
    public boolean insideRecord() {
        return reader.insideRecord();
    }

    @Override
    public void skipEarlyData(int limit) {
        reader.skipEarlyData(limit);
    }

    // ---- the writing half ------------------------------------------------------------------------------------------

    @Override
    public void send(HandshakeMessage message) throws TlsException {
        writer.send(message);
    }

    @Override
    public void endFlight() throws TlsException {
        writer.endFlight();
    }

    @Override
    public int seal(byte[] src, int off, int len) throws TlsException {
        Objects.checkFromIndexSize(off, len, src.length);
        if (!writer.drained()) {
            throw new IllegalStateException("output has to be taken before more application data is sealed");
        }
        return writer.seal(src, off, len);
    }

    // Seven eighths of the limit are used; at the limit itself sealing is refused.
    @Override
    public boolean keyUpdateDue() {
        return writer.keyUpdateDue();
    }

    @Override
    public void alert(AlertDescription alert) {
        writer.alert(alert);
    }

    @Override
    public void retire(TlsException why) {
        writer.retire();
        reader.retire(why);
    }

    @Override
    public boolean drained() {
        return writer.drained();
    }

    @Override
    public void settingsChanged() throws TlsException {
        writer.settingsChanged();
    }

    @Override
    public int drain(Sink sink) throws IOException {
        return writer.drain(sink);
    }

    @Override
    public void stopWriting() {
        writer.close();
    }

    // ---- both ------------------------------------------------------------------------------------------------------

    @Override
    public void install(Epoch epoch, Direction direction, CipherSuite suite, Keys keys) throws TlsException {
        RecordProtection protection =
                keys instanceof KeyBlock.Half half ? before13(suite, half) : tls13(suite, (TrafficSecret) keys);
        if (direction == Direction.READ) {
            reader.install(epoch, protection);
        } else {
            writer.install(epoch, protection);
        }
    }

    private RecordProtection tls13(CipherSuite suite, TrafficSecret traffic) {
        try (Secret key = traffic.key(suite.aead());
                Secret iv = traffic.iv(suite.aead())) {
            return Aead13.of(crypto, suite.aead(), key, iv, settings.get().recordsPerKey());
        }
    }

    private RecordProtection before13(CipherSuite suite, KeyBlock.Half half) {
        if (suite.aead() != null) {
            return Aead12.of(crypto, suite.aead(), half.key(), half.iv());
        }
        return half.encryptThenMac()
                ? CbcEncryptThenMac.of(crypto, suite, half.version(), half.macKey(), half.key(), half.iv())
                : CbcMacThenEncrypt.of(crypto, suite, half.version(), half.macKey(), half.key(), half.iv());
    }

    @Override
    public void version(ProtocolVersion version) throws TlsException {
        reader.version(version);
        writer.version(version);
    }

    @Override
    public void promote(Direction direction) {
        if (direction == Direction.READ) {
            reader.promote();
        } else {
            writer.promote();
        }
    }

    @Override
    public void limitRecords(Direction direction, int bytes) throws TlsException {
        if (direction == Direction.READ) {
            reader.limit(bytes);
        } else {
            writer.limit(bytes);
        }
    }

    @Override
    public void requireBoundary() throws TlsException {
        reader.requireBoundary();
    }

    @Override
    public CarrierTraits traits() {
        return CarrierTraits.TLS;
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
