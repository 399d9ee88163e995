// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.libssl4j.bio.Bio;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.StatelessCookies;
import org.libssl4j.connection.TlsConnection;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.spi.InfoCb;

/** The calls of an {@link Ssl} that handshake, read, write and shut down; they return what OpenSSL's do, and {@link Transfer} knows why. Not thread-safe. */
final class SslCalls {
    private final TlsMethod method;
    private final Crypto crypto;
    private final Set<SslMode> modes;
    private final Supplier<HandshakeConfig> config;
    private final Transfer transfer;
    private final OwnSessions sessions;

    private Role role;
    private boolean quietShutdown;
    private boolean busy; // inside a call that reads, writes, handshakes or shuts down
    private StatelessCookies cookies; // inside stateless()
    private boolean statelessWaits; // stateless() has to be called again
    private int written; // bytes of the write under way that are sealed already

    /**
     * @param method which roles are possible
     * @param modes those that are on at each moment
     * @param config the configuration of each moment
     * @param transfer belongs to these calls alone
     * @param sessions is told of handshakes
     */
    SslCalls(
            TlsMethod method,
            Crypto crypto,
            Set<SslMode> modes,
            Supplier<HandshakeConfig> config,
            Transfer transfer,
            OwnSessions sessions) {
        this.method = method;
        this.crypto = crypto;
        this.modes = modes;
        this.config = config;
        this.transfer = transfer;
        this.sessions = sessions;
        this.role = method == TlsMethod.TLS_CLIENT ? Role.CLIENT : method == TlsMethod.TLS_SERVER ? Role.SERVER : null;
    }

    // ---- what is used ----------------------------------------------------------------------------------------------

    /** Null before one is set. */
    Role role() {
        return role;
    }

    /** Whether the context's method is for the other role. */
    private boolean forbids(Role r) {
        return method == (r == Role.CLIENT ? TlsMethod.TLS_SERVER : TlsMethod.TLS_CLIENT);
    }

    /** Whether a context of this method can take the place of ours. */
    boolean suits(TlsMethod other) {
        TlsMethod needed = role == null ? method : role == Role.CLIENT ? TlsMethod.TLS_CLIENT : TlsMethod.TLS_SERVER;
        return other == method || other == needed || other == TlsMethod.TLS;
    }

    /** Will be this from the first step of the handshake on. */
    void setRole(Role r) {
        if (forbids(r)) {
            throw new IllegalStateException("the context's method is " + method);
        }
        if (transfer.connection() != null && role != r) {
            throw new IllegalStateException("the handshake has begun");
        }
        role = r;
        if (transfer.connection() == null) {
            transfer.bits().unset();
        }
    }

    boolean quietShutdown() {
        return quietShutdown;
    }

    void setQuietShutdown(boolean yes) {
        quietShutdown = yes;
    }

    /** Whether this is inside of a call. */
    boolean busy() {
        return busy;
    }

    // ---- handshake -------------------------------------------------------------------------------------------------

    int connect() {
        return handshakeAs(Role.CLIENT, "connect() with a context for servers");
    }

    int accept() {
        return handshakeAs(Role.SERVER, "accept() with a context for clients");
    }

    private int handshakeAs(Role r, String forbidden) {
        enter();
        try {
            if (transfer.connection() == null) {
                if (forbids(r)) {
                    return roleUnset(forbidden);
                }
                role = r;
            }
            transfer.begin();
            return tell(handshake());
        } finally {
            busy = false;
        }
    }

    int doHandshake() {
        enter();
        try {
            transfer.begin();
            if (transfer.finished()) {
                sessions.sendTicket(transfer.connection());
            }
            return tell(handshake());
        } catch (TlsException e) {
            return tell(transfer.fault(e));
        } finally {
            busy = false;
        }
    }

    /** Whether a call of {@link #stateless} would begin anew, and not go on with one that waits. */
    boolean statelessBegins() {
        notBusy();
        if (!statelessWaits && transfer.connection() != null && !transfer.broken() && !awaitsCookie()) {
            throw new IllegalStateException("the handshake has begun");
        }
        return !statelessWaits;
    }

