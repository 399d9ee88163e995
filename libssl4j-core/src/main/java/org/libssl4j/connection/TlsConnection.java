// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.connection;

import java.io.IOException;
import java.util.function.Supplier;
import org.libssl4j.carrier.tls.TlsCarrier;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.SecretScope;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.flow12.ClientFlow12;
import org.libssl4j.flow12.ServerFlow12;
import org.libssl4j.flow13.ClientFlow13;
import org.libssl4j.flow13.ServerFlow13;
import org.libssl4j.handshake.DataCarrier;
import org.libssl4j.handshake.Env;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Transcript;
import org.libssl4j.handshake.Want;
import org.libssl4j.handshake.Wish;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.session.ClientSessions;

/**
 * A TLS connection that knows no socket: bytes go in by {@link #fill}, come out by {@link #drain}, and in between stand handshake, application data and shutdown. {@code Ssl} and later {@code SSLEngine} are thin faces over it. Not thread-safe.
 */
public final class TlsConnection implements AutoCloseable {
    private final DataCarrier carrier;
    private final Services services;
    private final Handshake handshake;
    private final ShutdownState shutdown;
    private final ClientSessions sessions;
    private final ServerFlow13 server; // null for a client
    private final ServerFlow12 older; // null for a client

    /** A connection at its beginning, whose configuration stays. */
    public TlsConnection(Role role, HandshakeConfig config, Crypto crypto) {
        this(role, () -> config, crypto);
    }

    /**
     * A connection at its beginning.
     *
     * @param config gives the configuration as it is: a server's callbacks that see the ClientHello may put another one in its place
     */
    public TlsConnection(Role role, Supplier<HandshakeConfig> config, Crypto crypto) {
        Observer observer = CallbackObserver.of(config, role);
        this.sessions = new ClientSessions(config.get().limits().tickets());
        this.carrier = new TlsCarrier(
                crypto,
                observer,
                () -> config.get().limits(),
                () -> config.get().records(),
                role);
        this.services = new Services(
                config, crypto, new Transcript(crypto), new Negotiated(), observer, new SecretScope(), role);
        this.shutdown = new ShutdownState(carrier);
        this.older = role == Role.CLIENT ? null : new ServerFlow12();
        this.server = role == Role.CLIENT ? null : new ServerFlow13(older);
        this.handshake = new Handshake(
                services,
                carrier,
                server == null
                        ? new ClientFlow13(sessions::add, new ClientFlow12()).first()
                        : server.firstFor(config.get()));
    }

    /** What the states see of a connection. */
    private record Services(
            Supplier<HandshakeConfig> settings,
            Crypto crypto,
            Transcript transcript,
            Negotiated negotiated,
            Observer observer,
            SecretScope secrets,
            Role role)
            implements Env {
        @Override
        public HandshakeConfig config() {
            return settings.get();
        }
    }

    // ---- handshake -------------------------------------------------------------------------------------------------

    /**
     * Goes on with the handshake; after it, with the messages that follow one.
     *
     * @return what has to happen first; {@link Want#NOTHING} once it is complete, its output taken and no message at hand
     * @throws TlsException what ended the connection; the alert is in the output
     */
    public Want advance() throws TlsException {
        Want w = handshake.advance();
        if (w == Want.READ && complete() && carrier.pending() > 0) {
            // The message that it waits for would have to stand before these data; waiting would never end.
            try {
                dataCame();
            } catch (TlsException e) {
                throw handshake.fail(e);
            }
        }
        return w;
    }

    /** Whether the handshake is complete; the first, where there was another one. */
    public boolean complete() {
        return negotiated().complete();
    }

    /** Whether another handshake is under way on a connection that has had one: no application data may be sent before it is over (RFC 5246 §7.4.1.1). */
    public boolean renegotiating() {
        return handshake.renewing();
    }

    /** Whether another handshake has waited for its output to be taken alone, and so goes on without a word of the peer's. */
    public boolean renegotiationGoesOn() {
        return handshake.renewing() && handshake.want() == Want.WRITE && carrier.drained();
    }

    /** Whether another handshake is wished for by us, or under way. */
    public boolean renegotiationPending() {
        return handshake.renewing()
                || handshake.wish() == Wish.RENEGOTIATION
                || older != null && older.renegotiationRequested();
    }

    /** Begins another handshake with the next read, write or {@link #advance()}; a server asks the client for it. Only with a peer that has renegotiation_info (RFC 5746), in TLS 1.2 and before; none while one is pending. */
    public void renegotiate() {
        if (!renegotiationPending()) {
            handshake.wish(Wish.RENEGOTIATION);
        }
    }

    /** How many handshakes were begun after the first, by whomever. */
    public int renegotiations() {
        return handshake.renewals();
    }

    /** What it waits for that is to happen here, and neither in the stream nor with the peer; {@link Want#NOTHING} if it does not. */
    public Want localWant() {
        return switch (handshake.want()) {
            case X509_LOOKUP, ASYNC, ASYNC_JOB, CLIENT_HELLO_CB, RETRY_VERIFY -> handshake.want();
            case NOTHING, READ, WRITE -> Want.NOTHING;
        };
    }

