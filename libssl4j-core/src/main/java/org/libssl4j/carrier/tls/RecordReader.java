// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.libssl4j.config.Limits;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.DataCarrier;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ContentType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.record.NullProtection;
import org.libssl4j.record.Opened;
import org.libssl4j.record.RecordHeader;
import org.libssl4j.record.RecordProtection;

/**
 * The receiving half of a connection: takes bytes in, opens one record at a time and hands out messages and application data in their order (RFC 9846 §5). A fault, once found, is thrown by every later call. Not thread-safe.
 *
 * <pre>
 *   source ──► InBuffer ──open──► Plaintext ──► MessageAssembler ──► message
 *                  └─────open──►  caller's array, where it has the room
 * </pre>
 */
final class RecordReader {
    private static final byte[] NOWHERE = {};
    private static final int CCS = ContentType.CHANGE_CIPHER_SPEC.code();
    private static final int ALERT = ContentType.ALERT.code();
    private static final int HANDSHAKE = ContentType.HANDSHAKE.code();
    private static final int DATA = ContentType.APPLICATION_DATA.code();
    private static final int RECORD_HEADER = 256;
    private static final int INNER_CONTENT_TYPE = 257;
    private static final int EARLY_OVERHEAD = 17; // content type and tag

    private final Observer observer;
    private final boolean watched;
    private final RecordRules rules;
    private final Misuse misuse = new Misuse();
    private final MessageAssembler assembler;
    private final InBuffer in;
    private final Plaintext plain;
    private final Opened opened = new Opened();
    private final NullProtection unprotected = new NullProtection();
    private RecordProtection protection = unprotected;
    private Epoch epoch = Epoch.INITIAL;
    private final RefusedEarlyData refused = new RefusedEarlyData();
    private boolean headerChecked;
    private boolean closeNotify;
    private boolean ccsDropped;
    private boolean ccs; // one that is handed out as a message
    private ProtocolVersion version; // null until it is known
    private TlsException failure;

    RecordReader(Observer observer, Supplier<Limits> limits, Role role, BufferPool pool) {
        this.observer = observer;
        this.watched = observer != Observer.NONE;
        this.rules = new RecordRules(role);
        this.assembler = new MessageAssembler(limits);
        this.in = new InBuffer(pool);
        this.plain = new Plaintext(pool);
    }

    // ---- what is handed out ----------------------------------------------------------------------------------------

    /** The next message, or null if application data, the end or no whole record comes first. */
    HandshakeMessage message() throws TlsException {
        rethrow();
        try {
            while (!messageReady() && plain.isEmpty() && recordReady()) {
                next(NOWHERE, 0, 0);
            }
            return ccs ? HandshakeMessage.CHANGE_CIPHER_SPEC : assembler.message();
        } catch (TlsException e) {
            throw fail(e);
        }
    }

    void consume() {
        if (ccs) {
            ccs = false;
        } else {
            assembler.consume();
        }
    }

    /** Application data, or 0 if a message, the end or no whole record comes first. */
    int read(byte[] dst, int off, int len, boolean stay) throws TlsException {
        rethrow();
        try {
            while (plain.remaining(DATA) == 0 && !messageReady() && recordReady()) {
                int n = stay ? next(NOWHERE, 0, 0) : next(dst, off, len);
                if (n > 0) {
                    return n;
                }
            }
        } catch (TlsException e) {
            throw fail(e);
        }
        int n = Math.min(len, plain.remaining(DATA));
        System.arraycopy(plain.array(), plain.position(), dst, off, n);
        if (n > 0 && !stay) {
            plain.skip(n);
        }
        return n;
    }

    int pending() {
        return plain.remaining(DATA);
    }

    boolean hasPending() {
        return !closeNotify && in.size() > 0
                || !plain.isEmpty()
                || ccs
                || assembler.message() != null
                || assembler.incomplete();
    }

    boolean closeNotifyReceived() {
        return closeNotify;
    }

    // ---- bytes in --------------------------------------------------------------------------------------------------

    int bytesWanted() throws TlsException {
        rethrow();
        if (closeNotify) {
            return 0;
        }
        try {
            return missing();
        } catch (TlsException e) {
            throw fail(e);
        }
    }

