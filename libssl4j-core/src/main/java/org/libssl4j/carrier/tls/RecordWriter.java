// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import java.io.IOException;
import java.util.function.Supplier;
import org.libssl4j.config.RecordSettings;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.DataCarrier;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ContentType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.record.NullProtection;
import org.libssl4j.record.RecordHeader;
import org.libssl4j.record.RecordProtection;

/**
 * The sending half of a connection: makes records and keeps them until they are taken (RFC 9846 §5). Handshake messages of a flight share records as far as they fit; a record never spans a change of keys. Not thread-safe.
 */
final class RecordWriter {
    private static final int RECORD_HEADER = 256;
    private static final int INNER_CONTENT_TYPE = 257;

    private final Observer observer;
    private final boolean watched;
    private final Role role;
    private final OutBuffer out;
    private final NullProtection unprotected = new NullProtection();
    private RecordProtection protection = unprotected;
    private Epoch epoch = Epoch.INITIAL;
    private int gathered; // handshake bytes behind the records in the buffer, not yet a record
    private int messages;
    private ProtocolVersion version; // null until it is known
    private boolean ended;
    private final Supplier<RecordSettings> settings;
    private RecordSettings.Padding padding; // null for none
    private int peers = RecordSettings.MAX_CONTENT; // the most content that the peer takes
    private int most; // content of a record

    RecordWriter(Observer observer, Supplier<RecordSettings> settings, Role role, BufferPool pool) {
        this.observer = observer;
        this.watched = observer != Observer.NONE;
        this.role = role;
        this.out = new OutBuffer(pool);
        this.settings = settings;
        apply();
    }

    // ---- how records are made --------------------------------------------------------------------------------------

    /** Records are made as the settings say by now. */
    void settingsChanged() throws TlsException {
        if (!ended) {
            endFlight(); // what was gathered was for records of the size before
        }
        apply();
    }

    private void apply() {
        RecordSettings s = settings.get();
        padding = s.padding();
        most = Math.min(peers, s.maxSendFragment());
    }

    /** RFC 8449 §4, RFC 6066 §4: the peer takes no more than this content, type and padding in one record. */
    void limit(int bytes) throws TlsException {
        if (!ended) {
            endFlight();
        }
        // RFC 8449 §4: in TLS 1.3 the type counts; before there is none.
        peers = Math.min(legacy() ? bytes : bytes - 1, RecordSettings.MAX_CONTENT);
        apply();
    }

    /** Records have the form of this version from here on. */
    void version(ProtocolVersion v) throws TlsException {
        if (!ended) {
            endFlight();
        }
        version = v;
    }

    private boolean legacy() {
        return version != null && version != ProtocolVersion.TLS1_3;
    }

    // ---- what goes out ---------------------------------------------------------------------------------------------

    /** Adds a message to the flight. After close_notify or a fatal alert it is dropped: nothing follows them (RFC 9846 §6). */
    void send(HandshakeMessage m) throws TlsException {
        if (ended) {
            return;
        }
        byte[] raw = m.raw();
        if (m == HandshakeMessage.CHANGE_CIPHER_SPEC) {
            endFlight();
            // RFC 9846 §5: never protected in TLS 1.3. RFC 5246 §7.1: before, under the keys in force.
            make(ContentType.CHANGE_CIPHER_SPEC, raw, 0, raw.length, legacy() ? protection : unprotected);
            return;
        }
        messages++;
        for (int done = 0; done < raw.length; ) {
            int n = Math.min(raw.length - done, most - gathered);
            int before = RecordHeader.SIZE + protection.prefix();
            int made = gathered == 0 ? 0 : before + gathered;
            byte[] b = out.reserve(RecordHeader.SIZE + gathered + n + protection.overhead(), made);
            System.arraycopy(raw, done, b, out.end() + before + gathered, n);
            gathered += n;
            done += n;
            if (gathered == most) {
                endFlight();
            }
        }
    }

    /** Makes a record of the messages that were gathered. */
    void endFlight() throws TlsException {
        if (gathered > 0) {
            int length = gathered;
            int zeros = zeros(ContentType.HANDSHAKE, length, protection);
            if (zeros > 0) {
                int made = RecordHeader.SIZE + protection.prefix() + length;
                out.reserve(RecordHeader.SIZE + length + zeros + protection.overhead(), made);
            }
            gathered = 0;
            seal(ContentType.HANDSHAKE, length, zeros, protection);
        }
    }

    /** Makes one record of application data; returns how many bytes it took. */
    int seal(byte[] src, int off, int len) throws TlsException {
        if (ended) {
            throw internal(Reason.PROTOCOL_IS_SHUTDOWN, "application data after close_notify or a fatal alert");
        }
        // RFC 9846 §5.1: application data never leaves without protection.
        if (epoch == Epoch.INITIAL || epoch == Epoch.HANDSHAKE) {
            throw internal(Reason.UNINITIALIZED, "application data under the keys of " + epoch);
        }
        endFlight();
        int n = Math.min(len, most);
        if (n > 0) {
            // RFC 5246 §F.3: where an attacker knows the IV, no data of his choice are first under it; an empty
            // record makes the next IV one that he does not know.
            if (protection.predictable() && settings.get().emptyFragments()) {
                make(ContentType.APPLICATION_DATA, src, off, 0, protection);
            }
            make(ContentType.APPLICATION_DATA, src, off, n, protection);
        }
        return n;
    }

