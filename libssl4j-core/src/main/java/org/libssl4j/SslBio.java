// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.io.IOException;
import java.util.Objects;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.BufferBio;
import org.libssl4j.bio.ConnectBio;
import org.libssl4j.bio.FilterBio;
import org.libssl4j.bio.RetryReason;

/**
 * A filter that speaks TLS with the Bio behind it (BIO_f_ssl(3)): what is written to it goes out encrypted, what is read from it was decrypted. The first read or write handshakes, unless {@link #doHandshake} did.
 *
 * <p>{@link #push} makes the Bio behind it the one that its {@link Ssl} reads from and writes to; taking it away ends that. That Bio belongs to the chain, not to the Ssl: {@link #closeAll} closes all.
 *
 * <p>A client over a {@link ConnectBio} without another SslBio in between names the server as that Bio does ({@link Ssl#setHostname}), unless the Ssl was told a name already; the loopback's name is "localhost". After {@link #reset} it is named anew; before that, while the handshake is not complete, another name is refused. So a chain of {@link #newSslConnect} checks who answers without being told.
 *
 * <p>What an Ssl tells by {@link Ssl#getError} a Bio tells by its retry flags: WANT_READ and WANT_WRITE are {@link #shouldRead()} and {@link #shouldWrite()}; WANT_CONNECT and WANT_ACCEPT are {@link #shouldIoSpecial()} with that reason; all other waits, for a callback or a thread, are special with {@link RetryReason#SSL_X509_LOOKUP}, and {@link Ssl#want} says which one it is. ZERO_RETURN is the end of the stream. SSL and SYSCALL are an IOException with {@link Ssl#failure} as its cause.
 *
 * <p>There is no renegotiation in TLS 1.3, so there is nothing to count bytes or seconds for (BIO_set_ssl_renegotiate_bytes(3), BIO_set_ssl_renegotiate_timeout(3)).
 *
 * <p>Not thread-safe, as {@link Ssl} is not.
 */
public final class SslBio extends FilterBio {
    private Ssl ssl;
    private boolean close = true;
    private boolean eof;

    /** A filter without an {@link Ssl}, which {@link #setSsl} gives it (BIO_f_ssl(3)). */
    public SslBio() {}

    /**
     * A filter for an {@link Ssl} (BIO_f_ssl(3), BIO_set_ssl(3)).
     *
     * @param ssl as {@link #setSsl} takes it
     * @param close whether it is closed with the Bio
     */
    public SslBio(Ssl ssl, boolean close) {
        setSsl(ssl, close);
    }

    /**
     * A filter with an {@link Ssl} of its own (BIO_new_ssl(3)), which is closed with it.
     *
     * @param ctx the Ssl's context
     * @param client whether it is a client
     * @return the filter
     * @throws IllegalStateException if the context's method is for the other role
     */
    public static SslBio newSsl(SslCtx ctx, boolean client) {
        Ssl ssl = new Ssl(ctx);
        SslBio bio = new SslBio(ssl, true);
        bio.setSslMode(client);
        return bio;
    }

    /**
     * A client's chain: a filter and a {@link ConnectBio} behind it (BIO_new_ssl_connect(3)). {@code find(ConnectBio.class)} is told the server's name and port.
     *
     * @param ctx the Ssl's context
     * @return the filter
     * @throws IllegalStateException if the context's method is for servers
     */
    public static SslBio newSslConnect(SslCtx ctx) {
        SslBio bio = newSsl(ctx, true);
        bio.push(new ConnectBio());
        return bio;
    }

    /**
     * As {@link #newSslConnect}, with a buffer before it (BIO_new_buffer_ssl_connect(3)).
     *
     * @param ctx the Ssl's context
     * @return the buffer; {@code find(SslBio.class)} has the filter
     * @throws IllegalStateException if the context's method is for servers
     */
    public static BufferBio newBufferSslConnect(SslCtx ctx) {
        BufferBio buffer = new BufferBio();
        buffer.push(newSslConnect(ctx));
        return buffer;
    }

    // ---- the Ssl ---------------------------------------------------------------------------------------------------