    int fill(DataCarrier.Source source, boolean readAhead) throws IOException, TlsException {
        int wanted = bytesWanted();
        if (wanted > 0) {
            return in.fill(source, wanted, readAhead);
        }
        return closeNotify ? 0 : in.size();
    }

    boolean insideRecord() {
        if (closeNotify || failure != null || in.size() == 0) {
            return false;
        }
        return in.size() < RecordHeader.SIZE
                || in.size() < RecordHeader.SIZE + RecordHeader.length(in.array(), in.start());
    }

    // ---- keys ------------------------------------------------------------------------------------------------------

    /** From the next record on these keys are used. */
    void install(Epoch to, RecordProtection keys) throws TlsException {
        try {
            requireBoundary();
        } catch (TlsException e) {
            keys.close();
            throw e;
        }
        protection.close();
        protection = keys;
        epoch = to;
        headerChecked = false;
    }

    /** What comes before a change of keys, or before the answer to a hello_retry_request, ends with a record. */
    void requireBoundary() throws TlsException {
        rethrow();
        // RFC 9846 §5.1: messages that may stand right before a change of keys end their record, and messages do not
        // span keys.
        if (messageReadyNow() || assembler.incomplete()) {
            throw fail(new TlsException(
                    AlertDescription.UNEXPECTED_MESSAGE,
                    Reason.NOT_ON_RECORD_BOUNDARY,
                    "handshake bytes under the keys of " + epoch + " behind the message that ends them"));
        }
    }

    /** Records follow the rules of this version from here on. */
    void version(ProtocolVersion v) throws TlsException {
        rethrow();
        version = v;
        rules.version(v);
        if (legacy()) {
            assembler.legacy();
        }
        headerChecked = false;
        // RFC 5246 §7.1: a change_cipher_spec comes once there are keys to change to; only TLS 1.3 has one that means
        // nothing.
        if (legacy() && ccsDropped) {
            throw fail(RecordRules.unexpected(
                    Reason.UNEXPECTED_CCS_MESSAGE, "a change_cipher_spec before the server_hello of " + v.text()));
        }
    }

    private boolean legacy() {
        return version != null && version != ProtocolVersion.TLS1_3;
    }

    /** The keys in use protect application data too from now on. */
    void promote() {
        epoch = Epoch.APPLICATION;
    }

    /** From the next record on none that is protected may have more content, type and padding. */
    void limit(int bytes) {
        rules.limit(bytes);
        headerChecked = false;
    }

    void close() {
        protection.close();
        in.drop();
        plain.drop();
        assembler.clear();
        if (failure == null) {
            failure = new TlsException(
                    AlertDescription.INTERNAL_ERROR,
                    Reason.PROTOCOL_IS_SHUTDOWN,
                    "the connection was closed on our side");
        }
    }

    /** Early data is refused: what cannot be opened is dropped, up to a limit. */
    void skipEarlyData(int limit) {
        refused.expect(limit);
    }

    // ---- one record ------------------------------------------------------------------------------------------------

    private boolean messageReadyNow() {
        return ccs || assembler.message() != null || plain.remaining(HANDSHAKE) > 0;
    }

    /** Whether a message is whole, after the bytes at hand were put together. */
    private boolean messageReady() throws TlsException {
        if (ccs) {
            return true;
        }
        if (assembler.message() == null && plain.remaining(HANDSHAKE) > 0) {
            plain.skip(assembler.add(plain.array(), plain.position(), plain.remaining(HANDSHAKE)));
            if (assembler.message() != null) {
                rules.message();
                if (assembler.message().is(HandshakeType.KEY_UPDATE)) {
                    misuse.keyUpdate();
                }
            }
        }
        return assembler.message() != null;
    }

    private boolean recordReady() throws TlsException {
        return !closeNotify && missing() == 0;
    }

    /** How many bytes the first record lacks; its header is checked as soon as it is there. */
    private int missing() throws TlsException {
        if (in.size() < RecordHeader.SIZE) {
            return RecordHeader.SIZE - in.size();
        }
        if (!headerChecked) {
            rules.checkHeader(in.array(), in.start(), epoch, protection, refused.expected());
            headerChecked = true;
        }
        int length = RecordHeader.length(in.array(), in.start());
        return Math.max(0, RecordHeader.SIZE + length - in.size());
    }