    /** Whether a message of the peer's is here that cannot be gone on with before {@link #localWant()} is over. */
    public boolean messageWaits() throws TlsException {
        try {
            return carrier.peek() != null;
        } catch (TlsException e) {
            throw handshake.fail(e);
        }
    }

    /** Sends what a complete handshake has to say besides and would else say with the next application data: a server's tickets. It is in the output then. */
    public void sayAll() throws TlsException {
        if (handshake.failure() == null && complete()) {
            handshake.dataGoes();
        }
    }

    /** Gives the client another ticket, with the next application data or {@link #sayAll()}; only at a server of TLS 1.3, after the handshake. False if there is nobody to give it to. */
    public boolean newSessionTicket() {
        return server != null
                && complete()
                && negotiated().version() == ProtocolVersion.TLS1_3
                && server.newTicket(handshake);
    }

    /** Whether a request for a certificate was sent after the handshake that has no answer yet. */
    public boolean requestOutstanding() {
        return server != null && server.requestOutstanding();
    }

    /** Asks the client for its certificate, after the handshake; only if it offered that and no request is outstanding. The message is in the output then. */
    public void requestCertificate() throws TlsException {
        handshake.interject(back -> server.request(handshake, back));
        handshake.advance();
    }

    /** What the newest handshake that is complete has agreed on; before there is one, the first. */
    public Negotiated negotiated() {
        return handshake.established();
    }

    /** Where the handshake stands; a state that waits for a message counts. */
    public StateName stateName() {
        return handshake.stateName();
    }

    /** How far the handshake has come: no state is reached before its message is there. */
    public StateName reached() {
        return handshake.reached();
    }

    /** What ended the connection, or null. */
    public TlsException failure() {
        return handshake.failure();
    }

    /** The tickets that a client was given. */
    public ClientSessions sessions() {
        return sessions;
    }

    // ---- application data ------------------------------------------------------------------------------------------

    /**
     * Decrypted application data. Messages of the peer that are met on the way are acted on.
     *
     * @return bytes written to {@code dst}; 0 if there are none for now, because bytes are wanted, output stands in the way or {@link #closeNotifyReceived()}
     */
    public int read(byte[] dst, int off, int len) throws TlsException {
        return take(dst, off, len, false);
    }

    /** Like {@link #read}, but the bytes stay. */
    public int peek(byte[] dst, int off, int len) throws TlsException {
        return take(dst, off, len, true);
    }

    private int take(byte[] dst, int off, int len, boolean stay) throws TlsException {
        if (handshake.failure() != null) {
            throw handshake.failure();
        }
        if (handshake.wish().now()) {
            handshake.advance();
        }
        try {
            while (true) {
                if (localWant() != Want.NOTHING || renegotiationGoesOn()) {
                    handshake.advance(); // what was waited for may be there
                }
                int n = stay ? carrier.openPeek(dst, off, len) : carrier.open(dst, off, len);
                if (n > 0) {
                    dataCame();
                    return n;
                }
                if (carrier.peek() == null) {
                    return 0;
                }
                if (handshake.advance() != Want.NOTHING) {
                    return 0; // its answer has to go out first
                }
            }
        } catch (TlsException e) {
            throw handshake.fail(e);
        } catch (RuntimeException e) {
            throw handshake.fail(bug(e));
        }
    }

    private void dataCame() throws TlsException {
        if (carrier.drained()) {
            handshake.dataCame(); // a peer that does not read our answers may not ask for more of them
        }
        checkRenegotiation();
        // RFC 9846 §4.7.2 [8446 4.6.2]: nothing stands between the messages of a client that authenticates itself.
        StateName state = handshake.stateName();
        if (state == StateName.SR_CERT || state == StateName.SR_CERT_VRFY || state == StateName.SR_FINISHED) {
            throw new TlsException(
                    AlertDescription.UNEXPECTED_MESSAGE,
                    Reason.UNEXPECTED_MESSAGE,
                    "application data in state " + state + "; the client's authentication has to be whole");
        }
    }

    private void checkRenegotiation() throws TlsException {
        // RFC 5246 §7.4.1.1: what was on its way when the hello was sent is taken; who has answered it, or was
        // answered, has nothing more to say under the old keys. So OpenSSL does.
        StateName state = handshake.stateName();
        if (handshake.renewing() && state != StateName.CR_SRVR_HELLO && state != StateName.SR_CLNT_HELLO) {
            throw new TlsException(
                    AlertDescription.UNEXPECTED_MESSAGE,
                    Reason.APP_DATA_IN_HANDSHAKE,
                    "application data in state " + state + " of a renegotiation");
        }
    }

    /** Application data decrypted and not yet read, in bytes. */
    public int pending() {
        return carrier.pending();
    }

    /** Whether bytes were filled in that are not read, processed or not. */
    public boolean hasPending() {
        return carrier.hasPending();
    }

