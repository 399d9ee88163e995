// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.handshake;

import java.util.function.UnaryOperator;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ContentType;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.keyschedule.Keys;
import org.libssl4j.message.HandshakeMessage;
import org.libssl4j.message.HelloRequest;
import org.libssl4j.session.SessionState;
import org.libssl4j.session.SessionStore;

/**
 * Drives a handshake: runs states until one has to wait, and is the one place where a fault becomes an alert. Knows neither roles nor versions. Not thread-safe.
 *
 * <pre>
 *   advance() ──► state.run(this) ──► next state ──► … ──► park(want) ──► want to the caller
 *                     │ throws
 *                     └──► alert, secrets wiped, the failure kept and thrown from now on
 * </pre>
 */
public final class Handshake {
    /** HelloRequests that a client passes over in a row, in the middle of a handshake. */
    private static final int MOST_PASSED_OVER = 8;

    private Env env; // of the newest handshake
    private Negotiated established; // of the newest one that is complete, or the first
    private int renewals;
    private boolean silent; // nothing more is sent
    private final Carrier carrier;
    private State state;
    private StateName left; // the one before, if its name was another
    private Want want = Want.NOTHING;
    private boolean parked;
    private boolean awaiting; // parked, for a message
    private TlsException failure;
    private HandshakeMessage seen; // the one that the observer was told of last, until it is taken
    private int requests; // that came after the handshake, with no application data behind them
    private Wish wish = Wish.NOTHING;
    private UnaryOperator<State> withData; // null for nothing
    private UnaryOperator<State> granting; // null until the handshake is complete
    private boolean changeCipherSpecDue;
    private boolean legacy; // TLS 1.2 or before

    public Handshake(Env env, Carrier carrier, State first) {
        this.env = env;
        this.established = env.negotiated();
        this.carrier = carrier;
        this.state = first;
    }

    // ---- for the connection ----------------------------------------------------------------------------------------

    /**
     * Goes on until something has to happen outside.
     *
     * @return what; {@link Want#NOTHING} when the handshake is complete, no message waits and all output was taken
     * @throws TlsException the fault that ended the handshake, now or before; its alert is in the output
     */
    public Want advance() throws TlsException {
        if (failure != null) {
            throw failure;
        }
        try {
            return run();
        } catch (TlsException e) {
            throw fail(e);
        } catch (RuntimeException e) {
            // A bug of ours or of a callback: the peer is told, and the caller gets the one kind of exception it knows.
            throw fail(new TlsException(
                    AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR, "in state " + state.name() + ": " + e, e));
        }
    }

    /** Ends the connection with a fault that was found outside of the states; returns it to be thrown. */
    public TlsException fail(TlsException e) {
        if (failure == null) {
            end(e, !(e instanceof PeerAlertException));
            forgetSession();
        }
        return failure;
    }

    /** RFC 5246 §7.2.2: what a fatal alert has ended, whoever sent it, is not resumed. A stream that breaks off does no harm to a session (§7.2.1). */
    private void forgetSession() {
        forget(env.negotiated());
        forget(established()); // of the handshake before, while another one is under way
    }

    private void forget(Negotiated negotiated) {
        SessionState session = negotiated.session();
        SessionStore store = env.config().sessions().store();
        if (session != null && store != null) {
            observed(() -> store.remove(session));
        }
        negotiated.session(null);
    }

    /** Ends the connection with a fault that nobody can be told of: the stream is gone. */
    public TlsException abandon(TlsException e) {
        return end(e, false);
    }

    private TlsException end(TlsException e, boolean tellPeer) {
        if (failure == null) {
            failure = e;
            want = Want.NOTHING;
            StateName before = state.name();
            try {
                observed(() -> env.observer().stateChanged(before, StateName.ERROR));
                if (tellPeer) {
                    observed(this::announceProtection);
                    observed(() -> carrier.alert(e.alert()));
                }
            } finally {
                seen = null; // it may be large, and nobody looks at it any more
                carrier.retire(e);
                env.secrets().close();
            }
        }
        return failure;
    }

    private void announceProtection() {
        try {
            sendChangeCipherSpec();
        } catch (TlsException e) {
            failure.addSuppressed(e);
        }
    }

