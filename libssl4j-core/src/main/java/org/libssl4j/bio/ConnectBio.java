// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bio;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A Bio that makes a TCP connection itself (BIO_s_connect(3)): {@link #doConnect}, or the first read or write, connects to the host and port that were set. If the host has more than one address they are tried in turn.
 *
 * <p>With {@link #setNbio} connecting, reading and writing do not wait: while the connection is being made, calls give -1 with {@link #shouldIoSpecial()} and {@link RetryReason#CONNECT}; they are to be made again once {@link #channel()} can be connected (OP_CONNECT of a selector). Ask for the channel after each such -1: for the next address there is a new one. What does wait even then is looking up the name, for Java has no other way; {@link #setConnAddress} takes an address that was looked up elsewhere.
 *
 * <p>Once connecting has failed, calls fail the same way until {@link #reset()}. The connection is closed with the Bio unless {@link #setClose} says otherwise.
 */
public final class ConnectBio extends Bio {
    /** How a name becomes addresses; tests have their own. */
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final Resolver resolver;
    private volatile String host;
    private volatile String port;
    private volatile InetSocketAddress address;
    private volatile IpFamily family = IpFamily.ANY;
    private volatile boolean nbio;
    private volatile boolean nodelay;
    private volatile boolean close = true;
    private volatile boolean closed;

    private final ReentrantLock connecting = new ReentrantLock();
    private Deque<InetSocketAddress> untried; // guarded by connecting; null: not looked up yet
    private final List<IOException> failures = new ArrayList<>(); // guarded by connecting
    private IOException failed; // guarded by connecting
    private volatile InetSocketAddress tried;
    private volatile SocketChannel channel; // of a connection, or of one that is being made
    private volatile ChannelBio connection;

    /** A Bio that is not told yet where to connect to (BIO_s_connect(3)). */
    public ConnectBio() {
        this(InetAddress::getAllByName);
    }

    /**
     * A Bio for a host (BIO_new_connect(3)).
     *
     * @param name as {@link #setConnHostname} takes it
     * @throws IllegalArgumentException as there
     */
    public ConnectBio(String name) {
        this();
        setConnHostname(name);
    }

    ConnectBio(Resolver resolver) {
        this.resolver = resolver;
    }

    // ---- where to --------------------------------------------------------------------------------------------------

    /**
     * Sets the host, and the port if it is in the name (BIO_set_conn_hostname(3)): "host", "host:port", "[IPv6 address]:port"; an empty host is the loopback. A name from elsewhere may thus choose the port; look for a colon first if it is not to.
     *
     * <p>It is for the connection that is made next.
     *
     * @param name it
     * @throws IllegalArgumentException if it has more than one colon outside of brackets, or a port as {@link #setConnPort} refuses it
     */
    public void setConnHostname(String name) {
        HostPort p = HostPort.parse(name, false);
        host = p.host();
        if (p.portGiven()) {
            port = p.port();
        }
        address = null;
    }

    /**
     * Sets the port (BIO_set_conn_port(3)).
     *
     * @param service a number, or one of the services that are known here, such as "https"; the system's own list is out of Java's reach
     * @throws IllegalArgumentException if it is neither
     */
    public void setConnPort(String service) {
        HostPort.number(service);
        port = service;
        address = null;
    }

    /**
     * Sets address and port in place of host and port (BIO_set_conn_address(3)).
     *
     * @param a looked up; its address, not its name, becomes the host
     * @throws IllegalArgumentException if it was not looked up
     */
    public void setConnAddress(InetSocketAddress a) {
        if (a.isUnresolved()) {
            throw new IllegalArgumentException("the address of " + a.getHostString() + " was not looked up");
        }
        // Not the name: one that Java found by asking for the address's name is nothing that TLS may check.
        host = a.getAddress().getHostAddress();
        port = Integer.toString(a.getPort());
        address = a;
    }

    /**
     * Sets which kind of addresses is tried (BIO_set_conn_ip_family(3)); any at first.
     *
     * @param f the kind
     */
    public void setConnIpFamily(IpFamily f) {
        family = Objects.requireNonNull(f);
    }

    /**
     * The host that was set (BIO_get_conn_hostname(3)), without port and brackets.
     *
     * @return null if there is none
     */
    public String getConnHostname() {
        return host;
    }

    /**
     * The port that was set (BIO_get_conn_port(3)).
     *
     * @return null if there is none
     */
    public String getConnPort() {
        return port;
    }

    /**
     * The address that is connected to, or was tried last (BIO_get_conn_address(3)); before that the one that was set.
     *
     * @return null if there is none
     */
    public InetSocketAddress getConnAddress() {
        InetSocketAddress t = tried;
        return t != null ? t : address;
    }

    /**
     * Which kind of addresses is tried (BIO_get_conn_ip_family(3)).
     *
     * @return the kind that was set
     */
    public IpFamily getConnIpFamily() {
        return family;
    }

    /**
     * Whether calls come back instead of waiting (BIO_set_nbio(3)); off at first. It counts for the connection that is made next.
     *
     * @param yes whether
     */
    public void setNbio(boolean yes) {
        nbio = yes;
    }

    /**
     * Whether small writes are sent at once instead of being gathered (BIO_set_tcp_ndelay(3)); for the connection there is, and those to come.
     *
     * @param yes TCP_NODELAY
     * @throws IOException if the socket refuses
     */
    public void setTcpNodelay(boolean yes) throws IOException {
        nodelay = yes;
        ChannelBio c = connection;
        if (c != null) {
            c.setTcpNodelay(yes);
        }
    }

    // ---- connecting ------------------------------------------------------------------------------------------------

    /**
     * Connects (BIO_do_connect(3)), unless that was done.
     *
     * @return 1 when there is a connection; -1: it is being made, try again
     * @throws IOException if none of the addresses could be connected to, or there is none
     */
    public int doConnect() throws IOException {
        clearRetry();
        return connected() == null ? -1 : 1;
    }

    /** The connection; null if it is being made, which the retry flags tell. */
    private ChannelBio connected() throws IOException {
        ChannelBio c = connection;
        if (c != null) {
            return c;
        }
        connecting.lock();
        try {
            if (connection == null && !connect()) {
                retrySpecial(RetryReason.CONNECT);
            }
            return connection;
        } finally {
            connecting.unlock();
        }
    }

    private boolean connect() throws IOException {
        if (failed != null) {
            throw new IOException(failed.getMessage(), failed);
        }
        if (untried == null) {
            untried = new ArrayDeque<>(addresses());
        }
        while (channel != null || !untried.isEmpty()) {
            try {
                if (!attempt()) {
                    return false;
                }
                SocketChannel c = channel;
                c.setOption(StandardSocketOptions.TCP_NODELAY, nodelay);
                connection = new ChannelBio(c, true);
                return true;
            } catch (ClosedChannelException e) { // by close() or an interrupt: no reason to try another address
                forget();
                throw e;
            } catch (IOException | UnsupportedAddressTypeException e) { // the latter: IPv6 where there is none
                failures.add(new IOException(tried + ": " + e.getMessage(), e));
                forgetChannel();
            }
        }
        failed = failure();
        throw failed;
    }

    /** Goes on connecting, or begins with the next address: true when it is done. */
    private boolean attempt() throws IOException {
        if (channel != null) {
            return channel.finishConnect();
        }
        tried = untried.remove();
        SocketChannel c = SocketChannel.open();
        channel = c;
        if (closed) {
            throw new ClosedChannelException();
        }
        c.configureBlocking(!nbio);
        c.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        return c.connect(tried);
    }

    private List<InetSocketAddress> addresses() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        InetSocketAddress known = address;
        if (known != null) {
            return List.of(known);
        }
        String h = host;
        if (h == null && port == null) {
            throw new IOException("no host and no port were set");
        }
        int p = HostPort.numberOf(port);
        List<InetSocketAddress> all = new ArrayList<>();
        for (InetAddress a : h == null ? loopback() : resolver.addresses(h)) {
            boolean fits = switch (family) {
                case ANY -> true;
                case IPV4 -> a instanceof Inet4Address;
                case IPV6 -> a instanceof Inet6Address;
            };
            if (fits) {
                all.add(new InetSocketAddress(a, p));
            }
        }
        if (all.isEmpty()) {
            throw new UnknownHostException((h == null ? "the loopback" : h) + " has no address of family " + family);
        }
        return all;
    }

    private static InetAddress[] loopback() throws UnknownHostException {
        byte[] six = new byte[16];
        six[15] = 1;
        return new InetAddress[] {InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), InetAddress.getByAddress(six)};
    }

    private IOException failure() {
        StringBuilder text = new StringBuilder("no connection to ");
        text.append(host == null ? "the loopback" : host).append(", port ").append(port);
        for (IOException e : failures) {
            text.append("; ").append(e.getMessage());
        }
        IOException all = new IOException(
                text.toString(), failures.get(failures.size() - 1).getCause());
        failures.subList(0, failures.size() - 1).forEach(all::addSuppressed);
        return all;
    }

    /**
     * Closes the connection (BIO_reset(3)); the next call makes one again. Not while another thread is connecting.
     *
     * @throws IOException if closing failed
     */
    @Override
    public void reset() throws IOException {
        clearRetry();
        connecting.lock();
        try {
            forget();
        } finally {
            connecting.unlock();
        }
    }

    private void forget() throws IOException {
        untried = null;
        failures.clear();
        failed = null;
        connection = null;
        forgetChannel();
    }

    private void forgetChannel() throws IOException {
        SocketChannel c = channel;
        channel = null;
        if (c != null) {
            c.close();
        }
    }

    // ---- the connection --------------------------------------------------------------------------------------------

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        ChannelBio c = connected();
        if (c == null) {
            return -1;
        }
        int n = c.read(b, off, len);
        return n < 0 ? retryAs(c) : n;
    }

    @Override
    public int write(byte[] b, int off, int len) throws IOException {
        Objects.checkFromIndexSize(off, len, b.length);
        clearRetry();
        ChannelBio c = connected();
        if (c == null) {
            return -1;
        }
        int n = c.write(b, off, len);
        return n < 0 ? retryAs(c) : n;
    }

    /** As {@link #getLine}: byte by byte, for there is no buffer; {@link BufferBio} has one. */
    @Override
    public int gets(byte[] b, int off, int len) throws IOException {
        return getLine(b, off, len);
    }

    @Override
    public boolean readyToRead() {
        ChannelBio c = connection;
        return c == null ? nbio : c.readyToRead();
    }

    @Override
    public boolean eof() {
        ChannelBio c = connection;
        return c != null && c.eof();
    }

    /**
     * The channel of the connection, or of the one that is being made (BIO_get_fd(3)).
     *
     * @return null before the first call that connects
     */
    public SocketChannel channel() {
        return channel;
    }

    /**
     * Whether the connection is closed with the Bio (BIO_set_close(3)); it is, unless told otherwise.
     *
     * @param yes BIO_CLOSE or BIO_NOCLOSE
     */
    public void setClose(boolean yes) {
        close = yes;
    }

    /** Closes the connection, also while another thread waits in this Bio, which then gets an exception; no other connection is made after. */
    @Override
    public void close() throws IOException {
        if (!close) {
            return;
        }
        closed = true;
        SocketChannel c = channel;
        if (c != null) {
            c.close();
        }
    }
}
