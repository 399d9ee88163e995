// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.ChannelBio;
import org.libssl4j.bio.SocketBio;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.StatelessCookies;
import org.libssl4j.connection.TlsConnection;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.Role;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.session.SessionState;
import org.libssl4j.spi.AlpnSelectCb;
import org.libssl4j.spi.InfoCb;
import org.libssl4j.spi.KeylogCb;
import org.libssl4j.spi.MsgCb;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;

/**
 * A TLS connection: SSL of OpenSSL (SSL_new(3)). Over a blocking {@link Bio} a call comes back when it is done; over a non-blocking one at once, and {@link #getError} says what to wait for before the same call is made again.
 *
 * <p>Not thread-safe, as SSL is not: not for a reader and a writer at once either, since a read may have to send. Two threads that write at once could make two records with one nonce. The state of an error belongs to the connection, never to the thread.
 *
 * <p>A Bio or callback of this connection may {@link #close} it, but what handshakes, reads, writes or shuts down throws an {@link IllegalStateException} when called from there: the call that it is called from is in the middle of that.
 */
public final class Ssl implements AutoCloseable {
    /** SSL_SENT_SHUTDOWN of SSL_get_shutdown(3): our side is shut down. */
    public static final int SENT_SHUTDOWN = 1;

    /** SSL_RECEIVED_SHUTDOWN of SSL_get_shutdown(3): the peer's side is shut down. */
    public static final int RECEIVED_SHUTDOWN = 2;

    private static final String NO_BIO = "no Bio is set";

    private final TlsMethod method;
    private final SslCtx ctx;
    private HandshakeConfig config;
    private Set<SslOption> options;
    private Set<SslMode> modes;

    private Role role;
    private TlsConnection connection; // made by the first step of the handshake
    private final OwnedBios bios = new OwnedBios(this::closeFailed);
    private final ServerNames names = new ServerNames();
    private boolean readAhead;

    private SslError error = SslError.NONE;
    private SslWant want = SslWant.NOTHING;
    private boolean busy; // inside a call that reads, writes, handshakes or shuts down
    private Exception failure; // of the last call; of all further ones once broken
    private boolean broken; // a fault, or close(), ended both directions
    private boolean closed;
    private boolean listening; // inside stateless()
    private boolean statelessWaits; // stateless() has to be called again
    private TlsException readEnd; // the stream ended without close_notify: reading is over
    private Exception writeEnd; // the write Bio failed: writing is over
    private boolean established; // the handshake is complete, and its last flight is out
    private boolean quietShutdown;
    private final ShutdownBits bits = new ShutdownBits();
    private int written; // bytes of the write under way that are sealed already

    /**
     * A connection with the context's configuration of this moment (SSL_new(3)).
     *
     * @param ctx the context
     */
    public Ssl(SslCtx ctx) {
        this.ctx = Objects.requireNonNull(ctx);
        this.method = ctx.method();
        this.config = ctx.config();
        this.options = ctx.getOptions();
        this.modes = ctx.getMode();
        this.quietShutdown = ctx.getQuietShutdown();
        this.readAhead = ctx.getReadAhead();
        this.role = method == TlsMethod.TLS_CLIENT ? Role.CLIENT : method == TlsMethod.TLS_SERVER ? Role.SERVER : null;
    }

    // ---- before the handshake --------------------------------------------------------------------------------------

    /**
     * Sets where bytes come from and go to (SSL_set_bio(3)). The Bios belong to this connection from now on: it closes them, each with the chain behind it, when it is closed or they are replaced. What that does to a socket the Bio says. One that stays in use for the other direction, or is set anew, stays open, also if it stands in the chain of such a one; a failure to close is not told of.
     *
     * @param rbio read from; null for none
     * @param wbio written to; may be the same
     */
    public void setBio(Bio rbio, Bio wbio) {
        bios.set(rbio, wbio);
    }

    /**
     * Sets where bytes come from (SSL_set0_rbio(3)); for the rest as {@link #setBio}.
     *
     * @param rbio read from; null for none
     */
    public void set0Rbio(Bio rbio) {
        setBio(rbio, getWbio());
    }

    /**
     * Sets where bytes go to (SSL_set0_wbio(3)); for the rest as {@link #setBio}.
     *
     * @param wbio written to; null for none
     */
    public void set0Wbio(Bio wbio) {
        setBio(getRbio(), wbio);
    }

    private void closeFailed(Exception e) {
        if (failure != null && failure != e) {
            failure.addSuppressed(e);
        }
    }

    /** For {@link SslBio}: uses the Bio behind that for both directions, as one that is not ours to close; null: no longer. */
    void lend(Bio b) {
        bios.lend(b);
    }

    /**
     * Uses a socket, blocking, for both directions (SSL_set_fd(3)). It is not closed with this connection.
     *
     * @param socket connected
     * @throws IOException if its streams cannot be had
     */
    public void setFd(Socket socket) throws IOException {
        Bio b = new SocketBio(socket);
        setBio(b, b);
    }