    /** Does what calls out to who looks on: that one's fault must not hide ours, nor keep secrets from being wiped. */
    private void observed(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException x) {
            failure.addSuppressed(x);
        }
    }

    /** What the next {@link #advance()} is to do of itself, once the handshake is complete; in place of what was wished for before. */
    public void wish(Wish w) {
        wish = w;
    }

    /** What was wished for and has not been begun. */
    public Wish wish() {
        return wish;
    }

    /**
     * Says how a wish comes true once the handshake is complete, whatever it waits for: a write key may be changed between any two messages of ours.
     *
     * @param how gets the state that stands, to go on with it
     */
    public void grantWishes(UnaryOperator<State> how) {
        granting = how;
    }

    /**
     * What a complete handshake has to say with the next application data of ours, or with close_notify, and not by itself: nobody waits for it, and for its sake nothing is written to a peer that may have gone. In the place of what was to be said before.
     *
     * @param what gets the state that stands, to go on with it
     */
    public void withNextData(UnaryOperator<State> what) {
        withData = what;
    }

    /** Application data are about to go: says what is to be said with them. It is in the output then. */
    public void dataGoes() throws TlsException {
        if (withData != null) {
            UnaryOperator<State> what = withData;
            withData = null;
            interject(what);
            advance();
        }
    }

    /** Application data came, and what we had to say is out. */
    public void dataCame() {
        requests = 0;
    }

    /**
     * Puts a state before the one that stands, which a complete handshake is in; it is run by the next {@link #advance()}.
     *
     * @param before gets the one that stands, to hand it on
     */
    public void interject(UnaryOperator<State> before) {
        state = before.apply(state);
    }

    /** What the newest handshake that is complete has agreed on; before there is one, the first. */
    public Negotiated established() {
        if (env.negotiated().complete()) {
            established = env.negotiated();
        }
        return established;
    }

    /** Whether another handshake is under way on a connection that has had one. */
    public boolean renewing() {
        return env.negotiated() != established();
    }

    /** Our close_notify is out, or the stream takes nothing more: what is sent from now on goes nowhere. */
    public void silence() {
        silent = true;
    }

    /** How many handshakes were begun after the first. */
    public int renewals() {
        return renewals;
    }

    /** What ended the handshake or the connection, or null. */
    public TlsException failure() {
        return failure;
    }

    /** What the last {@link #advance()} returned. */
    public Want want() {
        return want;
    }

    /** Where it stands; a state that waits for a message counts. */
    public StateName stateName() {
        return failure != null ? StateName.ERROR : state.name();
    }

    /** How far it has come (SSL_state_string(3)): as {@link #stateName()}, but a state is not reached before its message is there. */
    public StateName reached() {
        return failure == null && awaiting && left != null ? left : stateName();
    }

    private Want run() throws TlsException {
        while (true) {
            boolean granted = granting != null && wish.now();
            StateName before = granted ? reached() : state.name();
            parked = false;
            awaiting = false;
            want = Want.NOTHING;
            State next = granted ? granting.apply(state) : state.run(this);
            if (next.name() != before && !passedOver(before)) {
                env.observer().stateChanged(before, next.name());
                left = before;
            }
            if (parked) {
                awaiting = want == Want.READ;
                boolean complete = env.negotiated().complete();
                // A wait for something local does not cut a flight in two.
                if (want == Want.READ || complete) {
                    carrier.endFlight();
                }
                if (!carrier.drained() && (want == Want.READ || want == Want.NOTHING)) {
                    return want = Want.WRITE;
                }
                return want;
            }
            state = next;
        }
    }

    /** Whether the state was never reached: the message is not the one that it reads, and is left to the next state. Before and after a handshake no message is needed. */
    private boolean passedOver(StateName name) {
        return seen != null && name != StateName.BEFORE && name != StateName.OK;
    }

    // ---- for the states --------------------------------------------------------------------------------------------

    public Env env() {
        return env;
    }

    public CarrierTraits traits() {
        return carrier.traits();
    }

    /**
     * The next message, or null if there is none yet. It stays until {@link #commit}. Who looks on is told of it at the first look, so before a state can find fault with it, and once, however many states look.
     */
    public HandshakeMessage peek() throws TlsException {
        while (true) {
            HandshakeMessage m = carrier.peek();
            if (m != null && m != seen) {
                seen = m;
                env.observer().message(false, contentType(m), env.negotiated().readEpoch(), m.raw(), 0, m.raw().length);
            }
            if (m == null || !m.is(HandshakeType.HELLO_REQUEST) || !passesOverHelloRequest()) {
                return m;
            }
            m.parse(HelloRequest::read);
            if (countRequest() > MOST_PASSED_OVER) {
                throw unexpected(m, "no more than " + MOST_PASSED_OVER + " of them within a handshake");
            }
            take(m);
        }
    }

    /** RFC 5246 §7.4.1.1: a client that is in the middle of a handshake ignores it, and it is no part of the transcript. */
    private boolean passesOverHelloRequest() {
        return legacy && env.role() == Role.CLIENT && !env.negotiated().complete();
    }

    /** The next message, which has to be of this type; null if there is none yet. */
    public HandshakeMessage peek(HandshakeType expected) throws TlsException {
        HandshakeMessage m = peek();
        if (m != null && !m.is(expected)) {
            throw unexpected(m, expected.name().toLowerCase(java.util.Locale.ROOT));
        }
        return m;
    }

    /** RFC 9846 §4: a message in the wrong place ends the handshake with unexpected_message. */
    public TlsException unexpected(HandshakeMessage m, String allowed) {
        return new TlsException(
                AlertDescription.UNEXPECTED_MESSAGE,
                Reason.UNEXPECTED_MESSAGE,
                m + " in state " + state.name() + "; allowed is " + allowed);
    }

    /** The message passed all checks: it joins the transcript, unless it is a change_cipher_spec, and is taken from the carrier. */
    public void commit(HandshakeMessage m) {
        if (m != HandshakeMessage.CHANGE_CIPHER_SPEC) {
            env.transcript().add(m);
        }
        take(m);
    }

    /** Takes a message from the carrier that is no part of the transcript, such as one after the handshake. */
    public void take(HandshakeMessage m) {
        seen = null;
        carrier.consume();
    }

    private static int contentType(HandshakeMessage m) {
        boolean ccs = m == HandshakeMessage.CHANGE_CIPHER_SPEC;
        return (ccs ? ContentType.CHANGE_CIPHER_SPEC : ContentType.HANDSHAKE).code();
    }

    /** Sends a message, which joins the transcript, unless it is a change_cipher_spec. */
    public void send(HandshakeMessage m) throws TlsException {
        if (m != HandshakeMessage.CHANGE_CIPHER_SPEC) {
            env.transcript().add(m);
        }
        post(m);
    }

    /** Sends a message that is no part of the transcript. */
    public void post(HandshakeMessage m) throws TlsException {
        boolean ccs = m == HandshakeMessage.CHANGE_CIPHER_SPEC;
        if (ccs && !carrier.traits().changeCipherSpec()) {
            return;
        }
        // RFC 9846 §5: a change_cipher_spec of TLS 1.3 is never protected; one of TLS 1.2 is, in a renegotiation.
        Epoch under = ccs && !legacy ? Epoch.INITIAL : env.negotiated().writeEpoch();
        env.observer().message(true, contentType(m), under, m.raw(), 0, m.raw().length);
        carrier.send(m);
    }

    /** This version was chosen: records follow its rules from here on; see {@link Carrier#version}. */
    public void version(ProtocolVersion version) throws TlsException {
        legacy = version != ProtocolVersion.TLS1_3;
        carrier.version(version);
    }

    /** The Finished of this direction went by: the keys in use may protect application data (TLS 1.2 and before). */
    public void promote(Direction direction) {
        carrier.promote(direction);
        env.negotiated().epoch(direction, Epoch.APPLICATION);
    }

    /** Another handshake begins on this connection, which goes on under the keys of the one before until both have changed them (RFC 5246 §7.4.1.1). */
    public void renew() {
        Negotiated before = established();
        if (renewing()) {
            throw new IllegalStateException("a handshake is under way");
        }
        env = new RenewedEnv(env instanceof RenewedEnv r ? r.first() : env, Negotiated.after(before));
        env.transcript().restart();
        granting = null;
        renewals++;
    }

    /** Whether nothing more can be sent, so that no handshake can come to its end. */
    public boolean silent() {
        return silent;
    }

    /** Tells the peer that we do not renegotiate; a warning, after which all goes on (RFC 5246 §7.2.2). */
    public void refuseRenegotiation() {
        carrier.alert(AlertDescription.NO_RENEGOTIATION);
    }

    /** From here on no protected record in this direction has more than so many bytes of content, type and padding. */
    public void limitRecords(Direction direction, int bytes) throws TlsException {
        carrier.limitRecords(direction, bytes);
    }

    /** The message just committed has to end its record. */
    public void requireBoundary() throws TlsException {
        carrier.requireBoundary();
    }

    /** RFC 9846 §E.4: a change_cipher_spec has to go before the first record that we protect, be that a flight or an alert. */
    public void changeCipherSpecDue() {
        changeCipherSpecDue = true;
    }

    /** Sends it if it is due. */
    public void sendChangeCipherSpec() throws TlsException {
        if (changeCipherSpecDue) {
            changeCipherSpecDue = false;
            post(HandshakeMessage.CHANGE_CIPHER_SPEC);
        }
    }

    /** Counts a request that came after the handshake; how many there were since application data came. */
    public int countRequest() {
        return ++requests;
    }

    /** Early data of the client's is refused; the carrier drops it. */
    public void skipEarlyData() {
        carrier.skipEarlyData(env.config().limits().refusedEarlyData());
    }

    /** Hands keys to the carrier, which uses them from here on. */
    public void install(Epoch epoch, Direction direction, CipherSuite suite, Keys keys) throws TlsException {
        carrier.install(epoch, direction, suite, keys);
        env.negotiated().epoch(direction, epoch);
    }

    /** Writes a secret to the key log (RFC 9850). */
    public void logSecret(String label, Secret secret) {
        env.observer().secret(label, env.negotiated().clientRandom(), secret);
    }

    /** Ends this run: {@code self}, which may be another state than the one that runs, waits for {@code what} and will be run. To be returned at once. */
    public State park(Want what, State self) {
        parked = true;
        want = what;
        state = self;
        return self;
    }
}