    /** @param c null if a callback is lacking */
    int stateless(StatelessCookies c) {
        enter();
        try {
            transfer.begin();
            if (forbids(Role.SERVER)) {
                return roleUnset("stateless() with a context for clients");
            }
            if (c == null) {
                return tell(transfer.refuse(
                        Reason.NO_COOKIE_CALLBACK_SET, "stateless() without both callbacks for cookies"));
            }
            role = Role.SERVER;
            cookies = c;
            int r = handshake();
            statelessWaits = r < 0 && !transfer.broken() && transfer.connection() != null;
            return tell(r == 0 && !awaitsCookie() ? -1 : r);
        } finally {
            cookies = null;
            busy = false;
        }
    }

    private boolean awaitsCookie() {
        TlsConnection c = transfer.connection();
        return c != null && c.negotiated().retried() && !c.negotiated().cookieAccepted();
    }

    private int roleUnset(String what) {
        transfer.begin();
        if (transfer.broken()) {
            return tell(transfer.brokenAgain());
        }
        return tell(transfer.fault(
                new TlsException(AlertDescription.INTERNAL_ERROR, Reason.CONNECTION_TYPE_NOT_SET, what)));
    }

    private int handshake() {
        if (transfer.broken()) {
            return transfer.brokenAgain();
        }
        if (transfer.writeEnd() != null && !transfer.established()) {
            return transfer.failed(transfer.writeEnd());
        }
        if (transfer.connection() == null) {
            if (role == null) {
                return transfer.fault(new TlsException(
                        AlertDescription.INTERNAL_ERROR,
                        Reason.CONNECTION_TYPE_NOT_SET,
                        "neither connect nor accept state was set"));
            }
            if (!transfer.bios().both()) {
                return transfer.noBio();
            }
            StatelessCookies c = cookies;
            transfer.open(new TlsConnection(
                    role, c == null ? config : () -> config.get().with(c), crypto));
            sessions.begun(role);
        }
        try {
            while (true) {
                Want w = transfer.connection().advance();
                if (transfer.bios().flushDue() && (w == Want.NOTHING || w == Want.READ)) {
                    w = Want.WRITE; // nobody answers what the Bio holds back
                }
                switch (w) {
                    case NOTHING -> {
                        if (transfer.establish()) {
                            sessions.completed(role, transfer.connection());
                        }
                        return 1;
                    }
                    case WRITE -> {
                        int r = transfer.drain();
                        if (r <= 0) {
                            return r;
                        }
                    }
                    case READ -> {
                        if (cookies != null
                                && transfer.connection().negotiated().retried()) {
                            return awaitsCookie() ? 0 : 1;
                        }
                        if (transfer.connection().pending() > 0) {
                            return transfer.wait(w); // data stand before the answer to a renegotiation
                        }
                        int r = transfer.fill();
                        if (r <= 0) {
                            return r;
                        }
                    }
                    default -> {
                        return transfer.wait(w);
                    }
                }
            }
        } catch (TlsException e) {
            return transfer.fault(e);
        }
    }

    // ---- data ------------------------------------------------------------------------------------------------------

    int read(byte[] b, int off, int len) {
        enter();
        try {
            return take(b, off, len, false);
        } finally {
            busy = false;
        }
    }

    int peek(byte[] b, int off, int len) {
        enter();
        try {
            return take(b, off, len, true);
        } finally {
            busy = false;
        }
    }

    private int take(byte[] b, int off, int len, boolean stay) {
        Objects.checkFromIndexSize(off, len, b.length);
        transfer.begin();
        if (transfer.receivedShutdown() && !transfer.established() && !transfer.broken()) {
            return tell(transfer.zeroReturn());
        }
        int ready = ready();
        if (ready <= 0) {
            return tell(ready);
        }
        if (len == 0) {
            return 0;
        }
        try {
            TlsConnection connection = transfer.connection();
            boolean bytesCame = connection.hasPending();
            while (true) {
                int n = stay ? connection.peek(b, off, len) : connection.read(b, off, len);
                if (n > 0) {
                    return n;
                }
                // Bytes came and are used up, without data in them: it was a record of another kind.
                boolean otherRecord = bytesCame && !connection.hasPending() && !connection.closeNotifyReceived();
                if (otherRecord && !modes.contains(SslMode.AUTO_RETRY)) {
                    transfer.drain();
                    if (transfer.broken()) {
                        return tell(-1);
                    }
                    transfer.begin(); // as below, what stops writing is told by write()
                    return tell(transfer.wait(Want.READ));
                }
                int r = fillBesideOutput();
                if (r <= 0) {
                    return tell(r);
                }
                bytesCame = true;
            }
        } catch (TlsException e) {
            return tell(transfer.fault(e));
        }
    }