    /**
     * Protects up to one record of application data; its bytes are in the output then.
     *
     * @return bytes of {@code src} taken; 0 if output has to be taken first, or while {@link #renegotiating()}
     */
    public int write(byte[] src, int off, int len) throws TlsException {
        if (handshake.failure() != null) {
            throw handshake.failure();
        }
        if (!carrier.drained()) {
            return 0;
        }
        if (handshake.renewing()) {
            handshake.advance();
            if (handshake.renewing() || !carrier.drained()) {
                return 0;
            }
        }
        handshake.dataGoes();
        if (!carrier.drained()) {
            return 0;
        }
        if (carrier.keyUpdateDue() || handshake.wish() != Wish.NOTHING) {
            if (!handshake.wish().now()) {
                handshake.wish(Wish.KEY_UPDATE);
            }
            handshake.advance();
            if (!carrier.drained() || handshake.renewing()) {
                return 0;
            }
        }
        try {
            return carrier.seal(src, off, len);
        } catch (TlsException e) {
            throw handshake.fail(e);
        } catch (RuntimeException e) {
            throw handshake.fail(bug(e));
        }
    }

    // ---- records ---------------------------------------------------------------------------------------------------

    /** Goes on to the next write keys with the next read, write or {@link #advance()}. */
    public void keyUpdate(boolean updateRequested) {
        handshake.wish(updateRequested ? Wish.KEY_UPDATE_OF_BOTH : Wish.KEY_UPDATE);
    }

    /** The key update that was asked for, by us or the peer, and has not been begun, or NOTHING. */
    public Wish wish() {
        return handshake.wish();
    }

    /** The configuration of records has changed: they are made as it says from now on. */
    public void settingsChanged() throws TlsException {
        if (handshake.failure() == null) {
            try {
                carrier.settingsChanged();
            } catch (TlsException e) {
                throw handshake.fail(e);
            } catch (RuntimeException e) {
                throw handshake.fail(bug(e)); // what was gathered asks the padding callback
            }
        }
    }

    /** A fault of ours, or of a callback that looked on. */
    private static TlsException bug(RuntimeException e) {
        return new TlsException(AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR, "in the record layer: " + e, e);
    }

    // ---- shutdown --------------------------------------------------------------------------------------------------

    /** Queues close_notify, once. */
    public void closeNotify() throws TlsException {
        if (handshake.failure() == null) {
            handshake.dataGoes();
            try {
                shutdown.closeNotify();
                handshake.silence();
            } catch (RuntimeException e) {
                throw handshake.fail(bug(e));
            }
        }
    }

    /** Whether close_notify was queued. */
    public boolean closeNotifySent() {
        return shutdown.sent();
    }

    /** Whether the peer's close_notify came. */
    public boolean closeNotifyReceived() {
        return carrier.closeNotifyReceived();
    }

    // ---- bytes -----------------------------------------------------------------------------------------------------

    /** Asks {@code source} once for the bytes that the record under way lacks; returns what the source returned. */
    public int fill(DataCarrier.Source source, boolean readAhead) throws IOException, TlsException {
        try {
            return carrier.fill(source, readAhead);
        } catch (TlsException e) {
            throw handshake.fail(e);
        }
    }

    /** Offers the output to {@code sink} once; returns what the sink returned. */
    public int drain(DataCarrier.Sink sink) throws IOException {
        return carrier.drain(sink);
    }

    /** Whether all output was taken. */
    public boolean drained() {
        return carrier.drained();
    }

    /**
     * The sink has failed for good: nothing is sent any more, reading goes on. What the peer has sent before is looked at, since it may say why: a peer that refuses us sends an alert and closes.
     *
     * @param source gives what is there without waiting
     * @return the fault that ended the connection, mostly an alert; null if it has not ended, or data or a message that the handshake waits for stands before
     */
    public TlsException stopWriting(DataCarrier.Source source) {
        carrier.stopWriting();
        handshake.silence();
        byte[] one = new byte[1];
        try {
            do {
                boolean something = complete() ? peek(one, 0, 1) > 0 : carrier.peek() != null;
                if (something || carrier.closeNotifyReceived()) {
                    return null;
                }
            } while (carrier.fill(source, false) > 0);
            return null;
        } catch (TlsException e) {
            return handshake.abandon(e);
        } catch (IOException | RuntimeException e) {
            return null; // the sink's failure is told; the source's shows when it is read from
        }
    }

    /** Ends the connection with a fault that a face has found, such as an end of file inside the stream. */
    public TlsException fail(TlsException e) {
        return handshake.fail(e);
    }

    /** Ends the connection with a fault of the stream itself: no alert is sent. */
    public TlsException abandon(TlsException e) {
        return handshake.abandon(e);
    }

    /** Wipes all keys. */
    @Override
    public void close() {
        services.secrets().close();
        sessions.close();
        negotiated().session(null);
        handshake.env().negotiated().session(null);
        carrier.close();
    }
}
