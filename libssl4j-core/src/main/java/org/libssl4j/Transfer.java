// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.io.IOException;
import java.util.Set;
import org.libssl4j.bio.Bio;
import org.libssl4j.connection.TlsConnection;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.handshake.Wish;
import org.libssl4j.iana.AlertDescription;

/** Moves bytes between a {@link TlsConnection} and the Bios of an {@link Ssl}, and keeps what stands in the way: what to wait for, or what went wrong, in which direction, and whether for good. Not thread-safe. */
final class Transfer {
    private static final String NO_BIO = "no Bio is set";

    private final Set<SslOption> options;
    private final OwnSessions sessions;
    private final OwnedBios bios = new OwnedBios(this::closeFailed);
    private final ShutdownBits bits = new ShutdownBits();

    private TlsConnection connection; // made by the first step of the handshake
    private boolean readAhead;

    private SslError error = SslError.NONE;
    private SslWant want = SslWant.NOTHING;
    private Exception failure; // of the last call; of all further ones once broken
    private boolean broken; // a fault, or close(), ended both directions
    private boolean closed;
    private TlsException readEnd; // the stream ended without close_notify: reading is over
    private Exception writeEnd; // the write Bio failed: writing is over
    private boolean established; // the handshake is complete, and its last flight is out
    private boolean told; // that it is

    /** @param options those that are on at each moment */
    Transfer(Set<SslOption> options, OwnSessions sessions) {
        this.options = options;
        this.sessions = sessions;
    }

    OwnedBios bios() {
        return bios;
    }

    /** Null before the handshake has begun. */
    TlsConnection connection() {
        return connection;
    }

    StateName reached() {
        return connection == null ? StateName.BEFORE : connection.reached();
    }

    /** The handshake begins. */
    void open(TlsConnection c) {
        connection = c;
        bits.unset();
    }

    /** Whether the handshake is complete, and its last flight out. */
    boolean established() {
        return established;
    }

    /** Says so; whether it was not so before. */
    boolean establish() {
        boolean first = !told;
        established = true;
        told = true;
        return first;
    }

    /** The key update that was asked for and has not been begun. */
    Wish wish() {
        return connection == null ? Wish.NOTHING : connection.wish();
    }

    /** The configuration of records has changed. */
    void recordsChanged() {
        if (connection != null) {
            try {
                connection.settingsChanged();
            } catch (TlsException e) {
                fault(e);
            }
        }
    }

    /** Whether it is so still, and nothing of it waits to be sent. */
    boolean finished() {
        return established
                && !closed
                && connection.failure() == null
                && !connection.wish().now()
                && !connection.renegotiating();
    }

    /** Whether another handshake is under way on a connection that has had one. */
    boolean renegotiating() {
        return connection != null && connection.renegotiating();
    }

    /** Whether another handshake was begun on a connection that has had one. */
    boolean renegotiated() {
        return connection != null && connection.renegotiations() > 0;
    }

    int pending() {
        return connection == null ? 0 : connection.pending();
    }

    boolean hasPending() {
        return connection != null
                && (connection.hasPending() || !broken && !bits.toldOfEnd() && connection.closeNotifyReceived());
    }

    boolean readAhead() {
        return readAhead;
    }

    void setReadAhead(boolean yes) {
        readAhead = yes;
    }

    /** Forgets the connection, so that another one can be made over the same Bios. */
    void clear() {
        if (closed) {
            throw new IllegalStateException("the connection was closed for good");
        }
        end();
        connection = null;
        broken = false;
        begin();
        readEnd = null;
        writeEnd = null;
        established = false;
        told = false;
        bios.flushDue(false);
        bits.clear();
    }

    /** Wipes all keys and closes the Bios. */
    void close() {
        end();
        sessions.close();
        if (!broken && failure == null) {
            failure = new IOException("the connection was closed");
        }
        broken = true;
        closed = true;
        error = failure instanceof TlsException ? SslError.SSL : SslError.SYSCALL;
        bios.set(null, null);
    }