    /** Queues an alert behind all else. Nothing follows close_notify or a fatal alert, so they go out once. */
    void alert(AlertDescription alert) {
        if (ended) {
            return;
        }
        ended = AlertCodec.level(alert) == AlertCodec.FATAL || alert == AlertDescription.CLOSE_NOTIFY;
        byte[] content = new byte[AlertCodec.SIZE];
        AlertCodec.write(alert, content, 0);
        try {
            endFlight();
            make(ContentType.ALERT, content, 0, content.length, protection);
        } catch (TlsException e) {
            // These keys protect nothing any more. The peer learns of the end from the end of the stream.
            discardUnsealed();
            return;
        } finally {
            if (ended) {
                protection.close(); // nothing is sealed any more
            }
        }
        if (watched) {
            observer.message(true, ContentType.ALERT.code(), epoch, content, 0, content.length);
            observer.alert(true, AlertCodec.level(alert), alert.code());
        }
    }

    /** Nothing is sealed any more: the keys are wiped. What was sealed can still be taken. */
    void retire() {
        ended = true;
        discardUnsealed();
        protection.close();
    }

    /** From the next record on these keys are used. */
    void install(Epoch to, RecordProtection keys) throws TlsException {
        if (ended) {
            keys.close();
            return;
        }
        // RFC 9846 §5.1: messages before a change of keys end with a record.
        endFlight();
        protection.close();
        protection = keys;
        epoch = to;
        apply(); // a server's callback may have changed them
    }

    /** The keys in use protect application data too from now on (RFC 5246 §7.4.9). */
    void promote() {
        epoch = Epoch.APPLICATION;
    }

    /** Whether these keys are used so much that a key_update should be sent (RFC 9846 §5.5). */
    boolean keyUpdateDue() {
        return epoch == Epoch.APPLICATION && protection.limits().near();
    }

    // ---- bytes out -------------------------------------------------------------------------------------------------

    /** Whether all records were taken; messages still gathered for one do not count. */
    boolean drained() {
        return out.isEmpty();
    }

    int drain(DataCarrier.Sink sink) throws IOException {
        if (out.isEmpty()) {
            return 0;
        }
        int n = out.drain(sink);
        if (out.isEmpty() && gathered == 0) {
            out.release();
        }
        return n;
    }

    void close() {
        ended = true;
        gathered = 0;
        out.drop();
        protection.close();
    }

    // ---- records ---------------------------------------------------------------------------------------------------

    private void make(ContentType type, byte[] b, int off, int len, RecordProtection with) throws TlsException {
        int zeros = zeros(type, len, with);
        byte[] array = out.reserve(RecordHeader.SIZE + len + zeros + with.overhead(), 0);
        System.arraycopy(b, off, array, out.end() + RecordHeader.SIZE + with.prefix(), len);
        seal(type, len, zeros, with);
    }

    /** How much padding a record gets: as much as was asked for, and as there is room for (RFC 9846 §5.4, RFC 8449 §4). */
    private int zeros(ContentType type, int length, RecordProtection with) {
        if (padding == null || !with.hidesType()) {
            return 0;
        }
        int asked = padding.of(type.code(), length + 1);
        return Math.max(0, Math.min(asked, most - length));
    }

    private void seal(ContentType type, int length, int zeros, RecordProtection with) throws TlsException {
        int n = with.seal(type.code(), version(type), out.array(), out.end(), length, zeros);
        int at = out.end();
        out.commit(n); // first, for the one who looks on may fail
        if (watched) {
            Epoch under = with.encrypts() ? epoch : Epoch.INITIAL;
            observer.message(true, RECORD_HEADER, under, out.array(), at, RecordHeader.SIZE);
            if (with.hidesType()) {
                observer.message(true, INNER_CONTENT_TYPE, under, new byte[] {(byte) type.code()}, 0, 1);
            }
        }
    }

    private int version(ContentType type) {
        // RFC 5246 §6.2.1: the version in use.
        if (legacy()) {
            return version.code();
        }
        // RFC 9846 §5.1: 0x0301 on the first ClientHello for old servers' sake, 0x0303 on all else.
        boolean firstHello = role == Role.CLIENT && messages == 1 && type == ContentType.HANDSHAKE;
        return firstHello ? RecordHeader.FIRST_HELLO_VERSION : RecordHeader.VERSION;
    }

    private void discardUnsealed() {
        gathered = 0;
        if (out.isEmpty()) {
            out.release();
        }
    }

    private static TlsException internal(Reason reason, String detail) {
        return new TlsException(AlertDescription.INTERNAL_ERROR, reason, detail);
    }
}