    /**
     * Uses a channel, in the blocking mode that it has at each call, for both directions (SSL_set_fd(3)). It is not closed with this connection.
     *
     * @param channel connected
     */
    public void setFd(SocketChannel channel) {
        Bio b = new ChannelBio(channel);
        setBio(b, b);
    }

    /**
     * Uses a socket for reading (SSL_set_rfd(3)); for the rest as {@link #setFd(Socket)}. If writing uses it already, both share one Bio.
     *
     * @param socket connected
     * @throws IOException if its streams cannot be had
     */
    public void setRfd(Socket socket) throws IOException {
        set0Rbio(OwnedBios.over(socket, getWbio()));
    }

    /**
     * Uses a channel for reading (SSL_set_rfd(3)); for the rest as {@link #setFd(SocketChannel)}. If writing uses it already, both share one Bio.
     *
     * @param channel connected
     */
    public void setRfd(SocketChannel channel) {
        set0Rbio(OwnedBios.over(channel, getWbio()));
    }

    /**
     * Uses a socket for writing (SSL_set_wfd(3)); for the rest as {@link #setFd(Socket)}. If reading uses it already, both share one Bio.
     *
     * @param socket connected
     * @throws IOException if its streams cannot be had
     */
    public void setWfd(Socket socket) throws IOException {
        set0Wbio(OwnedBios.over(socket, getRbio()));
    }

    /**
     * Uses a channel for writing (SSL_set_wfd(3)); for the rest as {@link #setFd(SocketChannel)}. If reading uses it already, both share one Bio.
     *
     * @param channel connected
     */
    public void setWfd(SocketChannel channel) {
        set0Wbio(OwnedBios.over(channel, getRbio()));
    }

    /**
     * Where bytes come from (SSL_get_rbio(3)).
     *
     * @return the Bio, or null
     */
    public Bio getRbio() {
        return bios.readBio();
    }

    /**
     * Where bytes go to (SSL_get_wbio(3)).
     *
     * @return the Bio, or null
     */
    public Bio getWbio() {
        return bios.writeBio();
    }

    /**
     * Will be a client (SSL_set_connect_state(3)).
     *
     * @throws IllegalStateException if the handshake began, or the method is for servers
     */
    public void setConnectState() {
        setRole(Role.CLIENT, TlsMethod.TLS_SERVER);
    }

    /**
     * Will be a server (SSL_set_accept_state(3)).
     *
     * @throws IllegalStateException if the handshake began, or the method is for clients
     */
    public void setAcceptState() {
        setRole(Role.SERVER, TlsMethod.TLS_CLIENT);
    }

    private void setRole(Role r, TlsMethod forbidden) {
        if (method == forbidden) {
            throw new IllegalStateException("the context's method is " + method);
        }
        if (connection != null && role != r) {
            throw new IllegalStateException("the handshake has begun");
        }
        role = r;
        if (connection == null) {
            bits.unset();
        }
    }

    /**
     * Names the server (SSL_set_tlsext_host_name(3)): the name is sent in server_name, unless it is an IP address, and, unless {@link #set1Host} says otherwise, the certificate has to bear it.
     *
     * @param name a host name or an IP address; null for none
     * @throws IllegalArgumentException for a name that can be neither
     */
    public void setHostname(String name) {
        configure();
        config = names.hostname(config, name);
    }

    /** For {@link SslBio}: whether this is called from inside of a call. */
    boolean busy() {
        return busy;
    }

    /** For {@link SslBio}: whether the handshake has begun, so that nothing can be configured any more. */
    boolean begun() {
        return connection != null;
    }

    /**
     * For {@link SslBio}, which knows whom it calls: {@link #setHostname}, unless the server was named already. Where names are not to be checked this one is only sent.
     *
     * @throws IllegalArgumentException if it has to be checked and can be neither a host name nor an IP address
     */
    void nameServer(String name) {
        if (connection != null) {
            return;
        }
        config = names.forgetChainName(config); // it may be another one by now
        if (role == Role.CLIENT) {
            config = names.call(config, name);
        }
    }

    /** For {@link SslBio}: what {@link #nameServer} has named the server; null if it has not. */
    String chainName() {
        return names.chainName();
    }

    /**
     * Names the name or IP address that the server's certificate has to bear (SSL_set1_host(3)).
     *
     * @param name it, in place of those before
     * @throws IllegalArgumentException for a name that can be neither
     */
    public void set1Host(String name) {
        configure();
        config = names.set1Host(config, name);
    }

    /**
     * Adds a name or IP address, of which the certificate has to bear one (SSL_add1_host(3)).
     *
     * @param name it
     * @throws IllegalArgumentException for a name that can be neither
     */
    public void add1Host(String name) {
        configure();
        config = names.add1Host(config, name);
    }