    /** SSL_shutdown(3): a session is good once one side has said that it is over. */
    private void end() {
        if (connection == null) {
            return;
        }
        if (established && !closed && !bits.sent() && !receivedShutdown()) {
            spoil();
        }
        connection.close();
    }

    /** The connection failed, and its sessions with it. */
    private void spoil() {
        try {
            sessions.spoil(connection);
        } catch (RuntimeException e) {
            closeFailed(e); // a callback that is told of it
        }
    }

    private void closeFailed(Exception e) {
        if (failure != null) {
            suppress(e);
        }
    }

    // ---- shutdown --------------------------------------------------------------------------------------------------

    ShutdownBits bits() {
        return bits;
    }

    boolean sentShutdown() {
        return bits.sent();
    }

    /** Whether nothing more may be written. */
    boolean sealed() {
        return bits.sent() || connection != null && connection.closeNotifySent();
    }

    boolean receivedShutdown() {
        return bits.received(closeNotifyReceived());
    }

    boolean closeNotifyReceived() {
        return connection != null && connection.closeNotifyReceived();
    }

    /** SSL_set_shutdown(3). */
    void setShutdown(boolean sent, boolean received) {
        receivedShutdown(); // so that a close_notify that came before does not set it again
        bits.set(sent, received);
    }

    // ---- errors ----------------------------------------------------------------------------------------------------

    /** Why the last call that did not succeed returned what it did. */
    SslError error() {
        return error;
    }

    SslWant want() {
        return want;
    }

    /** What ended the connection or failed the last call, or null. */
    Exception failure() {
        return failure;
    }

    /** A call begins. */
    void begin() {
        want = SslWant.NOTHING;
        error = SslError.NONE;
        if (!broken) {
            failure = null;
        }
    }

    /** Whether a fault, or {@link #close}, ended both directions. */
    boolean broken() {
        return broken;
    }

    /** What ended writing, or null. */
    Exception writeEnd() {
        return writeEnd;
    }

    /** Adds to the failure what went wrong besides. */
    void suppress(Exception e) {
        if (failure != e) {
            failure.addSuppressed(e);
        }
    }

    int wait(Want w) {
        want = SslWant.of(w.sslWant());
        error = SslError.of(w.sslError());
        return -1;
    }

    private int wait(Want asked, Bio bio) {
        wait(asked);
        error = OwnedBios.waitOf(bio, error);
        return -1;
    }

    /** The peer's data is at its end. */
    int zeroReturn() {
        bits.tellOfEnd();
        error = SslError.ZERO_RETURN;
        return 0;
    }

    int noBio() {
        return failed(new IOException(NO_BIO));
    }

    /** A misuse that leaves the connection as it was. */
    int refuse(Reason reason, String detail) {
        failure = new TlsException(AlertDescription.INTERNAL_ERROR, reason, detail);
        error = SslError.SSL;
        return -1;
    }

    /** A fault that ends the connection; its alert is sent as far as the Bio takes it. */
    int fault(TlsException e) {
        failure = e;
        error = SslError.SSL;
        if (e instanceof PeerAlertException) {
            bits.setReceived();
        }
        if (connection != null) {
            boolean first = !broken;
            broken = true;
            connection.fail(e);
            sendAlert(e);
            if (first) {
                spoil();
            }
        }
        return -1;
    }

    private void sendAlert(TlsException e) {
        if (bios.writeBio() == null || writeEnd != null) {
            return;
        }
        try {
            while (bios.writeBio() != null && !connection.drained() && connection.drain(bios.sink()) > 0) {
                bios.flushDue(bios.writeBio() != null); // until the alert is out, or the Bio takes no more
            }
            if (bios.flushDue()) {
                bios.flushDue(bios.writeBio().flush() <= 0);
            }
        } catch (IOException | RuntimeException io) {
            writeEnd = io;
            e.addSuppressed(io);
        }
    }