    /** Processes a whole record; returns how much application data went straight to {@code dst}. */
    private int next(byte[] dst, int off, int len) throws TlsException {
        byte[] record = in.array();
        int start = in.start();
        int type = RecordHeader.type(record, start);
        int body = RecordHeader.length(record, start);
        if (watched) {
            observer.message(false, RECORD_HEADER, epoch, record, start, RecordHeader.SIZE);
        }
        if (refused.expected() && !protection.encrypts() && type == DATA) {
            return drop(body); // early data between a HelloRetryRequest and its answer
        }
        RecordProtection p = rules.unprotected(type, epoch) ? unprotected : protection;
        if (body < p.minBody()) {
            return drop(body); // early data without even a tag; RecordRules lets no other such record pass
        }
        int room = p.room(body);
        boolean direct = type == DATA && epoch == Epoch.APPLICATION && room > 0 && len >= room;
        if (direct) {
            p.open(record, start, body, dst, off, opened);
        } else if (!open(p, record, start, body, room)) {
            return drop(body);
        }
        if (p.hidesType()) {
            RecordRules.checkOuterType(type);
        }
        if (type != CCS) {
            refused.over();
        }
        rules.record(p.encrypts());
        headerChecked = false;
        in.skip(RecordHeader.SIZE + body);
        try {
            if (watched && p.hidesType()) {
                observer.message(false, INNER_CONTENT_TYPE, epoch, new byte[] {(byte) opened.type()}, 0, 1);
            }
            if (legacy()) {
                return content12(direct, p);
            }
            return p.hidesType() ? protectedContent(direct, room) : plainContent();
        } finally {
            opened.clear();
        }
    }

    /** The record cannot be opened and need not be. */
    private int drop(int body) throws TlsException {
        if (body <= EARLY_OVERHEAD) {
            misuse.emptyRecord(); // costs nothing of the limit
        }
        refused.drop(Math.max(0, body - EARLY_OVERHEAD));
        headerChecked = false;
        in.skip(RecordHeader.SIZE + body);
        return 0;
    }

    /** False for early data that is to be dropped. */
    private boolean open(RecordProtection p, byte[] record, int start, int body, int room) throws TlsException {
        byte[] out = plain.take(Math.max(room, 1)); // some ciphers look at the array even where nothing is inside
        try {
            p.open(record, start, body, out, 0, opened);
            return true;
        } catch (TlsException e) {
            plain.clear();
            boolean data = RecordHeader.type(record, start) == DATA;
            if (data && refused.expected() && e.alert() == AlertDescription.BAD_RECORD_MAC) {
                return false;
            }
            throw e;
        }
    }

    private int plainContent() throws TlsException {
        if (opened.type() == CCS) {
            dropChangeCipherSpec();
        } else if (opened.type() == ALERT) {
            alert();
        } else {
            misuse.content();
            plain.set(HANDSHAKE, opened.offset(), opened.length());
        }
        return 0;
    }

    /** Of TLS 1.2 and before: the outer type is the content's. */
    private int content12(boolean direct, RecordProtection p) throws TlsException {
        int length = opened.length();
        rules.checkContent(length, p);
        if (opened.type() == DATA) {
            return data(direct);
        }
        if (opened.type() == ALERT) {
            alert();
        } else if (opened.type() == CCS) {
            changeCipherSpec();
        } else {
            RecordRules12.checkHandshake(length);
            misuse.content();
            plain.set(HANDSHAKE, opened.offset(), length);
        }
        return 0;
    }

    private int protectedContent(boolean direct, int room) throws TlsException {
        int type = opened.type();
        if (type == DATA) {
            return data(direct);
        }
        if (direct) {
            // What the caller may not see moves to our own array.
            byte[] callers = opened.array();
            int at = opened.offset();
            opened.moveTo(plain.take(room), 0);
            Arrays.fill(callers, at, at + room, (byte) 0);
        }
        if (type == HANDSHAKE) {
            // RFC 9846 §5.1, §5.4: a handshake record without content is not allowed, padded or not.
            if (opened.length() == 0) {
                throw RecordRules.unexpected(Reason.BAD_LENGTH, "a handshake record without content");
            }
            misuse.content();
            plain.set(HANDSHAKE, opened.offset(), opened.length());
        } else if (type == ALERT) {
            alert();
        } else if (type == CCS) {
            // RFC 9846 §5: a change_cipher_spec is never protected.
            throw RecordRules.unexpected(Reason.UNEXPECTED_CCS_MESSAGE, "a protected change_cipher_spec");
        } else {
            // RFC 9846 §5: no types but those that are defined.
            throw RecordRules.unexpected(Reason.UNEXPECTED_RECORD, "a protected record with content of type " + type);
        }
        return 0;
    }