    /** As {@link SslCtx#disableHostnameCheck}, and forgets the names that were set for checking. */
    public void disableHostnameCheck() {
        configure();
        config = names.disableCheck(config);
    }

    /**
     * As {@link SslCtx#setVerify} (SSL_set_verify(3)).
     *
     * @param mode what is asked of the peer
     * @param callback has the last word, or null
     */
    public void setVerify(VerifyMode mode, VerifyCb callback) {
        configure();
        config = config.with(
                config.verification().with(Objects.requireNonNull(mode)).with(callback));
    }

    /**
     * Like {@link SslCtx#set1GroupsList} (SSL_set1_groups_list(3)).
     *
     * @param list as there
     * @throws IllegalArgumentException as there
     */
    public void set1GroupsList(String list) {
        configure();
        config = config.with(ctx.groups(list));
    }

    /**
     * Like {@link SslCtx#set1Groups} (SSL_set1_groups(3)).
     *
     * @param groups as there
     * @throws IllegalArgumentException as there
     */
    public void set1Groups(NamedGroup... groups) {
        configure();
        config = config.with(ctx.groups(groups));
    }

    /**
     * As {@link SslCtx#setAlpnProtos} (SSL_set_alpn_protos(3)).
     *
     * @param protocols in order of preference
     * @throws IllegalArgumentException for a name of a length that cannot be sent
     */
    public void setAlpnProtos(String... protocols) {
        configure();
        config = config.with(config.extensions().withAlpn(AlpnNames.checked(protocols)));
    }

    /**
     * As {@link SslCtx#setAlpnSelectCb}.
     *
     * @param callback it, or null
     */
    public void setAlpnSelectCb(AlpnSelectCb callback) {
        configure();
        config = config.with(config.extensions().with(callback));
    }

    /**
     * As {@link SslCtx#setMsgCallback} (SSL_set_msg_callback(3)).
     *
     * @param callback it, or null
     */
    public void setMsgCallback(MsgCb callback) {
        configure();
        config = config.with(config.callbacks().withMsg(callback));
    }

    /**
     * As {@link SslCtx#setInfoCallback} (SSL_set_info_callback(3)).
     *
     * @param callback it, or null
     */
    public void setInfoCallback(InfoCb callback) {
        configure();
        config = config.with(config.callbacks().withInfo(callback));
    }

    /**
     * As {@link SslCtx#setKeylogCallback}, for this connection alone.
     *
     * @param callback it, or null
     */
    public void setKeylogCallback(KeylogCb callback) {
        configure();
        config = config.with(config.callbacks().withKeylog(callback));
    }

    /**
     * Switches options on (SSL_set_options(3)).
     *
     * @param more which
     * @return all that are on now
     */
    public Set<SslOption> setOptions(SslOption... more) {
        options.addAll(List.of(more));
        optionsChanged();
        return getOptions();
    }

    /**
     * Switches options off (SSL_clear_options(3)).
     *
     * @param less which
     * @return all that are still on
     */
    public Set<SslOption> clearOptions(SslOption... less) {
        options.removeAll(List.of(less));
        optionsChanged();
        return getOptions();
    }

    /**
     * The options that are on (SSL_get_options(3)).
     *
     * @return a copy
     */
    public Set<SslOption> getOptions() {
        Set<SslOption> o = EnumSet.noneOf(SslOption.class);
        o.addAll(options);
        return o;
    }

    private void optionsChanged() {
        config = config.with(
                        config.extensions().withMiddleboxCompat(options.contains(SslOption.ENABLE_MIDDLEBOX_COMPAT)))
                .with(config.ciphers().withServerPreference(options.contains(SslOption.CIPHER_SERVER_PREFERENCE)));
    }

    /**
     * Switches modes on (SSL_set_mode(3)).
     *
     * @param more which
     * @return all that are on now
     */
    public Set<SslMode> setMode(SslMode... more) {
        modes.addAll(List.of(more));
        return getMode();
    }

    /**
     * Switches modes off (SSL_clear_mode(3)).
     *
     * @param less which
     * @return all that are still on
     */
    public Set<SslMode> clearMode(SslMode... less) {
        modes.removeAll(List.of(less));
        return getMode();
    }

    /**
     * The modes that are on (SSL_get_mode(3)).
     *
     * @return a copy
     */
    public Set<SslMode> getMode() {
        Set<SslMode> m = EnumSet.noneOf(SslMode.class);
        m.addAll(modes);
        return m;
    }

    /**
     * Whether more than one record may be taken from the read Bio at once (SSL_set_read_ahead(3)); off by default.
     *
     * @param yes whether
     */
    public void setReadAhead(boolean yes) {
        readAhead = yes;
    }

    /**
     * Whether {@link #setReadAhead} is on (SSL_get_read_ahead(3)).
     *
     * @return whether
     */
    public boolean getReadAhead() {
        return readAhead;
    }

    private void configure() {
        if (connection != null) {
            throw new IllegalStateException("the handshake has begun");
        }
        config = names.forgetChainName(config);
    }