    /** A Bio failed; what that ends the caller knows. */
    int failed(Exception e) {
        failure = e;
        error = SslError.SYSCALL;
        want = SslWant.NOTHING;
        return -1;
    }

    /** The write Bio failed. How much of its bytes went out nobody knows, so writing is over; reading is not, and an alert of the peer's that is there already is the better answer. */
    private int writeFailed(Exception e) {
        bios.flushDue(false);
        if (broken) {
            return brokenAgain();
        }
        writeEnd = e;
        TlsException cause = connection.stopWriting(bios.sourceAtHand());
        if (cause instanceof PeerAlertException) {
            cause.addSuppressed(e);
            return fault(cause);
        }
        if (cause != null) {
            broken = true; // what is there cannot be read, but that is not why the write failed
            e.addSuppressed(cause);
        }
        return failed(e);
    }

    int brokenAgain() {
        if (failure instanceof TlsException e && connection != null) {
            sendAlert(e); // what the Bio did not take of it when it was made
        }
        error = failure instanceof TlsException ? SslError.SSL : SslError.SYSCALL;
        return -1;
    }

    // ---- bytes -----------------------------------------------------------------------------------------------------

    /** Moves all output to the write Bio: 1 when it is out. */
    int drain() {
        try {
            while (!connection.drained()) {
                Bio to = bios.writeBio(); // it may give us another one, or none, while it writes
                if (to == null) {
                    return noBio();
                }
                if (connection.drain(bios.sink()) <= 0) {
                    return broken ? brokenAgain() : wait(Want.WRITE, to);
                }
                bios.flushDue(to == bios.writeBio());
            }
            if (bios.flushDue() && !broken) {
                Bio to = bios.writeBio();
                if (to.flush() <= 0) {
                    return broken ? brokenAgain() : wait(Want.WRITE, to);
                }
                bios.flushDue(false);
            }
            if (broken) {
                return brokenAgain(); // a Bio may have closed us
            }
            established |= connection.complete();
            return 1;
        } catch (IOException | RuntimeException e) {
            return writeFailed(e);
        }
    }

    /** Asks the read Bio for what the record under way lacks: 1 when bytes came, or there is something to be processed. */
    int fill() throws TlsException {
        if (receivedShutdown() || closeNotifyReceived()) {
            bits.setReceived(); // also if that was set back: nothing follows close_notify
            return zeroReturn();
        }
        if (readEnd != null) {
            return ended(readEnd);
        }
        Bio from = bios.readBio(); // it may give us another one, or none, while it reads
        if (from == null) {
            return noBio();
        }
        int n;
        try {
            n = connection.fill(bios.source(), readAhead);
        } catch (IOException | RuntimeException e) {
            return broken ? brokenAgain() : failed(e); // the Bio is asked again with the next call
        }
        if (broken) {
            return brokenAgain(); // a Bio may have closed us
        }
        if (n > 0) {
            return 1;
        }
        return n < 0 ? wait(Want.READ, from) : endOfFile();
    }

    private int endOfFile() {
        if (options.contains(SslOption.IGNORE_UNEXPECTED_EOF)) {
            bits.setReceived();
            error = SslError.ZERO_RETURN;
            return 0;
        }
        // RFC 9846 §6.1: without close_notify the end may be an attacker's. Nobody is there to be sent an alert.
        TlsException e = new TlsException(
                AlertDescription.CLOSE_NOTIFY,
                Reason.UNEXPECTED_EOF_WHILE_READING,
                "the stream ended in state " + connection.stateName().longText() + "; close_notify has to come first");
        if (connection.complete()) {
            readEnd = e; // a peer that has closed its half may still read
        } else {
            broken = true;
            connection.abandon(e);
        }
        return ended(e);
    }

    private int ended(TlsException e) {
        failure = e;
        error = SslError.SSL;
        return -1;
    }
}
