// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslError;
import org.libssl4j.TlsMethod;

/**
 * A TLS server that sends back what it gets: one thread, one selector, any number of clients. Written to be read; docs/non-blocking.md says why each thing is as it is.
 *
 * <pre>java -cp libssl4j.jar docs/samples/SelectorEchoServer.java 4433 chain.pem key.pem</pre>
 */
public final class SelectorEchoServer implements Runnable {
    private static final int MOST_CLIENTS = 10_000; // further ones wait in the listener's queue
    private static final int FAIR_SHARE = 16; // calls for one client before the next has its turn
    private static final int RECORD = 16_384; // the most that one TLS record carries

    private final SslCtx ctx;
    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final SelectionKey door;
    private final Set<Client> clients = new LinkedHashSet<>();
    private final Set<Client> unfinished = new LinkedHashSet<>(); // have used up their share, and want nothing
    private volatile boolean stopping;
    private volatile long turns;

    public SelectorEchoServer(SslCtx ctx, InetSocketAddress at) throws IOException {
        this.ctx = ctx;
        listener.bind(at).configureBlocking(false);
        door = listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    public static void main(String[] args) throws Exception {
        SslCtx ctx = new SslCtx(TlsMethod.TLS_SERVER);
        ctx.useCertAndKeyFile(Path.of(args[1]), Path.of(args[2]), null);
        SelectorEchoServer server = new SelectorEchoServer(ctx, new InetSocketAddress(Integer.parseInt(args[0])));
        System.out.println("listening on port " + server.port());
        server.run();
    }

    public int port() {
        return listener.socket().getLocalPort();
    }

    /** How often the selector came back. While nothing happens this stands still; a number that runs is a loop that spins. */
    public long turns() {
        return turns;
    }

    /** Lets {@link #run} come to an end: no new clients, a goodbye to those that are there, and their last words heard. For any thread. */
    public void stop() {
        stopping = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        try {
            while (!stopping || !clients.isEmpty()) {
                turn();
            }
        } catch (IOException e) {
            System.err.println("the selector failed: " + e);
        } finally {
            close();
        }
    }

    private void close() {
        List.copyOf(clients).forEach(Client::close);
        try (selector) {
            listener.close();
        } catch (IOException e) {
            System.err.println("closing: " + e);
        }
    }

    private void turn() throws IOException {
        // A client that is not finished may have its data in its Ssl already: the selector cannot know, so nobody waits.
        if (unfinished.isEmpty()) {
            selector.select();
        } else {
            selector.selectNow();
        }
        turns++;
        Set<Client> due = new LinkedHashSet<>(unfinished);
        unfinished.clear();
        for (SelectionKey key : selector.selectedKeys()) {
            due.add(key == door ? welcome() : (Client) key.attachment());
        }
        due.remove(null); // a client that could not come in
        selector.selectedKeys().clear();
        if (stopping && door.isValid()) {
            listener.close();
            due.addAll(clients); // each has a goodbye to say
        }
        for (Client client : due) {
            client.go();
        }
    }

    private Client welcome() {
        SocketChannel channel = null;
        try {
            channel = listener.accept();
            if (channel == null) {
                return null;
            }
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true); // each write is a whole answer
            Client client = new Client(channel);
            clients.add(client);
            door.interestOps(clients.size() < MOST_CLIENTS ? SelectionKey.OP_ACCEPT : 0);
            return client;
        } catch (IOException e) {
            // This client has gone, or there are no descriptors left: then the door stays shut until one is free again.
            System.err.println("a client could not come in: " + e);
            close(channel);
            door.interestOps(clients.isEmpty() || channel != null ? SelectionKey.OP_ACCEPT : 0);
            return null;
        }
    }

    private static void close(SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            System.err.println("closing: " + e);
        }
    }

    /** A client: what it sent is read, then written back, and so on. One call is under way at a time, and is made again until it is done. */
    private final class Client {
        private enum Call {
            READ,
            WRITE,
            SHUTDOWN
        }

        private final SocketChannel channel;
        private final SelectionKey key;
        private final Ssl ssl = new Ssl(ctx);
        private final byte[] data = new byte[RECORD];
        private int length; // of what is written back
        private Call call = Call.READ; // which handshakes first, so its wants are the handshake's to begin with

        Client(SocketChannel channel) throws IOException {
            this.channel = channel;
            key = channel.register(selector, 0, this);
            ssl.setFd(channel);
            ssl.setAcceptState();
        }

        /** Makes calls until one has to wait, the client is gone, or others should have their turn. */
        void go() {
            if (stopping && call == Call.READ && !ssl.sentShutdown()) {
                call = Call.SHUTDOWN; // our side closes first; the other one may go on for a while
            }
            for (int i = 0; i < FAIR_SHARE; i++) {
                int ret = make();
                // 0 of shutdown() is no error: our goodbye is out, and the client's has not come.
                SslError error = ret == 0 && call == Call.SHUTDOWN ? SslError.NONE : ssl.getError(ret);
                switch (error) {
                    case NONE, ZERO_RETURN -> next(ret);
                    case WANT_READ, WANT_WRITE -> {
                        // Exactly what is wanted, whichever call it was: were OP_WRITE always there, the selector would never wait.
                        key.interestOps(error == SslError.WANT_READ ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
                        return;
                    }
                    default -> {
                        System.err.println("a client failed: " + error + ": " + ssl.failure());
                        close();
                    }
                }
                if (!channel.isOpen()) {
                    return;
                }
            }
            unfinished.add(this);
        }

        private int make() {
            return switch (call) {
                case READ -> ssl.read(data, 0, data.length);
                case WRITE -> ssl.write(data, 0, length); // the same bytes until it has succeeded
                case SHUTDOWN -> ssl.shutdown();
            };
        }

        /** What follows a call that is done. */
        private void next(int ret) {
            if (ssl.sentShutdown() && ssl.receivedShutdown()) {
                close(); // both sides have said goodbye
            } else if (call == Call.READ && ret > 0) {
                length = ret;
                call = ssl.sentShutdown() ? Call.READ : Call.WRITE; // after our goodbye we only listen
            } else if (call == Call.READ || stopping && call == Call.WRITE) {
                call = Call.SHUTDOWN; // the client closed its side, and has had all it sent; or we stop
            } else {
                call = Call.READ;
            }
        }

        private void close() {
            clients.remove(this);
            if (door.isValid()) {
                door.interestOps(SelectionKey.OP_ACCEPT);
            }
            ssl.close(); // wipes the keys; the channel is ours
            SelectorEchoServer.close(channel);
        }
    }
}