    // ---- handshake -------------------------------------------------------------------------------------------------

    /**
     * Handshakes as a client (SSL_connect(3)).
     *
     * @return 1 when it is complete; 0 if the peer shut down in a controlled way; less than 0 for a fault or if it has to be called again: {@link #getError} tells
     */
    public int connect() {
        enter();
        try {
            if (connection == null) {
                if (method == TlsMethod.TLS_SERVER) {
                    return roleUnset("connect() with a context for servers");
                }
                role = Role.CLIENT;
            }
            begin();
            return tell(handshake());
        } finally {
            busy = false;
        }
    }

    /**
     * Handshakes as a server (SSL_accept(3)).
     *
     * @return as {@link #connect}
     */
    public int accept() {
        enter();
        try {
            if (connection == null) {
                if (method == TlsMethod.TLS_CLIENT) {
                    return roleUnset("accept() with a context for clients");
                }
                role = Role.SERVER;
            }
            begin();
            return tell(handshake());
        } finally {
            busy = false;
        }
    }

    /**
     * Handshakes in the role that was set (SSL_do_handshake(3)).
     *
     * @return as {@link #connect}
     */
    public int doHandshake() {
        enter();
        try {
            begin();
            return tell(handshake());
        } finally {
            busy = false;
        }
    }

    /**
     * Takes a client as a server that keeps nothing for it until it has shown that it gets what is sent to it (SSL_stateless(3)): a ClientHello without a cookie is answered by a HelloRetryRequest with one. The next ClientHello may go to this object, by calling this again, or to any other of the same context, over whatever brings the bytes. A cookie is good for 600 seconds; both callbacks for cookies have to be set.
     *
     * <p>A call that waits may be made again and goes on, unlike OpenSSL's, which fails when it has not all of a ClientHello. Every other call begins anew and forgets what was there.
     *
     * @return 1 if the client brought a good cookie: {@link #accept} completes the handshake; 0 if a HelloRetryRequest was sent and nothing needs to be kept; -1 for a fault or if it has to be called again: {@link #getError} tells
     * @throws IllegalStateException if a handshake is under way or done that no HelloRetryRequest of this method has begun, or after {@link #close}
     */
    public int stateless() {
        notBusy();
        if (!statelessWaits) {
            if (connection != null && !broken && !awaitsCookie()) {
                throw new IllegalStateException("the handshake has begun");
            }
            clear();
        }
        enter();
        try {
            begin();
            if (method == TlsMethod.TLS_CLIENT) {
                return roleUnset("stateless() with a context for clients");
            }
            role = Role.SERVER;
            listening = true;
            int r = handshake();
            statelessWaits = r < 0 && !broken && connection != null;
            return tell(r == 0 && !awaitsCookie() ? -1 : r);
        } finally {
            listening = false;
            busy = false;
        }
    }

    private boolean awaitsCookie() {
        return connection != null
                && connection.negotiated().retried()
                && !connection.negotiated().cookieAccepted();
    }

    private int roleUnset(String what) {
        begin();
        if (broken) {
            return tell(brokenAgain());
        }
        return tell(fault(new TlsException(AlertDescription.INTERNAL_ERROR, Reason.CONNECTION_TYPE_NOT_SET, what)));
    }

    private int handshake() {
        if (broken) {
            return brokenAgain();
        }
        if (writeEnd != null && !established) {
            return failed(writeEnd);
        }
        if (connection == null) {
            if (role == null) {
                return fault(new TlsException(
                        AlertDescription.INTERNAL_ERROR,
                        Reason.CONNECTION_TYPE_NOT_SET,
                        "neither connect nor accept state was set"));
            }
            if (getRbio() == null || getWbio() == null) {
                return failed(new IOException(NO_BIO));
            }
            HandshakeConfig c = config;
            if (listening) {
                StatelessCookies cookies = ctx.cookies(this);
                if (cookies == null) {
                    return fault(new TlsException(
                            AlertDescription.INTERNAL_ERROR,
                            Reason.NO_COOKIE_CALLBACK_SET,
                            "stateless() without both callbacks for cookies"));
                }
                c = c.with(cookies);
            }
            connection = new TlsConnection(role, c, ctx.crypto());
            bits.unset();
        }
        try {
            while (true) {
                Want w = connection.advance();
                if (bios.flushDue() && (w == Want.NOTHING || w == Want.READ)) {
                    w = Want.WRITE; // nobody answers what the Bio holds back
                }
                switch (w) {
                    case NOTHING -> {
                        established = true;
                        return 1;
                    }
                    case WRITE -> {
                        int r = drain();
                        if (r <= 0) {
                            return r;
                        }
                    }
                    case READ -> {
                        if (listening && connection.negotiated().retried()) {
                            return awaitsCookie() ? 0 : 1;
                        }
                        int r = fill();
                        if (r <= 0) {
                            return r;
                        }
                    }
                    default -> {
                        return wait(w);
                    }
                }
            }
        } catch (TlsException e) {
            return fault(e);
        }
    }

