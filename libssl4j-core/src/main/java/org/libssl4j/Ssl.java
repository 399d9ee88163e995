// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.security.auth.x500.X500Principal;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.ChannelBio;
import org.libssl4j.bio.SocketBio;
import org.libssl4j.config.CertificateSource.Answer;
import org.libssl4j.config.CipherString;
import org.libssl4j.config.Credentials;
import org.libssl4j.config.Credentials.Credential;
import org.libssl4j.config.GroupList;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.PskSettings;
import org.libssl4j.config.PskSource;
import org.libssl4j.config.RecordSettings;
import org.libssl4j.config.SecurityLevel;
import org.libssl4j.config.SignatureList;
import org.libssl4j.config.Versions;
import org.libssl4j.connection.TlsConnection;
import org.libssl4j.crypto.DhParameters;
import org.libssl4j.crypto.pem.Certificates;
import org.libssl4j.crypto.pem.PrivateKeys;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.session.SessionState;
import org.libssl4j.spi.AlpnSelectCb;
import org.libssl4j.spi.FragmentLength;
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

    private final Settings settings;
    private boolean asked; // inside a callback that may configure
    private boolean ownQuietShutdown; // was set on this connection itself
    private boolean ownReadAhead;
    private final ServerNames names = new ServerNames();
    private final OwnSessions sessions;
    private final Transfer transfer;
    private final SslCalls calls;
    private final ExData exData = new ExData();

    /**
     * A connection with the context's configuration of this moment (SSL_new(3)).
     *
     * @param ctx the context
     */
    public Ssl(SslCtx ctx) {
        this.settings = new Settings(this, ctx);
        this.sessions = new OwnSessions(settings);
        this.transfer = new Transfer(settings.options(), sessions);
        this.calls = new SslCalls(ctx.method(), ctx.crypto(), settings.modes(), settings::config, transfer, sessions);
        configureBy(ctx);
    }

    /** What was set on this connection itself stays. */
    private void configureBy(SslCtx ctx) {
        SslCtx.Snapshot s = settings.put(ctx);
        if (!ownQuietShutdown) {
            calls.setQuietShutdown(s.quietShutdown());
        }
        if (!ownReadAhead) {
            transfer.setReadAhead(s.readAhead());
        }
    }

    /** What holds now. */
    HandshakeConfig config() {
        return settings.config();
    }

    // ---- before the handshake --------------------------------------------------------------------------------------

    /**
     * Sets where bytes come from and go to (SSL_set_bio(3)). The Bios belong to this connection from now on: it closes them, each with the chain behind it, when it is closed or they are replaced. What that does to a socket the Bio says. One that stays in use for the other direction, or is set anew, stays open, also if it stands in the chain of such a one; a failure to close is not told of.
     *
     * @param rbio read from; null for none
     * @param wbio written to; may be the same
     */
    public void setBio(Bio rbio, Bio wbio) {
        transfer.bios().set(rbio, wbio);
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

    /** For {@link SslBio}: uses the Bio behind that for both directions, as one that is not ours to close; null: no longer. */
    void lend(Bio b) {
        transfer.bios().lend(b);
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
        return transfer.bios().readBio();
    }

    /**
     * Where bytes go to (SSL_get_wbio(3)).
     *
     * @return the Bio, or null
     */
    public Bio getWbio() {
        return transfer.bios().writeBio();
    }

    /**
     * Will be a client (SSL_set_connect_state(3)).
     *
     * @throws IllegalStateException if the handshake began, or the method is for servers
     */
    public void setConnectState() {
        calls.setRole(Role.CLIENT);
    }

    /**
     * Will be a server (SSL_set_accept_state(3)).
     *
     * @throws IllegalStateException if the handshake began, or the method is for clients
     */
    public void setAcceptState() {
        calls.setRole(Role.SERVER);
    }

    /**
     * Names the server (SSL_set_tlsext_host_name(3)): the name is sent in server_name, unless it is an IP address, and, unless {@link #set1Host} says otherwise, the certificate has to bear it.
     *
     * @param name a host name or an IP address; null for none
     * @throws IllegalArgumentException for a name that can be neither
     */
    public void setHostname(String name) {
        configure();
        named(names.hostname(config(), name));
    }

    /** For {@link SslBio}: whether this is called from inside of a call. */
    boolean busy() {
        return calls.busy();
    }

    /** For {@link SslBio}: whether the handshake has begun, so that nothing can be configured any more. */
    boolean begun() {
        return transfer.connection() != null;
    }

    /**
     * For {@link SslBio}, which knows whom it calls: {@link #setHostname}, unless the server was named already. Where names are not to be checked this one is only sent.
     *
     * @throws IllegalArgumentException if it has to be checked and can be neither a host name nor an IP address
     */
    void nameServer(String name) {
        if (begun()) {
            return;
        }
        named(names.forgetChainName(config())); // it may be another one by now
        if (calls.role() == Role.CLIENT) {
            named(names.call(config(), name));
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
        named(names.set1Host(config(), name));
    }

    /**
     * Adds a name or IP address, of which the certificate has to bear one (SSL_add1_host(3)).
     *
     * @param name it
     * @throws IllegalArgumentException for a name that can be neither
     */
    public void add1Host(String name) {
        configure();
        named(names.add1Host(config(), name));
    }

    /** As {@link SslCtx#disableHostnameCheck}, and forgets the names that were set for checking. */
    public void disableHostnameCheck() {
        configure();
        named(names.disableCheck(config()));
        settings.set("nameNeeded", c -> c.with(c.verification().withNameNeeded(false)));
    }

    /**
     * As {@link SslCtx#setVerify} (SSL_set_verify(3)). After the handshake it goes for {@link #verifyClientPostHandshake}.
     *
     * @param mode what is asked of the peer
     * @param callback has the last word, or null
     */
    public void setVerify(VerifyMode mode, VerifyCb callback) {
        if (!begun()) {
            configure();
        }
        Objects.requireNonNull(mode);
        settings.set("verify", c -> c.with(c.verification().with(mode).with(callback)));
    }

    /**
     * Like {@link SslCtx#setDhAuto} (SSL_set_dh_auto(3)).
     *
     * @param yes whether
     */
    public void setDhAuto(boolean yes) {
        settings.set("dh auto", c -> c.with(c.legacy().withDhAuto(yes)));
    }

    /**
     * Like {@link SslCtx#setTmpDh} (SSL_set0_tmp_dh_pkey(3)).
     *
     * @param p the prime
     * @param g the generator
     * @throws IllegalArgumentException for numbers that make no field to compute in
     * @throws IllegalStateException if the handshake has begun
     */
    public void setTmpDh(BigInteger p, BigInteger g) {
        DhParameters field = ServerField.of(config().level(), p, g);
        settings.set("tmpDh", c -> c.with(c.legacy().with(field)));
    }

    /**
     * Like {@link SslCtx#set1GroupsList} (SSL_set1_groups_list(3)).
     *
     * @param list as there
     * @throws IllegalArgumentException as there
     */
    public void set1GroupsList(String list) {
        configure();
        GroupList groups = settings.ctx().groups(list);
        settings.set("groups", c -> c.with(groups));
    }

    /**
     * Like {@link SslCtx#set1Groups} (SSL_set1_groups(3)).
     *
     * @param groups as there
     * @throws IllegalArgumentException as there
     */
    public void set1Groups(NamedGroup... groups) {
        configure();
        GroupList list = settings.ctx().groups(groups);
        settings.set("groups", c -> c.with(list));
    }

    /**
     * As {@link SslCtx#setVerifyDepth} (SSL_set_verify_depth(3)).
     *
     * @param depth 0 or more
     * @throws IllegalArgumentException for less
     */
    public void setVerifyDepth(int depth) {
        configure();
        SslCtx.checkedDepth(depth);
        settings.set("verifyDepth", c -> c.with(c.verification().withDepth(depth)));
    }

    /**
     * What of a peer's certificate is asked (SSL_get_verify_mode(3)).
     *
     * @return the mode that was set, or the default of the role: {@link VerifyMode#PEER} for a client, {@link VerifyMode#NONE} for a server, and for a connection that has no role yet
     */
    public VerifyMode getVerifyMode() {
        return config().verification().modeFor(!isServer());
    }

    /**
     * The callback of {@link #setVerify} (SSL_get_verify_callback(3)).
     *
     * @return it, or null
     */
    public VerifyCb getVerifyCallback() {
        return config().verification().callback();
    }

    /**
     * How many intermediate certificates a chain may have (SSL_get_verify_depth(3)).
     *
     * @return it; 100 by default
     */
    public int getVerifyDepth() {
        return config().verification().depth();
    }

    /**
     * The cipher suites that were set, in order of preference, those of TLS 1.3 first (SSL_get_ciphers(3), SSL_get_cipher_list(3)).
     *
     * @return their names, as OpenSSL has them
     */
    public List<String> getCiphers() {
        return config().ciphers().all().stream().map(CipherSuite::opensslName).toList();
    }

    /**
     * Of {@link #getCiphers} those that may be used: that fit a version that may be spoken, and that the security level allows (SSL_get1_supported_ciphers(3)).
     *
     * @return their names, as OpenSSL has them
     */
    public List<String> get1SupportedCiphers() {
        return config().usableSuites().stream().map(CipherSuite::opensslName).toList();
    }

    /**
     * As {@link SslCtx#setCipherList}, for this connection (SSL_set_cipher_list(3)).
     *
     * @param string in OpenSSL's language
     * @throws IllegalArgumentException for an unknown name, a malformed string, or one that leaves no suite
     */
    public void setCipherList(String string) {
        CipherString parsed = getSslCtx().cipherString(string);
        settings.set("cipher list", c -> c.with(c.ciphers().withSuites12(parsed.suites())));
        if (parsed.level() != null) {
            setSecurityLevel(parsed.level().number());
        }
    }

    /**
     * As {@link SslCtx#setCiphersuites}, for this connection (SSL_set_ciphersuites(3)).
     *
     * @param list IANA names, separated by colons
     * @throws IllegalArgumentException for an unknown name, one that no crypto provider here has, or none at all
     */
    public void setCiphersuites(String list) {
        List<CipherSuite> suites = getSslCtx().ciphersuites(list);
        settings.set("ciphersuites", c -> c.with(c.ciphers().withSuites13(suites)));
    }

    /**
     * As {@link SslCtx#setSecurityLevel}, for this connection (SSL_set_security_level(3)).
     *
     * @param level 0 to 5
     * @throws IllegalArgumentException for another value
     */
    public void setSecurityLevel(int level) {
        SecurityLevel l = SecurityLevel.of(level);
        settings.set("security level", c -> c.with(l));
    }

    /**
     * The security level (SSL_get_security_level(3)).
     *
     * @return 0 to 5
     */
    public int getSecurityLevel() {
        return config().level().number();
    }

    /**
     * As {@link SslCtx#setMinProtoVersion}, for this connection (SSL_set_min_proto_version(3)).
     *
     * @param version it; null for the oldest that there is
     */
    public void setMinProtoVersion(ProtocolVersion version) {
        ProtocolVersion v = version == null ? Versions.OLDEST : version;
        settings.set("least version", c -> c.with(c.ownVersions().withMin(v)));
    }

    /**
     * As {@link SslCtx#setMaxProtoVersion}, for this connection (SSL_set_max_proto_version(3)).
     *
     * @param version it; null for the newest that there is
     */
    public void setMaxProtoVersion(ProtocolVersion version) {
        ProtocolVersion v = version == null ? Versions.NEWEST : version;
        settings.set("greatest version", c -> c.with(c.ownVersions().withMax(v)));
    }

    /**
     * The oldest version that may be spoken, options and security level apart (SSL_get_min_proto_version(3)).
     *
     * @return it
     */
    public ProtocolVersion getMinProtoVersion() {
        return config().ownVersions().min();
    }

    /**
     * The newest version that may be spoken, options and security level apart (SSL_get_max_proto_version(3)).
     *
     * @return it
     */
    public ProtocolVersion getMaxProtoVersion() {
        return config().ownVersions().max();
    }

    /**
     * Keeps something with this connection, for its user (SSL_set_ex_data(3)). Nothing is done with it.
     *
     * @param key under which it is found
     * @param value in place of the one before; null for none
     * @param <T> its type
     */
    public <T> void setExData(ExDataKey<T> key, T value) {
        exData.set(key, value);
    }

    /**
     * What {@link #setExData} has kept (SSL_get_ex_data(3)).
     *
     * @param key under which
     * @param <T> its type
     * @return it; null if there is none
     */
    public <T> T getExData(ExDataKey<T> key) {
        return exData.get(key);
    }

    /**
     * As {@link SslCtx#setAlpnProtos} (SSL_set_alpn_protos(3)).
     *
     * @param protocols in order of preference
     * @throws IllegalArgumentException for a name of a length that cannot be sent
     */
    public void setAlpnProtos(String... protocols) {
        configure();
        List<String> names = AlpnNames.checked(protocols);
        settings.set("alpn", c -> c.with(c.extensions().withAlpn(names)));
    }

    /**
     * As {@link SslCtx#setAlpnSelectCb}.
     *
     * @param callback it, or null
     */
    public void setAlpnSelectCb(AlpnSelectCb callback) {
        configure();
        settings.set("alpnSelect", c -> c.with(c.extensions().with(callback)));
    }

    /**
     * As {@link #setAlpnSelectCb(AlpnSelectCb)}, in its place, with a callback that sees the connection.
     *
     * @param callback it, or null
     */
    public void setAlpnSelectCb(SslAlpnSelectCb callback) {
        setAlpnSelectCb(callback == null ? (AlpnSelectCb) null : offered -> callback.select(this, offered));
    }

    /**
     * Puts another context in the place of the one that this connection has (SSL_set_SSL_CTX(3)): before the handshake, or from inside of a {@link ClientHelloCb} or {@link ServernameCb}. All is as that context has it at this moment, from its certificates to its options; but what was set on this connection itself stays. OpenSSL's function takes over the certificates and little else.
     *
     * @param ctx it; with the same choice of crypto providers
     * @throws IllegalStateException if the handshake has begun, and no such callback is being called
     * @throws IllegalArgumentException if its method is for the other role, or its crypto providers are others
     */
    public void setSslCtx(SslCtx ctx) {
        configure();
        if (ctx.crypto() != settings.ctx().crypto()) {
            throw new IllegalArgumentException("a context with another choice of crypto providers");
        }
        if (!calls.suits(ctx.method())) {
            throw new IllegalArgumentException("a context with the method " + ctx.method());
        }
        configureBy(ctx);
    }

    /**
     * The context that this connection has (SSL_get_SSL_CTX(3)).
     *
     * @return the one that it was made with, or the one that {@link #setSslCtx} has put in its place
     */
    public SslCtx getSslCtx() {
        return settings.ctx();
    }

    /** For {@link SslCtx}: calls a callback, which may configure this connection although the handshake has begun. */
    <A> A asked(Supplier<A> callback) {
        asked = true;
        try {
            return callback.get();
        } finally {
            asked = false;
        }
    }

    /**
     * As {@link SslCtx#setMsgCallback} (SSL_set_msg_callback(3)).
     *
     * @param callback it, or null
     */
    public void setMsgCallback(MsgCb callback) {
        configure();
        settings.set("msg", c -> c.with(c.callbacks().withMsg(callback)));
    }

    /**
     * As {@link SslCtx#setInfoCallback} (SSL_set_info_callback(3)).
     *
     * @param callback it, or null
     */
    public void setInfoCallback(InfoCb callback) {
        configure();
        settings.set("info", c -> c.with(c.callbacks().withInfo(callback)));
    }

    /**
     * As {@link SslCtx#setKeylogCallback}, for this connection alone.
     *
     * @param callback it, or null
     */
    public void setKeylogCallback(KeylogCb callback) {
        configure();
        settings.set("keylog", c -> c.with(c.callbacks().withKeylog(callback)));
    }

    // ---- records ---------------------------------------------------------------------------------------------------

    /**
     * As {@link SslCtx#setMaxSendFragment} (SSL_set_max_send_fragment(3)); at any time.
     *
     * @param bytes 512 to 16,384
     * @throws IllegalArgumentException for another value
     */
    public void setMaxSendFragment(int bytes) {
        SslCtx.checkedFragment(bytes);
        records("maxSendFragment", r -> r.withMaxSendFragment(bytes));
    }

    /**
     * As {@link SslCtx#setSplitSendFragment} (SSL_set_split_send_fragment(3)); at any time.
     *
     * @param bytes 1 to what {@link #setMaxSendFragment} says
     * @throws IllegalArgumentException for another value
     */
    public void setSplitSendFragment(int bytes) {
        SslCtx.checkedSplit(config().records(), bytes);
        records("splitSendFragment", r -> r.withSplitSendFragment(bytes));
    }

    /**
     * As {@link SslCtx#setBlockPadding(int)} (SSL_set_block_padding(3)); at any time.
     *
     * @param size of a block, 0 to 16,384; 0 and 1 for no padding
     * @throws IllegalArgumentException for another value
     */
    public void setBlockPadding(int size) {
        setBlockPadding(size, size);
    }

    /**
     * As {@link SslCtx#setBlockPadding(int,int)} (SSL_set_block_padding_ex(3)); at any time.
     *
     * @param data block for application data, 0 to 16,384
     * @param handshake block for handshake messages and alerts, 0 to 16,384
     * @throws IllegalArgumentException for another value
     */
    public void setBlockPadding(int data, int handshake) {
        SslCtx.checkedBlock(data);
        SslCtx.checkedBlock(handshake);
        records("blockPadding", r -> r.withBlocks(data, handshake));
    }

    /**
     * As {@link SslCtx#setRecordPaddingCallback} (SSL_set_record_padding_callback(3)); at any time.
     *
     * @param callback it; null for none
     */
    public void setRecordPaddingCallback(RecordPaddingCb callback) {
        records("recordPadding", r -> r.withPadding(SslCtx.bound(callback, this)));
    }

    /**
     * As {@link SslCtx#setRecordSizeLimit}, before the handshake.
     *
     * @param bytes 64 to 16,385; 0 for no such extension
     * @throws IllegalArgumentException for another value
     */
    public void setRecordSizeLimit(int bytes) {
        configure();
        SslCtx.checkedSizeLimit(bytes);
        settings.set("recordSizeLimit", c -> c.with(c.records().withSizeLimit(bytes)));
    }

    /**
     * As {@link SslCtx#setTlsextMaxFragmentLength} (SSL_set_tlsext_max_fragment_length(3)), before the handshake.
     *
     * @param mode how long; DISABLED for no such extension
     */
    public void setTlsextMaxFragmentLength(FragmentLength mode) {
        configure();
        Objects.requireNonNull(mode);
        settings.set("maxFragmentLength", c -> c.with(c.records().with(mode)));
    }

    /**
     * The greatest length of records that was agreed on by max_fragment_length (SSL_SESSION_get_max_fragment_length(3)).
     *
     * @return {@link FragmentLength#DISABLED} for none
     */
    public FragmentLength getMaxFragmentLength() {
        return info().negotiated().maxFragment();
    }

    private void records(String what, UnaryOperator<RecordSettings> change) {
        calls.notBusy();
        settings.set(what, c -> c.with(change.apply(c.records())));
        transfer.recordsChanged();
    }

    // ---- key updates -----------------------------------------------------------------------------------------------

    /**
     * Goes on to the next keys for writing (SSL_key_update(3); RFC 9846 §4.7.3 [8446 4.6.3]). It is sent by the next {@link #read}, {@link #write} or {@link #doHandshake}, before anything else. Nobody needs to call it for the sake of the cipher: before its keys have sealed as much as they may, they are updated by themselves.
     *
     * @param type whether the peer is asked to update its own as well
     * @return 1; 0 if it cannot be now, and {@link #failure} says why: INVALID_KEY_UPDATE_TYPE for {@link KeyUpdateType#NONE}, STILL_IN_INIT before the handshake is complete or while an update waits to be sent, WRONG_SSL_VERSION before TLS 1.3, which has none, BAD_WRITE_RETRY while a write waits to be called again. Nothing changes then.
     */
    public int keyUpdate(KeyUpdateType type) {
        return calls.keyUpdate(type);
    }

    /**
     * The key update that waits to be sent (SSL_get_key_update_type(3)), also one that the peer has asked for.
     *
     * @return {@link KeyUpdateType#NONE} if none does
     */
    public KeyUpdateType getKeyUpdateType() {
        return switch (transfer.wish()) {
            case NOTHING -> KeyUpdateType.NONE;
            case KEY_UPDATE, KEY_UPDATE_BEFORE_DATA -> KeyUpdateType.NOT_REQUESTED;
            case KEY_UPDATE_OF_BOTH -> KeyUpdateType.REQUESTED;
        };
    }

    // ---- options and modes -----------------------------------------------------------------------------------------

    /**
     * Switches options on (SSL_set_options(3)).
     *
     * @param more which
     * @return all that are on now
     */
    public Set<SslOption> setOptions(SslOption... more) {
        settings.turn(true, more);
        return getOptions();
    }

    /**
     * Switches options off (SSL_clear_options(3)).
     *
     * @param less which
     * @return all that are still on
     */
    public Set<SslOption> clearOptions(SslOption... less) {
        settings.turn(false, less);
        return getOptions();
    }

    /**
     * The options that are on (SSL_get_options(3)).
     *
     * @return a copy
     */
    public Set<SslOption> getOptions() {
        Set<SslOption> o = EnumSet.noneOf(SslOption.class);
        o.addAll(settings.options());
        return o;
    }

    /**
     * Switches modes on (SSL_set_mode(3)).
     *
     * @param more which
     * @return all that are on now
     */
    public Set<SslMode> setMode(SslMode... more) {
        settings.turn(true, more);
        return getMode();
    }

    /**
     * Switches modes off (SSL_clear_mode(3)).
     *
     * @param less which
     * @return all that are still on
     */
    public Set<SslMode> clearMode(SslMode... less) {
        settings.turn(false, less);
        return getMode();
    }

    /**
     * The modes that are on (SSL_get_mode(3)).
     *
     * @return a copy
     */
    public Set<SslMode> getMode() {
        Set<SslMode> m = EnumSet.noneOf(SslMode.class);
        m.addAll(settings.modes());
        return m;
    }

    /**
     * Whether more than one record may be taken from the read Bio at once (SSL_set_read_ahead(3)); off by default.
     *
     * @param yes whether
     */
    public void setReadAhead(boolean yes) {
        ownReadAhead = true;
        transfer.setReadAhead(yes);
    }

    /**
     * Whether {@link #setReadAhead} is on (SSL_get_read_ahead(3)).
     *
     * @return whether
     */
    public boolean getReadAhead() {
        return transfer.readAhead();
    }

    private void configure() {
        if (begun() && !asked) {
            throw new IllegalStateException("the handshake has begun");
        }
        named(names.forgetChainName(config()));
    }

    /** Keeps the names of the peer that this configuration has. */
    private void named(HandshakeConfig c) {
        if (c != config()) {
            String serverName = c.extensions().serverName();
            List<String> hosts = c.verification().hosts();
            settings.set(
                    "names",
                    o -> o.with(o.extensions().withServerName(serverName))
                            .with(o.verification().withHosts(hosts)));
        }
    }

    // ---- authentication ---------------------------------------------------------------------------------------------

    /**
     * As {@link SslCtx#set0CaList} (SSL_set0_CA_list(3)).
     *
     * @param names of authorities, as in their certificates; none to send no names
     * @throws IllegalArgumentException if they take more than 65,535 bytes together
     */
    public void set0CaList(Collection<X500Principal> names) {
        List<byte[]> ders = CaNames.encoded(List.of(), names);
        settings.set("caList", c -> c.with(c.auth().withAuthorities(ders)));
    }

    /**
     * What {@link #set0CaList} has set (SSL_get0_CA_list(3)).
     *
     * @return the names; empty if there are none
     */
    public List<X500Principal> get0CaList() {
        return CaNames.parsed(config().auth().authorities());
    }

    /**
     * As {@link SslCtx#add1ToCaList} (SSL_add1_to_CA_list(3)).
     *
     * @param certificate of an authority
     */
    public void add1ToCaList(X509Certificate certificate) {
        List<byte[]> ders =
                CaNames.encoded(config().auth().authorities(), List.of(certificate.getSubjectX500Principal()));
        settings.set("caList", c -> c.with(c.auth().withAuthorities(ders)));
    }

    /**
     * As {@link SslCtx#setClientCaList} (SSL_set_client_CA_list(3)).
     *
     * @param names of authorities, as in their certificates; none to send no names
     * @throws IllegalArgumentException if they take more than 65,535 bytes together
     */
    public void setClientCaList(Collection<X500Principal> names) {
        List<byte[]> ders = CaNames.encoded(List.of(), names);
        settings.set("clientCaList", c -> c.with(c.auth().withClientAuthorities(ders)));
    }

    /**
     * Of a server: what {@link #setClientCaList} has set. Of a client: {@link #get0PeerCaList} (SSL_get_client_CA_list(3)).
     *
     * @return the names; empty if there are none
     */
    public List<X500Principal> getClientCaList() {
        return calls.role() == Role.CLIENT
                ? get0PeerCaList()
                : CaNames.parsed(config().auth().clientAuthorities());
    }

    /**
     * The authorities that the peer has named, in its ClientHello or when it asked for our certificate (SSL_get0_peer_CA_list(3)).
     *
     * @return the names that the JDK can parse; {@link #getPeerCaListDer} has all
     */
    public List<X500Principal> get0PeerCaList() {
        return CaNames.parsed(peerAuthorities());
    }

    /**
     * As {@link #get0PeerCaList}, by their bytes.
     *
     * @return copies of their DER, which may be anything
     */
    public List<byte[]> getPeerCaListDer() {
        return peerAuthorities().stream().map(byte[]::clone).toList();
    }

    private List<byte[]> peerAuthorities() {
        return info().negotiated().peerAuthorities();
    }

    /**
     * As {@link SslCtx#addClientCa} (SSL_add_client_CA(3)).
     *
     * @param certificate of an authority
     */
    public void addClientCa(X509Certificate certificate) {
        List<byte[]> ders =
                CaNames.encoded(config().auth().clientAuthorities(), List.of(certificate.getSubjectX500Principal()));
        settings.set("clientCaList", c -> c.with(c.auth().withClientAuthorities(ders)));
    }

    /**
     * As {@link SslCtx#set1SigalgsList} (SSL_set1_sigalgs_list(3)).
     *
     * @param list schemes by name or as pairs, in order of preference, separated by colons: "ECDSA+SHA256:RSA-PSS+SHA256:ed25519"; one that is not to be had is an error, with "?" before it is left out
     * @throws IllegalArgumentException for an unknown name without "?", one that no crypto provider here has, or none at all
     */
    public void set1SigalgsList(String list) {
        SignatureList s = AuthChange.list(getSslCtx().crypto(), list);
        settings.set("sigalgs", c -> c.with(s));
    }

    /**
     * As {@link SslCtx#set1Sigalgs} (SSL_set1_sigalgs(3)).
     *
     * @param schemes in order of preference, at least one
     * @throws IllegalArgumentException for one that no crypto provider here has, or none at all
     */
    public void set1Sigalgs(SignatureScheme... schemes) {
        SignatureList s = AuthChange.list(getSslCtx().crypto(), schemes);
        settings.set("sigalgs", c -> c.with(s));
    }

    /**
     * As {@link SslCtx#set1ClientSigalgsList} (SSL_set1_client_sigalgs_list(3)).
     *
     * @param list as for {@link #set1SigalgsList}
     * @throws IllegalArgumentException for an unknown name without "?", one that no crypto provider here has, or none at all
     */
    public void set1ClientSigalgsList(String list) {
        SignatureList s = AuthChange.list(getSslCtx().crypto(), list);
        settings.set("clientSigalgs", c -> c.withClientSignatures(s));
    }

    /**
     * As {@link SslCtx#set1ClientSigalgs} (SSL_set1_client_sigalgs(3)).
     *
     * @param schemes in order of preference, at least one
     * @throws IllegalArgumentException for one that no crypto provider here has, or none at all
     */
    public void set1ClientSigalgs(SignatureScheme... schemes) {
        SignatureList s = AuthChange.list(getSslCtx().crypto(), schemes);
        settings.set("clientSigalgs", c -> c.withClientSignatures(s));
    }

    /**
     * As {@link SslCtx#set1SigalgsCertList} (an extension of ours).
     *
     * @param list as for {@link #set1SigalgsList}; null to send no extension
     * @throws IllegalArgumentException for an unknown name without "?", one that no crypto provider here has, or none at all
     */
    public void set1SigalgsCertList(String list) {
        SignatureList s =
                list == null ? null : AuthChange.certificateList(getSslCtx().crypto(), list);
        settings.set("sigalgsCert", c -> c.withCertificateSignatures(s));
    }

    /**
     * As {@link SslCtx#setPostHandshakeAuth} (SSL_set_post_handshake_auth(3)).
     *
     * @param yes whether
     */
    public void setPostHandshakeAuth(boolean yes) {
        settings.set("postHandshakeAuth", c -> c.with(c.auth().withPostHandshake(yes)));
    }

    /**
     * As {@link SslCtx#setOwnCertNeeded} (an extension of ours).
     *
     * @param yes whether
     */
    public void setOwnCertNeeded(boolean yes) {
        settings.set("ownCertNeeded", c -> c.with(c.auth().withOwnNeeded(yes)));
    }

    /**
     * As {@link SslCtx#setCertCb} (SSL_set_cert_cb(3)).
     *
     * @param callback it, or null
     */
    public void setCertCb(CertCb callback) {
        settings.set("certCb", c -> bound(c, callback, this));
    }

    /**
     * As {@link SslCtx#setClientCertCb} (SSL_CTX_set_client_cert_cb(3)), for this connection alone.
     *
     * @param callback it, or null
     */
    public void setClientCertCb(ClientCertCb callback) {
        settings.set("clientCertCb", c -> boundLast(c, callback, this));
    }

    /**
     * As {@link SslCtx#setPskClientCallback} (SSL_set_psk_client_callback(3)).
     *
     * @param callback it, or null
     */
    public void setPskClientCallback(PskClientCb callback) {
        settings.set("pskClientCb", c -> boundClient(c, callback, this));
    }

    /**
     * As {@link SslCtx#setPskServerCallback} (SSL_set_psk_server_callback(3)).
     *
     * @param callback it, or null
     */
    public void setPskServerCallback(PskServerCb callback) {
        settings.set("pskServerCb", c -> boundServer(c, callback, this));
    }

    /**
     * As {@link SslCtx#usePskIdentityHint} (SSL_use_psk_identity_hint(3)).
     *
     * @param hint it, sent in UTF-8: 256 bytes at most; null or the empty string for none
     * @throws IllegalArgumentException for a longer one
     */
    public void usePskIdentityHint(String hint) {
        byte[] h = hint(hint);
        settings.set("pskIdentityHint", c -> c.with(c.psk().withHint(h)));
    }

    static byte[] hint(String hint) {
        byte[] b = hint == null || hint.isEmpty() ? null : hint.getBytes(StandardCharsets.UTF_8);
        if (b != null) {
            PskSettings.checkIdentity(b);
        }
        return b;
    }

    /**
     * Takes our chain and its key for this connection, in place of one with the same kind of key (SSL_use_cert_and_key(3)). Also from inside a {@link CertCb}.
     *
     * @param chain our certificate first, then those that lead to an anchor
     * @param key the key of the first
     * @throws GeneralSecurityException if the key does not belong to the certificate
     */
    public void useCertAndKey(List<X509Certificate> chain, PrivateKey key) throws GeneralSecurityException {
        use(OwnKey.encoded(chain), key);
    }

    /**
     * Takes chain and key for this connection from files, as {@link SslCtx#useCertAndKeyFile} (SSL_use_certificate_chain_file(3), SSL_use_PrivateKey_file(3)).
     *
     * @param chainFile PEM or DER; our certificate first
     * @param keyFile PKCS#8, SEC1 or PKCS#1, in PEM or DER
     * @param password of an encrypted key, or null
     * @throws IOException if a file cannot be read
     * @throws GeneralSecurityException if it has no certificate or key in it, or they do not belong together
     */
    public void useCertAndKeyFile(Path chainFile, Path keyFile, char[] password)
            throws IOException, GeneralSecurityException {
        use(Certificates.read(chainFile), PrivateKeys.read(keyFile, password));
    }

    private void use(List<byte[]> chain, PrivateKey key) throws GeneralSecurityException {
        Credential own = OwnKey.of(getSslCtx().crypto(), config().level(), chain, key);
        settings.set("certificate " + own.keyType(), c -> c.with(c.credentials().plus(own)));
    }

    /** Forgets all certificates and keys of ours that are set for this connection (SSL_certs_clear(3)). */
    public void certsClear() {
        settings.set("certificates", c -> c.with(Credentials.NONE));
    }

    /**
     * Asks the client for its certificate, after the handshake (SSL_verify_client_post_handshake(3), RFC 9846 §4.7.2). The request goes out with the next call that writes, such as {@link #doHandshake}; the answer is read and judged by {@link #read}. A client that is refused ends the connection.
     *
     * @return 1 if the request is on its way; 0 if it is not, and {@link #failure} says why: we are a client (NOT_SERVER), the handshake is not complete (STILL_IN_INIT), the client did not offer it (EXTENSION_NOT_RECEIVED), a request has no answer yet (REQUEST_SENT), or {@link #setVerify} asks for no certificate (INVALID_CONFIG)
     */
    public int verifyClientPostHandshake() {
        return calls.verifyClientPostHandshake();
    }

    /** A configuration with a callback that is given this connection. */
    static HandshakeConfig bound(HandshakeConfig c, CertCb callback, Ssl ssl) {
        return c.with(c.callbacks()
                .withCertificate(
                        callback == null
                                ? null
                                : () -> {
                                    CertCb.Answer a = callback.cert(ssl);
                                    return a == CertCb.Answer.OK
                                            ? Answer.GIVEN
                                            : a == CertCb.Answer.LATER ? Answer.LATER : Answer.NONE;
                                }));
    }

    /** A configuration with a callback that is given this connection. */
    static HandshakeConfig boundLast(HandshakeConfig c, ClientCertCb callback, Ssl ssl) {
        return c.with(c.callbacks()
                .withClientCertificate(
                        callback == null
                                ? null
                                : () -> {
                                    ClientCertCb.Answer a = callback.clientCert(ssl);
                                    if (a == null || a == ClientCertCb.Answer.NONE || a == ClientCertCb.Answer.LATER) {
                                        return a == ClientCertCb.Answer.LATER ? Answer.LATER : Answer.NONE;
                                    }
                                    ssl.useCertAndKey(a.chain(), a.key());
                                    return Answer.GIVEN;
                                }));
    }

    /** A configuration with a callback that is given this connection. */
    static HandshakeConfig boundClient(HandshakeConfig c, PskClientCb callback, Ssl ssl) {
        return c.with(c.psk()
                .withClient(
                        callback == null
                                ? null
                                : hint -> {
                                    PskClientCb.Answer a = callback.psk(ssl, hint);
                                    return a == null ? PskSource.Answer.NONE : a.inside();
                                }));
    }

    /** A configuration with a callback that is given this connection. */
    static HandshakeConfig boundServer(HandshakeConfig c, PskServerCb callback, Ssl ssl) {
        return c.with(c.psk()
                .withServer(
                        callback == null
                                ? null
                                : identity -> {
                                    PskServerCb.Answer a = callback.psk(ssl, identity);
                                    return a == null ? PskSource.Answer.NONE : a.inside();
                                }));
    }

    // ---- handshake -------------------------------------------------------------------------------------------------

    /**
     * Handshakes as a client (SSL_connect(3)).
     *
     * @return 1 when it is complete; 0 if the peer shut down in a controlled way; less than 0 for a fault or if it has to be called again: {@link #getError} tells
     */
    public int connect() {
        return calls.connect();
    }

    /**
     * Handshakes as a server (SSL_accept(3)).
     *
     * @return as {@link #connect}
     */
    public int accept() {
        return calls.accept();
    }

    /**
     * Handshakes in the role that was set (SSL_do_handshake(3)).
     *
     * @return as {@link #connect}
     */
    public int doHandshake() {
        return calls.doHandshake();
    }

    /**
     * Takes a client as a server that keeps nothing for it until it has shown that it gets what is sent to it (SSL_stateless(3)): a ClientHello without a cookie is answered by a HelloRetryRequest with one. The next ClientHello may go to this object, by calling this again, or to any other of the same context, over whatever brings the bytes. A cookie is good for 600 seconds; both callbacks for cookies have to be set. TLS 1.3 alone has cookies: a client that does not speak it is refused with UNSUPPORTED_PROTOCOL.
     *
     * <p>A call that waits may be made again and goes on, unlike OpenSSL's, which fails when it has not all of a ClientHello. Every other call begins anew and forgets what was there.
     *
     * @return 1 if the client brought a good cookie: {@link #accept} completes the handshake; 0 if a HelloRetryRequest was sent and nothing needs to be kept; -1 for a fault or if it has to be called again: {@link #getError} tells
     * @throws IllegalStateException if a handshake is under way or done that no HelloRetryRequest of this method has begun, or after {@link #close}
     */
    public int stateless() {
        if (calls.statelessBegins()) {
            clear();
        }
        return calls.stateless(settings.first().cookies(this));
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
        return calls.read(b, off, len);
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
        return calls.peek(b, off, len);
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
        return calls.write(b, off, len);
    }

    /**
     * Decrypted bytes that can be read without the Bio (SSL_pending(3)).
     *
     * @return their number
     */
    public int pending() {
        return transfer.pending();
    }

    /**
     * Whether bytes were taken from the Bio that are not read yet, decrypted or not (SSL_has_pending(3)); also if they are a close_notify of which no call has told yet.
     *
     * @return whether
     */
    public boolean hasPending() {
        return transfer.hasPending();
    }

    // ---- shutdown --------------------------------------------------------------------------------------------------

    /**
     * Shuts down (SSL_shutdown(3)): the first call sends close_notify, a second one waits for the peer's. After a fatal error, and before the handshake is complete, it does nothing. While the first call waits for room it does not read: if the peer has to be read from to make room, that is for {@link #read}.
     *
     * @return 1 when both went by; 0 when ours was sent and the peer's has not come; less than 0: {@link #getError} tells
     */
    public int shutdown() {
        return calls.shutdown();
    }

    /**
     * Whether {@link #shutdown} sends nothing and takes both sides for shut down at once (SSL_set_quiet_shutdown(3)); off by default.
     *
     * @param yes whether
     */
    public void setQuietShutdown(boolean yes) {
        ownQuietShutdown = true;
        calls.setQuietShutdown(yes);
    }

    /**
     * Whether {@link #setQuietShutdown} is on (SSL_get_quiet_shutdown(3)).
     *
     * @return whether
     */
    public boolean getQuietShutdown() {
        return calls.quietShutdown();
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
        transfer.setShutdown((mode & SENT_SHUTDOWN) != 0, (mode & RECEIVED_SHUTDOWN) != 0);
    }

    /**
     * Whether our side is shut down (SSL_SENT_SHUTDOWN of SSL_get_shutdown(3)).
     *
     * @return whether
     */
    public boolean sentShutdown() {
        return transfer.sentShutdown();
    }

    /**
     * Whether the peer's side is shut down, by close_notify or by a fatal alert (SSL_RECEIVED_SHUTDOWN of SSL_get_shutdown(3)).
     *
     * @return whether
     */
    public boolean receivedShutdown() {
        return transfer.receivedShutdown();
    }

    /**
     * Whether the peer's close_notify came: all that it sent was received. With {@link SslOption#IGNORE_UNEXPECTED_EOF} this tells such an end from one of the stream alone, which an attacker can bring about.
     *
     * @return whether
     */
    public boolean closeNotifyReceived() {
        return transfer.closeNotifyReceived();
    }

    /**
     * For {@link SslBio}: forgets the connection, so that another one can be made over the same Bios with the same settings (SSL_clear(3)).
     *
     * @throws IllegalStateException after {@link #close}, or from inside of a call, which is not done with the connection
     */
    void clear() {
        calls.clear();
        named(names.forgetChainName(config()));
        if (settings.ctx() != settings.first()) {
            configureBy(settings.first()); // a callback has put another one in its place, for another client
        }
    }

    /** Wipes all keys and closes the Bios (SSL_free(3)), as {@link #setBio} says. Nothing is sent: {@link #shutdown} does that. */
    @Override
    public void close() {
        transfer.close();
    }

    // ---- errors ----------------------------------------------------------------------------------------------------

    /**
     * Why the last call returned what it did (SSL_get_error(3)).
     *
     * @param ret what it returned
     * @return {@link SslError#NONE} if {@code ret} is more than 0
     */
    public SslError getError(int ret) {
        return ret > 0 ? SslError.NONE : transfer.error();
    }

    /**
     * What the connection waits for (SSL_want(3)).
     *
     * @return {@link SslWant#NOTHING} if it does not wait
     */
    public SslWant want() {
        return transfer.want();
    }

    /**
     * What ended the connection or failed the last call: a {@link TlsException} with alert and reason, or the exception of a Bio, mostly an {@link IOException}.
     *
     * @return null if nothing did
     */
    public Exception failure() {
        return transfer.failure();
    }

    // ---- what was negotiated ---------------------------------------------------------------------------------------

    /**
     * Whether the handshake is complete, our last message of it sent, and no key update waits to be sent (SSL_is_init_finished(3)).
     *
     * @return whether
     */
    public boolean isInitFinished() {
        return transfer.finished();
    }

    /**
     * Whether we are the server (SSL_is_server(3)).
     *
     * @return whether; before a role is set a connection that may have either counts as a server
     */
    public boolean isServer() {
        return calls.role() != Role.CLIENT;
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
     * @return OpenSSL's name, such as "ECDHE-RSA-AES128-GCM-SHA256", which in TLS 1.3 is the registry's; null before it is known
     */
    public String getCipherName() {
        return info().cipherName();
    }

    /**
     * The registry's name of the cipher suite in use (SSL_CIPHER_standard_name(3)).
     *
     * @return it, such as "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"; null before it is known
     */
    public String getCipherStandardName() {
        return info().cipherStandardName();
    }

    /**
     * Bits of the key of the cipher in use (SSL_get_cipher_bits(3)).
     *
     * @return 128 or 256; 0 before it is known
     */
    public int getCipherBits() {
        return info().cipherBits();
    }

    /**
     * The version that the cipher suite in use came with (SSL_get_cipher_version(3)): not the one that is spoken, which {@link #getVersion} says.
     *
     * @return "SSLv3", "TLSv1.0", "TLSv1.2" or "TLSv1.3"; null before it is known
     */
    public String getCipherVersion() {
        return info().cipherVersion();
    }

    /**
     * The cipher suite in use in words: its name, version, key exchange, authentication, cipher and MAC (SSL_CIPHER_description(3)).
     *
     * @return a line without an end of line; null before it is known
     */
    public String getCipherDescription() {
        return info().cipherDescription();
    }

    /**
     * The group of the key exchange (SSL_get_negotiated_group(3)).
     *
     * @return its IANA name; null before it is known, and where the key exchange has none
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
     * Whether both sides bind a renegotiation to the handshake before it, as renegotiation_info has it (SSL_get_secure_renegotiation_support(3), RFC 5746).
     *
     * @return false in TLS 1.3, which has no renegotiation, and before it is known
     */
    public boolean getSecureRenegotiationSupport() {
        return info().negotiated().secureRenegotiation();
    }

    /**
     * Whether the master secret is bound to the handshake by extended_master_secret (SSL_get_extms_support(3), RFC 7627).
     *
     * @return false in TLS 1.3, all of whose secrets are bound without it, and before it is known
     */
    public boolean getExtmsSupport() {
        return info().negotiated().extendedMasterSecret();
    }

    /**
     * The identity by which the client has named its pre-shared key (SSL_get_psk_identity(3)).
     *
     * @return its bytes, as they were sent; null without such a key
     */
    public byte[] getPskIdentity() {
        return SslInfo.copy(info().negotiated().pskIdentity());
    }

    /**
     * What the server has said to help the client choose its identity (SSL_get_psk_identity_hint(3)).
     *
     * @return its bytes, as they were sent; null if it has said nothing
     */
    public byte[] getPskIdentityHint() {
        return SslInfo.copy(info().negotiated().pskIdentityHint());
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
        if (calls.role() == Role.CLIENT || !begun()) {
            return config().extensions().serverName();
        }
        return info().negotiated().serverName();
    }

    /**
     * Our certificate (SSL_get_certificate(3)): the one that the handshake has chosen to be shown; before that, and where it has chosen none, the one that was set last.
     *
     * @return it; null if none was set, or the JDK cannot parse it
     */
    public X509Certificate getCertificate() {
        return info().ownCertificate();
    }

    /**
     * The key of the certificate that {@link #getCertificate} gives (SSL_get_privatekey(3)): the object that was set, which may stand for a key in a token.
     *
     * @return it; null if none was set
     */
    public PrivateKey getPrivatekey() {
        return info().ownKey();
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
     * The certificates by which the peer's was found good, its own first, the trusted one last (SSL_get0_verified_chain(3)); not what the peer sent, which {@link #getPeerCertChainDer} has.
     *
     * @return unmodifiable; empty if no chain holds, also where the callback of {@link #setVerify} or {@link VerifyMode#NONE} let such a peer pass
     */
    public List<X509Certificate> get0VerifiedChain() {
        return info().negotiated().verifiedChain();
    }

    /**
     * The random of the ClientHello (SSL_get_client_random(3)).
     *
     * @return a copy, 32 bytes; null before it is known
     */
    public byte[] getClientRandom() {
        return SslInfo.copy(info().negotiated().clientRandom());
    }

    /**
     * The random of the ServerHello (SSL_get_server_random(3)).
     *
     * @return a copy, 32 bytes; null before it is known
     */
    public byte[] getServerRandom() {
        return SslInfo.copy(info().negotiated().serverRandom());
    }

    /**
     * The content of the Finished that we have sent, the last one if there were several (SSL_get_finished(3)).
     *
     * @return a copy; null before it was sent
     */
    public byte[] getFinished() {
        return SslInfo.copy(info().negotiated().ownFinished());
    }

    /**
     * The content of the Finished that the peer has sent, the last one if there were several (SSL_get_peer_finished(3)).
     *
     * @return a copy; null before it came and was found right
     */
    public byte[] getPeerFinished() {
        return SslInfo.copy(info().negotiated().peerFinished());
    }

    /**
     * The legacy_version of the ClientHello (SSL_client_version(3)): never more than TLS 1.2, whatever was agreed on.
     *
     * @return its number, 0x0303 for TLS 1.2; 0 before it is known
     */
    public int clientVersion() {
        return info().negotiated().clientVersion();
    }

    /**
     * The cipher suites that the client has offered, in its order, on a server (SSL_get_client_ciphers(3)).
     *
     * @return their names as OpenSSL has them, "0x" and the number for those that we do not know; empty on a client, and before they are known
     */
    public List<String> getClientCiphers() {
        return info().peerSuites();
    }

    /**
     * The cipher suites that both sides have, in the client's order, on a server (SSL_get_shared_ciphers(3)).
     *
     * @return their names as OpenSSL has them; empty on a client, and before they are known
     */
    public List<String> getSharedCiphers() {
        return info().sharedSuites();
    }

    /**
     * The groups that the client has offered, in its order, on a server (SSL_get1_groups(3)).
     *
     * @return their IANA names, "0x" and the number for those that we do not know; empty on a client, and before they are known
     */
    public List<String> get1Groups() {
        return info().peerGroups();
    }

    /**
     * The groups that both sides have, in our order, on a server (SSL_get_shared_group(3)).
     *
     * @return their IANA names; empty on a client, and before they are known
     */
    public List<String> getSharedGroups() {
        return info().sharedGroups();
    }

    /**
     * The signature schemes that the peer takes, in its order (SSL_get_sigalgs(3)): on a server those of the ClientHello, on a client those of the server's request for a certificate.
     *
     * @return their IANA names, "0x" and the number for those that we do not know; empty on a client that was not asked for a certificate, and before they are known
     */
    public List<String> getSigalgs() {
        return info().peerSchemes();
    }

    /**
     * Those of {@link #getSigalgs} that we sign with, in the order by which one is chosen (SSL_get_shared_sigalgs(3)): the peer's, or ours with {@link SslOption#CIPHER_SERVER_PREFERENCE}.
     *
     * @return their IANA names
     */
    public List<String> getSharedSigalgs() {
        return info().sharedSchemes(calls.role() == Role.CLIENT);
    }

    // ---- sessions --------------------------------------------------------------------------------------------------

    /**
     * Resumes a session, as a client (SSL_set_session(3)): it is offered if it still may be, and the server decides. {@link #sessionReused} says what came of it.
     *
     * @param session is copied; null for none
     * @throws IllegalStateException if the handshake has begun
     */
    public void setSession(SslSession session) {
        configure();
        sessions.offer(session == null ? null : session.state());
    }

    /**
     * The session of this connection (SSL_get1_session(3)). A client of TLS 1.3 has one once the server has given it a ticket, which it does after the handshake: so it is there once data was read, and the newest of several is given. Before the handshake it is what {@link #setSession} has set.
     *
     * @return a copy, which the caller closes; null if there is none, the connection has failed, or it was closed
     */
    public SslSession getSession() {
        SessionState s = sessions.of(transfer.connection());
        return s == null ? null : new SslSession(s.copy());
    }

    /**
     * Whether a session was resumed (SSL_session_reused(3)).
     *
     * @return whether; false before it is known
     */
    public boolean sessionReused() {
        return info().negotiated().resumed();
    }

    /**
     * As {@link SslCtx#setSessionIdContext}, for this connection (SSL_set_session_id_context(3)).
     *
     * @param context up to 32 bytes
     * @throws IllegalArgumentException for more
     */
    public void setSessionIdContext(byte[] context) {
        configure();
        byte[] c = SslSession.atMost32(context, "a session id context");
        settings.set("sessionIdContext", h -> h.with(h.sessions().withIdContext(c)));
    }

    /**
     * Takes over session and session id context of another connection (SSL_copy_session_id(3)).
     *
     * @param from which
     * @throws IllegalStateException if the handshake has begun
     */
    public void copySessionId(Ssl from) {
        configure();
        sessions.offer(from.sessions.of(from.transfer.connection()));
        if (from.config().sessions().idContextGiven()) {
            setSessionIdContext(from.config().sessions().idContext());
        }
    }

    /**
     * As {@link SslCtx#setNumTickets}, for this connection (SSL_set_num_tickets(3)).
     *
     * @param number 0 to 255
     * @throws IllegalArgumentException for another number
     */
    public void setNumTickets(int number) {
        SslCtx.checkedTickets(number);
        settings.set("numTickets", c -> c.with(c.sessions().withNumTickets(number)));
    }

    /**
     * How many tickets a server of TLS 1.3 gives (SSL_get_num_tickets(3)).
     *
     * @return it
     */
    public int getNumTickets() {
        return config().sessions().numTickets();
    }

    // ---- keying material -------------------------------------------------------------------------------------------

    /**
     * Keying material for a protocol above, the same on both sides (SSL_export_keying_material(3), RFC 9846 §7.5, RFC 5705). It is there once the server's Finished is sent or verified: on a client that is when the handshake is complete or nearly so; on a server before the client has proved anything of itself, so that one which verifies clients waits for {@link #isInitFinished} before it trusts what it exported. The caller wipes the array.
     *
     * @param length how many bytes, 1 to 255 times the length of the cipher suite's hash: 8160, or 12240 with SHA-384
     * @param label from IANA's registry of exporter labels, or beginning with "EXPERIMENTAL"; up to 249 ASCII characters
     * @param context what the material is bound to besides, of any length; null for none, which in TLS 1.3 gives the same as an empty one
     * @return it; null if there is nothing yet to export from, and after a fault or {@link #close}
     * @throws IllegalArgumentException for another length or label
     */
    public byte[] exportKeyingMaterial(int length, String label, byte[] context) {
        SslInfo.checkExport(length, label);
        return info().export(length, label, context);
    }

    /**
     * Keying material that is there as early as early data (SSL_export_keying_material_early(3), RFC 9846 §7.5). It comes from the first ClientHello alone, so whoever replays that one exports the same.
     *
     * <p>A client has it once it has sent early data, a server once it has accepted such; OpenSSL returns 0 for any other connection. Early data is neither sent nor accepted yet, so the answer is always null.
     *
     * @param length as for {@link #exportKeyingMaterial}
     * @param label as for {@link #exportKeyingMaterial}
     * @param context as for {@link #exportKeyingMaterial}
     * @return null: this connection has no early secret
     * @throws IllegalArgumentException as {@link #exportKeyingMaterial}
     */
    public byte[] exportKeyingMaterialEarly(int length, String label, byte[] context) {
        SslInfo.checkExport(length, label);
        return null;
    }

    /**
     * How far the handshake has come (SSL_state_string(3)). While a message is awaited that is the step before it.
     *
     * @return OpenSSL's abbreviation
     */
    public String stateString() {
        return transfer.reached().shortText();
    }

    /**
     * How far the handshake has come (SSL_state_string_long(3)), as {@link #stateString}.
     *
     * @return OpenSSL's words
     */
    public String stateStringLong() {
        return transfer.reached().longText();
    }

    private SslInfo info() {
        TlsConnection c = transfer.connection();
        return new SslInfo(config(), c == null ? new Negotiated() : c.negotiated());
    }

    /** Says what it is, never a secret. */
    @Override
    public String toString() {
        return "Ssl[" + (calls.role() == null ? "no role" : calls.role()) + ", " + stateStringLong() + "]";
    }
}