    /**
     * Moves output as far as the Bio takes it, and input all the same: were reading to wait for room to write, two peers that both send much would wait for each other for ever. Nor does a write Bio that fails end reading: what the peer has sent is still worth having.
     */
    private int fillBesideOutput() throws TlsException {
        if (transfer.drain() <= 0) {
            if (transfer.broken()) {
                return -1;
            }
            // The peer of a renegotiation may have nothing more to send before it has got what waits here, its end as
            // well.
            Bio in = transfer.bios().readBio();
            boolean first = transfer.renegotiated() && transfer.writeEnd() == null && transfer.pending() == 0;
            if (first && (in == null || !in.readyToRead())) {
                return -1;
            }
            transfer.begin();
        }
        if (transfer.connection().pending() > 0 || transfer.connection().renegotiationGoesOn()) {
            return 1; // decrypted while it was looked for another message: the Bio may have nothing more to wait for
        }
        Want local = transfer.connection().localWant();
        if (local == Want.NOTHING) {
            return transfer.fill();
        }
        // The user has to do something first; until then only what can be had without waiting is read.
        Bio from = transfer.bios().readBio();
        if (transfer.connection().messageWaits() || from == null || !from.readyToRead()) {
            return transfer.wait(local);
        }
        int r = transfer.fill();
        return r < 0 && transfer.want() != SslWant.NOTHING ? transfer.wait(local) : r;
    }

    int write(byte[] b, int off, int len) {
        enter();
        try {
            return give(b, off, len);
        } finally {
            busy = false;
        }
    }

    private int give(byte[] b, int off, int len) {
        Objects.checkFromIndexSize(off, len, b.length);
        transfer.begin();
        if (transfer.broken()) {
            return tell(transfer.brokenAgain());
        }
        if (transfer.sealed()) {
            return tell(transfer.refuse(Reason.PROTOCOL_IS_SHUTDOWN, "a write after shutdown()"));
        }
        int ready = ready();
        if (ready <= 0) {
            return tell(ready);
        }
        if (transfer.writeEnd() != null) {
            return tell(transfer.failed(transfer.writeEnd()));
        }
        if (len < written) {
            return tell(transfer.refuse(
                    Reason.BAD_WRITE_RETRY, "a write of " + written + " bytes or more is under way; " + len + " came"));
        }
        try {
            if (transfer.connection().localWant() != Want.NOTHING
                    || transfer.wish().now()) {
                transfer.connection().advance(); // what an answer to the peer waited for may be there
            }
            while (true) {
                int r = transfer.drain();
                if (r <= 0) {
                    return tell(r);
                }
                if (written == len || written > 0 && modes.contains(SslMode.ENABLE_PARTIAL_WRITE)) {
                    int n = written;
                    written = 0;
                    return n;
                }
                if (transfer.renegotiating()) {
                    int h = handshake();
                    if (h <= 0) {
                        return tell(h);
                    }
                }
                written += transfer.connection().write(b, off + written, Math.min(len - written, 16_384));
            }
        } catch (TlsException e) {
            return tell(transfer.fault(e));
        }
    }

    /** As SSL_new_session_ticket(3): 1 if there is a ticket on its way, else 0. */
    int newSessionTicket() {
        notBusy();
        transfer.begin();
        return transfer.finished() && sessions.askForTicket(transfer.connection()) ? 1 : 0;
    }

    /** As SSL_key_update(3): 1, or 0 if it cannot be now. */
    int keyUpdate(KeyUpdateType type) {
        notBusy();
        transfer.begin();
        if (transfer.broken()) {
            transfer.brokenAgain();
            return 0;
        }
        if (type == KeyUpdateType.NONE) {
            transfer.refuse(Reason.INVALID_KEY_UPDATE_TYPE, "a key update of type NONE");
            return 0;
        }
        if (!transfer.finished()) {
            transfer.refuse(
                    Reason.STILL_IN_INIT,
                    "a key update before the handshake is complete, or while one waits to be sent");
            return 0;
        }
        ProtocolVersion version = transfer.connection().negotiated().version();
        if (version != ProtocolVersion.TLS1_3) {
            transfer.refuse(Reason.WRONG_SSL_VERSION, "a key update, which " + version.text() + " does not have");
            return 0;
        }
        if (written > 0) {
            transfer.refuse(Reason.BAD_WRITE_RETRY, "a key update while a write waits to be called again");
            return 0;
        }
        transfer.connection().keyUpdate(Objects.requireNonNull(type) == KeyUpdateType.REQUESTED);
        return 1;
    }