    // ---- data ------------------------------------------------------------------------------------------------------

    /**
     * Reads application data (SSL_read(3)); handshakes first if that was not done.
     *
     * @param b where to
     * @param off from where on
     * @param len how many bytes at most
     * @return bytes read; 0 or less: {@link #getError} tells
     */
    public int read(byte[] b, int off, int len) {
        enter();
        try {
            return take(b, off, len, false);
        } finally {
            busy = false;
        }
    }

    /**
     * Reads application data and leaves it to be read again (SSL_peek(3)).
     *
     * @param b where to
     * @param off from where on
     * @param len how many bytes at most
     * @return as {@link #read}
     */
    public int peek(byte[] b, int off, int len) {
        enter();
        try {
            return take(b, off, len, true);
        } finally {
            busy = false;
        }
    }

    private int take(byte[] b, int off, int len, boolean stay) {
        Objects.checkFromIndexSize(off, len, b.length);
        begin();
        if (receivedShutdown() && !established && !broken) {
            bits.tellOfEnd();
            error = SslError.ZERO_RETURN;
            return tell(0);
        }
        int ready = ready();
        if (ready <= 0) {
            return tell(ready);
        }
        if (len == 0) {
            return 0;
        }
        try {
            boolean bytesCame = connection.hasPending();
            while (true) {
                int n = stay ? connection.peek(b, off, len) : connection.read(b, off, len);
                if (n > 0) {
                    return n;
                }
                // Bytes came and are used up, without data in them: it was a record of another kind.
                boolean otherRecord = bytesCame && !connection.hasPending() && !connection.closeNotifyReceived();
                if (otherRecord && !modes.contains(SslMode.AUTO_RETRY)) {
                    drain();
                    if (broken) {
                        return tell(-1);
                    }
                    begin(); // as below, what stops writing is told by write()
                    return tell(wait(Want.READ));
                }
                int r = fillBesideOutput();
                if (r <= 0) {
                    return tell(r);
                }
                bytesCame = true;
            }
        } catch (TlsException e) {
            return tell(fault(e));
        }
    }

    /**
     * Moves output as far as the Bio takes it, and input all the same: were reading to wait for room to write, two peers that both send much would wait for each other for ever. Nor does a write Bio that fails end reading: what the peer has sent is still worth having.
     */
    private int fillBesideOutput() throws TlsException {
        if (drain() <= 0) {
            if (broken) {
                return -1;
            }
            begin();
        }
        return fill();
    }

    /**
     * Writes application data (SSL_write(3)); handshakes first if that was not done. A call that asked to be made again may be made with another buffer that has the same bytes, and at least as many.
     *
     * @param b where from
     * @param off from where on
     * @param len how many bytes
     * @return bytes written: all of them, or with {@link SslMode#ENABLE_PARTIAL_WRITE} at least one; 0 or less: {@link #getError} tells. Nothing is sent for a length of 0, and 0 returned.
     */
    public int write(byte[] b, int off, int len) {
        enter();
        try {
            return give(b, off, len);
        } finally {
            busy = false;
        }
    }

    private int give(byte[] b, int off, int len) {
        Objects.checkFromIndexSize(off, len, b.length);
        begin();
        if (broken) {
            return tell(brokenAgain());
        }
        if (bits.sent() || connection != null && connection.closeNotifySent()) {
            return tell(refuse(Reason.PROTOCOL_IS_SHUTDOWN, "a write after shutdown()"));
        }
        int ready = ready();
        if (ready <= 0) {
            return tell(ready);
        }
        if (writeEnd != null) {
            return tell(failed(writeEnd));
        }
        if (len < written) {
            return tell(refuse(
                    Reason.BAD_WRITE_RETRY, "a write of " + written + " bytes or more is under way; " + len + " came"));
        }
        try {
            while (true) {
                int r = drain();
                if (r <= 0) {
                    return tell(r);
                }
                if (written == len || written > 0 && modes.contains(SslMode.ENABLE_PARTIAL_WRITE)) {
                    int n = written;
                    written = 0;
                    return n;
                }
                written += connection.write(b, off + written, Math.min(len - written, 16_384));
            }
        } catch (TlsException e) {
            return tell(fault(e));
        }
    }

    /** Goes on with a handshake that is not complete. */
    private int ready() {
        if (broken) {
            return brokenAgain();
        }
        return established ? 1 : handshake();
    }

    /**
     * Decrypted bytes that can be read without the Bio (SSL_pending(3)).
     *
     * @return their number
     */
    public int pending() {
        return connection == null ? 0 : connection.pending();
    }

    /**
     * Whether bytes were taken from the Bio that are not read yet, decrypted or not (SSL_has_pending(3)); also if they are a close_notify of which no call has told yet.
     *
     * @return whether
     */
    public boolean hasPending() {
        return connection != null
                && (connection.hasPending() || !broken && !bits.toldOfEnd() && connection.closeNotifyReceived());
    }

