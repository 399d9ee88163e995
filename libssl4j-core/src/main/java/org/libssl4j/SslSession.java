// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.libssl4j.config.SessionSettings;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.crypto.pem.PemSessions;
import org.libssl4j.session.SessionCodec;
import org.libssl4j.session.SessionState;
import org.libssl4j.spi.FragmentLength;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.wire.DecodeException;

/**
 * What is kept of a connection so that another one may resume it (SSL_SESSION; SSL_get1_session(3)). It has the secret of that connection, or of the one to come: whoever reads it reads what is said there. {@link #close} wipes it.
 *
 * <p>Immutable and thread-safe, but for {@link #close}; what SSL_SESSION_set_time(3) and its like do gives a copy here.
 */
public final class SslSession implements AutoCloseable {
    private final SessionState state;

    /** @param state belongs to this one */
    SslSession(SessionState state) {
        this.state = state;
    }

    /** What is inside; closed with this one. */
    SessionState state() {
        return state;
    }

    // ---- as bytes --------------------------------------------------------------------------------------------------

    /**
     * Reads a session that {@link #toDer} or OpenSSL has written (d2i_SSL_SESSION(3)).
     *
     * @param der the whole of it; stays the caller's, who wipes it
     * @return it
     * @throws GeneralSecurityException if this is none, or one of a version or cipher suite that is not here
     */
    public static SslSession fromDer(byte[] der) throws GeneralSecurityException {
        try {
            return new SslSession(SessionCodec.decode(der));
        } catch (DecodeException e) {
            throw new GeneralSecurityException("not a session: " + e.getMessage(), e);
        }
    }

    /**
     * The session in DER, as OpenSSL writes and reads it (i2d_SSL_SESSION(3)). Of the peer's chain its own certificate alone is there.
     *
     * @return the bytes, the secret among them: the caller wipes them
     */
    public byte[] toDer() {
        return SessionCodec.encode(state);
    }

    /**
     * Reads a session from PEM (PEM_read_bio_SSL_SESSION(3)): the first block "SSL SESSION PARAMETERS".
     *
     * @param pem text with the block in it; stays the caller's, who wipes it
     * @return it
     * @throws GeneralSecurityException if there is no such block, or it has no session in it that is to be had here
     */
    public static SslSession fromPem(byte[] pem) throws GeneralSecurityException {
        byte[] der = PemSessions.read(pem);
        try {
            return fromDer(der);
        } finally {
            Arrays.fill(der, (byte) 0);
        }
    }

    /**
     * The session in PEM, as OpenSSL's tools have it in files (PEM_write_bio_SSL_SESSION(3)).
     *
     * @return ASCII, the secret in it: the caller wipes it
     */
    public byte[] toPem() {
        byte[] der = toDer();
        try {
            return PemSessions.write(der);
        } finally {
            Arrays.fill(der, (byte) 0);
        }
    }

    // ---- what it has -----------------------------------------------------------------------------------------------

    /**
     * The version it was made in (SSL_SESSION_get_protocol_version(3)).
     *
     * @return "TLSv1.3"
     */
    public String getVersion() {
        return state.version().text();
    }

    /**
     * The cipher suite it was made with (SSL_SESSION_get0_cipher(3)).
     *
     * @return OpenSSL's name, which in TLS 1.3 is the registry's
     */
    public String getCipherName() {
        return state.suite().opensslName();
    }

    /**
     * The session id (SSL_SESSION_get_id(3)).
     *
     * @return a copy, up to 32 bytes; empty for none
     */
    public byte[] getId() {
        return state.id().clone();
    }

    /**
     * Which of a server's configurations it belongs to (SSL_SESSION_get0_id_context(3)).
     *
     * @return a copy, up to 32 bytes; empty for none, and at a client
     */
    public byte[] getIdContext() {
        return state.idContext().clone();
    }

    /**
     * The secret (SSL_SESSION_get_master_key(3)): the master secret, in TLS 1.3 the pre-shared key of the ticket.
     *
     * @return a copy, which the caller wipes
     */
    public byte[] getMasterKey() {
        return state.secret().getEncoded();
    }

    /**
     * The certificate that the peer has shown (SSL_SESSION_get0_peer(3)).
     *
     * @return it; null if it has shown none, or the JDK cannot parse it: {@link #getPeerChainDer} has its bytes then
     */
    public X509Certificate getPeer() {
        List<byte[]> chain = state.peerChain();
        return chain.isEmpty()
                ? null
                : JcaCrypto.of(CryptoPolicy.DEFAULT).certificate(chain.get(0)).x509();
    }

    /**
     * The certificates that the peer has shown, its own first (SSL_SESSION_get0_peer(3) has the first alone).
     *
     * @return copies of their DER; of a session that was read from bytes the first alone
     */
    public List<byte[]> getPeerChainDer() {
        return state.peerChain().stream().map(byte[]::clone).toList();
    }

    /**
     * What verification said of the peer.
     *
     * @return the X509_V_* code
     */
    public VerifyResult getVerifyResult() {
        return state.verifyResult();
    }

    /**
     * The server that the client has named (SSL_SESSION_get0_hostname(3)).
     *
     * @return it; null for none
     */
    public String getHostname() {
        return state.serverName();
    }

    /**
     * The application protocol (SSL_SESSION_get0_alpn_selected(3)).
     *
     * @return its name; null for none
     */
    public String getAlpnSelected() {
        return state.alpn();
    }

    /**
     * When it was made (SSL_SESSION_get_time(3)).
     *
     * @return the time; at a client of TLS 1.3, of the ticket's receipt
     */
    public Instant getTime() {
        return state.created();
    }

