// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A Bio that accepts TCP connections (BIO_s_accept(3)). The first {@link #doAccept} binds the port, each later one waits for a connection, whose Bio then stands behind this one. {@link #pop()} takes this Bio off: what it returns is the connection, and this Bio can accept the next one.
 *
 * <p>Reads and writes go to the connection. Without one they bind and accept first.
 *
 * <p>With {@link #setNbioAccept} a call that would wait for a connection gives -1 with {@link #shouldIoSpecial()} and {@link RetryReason#ACCEPT}; it is to be made again once {@link #channel()} can accept (OP_ACCEPT of a selector).
 *
 * <p>For one thread at a time, but {@link #close()} may come from another one.
 */
public final class AcceptBio extends FilterBio {
    private String host;
    private String port;
    private IpFamily family = IpFamily.ANY;
    private BindMode bindMode = BindMode.NORMAL;
    private boolean nbioAccept;
    private boolean nbio;
    private Supplier<? extends Bio> filters;
    private volatile boolean close = true;
    private volatile boolean closed;
    private volatile ServerSocketChannel listener;
    private InetSocketAddress peer;

    /** A Bio that is not told yet where to listen (BIO_s_accept(3)). */
    public AcceptBio() {}

    /**
     * A Bio for a port (BIO_new_accept(3)).
     *
     * @param name as {@link #setAcceptName} takes it
     * @throws IllegalArgumentException as there
     */
    public AcceptBio(String name) {
        setAcceptName(name);
    }

    // ---- where -----------------------------------------------------------------------------------------------------

    /**
     * Sets interface and port (BIO_set_accept_name(3)): "port", "host:port", "[IPv6 address]:port". The host is the name or address of an interface of this machine; empty or "*" stands for all of them.
     *
     * @param name it
     * @throws IllegalArgumentException if it has more than one colon outside of brackets, or a port as {@link #setAcceptPort} refuses it
     */
    public void setAcceptName(String name) {
        HostPort p = HostPort.parse(name, true);
        if (p.port() != null) {
            HostPort.number(p.port());
        }
        if (p.hostGiven()) {
            host = p.host();
        }
        if (p.portGiven()) {
            port = p.port();
        }
    }

    /**
     * Sets the port (BIO_set_accept_port(3)).
     *
     * @param service a number, 0 for any that is free, which {@link #localAddress()} then tells; or one of the services that {@link ConnectBio#setConnPort} knows
     * @throws IllegalArgumentException if it is neither
     */
    public void setAcceptPort(String service) {
        HostPort.number(service);
        port = service;
    }

    /**
     * Sets which kind of addresses is listened at (BIO_set_accept_ip_family(3)); any at first.
     *
     * @param f the kind; a system that maps IPv4 addresses into IPv6 accepts both with {@link IpFamily#IPV6}
     */
    public void setAcceptIpFamily(IpFamily f) {
        family = Objects.requireNonNull(f);
    }

    /**
     * Which kind of addresses is listened at (BIO_get_accept_ip_family(3)).
     *
     * @return the kind that was set
     */
    public IpFamily getAcceptIpFamily() {
        return family;
    }

    /**
     * Sets whether a port in use may be bound (BIO_set_bind_mode(3)).
     *
     * @param mode {@link BindMode#NORMAL} at first
     */
    public void setBindMode(BindMode mode) {
        bindMode = Objects.requireNonNull(mode);
    }

    /**
     * Whether a port in use may be bound (BIO_get_bind_mode(3)).
     *
     * @return the mode
     */
    public BindMode getBindMode() {
        return bindMode;
    }

    /**
     * Whether calls come back instead of waiting for a connection (BIO_set_nbio_accept(3)); off at first. To be set before the port is bound.
     *
     * @param yes whether
     */
    public void setNbioAccept(boolean yes) {
        nbioAccept = yes;
    }

    /**
     * Whether reading from and writing to connections come back instead of waiting (BIO_set_nbio(3)); off at first. It counts for the connections that are accepted from now on.
     *
     * @param yes whether
     */
    public void setNbio(boolean yes) {
        nbio = yes;
    }

    /**
     * Sets where filters come from that are to stand between this Bio and each connection's (BIO_set_accept_bios(3)), such as a buffer or TLS. OpenSSL copies a chain for each connection; here one is made for each.
     *
     * @param makes gives the first Bio of a new chain of filters for a connection, or null for none; null: no filters
     */
    public void setAcceptBios(Supplier<? extends Bio> makes) {
        filters = makes;
    }

    /**
     * Takes a listening channel in place of one of its own (BIO_set_fd(3)). It stays in its blocking mode.
     *
     * @param bound it
     * @param closeIt whether it is closed with this Bio: BIO_CLOSE or BIO_NOCLOSE
     */
    public void setChannel(ServerSocketChannel bound, boolean closeIt) {
        listener = Objects.requireNonNull(bound);
        close = closeIt;
    }

    /**
     * The host (BIO_get_accept_name(3)): once bound the address in text form, before that what was set.
     *
     * @return null for all interfaces before it is bound
     */
    public String getAcceptName() {
        InetSocketAddress a = localAddress();
        return a == null ? host : a.getAddress().getHostAddress();
    }

    /**
     * The port (BIO_get_accept_port(3)): once bound its number, before that what was set.
     *
     * @return null if none was set
     */
    public String getAcceptPort() {
        InetSocketAddress a = localAddress();
        return a == null ? port : Integer.toString(a.getPort());
    }

    /**
     * Where it listens (BIO_sock_info(3)).
     *
     * @return null before it is bound
     */
    public InetSocketAddress localAddress() {
        ServerSocketChannel l = listener;
        return l == null ? null : (InetSocketAddress) l.socket().getLocalSocketAddress();
    }

    /**
     * The address of the peer that was accepted last (BIO_get_peer_name(3)), in text form.
     *
     * @return null if there was none
     */
    public String getPeerName() {
        return peer == null ? null : peer.getAddress().getHostAddress();
    }

    /**
     * The port of the peer that was accepted last (BIO_get_peer_port(3)).
     *
     * @return null if there was none
     */
    public String getPeerPort() {
        return peer == null ? null : Integer.toString(peer.getPort());
    }

    /**
     * The address and port of the peer that was accepted last (BIO_get_peer_name(3), BIO_get_peer_port(3)).
     *
     * @return null if there was none
     */
    public InetSocketAddress getPeerAddress() {
        return peer;
    }

    // ---- accepting -------------------------------------------------------------------------------------------------

    /**
     * Binds the port at the first call; then waits for a connection (BIO_do_accept(3)). While there is one behind this Bio it does nothing.
     *
     * @return 1 when that is done; -1: no connection came yet, try again
     * @throws IOException if binding or accepting failed
     */
    public int doAccept() throws IOException {
        clearRetry();
        if (listener == null) {
            bind();
            return 1;
        }
        return next() != null || accept() ? 1 : retrySpecial(RetryReason.ACCEPT);
    }

    private boolean connected() throws IOException {
        if (next() != null) {
            return true;
        }
        if (listener == null) {
            bind();
        }
        if (accept()) {
            return true;
        }
        retrySpecial(RetryReason.ACCEPT);
        return false;
    }

    private void bind() throws IOException {
        if (closed) {
            throw new IOException("this Bio was closed");
        }
        int number = HostPort.numberOf(port);
        InetSocketAddress at = host == null ? new InetSocketAddress(number) : new InetSocketAddress(address(), number);
        try {
            listener = bind(at, bindMode == BindMode.REUSEADDR);
        } catch (BindException e) {
            if (bindMode != BindMode.REUSEADDR_IF_UNUSED || answers(at)) {
                throw e;
            }
            listener = bind(at, true);
        }
    }

    private InetAddress address() throws IOException {
        for (InetAddress a : InetAddress.getAllByName(host)) {
            boolean fits = switch (family) {
                case ANY -> true;
                case IPV4 -> a instanceof Inet4Address;
                case IPV6 -> a instanceof Inet6Address;
            };
            if (fits) {
                return a;
            }
        }
        throw new UnknownHostException(host + " has no address of family " + family);
    }

    private ServerSocketChannel bind(InetSocketAddress at, boolean reuse) throws IOException {
        ServerSocketChannel l = null;
        boolean done = false;
        try {
            l = switch (family) {
                case ANY -> ServerSocketChannel.open();
                case IPV4 -> ServerSocketChannel.open(StandardProtocolFamily.INET);
                case IPV6 -> ServerSocketChannel.open(StandardProtocolFamily.INET6);
            };
            l.setOption(StandardSocketOptions.SO_REUSEADDR, reuse); // Java's default is the system's
            l.configureBlocking(!nbioAccept);
            l.bind(at);
            done = true;
            return l;
        } catch (UnsupportedOperationException | UnsupportedAddressTypeException e) {
            throw new IOException("this machine has no addresses of the kind of " + at + ", family " + family, e);
        } finally {
            if (!done && l != null) {
                l.close();
            }
        }
    }

    /** Whether somebody listens there. */
    private static boolean answers(InetSocketAddress at) {
        InetSocketAddress to = at.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), at.getPort())
                : at;
        try (SocketChannel c = SocketChannel.open(to)) {
            return c.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean accept() throws IOException {
        SocketChannel c = listener.accept();
        if (c == null) {
            return false;
        }
        boolean done = false;
        try {
            c.configureBlocking(!nbio);
            peer = (InetSocketAddress) c.getRemoteAddress();
            push(chain(new ChannelBio(c, true)));
            done = true;
        } catch (IllegalArgumentException e) {
            throw new IOException("the filters cannot be used: " + e.getMessage(), e);
        } finally {
            if (!done) {
                c.close();
            }
        }
        return true;
    }

    /** The filters, with the connection behind them. */
    private Bio chain(ChannelBio connection) throws IOException {
        Bio first = filters == null ? null : filters.get();
        if (first == null) {
            return connection;
        }
        for (Bio b = first; b != null; b = b.next()) {
            // Else a chain that was used before would lead to its connection of then.
            if (!(b instanceof FilterBio)) {
                throw new IOException("filters are needed for each connection anew; a "
                        + b.getClass().getSimpleName() + " came among them");
            }
        }
        return first.push(connection);
    }

    /**
     * Closes the connection behind this Bio, if there is one (BIO_reset(3)); the next {@link #doAccept} waits for another one.
     *
     * @throws IOException if closing failed
     */
    @Override
    public void reset() throws IOException {
        clearRetry();
        Bio connection = next();
        if (connection != null) {
            pop();
            connection.closeAll();
        }
    }

    // ---- the connection --------------------------------------------------------------------------------------------

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        return connected() ? super.read(b, off, len) : -1;
    }

    @Override
    public int write(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        return connected() ? super.write(b, off, len) : -1;
    }

    /** As the connection does; without one there is nothing to flush. */
    @Override
    public int flush() throws IOException {
        clearRetry();
        return next() == null ? 1 : super.flush();
    }

    @Override
    public boolean eof() {
        return next() != null && next().eof();
    }

    /**
     * The channel that listens (BIO_get_fd(3)).
     *
     * @return null before it is bound
     */
    public ServerSocketChannel channel() {
        return listener;
    }

    /**
     * Whether the listening channel is closed with the Bio (BIO_set_close(3)); it is, unless told otherwise.
     *
     * @param yes BIO_CLOSE or BIO_NOCLOSE
     */
    public void setClose(boolean yes) {
        close = yes;
    }

    /** Ends listening; a connection behind this Bio goes on, and is closed by {@link #closeAll()}. */
    @Override
    public void close() throws IOException {
        if (!close) {
            return;
        }
        closed = true;
        ServerSocketChannel l = listener;
        if (l != null) {
            l.close();
        }
    }
}