    // ---- shutdown --------------------------------------------------------------------------------------------------

    /**
     * Shuts down (SSL_shutdown(3)): the first call sends close_notify, a second one waits for the peer's. After a fatal error, and before the handshake is complete, it does nothing. While the first call waits for room it does not read: if the peer has to be read from to make room, that is for {@link #read}.
     *
     * @return 1 when both went by; 0 when ours was sent and the peer's has not come; less than 0: {@link #getError} tells
     */
    public int shutdown() {
        enter();
        try {
            return sayGoodbye();
        } finally {
            busy = false;
        }
    }

    private int sayGoodbye() {
        begin();
        if (broken) {
            return tell(brokenAgain()); // after a fault there is nobody to say goodbye to
        }
        if (!established) {
            return tell(refuse(Reason.SHUTDOWN_WHILE_IN_INIT, "shutdown() before the handshake is complete"));
        }
        if (quietShutdown) {
            bits.setSent();
            bits.setReceived();
            return 1;
        }
        if (writeEnd != null) {
            return tell(failed(writeEnd));
        }
        if (!bits.sent()) {
            bits.setSent();
            try {
                connection.closeNotify();
            } catch (TlsException e) {
                return tell(fault(e));
            }
        }
        int r = drain();
        if (r <= 0) {
            return tell(r);
        }
        if (receivedShutdown()) {
            bits.tellOfEnd();
            return 1;
        }
        return bits.tell() ? 0 : tell(awaitCloseNotify());
    }

    private int awaitCloseNotify() {
        byte[] one = new byte[1];
        try {
            while (true) {
                int n = connection.peek(one, 0, 1);
                if (n > 0) {
                    return refuse(
                            Reason.APPLICATION_DATA_AFTER_CLOSE_NOTIFY,
                            "application data waits to be read; read it, then call shutdown() again");
                }
                if (receivedShutdown()) {
                    bits.tellOfEnd();
                    return 1;
                }
                int r = fillBesideOutput();
                if (r <= 0) {
                    return receivedShutdown() ? 1 : r;
                }
            }
        } catch (TlsException e) {
            return fault(e);
        }
    }

    /**
     * Whether {@link #shutdown} sends nothing and takes both sides for shut down at once (SSL_set_quiet_shutdown(3)); off by default.
     *
     * @param yes whether
     */
    public void setQuietShutdown(boolean yes) {
        quietShutdown = yes;
    }

    /**
     * Whether {@link #setQuietShutdown} is on (SSL_get_quiet_shutdown(3)).
     *
     * @return whether
     */
    public boolean getQuietShutdown() {
        return quietShutdown;
    }

    /**
     * The state of the shutdown (SSL_get_shutdown(3)).
     *
     * @return {@link #SENT_SHUTDOWN} and {@link #RECEIVED_SHUTDOWN}, added up; 0 for neither
     */
    public int getShutdown() {
        return (sentShutdown() ? SENT_SHUTDOWN : 0) | (receivedShutdown() ? RECEIVED_SHUTDOWN : 0);
    }

    /**
     * Sets the state of the shutdown; nothing is sent (SSL_set_shutdown(3)). With {@link #SENT_SHUTDOWN} nothing more can be written, nor will {@link #shutdown} send close_notify; with {@link #RECEIVED_SHUTDOWN} reading ends after the data at hand.
     *
     * @param mode {@link #SENT_SHUTDOWN} and {@link #RECEIVED_SHUTDOWN}, added up; 0 for neither
     * @throws IllegalArgumentException for any other bit
     */
    public void setShutdown(int mode) {
        if ((mode & ~(SENT_SHUTDOWN | RECEIVED_SHUTDOWN)) != 0) {
            throw new IllegalArgumentException("a shutdown state of " + mode + "; 0 to 3 are possible");
        }
        receivedShutdown(); // so that a close_notify that came before does not set it again
        bits.set((mode & SENT_SHUTDOWN) != 0, (mode & RECEIVED_SHUTDOWN) != 0);
    }

    /**
     * Whether our side is shut down (SSL_SENT_SHUTDOWN of SSL_get_shutdown(3)).
     *
     * @return whether
     */
    public boolean sentShutdown() {
        return bits.sent();
    }

    /**
     * Whether the peer's side is shut down, by close_notify or by a fatal alert (SSL_RECEIVED_SHUTDOWN of SSL_get_shutdown(3)).
     *
     * @return whether
     */
    public boolean receivedShutdown() {
        return bits.received(closeNotifyReceived());
    }

    /**
     * Whether the peer's close_notify came: all that it sent was received. With {@link SslOption#IGNORE_UNEXPECTED_EOF} this tells such an end from one of the stream alone, which an attacker can bring about.
     *
     * @return whether
     */
    public boolean closeNotifyReceived() {
        return connection != null && connection.closeNotifyReceived();
    }

