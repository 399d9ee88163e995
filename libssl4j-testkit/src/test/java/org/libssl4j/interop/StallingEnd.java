// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Random;
import org.libssl4j.Ssl;
import org.libssl4j.SslError;
import org.libssl4j.SslMode;
import org.libssl4j.bio.ChannelBio;

/**
 * One end of a connection on a selector: sends a stream, says goodbye when it is through, and meanwhile checks the peer's stream, but now and then rests and leaves it unread. Its two directions do not wait for each other.
 *
 * <p>A call that wanted something is made again only when the selector has said that it is there. If then no byte moves, the call had no reason to want it: a loop around it would spin, and the test fails.
 */
final class StallingEnd {
    private static final int LARGEST_WRITE = 20_000;
    private static final int LARGEST_READ = 8_000;
    private static final int FRUITLESS = 2; // a system may be wrong about a channel, but not often
    private static final byte[] WRITING = new byte[LARGEST_WRITE]; // of one thread; written again for each call
    private static final byte[] READING = new byte[LARGEST_READ];

    private final String name;
    private final Ssl ssl;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final CountingBio bio = new CountingBio();
    private final Random random;
    private final SeededStream out;
    private final SeededStream in;
    private final long toSend;
    private final long toReceive;
    private final boolean tcpHalfClose;

    private long sent;
    private int chunk; // of the write under way: a retry brings the same bytes
    private boolean sendingOver; // all is out, and so is our goodbye
    private int sendWants; // SelectionKey.OP_*; 0 if there is nothing to wait for
    private long received;
    private boolean receivingOver;
    private int receiveWants;
    private boolean resting = true;
    private long nextRest; // when so much was received

    private int fruitless;
    private long calls;
    private int fullBuffers; // how often a write found no room
    private boolean heardAfterGoodbye;

    /**
     * An end that rests to begin with.
     *
     * @param number of the connection, which seeds all that is random
     * @param toSend and
     * @param toReceive bytes in all
     */
    StallingEnd(
            int number, boolean server, Ssl ssl, SocketChannel channel, Selector selector, long toSend, long toReceive)
            throws IOException {
        this.name = (server ? "server" : "client") + " of connection " + number;
        this.random = new Random(2L * number + (server ? 1 : 0));
        this.out = new SeededStream(2L * number + (server ? 1 : 0) << 32);
        this.in = new SeededStream(2L * number + (server ? 0 : 1) << 32);
        this.ssl = ssl;
        this.channel = channel;
        this.toSend = toSend;
        this.toReceive = toReceive;
        this.tcpHalfClose = random.nextBoolean();
        channel.configureBlocking(false);
        key = channel.register(selector, 0, this);
        bio.push(new ChannelBio(channel));
        ssl.setBio(bio, bio);
        ssl.setReadAhead(random.nextBoolean());
        if (random.nextBoolean()) {
            ssl.setMode(SslMode.ENABLE_PARTIAL_WRITE);
        }
        nextRest = random.nextInt(40_000);
    }

    // ---- what the test asks ----------------------------------------------------------------------------------------

    boolean over() {
        return !channel.isOpen();
    }

    boolean isResting() {
        return resting && !receivingOver;
    }

    /** Whether it has handshaken and its writes wait for room. */
    boolean isFull() {
        return ssl.isInitFinished() && sendWants == SelectionKey.OP_WRITE && !sendingOver;
    }

    /** Whether it has nothing more to send. */
    boolean hasSentAll() {
        return sendingOver;
    }

    long calls() {
        return calls;
    }

    int fullBuffers() {
        return fullBuffers;
    }

    long received() {
        return received;
    }

    /** Whether data came after its own goodbye. */
    boolean heardAfterGoodbye() {
        return heardAfterGoodbye;
    }

    // ---- what makes it go ------------------------------------------------------------------------------------------

    /** The first calls. */
    void begin() throws IOException {
        send();
        settle();
    }

    /** Leaves what comes unread from now on. */
    void rest() throws IOException {
        resting = true;
        settle();
    }

    /** Reads again, and at once: what the Ssl has decrypted already, no selector knows of. */
    void wake() throws IOException {
        resting = false;
        nextRest = received + 1 + random.nextInt(120_000);
        receive();
        settle();
    }

    /** The selector says that something is there. */
    void ready(int ops) throws IOException {
        long before = bio.moved();
        if ((sendWants & ops) != 0) {
            send();
        }
        if ((receiveWants & ops) != 0 && !resting) {
            receive();
        }
        fruitless += bio.moved() == before ? 1 : 0;
        assertTrue(
                fruitless <= FRUITLESS,
                () -> this + ": was told so often that the channel is ready, and no byte moved: it spins");
        settle();
    }

    private void settle() throws IOException {
        if (sendingOver && receivingOver) {
            assertTrue(ssl.sentShutdown() && ssl.receivedShutdown(), this::toString);
            assertEquals(1, ssl.shutdown(), this::toString);
            assertEquals(toReceive, received, () -> this + ": bytes lost");
            ssl.close();
            channel.close();
        } else {
            key.interestOps(sendWants | (resting ? 0 : receiveWants));
        }
    }

    private void send() throws IOException {
        sendWants = 0;
        while (!sendingOver && sendWants == 0) {
            calls++;
            if (sent < toSend) {
                write();
            } else {
                goodbye();
            }
        }
    }

    private void write() {
        if (chunk == 0) {
            chunk = (int) Math.min(toSend - sent, 1 + random.nextInt(LARGEST_WRITE));
        }
        out.fill(WRITING, chunk, sent); // for a retry as well: others have used the array since
        int n = ssl.write(WRITING, 0, chunk);
        if (n > 0) {
            sent += n;
            chunk = 0;
        } else {
            sendWants = wants("write", n);
            fullBuffers += ssl.isInitFinished() ? 1 : 0;
        }
    }

    private void goodbye() throws IOException {
        int r = ssl.shutdown();
        if (r < 0) {
            sendWants = wants("shutdown", r);
            return;
        }
        sendingOver = true;
        if (tcpHalfClose) {
            channel.shutdownOutput();
        }
    }

    private void receive() {
        receiveWants = 0;
        while (!receivingOver && receiveWants == 0 && !resting) {
            calls++;
            int n = ssl.read(READING, 0, 1 + random.nextInt(LARGEST_READ));
            if (n > 0) {
                in.check(READING, n, received);
                received += n;
                heardAfterGoodbye |= sendingOver;
                resting = received >= nextRest;
            } else if (ssl.getError(n) == SslError.ZERO_RETURN) {
                receivingOver = true;
            } else {
                receiveWants = wants("read", n);
            }
        }
    }

    private int wants(String call, int ret) {
        SslError e = ssl.getError(ret);
        if (e != SslError.WANT_READ && e != SslError.WANT_WRITE) {
            throw new AssertionError(this + ": " + call + " gave " + e, ssl.failure());
        }
        return e == SslError.WANT_READ ? SelectionKey.OP_READ : SelectionKey.OP_WRITE;
    }

    @Override
    public String toString() {
        return name + ", " + ssl.stateStringLong() + ", has sent " + sent + " of " + toSend + " bytes"
                + (sendingOver ? " and its goodbye" : "") + ", received " + received + " of " + toReceive
                + (receivingOver ? " and the peer's goodbye" : "") + (resting ? ", rests" : "") + ", wants " + sendWants
                + " to send and " + receiveWants + " to receive";
    }
}