    /**
     * How long after that it may be resumed (SSL_SESSION_get_timeout(3)).
     *
     * @return seconds
     */
    public long getTimeout() {
        return state.timeout();
    }

    /**
     * Whether there is a ticket (SSL_SESSION_has_ticket(3)).
     *
     * @return whether
     */
    public boolean hasTicket() {
        return state.ticket().length > 0;
    }

    /**
     * How long the server has said that the ticket holds (SSL_SESSION_get_ticket_lifetime_hint(3)).
     *
     * @return seconds, in TLS 1.3 at most 604,800; 0 if it did not say
     */
    public long getTicketLifetimeHint() {
        return state.lifetimeHint();
    }

    /**
     * The ticket (SSL_SESSION_get0_ticket(3)).
     *
     * @return a copy; empty for none
     */
    public byte[] getTicket() {
        return state.ticket().clone();
    }

    /**
     * What the server's application keeps in the ticket (SSL_SESSION_get0_ticket_appdata(3)).
     *
     * @return a copy; empty for nothing
     */
    public byte[] getTicketAppdata() {
        return state.appData().clone();
    }

    /**
     * The greatest length of records that was agreed on by max_fragment_length (SSL_SESSION_get_max_fragment_length(3)).
     *
     * @return {@link FragmentLength#DISABLED} for none
     */
    public FragmentLength getMaxFragmentLength() {
        return state.maxFragment();
    }

    /**
     * How much early data the server takes with it (SSL_SESSION_get_max_early_data(3)).
     *
     * @return bytes; 0 for none
     */
    public long getMaxEarlyData() {
        return state.maxEarlyData();
    }

    /**
     * Whether the master secret is bound to its handshake (RFC 7627).
     *
     * @return whether; false in TLS 1.3, where all secrets are
     */
    public boolean getExtmsSupport() {
        return state.extendedMasterSecret();
    }

    /**
     * The identity by which the client has named its pre-shared key, before TLS 1.3.
     *
     * @return a copy of its bytes; null without such a key
     */
    public byte[] getPskIdentity() {
        return SslInfo.copy(state.pskIdentity());
    }

    /**
     * What the server has said to help the client choose its identity.
     *
     * @return a copy of its bytes; null if it has said nothing
     */
    public byte[] getPskIdentityHint() {
        return SslInfo.copy(state.pskIdentityHint());
    }

    /**
     * Whether there is something to resume it by, an id or a ticket (SSL_SESSION_is_resumable(3)). Its time may be over all the same, and the server may have forgotten it.
     *
     * @return whether
     */
    public boolean isResumable() {
        return state.resumable();
    }

    // ---- changed copies --------------------------------------------------------------------------------------------

    /**
     * Another one like this with a secret of its own (SSL_SESSION_dup(3)).
     *
     * @return it, to be closed for itself
     */
    public SslSession copy() {
        return new SslSession(state.copy());
    }

    /**
     * A copy with another time (SSL_SESSION_set_time(3)).
     *
     * @param time when it counts as made
     * @return the copy, to be closed for itself
     */
    public SslSession withTime(Instant time) {
        Objects.requireNonNull(time);
        return with(b -> b.created(time, state.timeout()));
    }

    /**
     * A copy that may be resumed for another time (SSL_SESSION_set_timeout(3)).
     *
     * @param seconds from its time on, 0 or more
     * @return the copy, to be closed for itself
     * @throws IllegalArgumentException for less
     */
    public SslSession withTimeout(long seconds) {
        SslCtx.checkedTimeout(seconds);
        return with(b -> b.created(state.created(), seconds));
    }

    /**
     * A copy with another id (SSL_SESSION_set1_id(3)).
     *
     * @param id up to 32 bytes
     * @return the copy, to be closed for itself
     * @throws IllegalArgumentException for more
     */
    public SslSession withId(byte[] id) {
        byte[] i = atMost32(id, "a session id");
        return with(b -> b.id(i));
    }

    /**
     * A copy that belongs to another configuration (SSL_SESSION_set1_id_context(3)).
     *
     * @param context up to 32 bytes
     * @return the copy, to be closed for itself
     * @throws IllegalArgumentException for more
     */
    public SslSession withIdContext(byte[] context) {
        byte[] c = atMost32(context, "a session id context");
        return with(b -> b.idContext(c));
    }

    /**
     * A copy with other data of the application in it (SSL_SESSION_set1_ticket_appdata(3)).
     *
     * @param data up to 65,535 bytes; what makes a ticket too long gives no ticket
     * @return the copy, to be closed for itself
     * @throws IllegalArgumentException for more
     */
    public SslSession withTicketAppdata(byte[] data) {
        if (data.length > 0xffff) {
            throw new IllegalArgumentException(data.length + " bytes for a ticket; up to 65535 allowed");
        }
        byte[] d = data.clone();
        return with(b -> b.appData(d));
    }

    static byte[] atMost32(byte[] b, String what) {
        if (b.length > SessionSettings.MAX_ID) {
            throw new IllegalArgumentException(
                    what + " of " + b.length + " bytes; up to " + SessionSettings.MAX_ID + " allowed");
        }
        return b.clone();
    }

    private SslSession with(UnaryOperator<SessionState.Builder> change) {
        return new SslSession(change.apply(state.toBuilder()).build());
    }

    /** Wipes the secret (SSL_SESSION_free(3)); what needs it throws an {@link IllegalStateException} from then on. */
    @Override
    public void close() {
        state.close();
    }

    /** Says what it is, never its secret. */
    @Override
    public String toString() {
        return "SslSession[" + state + "]";
    }
}