    /**
     * For {@link SslBio}: forgets the connection, so that another one can be made over the same Bios with the same settings (SSL_clear(3)).
     *
     * @throws IllegalStateException after {@link #close}, or from inside of a call, which is not done with the connection
     */
    void clear() {
        notBusy();
        if (closed) {
            throw new IllegalStateException("the connection was closed for good");
        }
        if (connection != null) {
            connection.close();
        }
        connection = null;
        broken = false;
        begin();
        readEnd = null;
        writeEnd = null;
        established = false;
        bios.flushDue(false);
        bits.clear();
        written = 0;
        statelessWaits = false;
        config = names.forgetChainName(config);
    }

    /** Wipes all keys and closes the Bios (SSL_free(3)), as {@link #setBio} says. Nothing is sent: {@link #shutdown} does that. */
    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
        if (!broken && failure == null) {
            failure = new IOException("the connection was closed");
        }
        broken = true;
        closed = true;
        error = failure instanceof TlsException ? SslError.SSL : SslError.SYSCALL;
        setBio(null, null);
    }

    // ---- errors ----------------------------------------------------------------------------------------------------

    /**
     * Why the last call returned what it did (SSL_get_error(3)).
     *
     * @param ret what it returned
     * @return {@link SslError#NONE} if {@code ret} is more than 0
     */
    public SslError getError(int ret) {
        return ret > 0 ? SslError.NONE : error;
    }

    /**
     * What the connection waits for (SSL_want(3)).
     *
     * @return {@link SslWant#NOTHING} if it does not wait
     */
    public SslWant want() {
        return want;
    }

    /**
     * What ended the connection or failed the last call: a {@link TlsException} with alert and reason, or the exception of a Bio, mostly an {@link IOException}.
     *
     * @return null if nothing did
     */
    public Exception failure() {
        return failure;
    }

    private void enter() {
        notBusy();
        busy = true;
    }

    /** Refuses a call from inside of another one: that one is in the middle of a record. */
    private void notBusy() {
        if (busy) {
            throw new IllegalStateException(
                    "called by a Bio or callback of this very connection, while it reads, writes"
                            + " or handshakes; or by a second thread");
        }
    }

    private void begin() {
        want = SslWant.NOTHING;
        error = SslError.NONE;
        if (!broken) {
            failure = null;
        }
    }

    /** Calls the info callback at the end of a call that did not succeed. */
    private int tell(int ret) {
        InfoCb info = config.callbacks().info();
        if (ret <= 0 && info != null && role != null) {
            try {
                info.info(
                        (role == Role.CLIENT ? InfoCb.ST_CONNECT : InfoCb.ST_ACCEPT) | InfoCb.EXIT,
                        ret,
                        stateStringLong());
            } catch (RuntimeException e) {
                if (broken && failure != null) {
                    if (failure != e) {
                        failure.addSuppressed(e);
                    }
                    return ret;
                }
                return fault(new TlsException(
                        AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR, "the info callback: " + e, e));
            }
        }
        return ret;
    }

    private int wait(Want w) {
        want = SslWant.of(w.sslWant());
        error = SslError.of(w.sslError());
        return -1;
    }

    private int wait(Want asked, Bio bio) {
        wait(asked);
        error = OwnedBios.waitOf(bio, error);
        return -1;
    }

    /** A misuse that leaves the connection as it was. */
    private int refuse(Reason reason, String detail) {
        failure = new TlsException(AlertDescription.INTERNAL_ERROR, reason, detail);
        error = SslError.SSL;
        return -1;
    }

    /** A fault that ends the connection; its alert is sent as far as the Bio takes it. */
    private int fault(TlsException e) {
        failure = e;
        error = SslError.SSL;
        if (e instanceof PeerAlertException) {
            bits.setReceived();
        }
        if (connection != null) {
            broken = true;
            connection.fail(e);
            sendAlert(e);
        }
        return -1;
    }

    private void sendAlert(TlsException e) {
        if (getWbio() == null || writeEnd != null) {
            return;
        }
        try {
            while (getWbio() != null && !connection.drained() && connection.drain(bios.sink()) > 0) {
                bios.flushDue(getWbio() != null); // until the alert is out, or the Bio takes no more
            }
            if (bios.flushDue()) {
                bios.flushDue(getWbio().flush() <= 0);
            }
        } catch (IOException | RuntimeException io) {
            writeEnd = io;
            e.addSuppressed(io);
        }
    }

    /** A Bio failed; what that ends the caller knows. */
    private int failed(Exception e) {
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

    private int brokenAgain() {
        if (failure instanceof TlsException e && connection != null) {
            sendAlert(e); // what the Bio did not take of it when it was made
        }
        error = failure instanceof TlsException ? SslError.SSL : SslError.SYSCALL;
        return -1;
    }

    // ---- bytes -----------------------------------------------------------------------------------------------------

    /** Moves all output to the write Bio: 1 when it is out. */
    private int drain() {
        try {
            while (!connection.drained()) {
                Bio to = getWbio(); // it may give us another one, or none, while it writes
                if (to == null) {
                    return failed(new IOException(NO_BIO));
                }
                if (connection.drain(bios.sink()) <= 0) {
                    return broken ? brokenAgain() : wait(Want.WRITE, to);
                }
                bios.flushDue(to == getWbio());
            }
            if (bios.flushDue() && !broken) {
                Bio to = getWbio();
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
    private int fill() throws TlsException {
        if (receivedShutdown() || closeNotifyReceived()) {
            bits.setReceived(); // also if that was set back: nothing follows close_notify
            bits.tellOfEnd();
            error = SslError.ZERO_RETURN;
            return 0;
        }
        if (readEnd != null) {
            return ended(readEnd);
        }
        Bio from = getRbio(); // it may give us another one, or none, while it reads
        if (from == null) {
            return failed(new IOException(NO_BIO));
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
                "the stream ended in state " + stateStringLong() + "; close_notify has to come first");
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

    // ---- what was negotiated ---------------------------------------------------------------------------------------

    /**
     * Whether the handshake is complete, our last message of it sent (SSL_is_init_finished(3)).
     *
     * @return whether
     */
    public boolean isInitFinished() {
        return established && !closed && connection.failure() == null;
    }

    /**
     * Whether we are the server (SSL_is_server(3)).
     *
     * @return whether; before a role is set a connection that may have either counts as a server
     */
    public boolean isServer() {
        return role != Role.CLIENT;
    }

    /**
     * The version (SSL_get_version(3)).
     *
     * @return "TLSv1.3"; null before it is known
     */
    public String getVersion() {
        return info().version();
    }

    /**
     * The cipher suite (SSL_get_cipher_name(3)).
     *
     * @return its IANA name; null before it is known
     */
    public String getCipherName() {
        return info().cipherName();
    }

    /**
     * The group of the key exchange (SSL_get_negotiated_group(3)).
     *
     * @return its IANA name; null before it is known
     */
    public String getNegotiatedGroup() {
        return info().group();
    }

    /**
     * The signature scheme of the peer (SSL_get_peer_signature_type_nid(3)).
     *
     * @return its IANA name; null if the peer did not sign
     */
    public String getPeerSignatureName() {
        return info().peerSignature();
    }

    /**
     * Our signature scheme (SSL_get_signature_type_nid(3)).
     *
     * @return its IANA name; null if we did not sign
     */
    public String getSignatureName() {
        return info().ownSignature();
    }

    /**
     * The application protocol (SSL_get0_alpn_selected(3)).
     *
     * @return its name; null if there is none
     */
    public String getAlpnSelected() {
        return info().negotiated().alpn();
    }

    /**
     * The name that the client sent in server_name (SSL_get_servername(3)).
     *
     * @return it; null if there is none
     */
    public String getServername() {
        if (role == Role.CLIENT || connection == null) {
            return config.extensions().serverName();
        }
        return connection.negotiated().serverName();
    }

    /**
     * The peer's certificate (SSL_get1_peer_certificate(3)).
     *
     * @return it; null if there is none, or the JDK cannot parse it: {@link #getPeerCertChainDer} has its bytes then
     */
    public X509Certificate getPeerCertificate() {
        return info().peerCertificate();
    }

    /**
     * The certificates that the peer sent (SSL_get_peer_cert_chain(3)), its own first, on both sides.
     *
     * @return copies of their DER
     */
    public List<byte[]> getPeerCertChainDer() {
        return info().peerChainDer();
    }

    /**
     * What verification said of the peer (SSL_get_verify_result(3)); OK also if it has no certificate.
     *
     * @return the X509_V_* code
     */
    public VerifyResult getVerifyResult() {
        return info().negotiated().verifyResult();
    }

    /**
     * The newest ticket that the server gave us (SSL_get1_session(3)). A TLS 1.3 server sends tickets after the handshake, so they are there once data was read.
     *
     * @return it; null if there is none
     */
    public SslSession getSession() {
        SessionState s = connection == null ? null : connection.sessions().newest();
        return s == null ? null : new SslSession(s);
    }

    /**
     * Where the handshake stands (SSL_state_string(3)).
     *
     * @return OpenSSL's abbreviation
     */
    public String stateString() {
        return state().shortText();
    }

    /**
     * Where the handshake stands (SSL_state_string_long(3)).
     *
     * @return OpenSSL's words
     */
    public String stateStringLong() {
        return state().longText();
    }

    private SslInfo info() {
        return new SslInfo(connection == null ? new Negotiated() : connection.negotiated());
    }

    private StateName state() {
        return connection == null ? StateName.BEFORE : connection.stateName();
    }

    /** Says what it is, never a secret. */
    @Override
    public String toString() {
        return "Ssl[" + (role == null ? "no role" : role) + ", " + stateStringLong() + "]";
    }
}