    /**
     * Sets the {@link Ssl} (BIO_set_ssl(3)). One that was set before is closed if it was to be closed with this Bio. If the new one has a Bio to read from, that is pushed behind this one, and belongs to the chain from now on.
     *
     * @param s it
     * @param closeIt whether it is closed with this Bio: BIO_CLOSE or BIO_NOCLOSE
     * @throws IllegalArgumentException if it has a Bio of its own while another one stands behind this Bio, or one that stands in another chain
     */
    public void setSsl(Ssl s, boolean closeIt) {
        Bio own = Objects.requireNonNull(s).getRbio();
        if (own != null && next() != null && own != next()) {
            throw new IllegalArgumentException("the Ssl has a Bio, and another one stands behind this SslBio");
        }
        if (own != null && next() == null) {
            Ssl before = ssl;
            ssl = null; // so that the one before is not told
            try {
                push(own);
            } finally {
                ssl = before;
            }
        }
        if (ssl != null && ssl != s) {
            if (close) {
                closeSsl();
            }
            ssl.lend(null);
        }
        ssl = s;
        close = closeIt;
        eof = false;
        nextChanged();
    }

    /**
     * The {@link Ssl} (BIO_get_ssl(3)).
     *
     * @return null if none was set
     */
    public Ssl getSsl() {
        return ssl;
    }

    /**
     * Sets the role of the {@link Ssl} (BIO_set_ssl_mode(3)).
     *
     * @param client whether it is a client
     * @throws IllegalStateException if there is no Ssl, its handshake began, or its context's method is for the other role
     */
    public void setSslMode(boolean client) {
        if (ssl == null) {
            throw new IllegalStateException("no Ssl was set");
        }
        if (client) {
            ssl.setConnectState();
        } else {
            ssl.setAcceptState();
        }
    }

    @Override
    protected void nextChanged() {
        if (ssl != null) {
            ssl.lend(next());
        }
    }

    // ---- handshake and shutdown ------------------------------------------------------------------------------------

    /**
     * Handshakes, unless that was done (BIO_do_handshake(3), BIO_do_connect(3)); a {@link ConnectBio} behind it connects first.
     *
     * @return 1 when it is complete; 0 if the peer shut down in a controlled way; -1: try again
     * @throws IOException if it failed for good
     */
    public int doHandshake() throws IOException {
        Ssl s = ready();
        return result(s.doHandshake());
    }

    /**
     * Has one chain resume the session of another one (BIO_ssl_copy_session_id(3)), as {@link Ssl#copySessionId}.
     *
     * @param to a chain with an SSL Bio in it
     * @param from a chain with an SSL Bio in it
     * @throws IllegalArgumentException if there is no SSL in one of them
     * @throws IllegalStateException if the handshake of {@code to} has begun
     */
    public static void copySessionId(Bio to, Bio from) {
        ssl(to).copySessionId(ssl(from));
    }

    private static Ssl ssl(Bio chain) {
        SslBio b = chain.find(SslBio.class);
        if (b == null || b.getSsl() == null) {
            throw new IllegalArgumentException("a chain without an SSL");
        }
        return b.getSsl();
    }

    /**
     * Shuts down each TLS connection of a chain (BIO_ssl_shutdown(3)), as one call of {@link Ssl#shutdown} does. What came of it the Ssl tells.
     *
     * @param chain its first Bio, or null
     */
    public static void sslShutdown(Bio chain) {
        for (Bio b = chain; b != null; b = b.next()) {
            if (b instanceof SslBio s && s.ssl != null) {
                s.ssl.shutdown();
            }
        }
    }

    /**
     * Shuts the connection down, as far as that needs no answer, resets the Bio behind, and makes the {@link Ssl} ready for another handshake with the same role and settings (BIO_reset(3)).
     *
     * @throws IOException if there is no Ssl, it was closed or is in the middle of a call, or the Bio behind cannot be reset
     */
    @Override
    public void reset() throws IOException {
        clearRetry();
        Ssl s = ssl();
        sayGoodbye();
        try {
            s.clear();
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
        eof = false;
        Bio below = next() != null ? next() : s.getRbio();
        if (below != null) {
            below.reset();
        }
    }

    /** Sends close_notify if there is a connection, not in the middle of another call, and that was not done. The peer's is not waited for. */
    private void sayGoodbye() {
        if (ssl.isInitFinished() && !ssl.sentShutdown() && !ssl.busy()) {
            ssl.shutdown();
        }
    }

    // ---- data ------------------------------------------------------------------------------------------------------

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        Ssl s = ready();
        int n = s.read(b, off, len);
        return result(n);
    }

    /** As {@link Ssl#write} does it: a call that gave -1 is to be made again with the same bytes. */
    @Override
    public int write(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        Ssl s = ready();
        int n = result(s.write(b, off, len));
        if (n == 0 && len > 0) {
            throw new IOException("the peer shut down in the handshake");
        }
        return n;
    }