    /** Goes on with a handshake that is not complete. */
    private int ready() {
        if (transfer.broken()) {
            return transfer.brokenAgain();
        }
        return transfer.established() ? 1 : handshake();
    }

    // ---- authentication after the handshake ------------------------------------------------------------------------

    /** 1 if the request is on its way; 0 with the reason in the failure. */
    int verifyClientPostHandshake() {
        enter();
        try {
            transfer.begin();
            return requestCertificate();
        } finally {
            busy = false;
        }
    }

    private int requestCertificate() {
        Reason no = LateRequest.hindrance(role, transfer, config.get());
        if (transfer.broken() || no != null) {
            tell(
                    transfer.broken()
                            ? transfer.brokenAgain()
                            : transfer.refuse(no, "a request for the client's certificate, after the handshake"));
            return 0;
        }
        try {
            transfer.connection().requestCertificate();
            return 1;
        } catch (TlsException e) {
            tell(transfer.fault(e));
            return 0;
        }
    }

    // ---- shutdown --------------------------------------------------------------------------------------------------

    int shutdown() {
        enter();
        try {
            return sayGoodbye();
        } finally {
            busy = false;
        }
    }

    private int sayGoodbye() {
        transfer.begin();
        if (transfer.broken()) {
            return tell(transfer.brokenAgain()); // after a fault there is nobody to say goodbye to
        }
        if (!transfer.established() || transfer.renegotiating()) {
            return tell(transfer.refuse(Reason.SHUTDOWN_WHILE_IN_INIT, "shutdown() before the handshake is complete"));
        }
        if (quietShutdown) {
            transfer.bits().setSent();
            transfer.bits().setReceived();
            return 1;
        }
        if (transfer.writeEnd() != null) {
            return tell(transfer.failed(transfer.writeEnd()));
        }
        if (!transfer.bits().sent()) {
            transfer.bits().setSent();
            try {
                transfer.connection().closeNotify();
            } catch (TlsException e) {
                return tell(transfer.fault(e));
            }
        }
        int r = transfer.drain();
        if (r <= 0) {
            return tell(r);
        }
        if (transfer.receivedShutdown()) {
            transfer.bits().tellOfEnd();
            return 1;
        }
        return transfer.bits().tell() ? 0 : tell(awaitCloseNotify());
    }

    private int awaitCloseNotify() {
        byte[] one = new byte[1];
        try {
            while (true) {
                int n = transfer.connection().peek(one, 0, 1);
                if (n > 0) {
                    return transfer.refuse(
                            Reason.APPLICATION_DATA_AFTER_CLOSE_NOTIFY,
                            "application data waits to be read; read it, then call shutdown() again");
                }
                if (transfer.receivedShutdown()) {
                    transfer.bits().tellOfEnd();
                    return 1;
                }
                int r = fillBesideOutput();
                if (r <= 0) {
                    return transfer.receivedShutdown() ? 1 : r;
                }
            }
        } catch (TlsException e) {
            return transfer.fault(e);
        }
    }

    /** Forgets the connection, so that another one can be made over the same Bios. */
    void clear() {
        notBusy();
        transfer.clear();
        written = 0;
        statelessWaits = false;
    }

    // ---- around each call -------------------------------------------------------------------------------------------

    private void enter() {
        notBusy();
        busy = true;
    }

    /** Refuses a call from inside of another one: that one is in the middle of a record. */
    void notBusy() {
        if (busy) {
            throw new IllegalStateException(
                    "called by a Bio or callback of this very connection, while it reads, writes"
                            + " or handshakes; or by a second thread");
        }
    }

    /** Calls the info callback at the end of a call that did not succeed. */
    private int tell(int ret) {
        InfoCb info = config.get().callbacks().info();
        if (ret <= 0 && info != null && role != null) {
            try {
                info.info(
                        (role == Role.CLIENT ? InfoCb.ST_CONNECT : InfoCb.ST_ACCEPT) | InfoCb.EXIT,
                        ret,
                        transfer.reached().longText());
            } catch (RuntimeException e) {
                if (transfer.broken() && transfer.failure() != null) {
                    transfer.suppress(e);
                    return ret;
                }
                return transfer.fault(new TlsException(
                        AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR, "the info callback: " + e, e));
            }
        }
        return ret;
    }
}