    private int data(boolean direct) throws TlsException {
        // RFC 9846 §2, §5.1, RFC 5246 §7.4.9: application data comes under the keys made for it.
        if (epoch == Epoch.HANDSHAKE) {
            throw RecordRules.unexpected(Reason.APP_DATA_IN_HANDSHAKE, "application data before the peer's finished");
        }
        checkNotInterleaved("application data");
        int n = opened.length();
        if (n == 0) {
            misuse.emptyRecord();
        } else {
            misuse.progress();
        }
        if (!direct) {
            plain.set(DATA, opened.offset(), n);
        }
        return direct ? n : 0;
    }

    private void alert() throws TlsException {
        AlertCodec.checkLength(opened.length());
        byte[] b = opened.array();
        int off = opened.offset();
        int level = b[off] & 0xff;
        int description = b[off + 1] & 0xff;
        if (watched) {
            observer.message(false, ALERT, epoch, b, off, AlertCodec.SIZE);
            observer.alert(false, level, description);
        }
        plain.clear();
        checkNotInterleaved("an alert");
        AlertCodec.checkLevel(level);
        if (description == AlertDescription.CLOSE_NOTIFY.code()) {
            // RFC 9846 §6.1: whatever comes after it is ignored.
            closeNotify = true;
            in.clear();
        } else if (passedOver(level, description)) {
            misuse.warning();
        } else {
            throw AlertCodec.error(level, description, epoch != Epoch.INITIAL && !legacy());
        }
    }

    private boolean passedOver(int level, int description) throws TlsException {
        if (legacy()) {
            return RecordRules12.passedOver(level, description);
        }
        // RFC 6066 §3: a server of TLS 1.2 may warn that it does not know the name, before its ServerHello.
        boolean nameUnknown = description == AlertDescription.UNRECOGNIZED_NAME.code() && level == AlertCodec.WARNING;
        return description == AlertDescription.USER_CANCELED.code()
                || version == null && epoch == Epoch.INITIAL && nameUnknown;
    }

    private void changeCipherSpec() throws TlsException {
        RecordRules12.checkChangeCipherSpec(opened);
        plain.clear();
        checkNotInterleaved("a change_cipher_spec");
        misuse.content();
        ccs = true;
    }

    private void dropChangeCipherSpec() throws TlsException {
        byte value = opened.array()[opened.offset()];
        if (watched) {
            observer.message(false, CCS, Epoch.INITIAL, opened.array(), opened.offset(), 1);
        }
        plain.clear();
        // RFC 9846 §5: its one byte is 1.
        if (value != 1) {
            throw RecordRules.unexpected(
                    Reason.BAD_CHANGE_CIPHER_SPEC, "a change_cipher_spec of the value " + value + "; 1 is allowed");
        }
        // RFC 9846 §5: it is dropped wherever it stands, so also between the records of one message.
        ccsDropped = true;
        misuse.emptyRecord();
    }

    private void checkNotInterleaved(String what) throws TlsException {
        // RFC 9846 §5.1: between the records of one message there are no others.
        if (assembler.incomplete()) {
            throw RecordRules.unexpected(
                    Reason.MIXED_HANDSHAKE_AND_NON_HANDSHAKE_DATA, what + " inside a handshake message");
        }
    }

    private void rethrow() throws TlsException {
        if (failure != null) {
            throw failure;
        }
    }

    /** Nothing is opened any more: the keys are wiped, and {@code e} is thrown by every later call. */
    void retire(TlsException e) {
        if (failure == null) {
            fail(e);
        }
    }

    private TlsException fail(TlsException e) {
        failure = e;
        protection.close();
        in.clear();
        plain.clear();
        assembler.clear();
        ccs = false;
        return e;
    }
}