    /** Not supported; {@link #getLine} is, and so is a {@link BufferBio} before this one. */
    @Override
    public int gets(byte[] b, int off, int len) throws IOException {
        throw new IOException("SslBio has no gets; call getLine, or put a BufferBio in front of it");
    }

    /** The Ssl, after what every call begins with. */
    private Ssl ready() throws IOException {
        Ssl s = ssl();
        clearRetry();
        if (!s.isInitFinished()) {
            nameServer(s);
        }
        return s;
    }

    private Ssl ssl() throws IOException {
        if (ssl == null) {
            throw new IOException("no Ssl was set");
        }
        return ssl;
    }

    private void nameServer(Ssl s) throws IOException {
        for (Bio b = next(); b != null && !(b instanceof SslBio); b = b.next()) {
            if (b instanceof ConnectBio c) {
                if (c.getConnHostname() == null && c.getConnPort() == null) {
                    return; // it does not know whom to call either, and will say so
                }
                nameServer(s, c.getConnHostname() == null ? "localhost" : c.getConnHostname());
                return;
            }
        }
    }

    private static void nameServer(Ssl s, String name) throws IOException {
        if (s.begun()) {
            // Else the certificate of the one would do for the other.
            if (s.chainName() != null && !s.chainName().equals(name)) {
                throw new IOException("the handshake with " + s.chainName() + " is under way; reset() ends it, and "
                        + name + " can be called");
            }
            return;
        }
        try {
            s.nameServer(name);
        } catch (IllegalArgumentException e) {
            throw new IOException("no certificate can be checked for the server's name: " + e.getMessage(), e);
        }
    }

    private int result(int ret) throws IOException {
        if (ret > 0) {
            return ret;
        }
        switch (ssl.getError(ret)) {
            case NONE -> {
                return ret;
            }
            case ZERO_RETURN -> {
                eof = true;
                return 0;
            }
            case WANT_READ -> {
                return retryRead();
            }
            case WANT_WRITE -> {
                return retryWrite();
            }
            case WANT_CONNECT -> {
                return retrySpecial(RetryReason.CONNECT);
            }
            case WANT_ACCEPT -> {
                return retrySpecial(RetryReason.ACCEPT);
            }
            case SSL, SYSCALL -> {
                Exception cause = ssl.failure();
                throw new IOException("TLS: " + (cause == null ? "failed" : cause.getMessage()), cause);
            }
            default -> {
                return retrySpecial(RetryReason.SSL_X509_LOOKUP);
            }
        }
    }

    /** Flushes the Bio that the {@link Ssl} writes to; nothing is held back here. */
    @Override
    public int flush() throws IOException {
        clearRetry();
        Bio to = ssl().getWbio();
        if (to == null) {
            throw new IOException("no Bio was pushed behind this SslBio");
        }
        int r = to.flush();
        return r < 0 ? retryAs(to) : r;
    }

    /** Decrypted bytes; if there are none, what the Bio behind has, which need not become bytes to be read. */
    @Override
    public int pending() {
        if (ssl == null) {
            return 0;
        }
        int n = ssl.pending();
        return n > 0 || ssl.getRbio() == null ? n : ssl.getRbio().pending();
    }

    @Override
    public int wpending() {
        return ssl == null || ssl.getWbio() == null ? 0 : ssl.getWbio().wpending();
    }

    /** Only with decrypted bytes: of a record that has begun the rest may be long in coming. */
    @Override
    public boolean readyToRead() {
        return ssl != null && ssl.pending() > 0;
    }

    /** Whether a call met the peer's close_notify. */
    @Override
    public boolean eof() {
        return eof;
    }

    // ---- closing ---------------------------------------------------------------------------------------------------

    /**
     * Whether the {@link Ssl} is closed with the Bio (BIO_set_close(3)).
     *
     * @param yes BIO_CLOSE or BIO_NOCLOSE
     */
    public void setClose(boolean yes) {
        close = yes;
    }

    /** If it is to be: sends close_notify unless that was done, without waiting for the peer's (but over a blocking Bio for room to send it), and closes the {@link Ssl}. The Bio behind stays open. */
    @Override
    public void close() {
        if (close && ssl != null) {
            closeSsl();
        }
    }

    private void closeSsl() {
        sayGoodbye();
        ssl.close();
    }
}
