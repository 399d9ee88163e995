// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntSupplier;
import org.libssl4j.KeyUpdateType;
import org.libssl4j.Ssl;
import org.libssl4j.SslError;
import org.libssl4j.bio.ChannelBio;

/** One connection, from the handshake to the shutdown: what the runner sends comes back with every bit turned over. */
final class Exchange {
    private static final int[] RECORD_SIZES = {0, 1, 255, 256, 257, 16_383, 16_384, 16_385, 32_767, 32_768, 32_769};

    private final TestConfig config;
    private final Observed observed;
    private final Ssl ssl;
    private final AsyncBio async; // null if nothing is late
    private final ShimSessions sessions;
    private final boolean resume;

    /**
     * A connection over a channel.
     *
     * @param channel connected and blocking
     * @param resume whether this is not the first connection of the test
     */
    Exchange(
            TestConfig config,
            Observed observed,
            Ssl ssl,
            SocketChannel channel,
            ShimSessions sessions,
            boolean resume) {
        this.sessions = sessions;
        this.resume = resume;
        this.config = config;
        this.observed = observed;
        this.ssl = ssl;
        ChannelBio socket = new ChannelBio(channel);
        if (config.has(ShimFlag.ASYNC)) {
            async = new AsyncBio();
            async.push(socket);
            ssl.setBio(async, async);
        } else {
            async = null;
            ssl.setBio(socket, socket);
        }
    }

    void run() throws ShimFailure {
        if (!config.has(ShimFlag.IMPLICIT_HANDSHAKE)) {
            handshake();
        }
        if (config.has(ShimFlag.EXPORT_KEYING_MATERIAL)) {
            byte[] exported = ssl.exportKeyingMaterial(
                    config.number(ShimFlag.EXPORT_KEYING_MATERIAL),
                    config.text(ShimFlag.EXPORT_LABEL),
                    config.has(ShimFlag.USE_EXPORT_CONTEXT)
                            ? config.text(ShimFlag.EXPORT_CONTEXT).getBytes(StandardCharsets.ISO_8859_1)
                            : null);
            write(exported, exported.length);
        }
        if (config.has(ShimFlag.EXPORT_TRAFFIC_SECRETS)) {
            writeTrafficSecrets();
        }
        if (config.has(ShimFlag.WRITE_DIFFERENT_RECORD_SIZES)) {
            byte[] b = new byte[32_769];
            Arrays.fill(b, (byte) 0x42);
            for (int length : RECORD_SIZES) {
                write(b, length);
            }
        } else {
            boolean unfinished = initialWrite();
            if (!config.has(ShimFlag.SHIM_SHUTS_DOWN)) {
                echo(unfinished);
            }
        }
        if (!config.has(ShimFlag.SERVER) && "TLSv1.3".equals(ssl.getVersion())) {
            checkTicket();
        }
        shutDown();
    }

    // ---- handshake

    private void handshake() throws ShimFailure {
        if (handshakeOnce() != 1) {
            throw failed();
        }
        new HandshakeChecks(config, observed, ssl).run();
        checkSession();
        if (config.has(ShimFlag.HANDSHAKE_TWICE) && later(ssl::doHandshake) != 1) {
            throw failed();
        }
        if (config.has(ShimFlag.NO_OP_EXTRA_HANDSHAKE) && ssl.doHandshake() != 1) {
            throw new ShimFailure("one more doHandshake() was no empty operation");
        }
    }

    private int handshakeOnce() throws ShimFailure {
        int ret;
        do {
            ret = twiceTheSame(ssl::doHandshake);
        } while (again(ret));
        if (config.has(ShimFlag.HANDSHAKE_NEVER_DONE) && observed.handshakeDone()) {
            throw new ShimFailure(ExitCode.MUST_FAIL, "the handshake should never have come to its end");
        }
        return ret;
    }

    // ---- data

    private void writeTrafficSecrets() throws ShimFailure {
        boolean server = config.has(ShimFlag.SERVER);
        byte[] ours = observed.secret(server ? "SERVER_TRAFFIC_SECRET_0" : "CLIENT_TRAFFIC_SECRET_0");
        byte[] theirs = observed.secret(server ? "CLIENT_TRAFFIC_SECRET_0" : "SERVER_TRAFFIC_SECRET_0");
        byte[] length = {(byte) ours.length, 0};
        write(length, length.length);
        write(theirs, theirs.length);
        write(ours, ours.length);
    }

    /** What we say first: whether a part of it is still to be written. */
    private boolean initialWrite() throws ShimFailure {
        byte[] first = initialText();
        if (config.has(ShimFlag.READ_WITH_UNFINISHED_WRITE)) {
            if (async == null) {
                throw new ShimFailure(ExitCode.MUST_FAIL, "an unfinished write needs -async");
            }
            async.allowWrite(1);
            int ret = ssl.write(first, 0, first.length);
            if (ssl.getError(ret) != SslError.WANT_WRITE) {
                throw new ShimFailure("the write was to be left unfinished, but returned " + ret);
            }
            return true;
        }
        if (config.has(ShimFlag.SHIM_WRITES_FIRST)) {
            int times = config.has(ShimFlag.REPEAT_SHIM_INITIAL_WRITE)
                    ? config.number(ShimFlag.REPEAT_SHIM_INITIAL_WRITE)
                    : 1;
            for (int i = 0; i < times; i++) {
                write(first, first.length);
            }
        }
        return false;
    }

    private byte[] initialText() {
        return config.text(ShimFlag.SHIM_INITIAL_WRITE, "hello").getBytes(StandardCharsets.ISO_8859_1);
    }

    private void echo(boolean unfinishedWrite) throws ShimFailure {
        int size = config.number(ShimFlag.READ_SIZE);
        byte[] b = new byte[size > 0 ? size : 512]; // small, so that a record takes several reads
        boolean unfinished = unfinishedWrite;
        while (true) {
            int n = read(b);
            if (n <= 0) {
                if (atEnd(n)) {
                    return;
                }
                throw failed();
            }
            if (!observed.handshakeDone()) {
                throw new ShimFailure("data came before the handshake was complete");
            }
            if (unfinished) {
                byte[] first = initialText();
                write(first, first.length);
                unfinished = false;
            }
            if (config.has(ShimFlag.KEY_UPDATE) && ssl.keyUpdate(KeyUpdateType.NOT_REQUESTED) != 1) {
                throw failed();
            }
            for (int i = 0; i < n; i++) {
                b[i] ^= (byte) 0xff;
            }
            write(b, n);
        }
    }

    private int read(byte[] b) throws ShimFailure {
        boolean peek = config.has(ShimFlag.PEEK_THEN_READ);
        int n;
        do {
            n = twiceTheSame(() -> peek ? ssl.peek(b, 0, b.length) : ssl.read(b, 0, b.length));
            if (config.has(ShimFlag.USE_EXPORTER_BETWEEN_READS)
                    && ssl.exportKeyingMaterial(1, "EXPERIMENTAL", null) == null) {
                throw new ShimFailure("there is nothing to export"); // as within a renegotiation
            }
        } while (again(n));
        if (peek && n > 0) {
            byte[] second = new byte[n];
            if (ssl.peek(second, 0, n) != n || !Arrays.equals(b, 0, n, second, 0, n)) {
                throw new ShimFailure("two peeks saw different bytes");
            }
            if (ssl.read(second, 0, n) != n || !Arrays.equals(b, 0, n, second, 0, n)) {
                throw new ShimFailure("peek and read saw different bytes");
            }
        }
        return n;
    }

    /** Whether the peer said, by close_notify or by the end of the stream, that nothing more comes. */
    private boolean atEnd(int ret) {
        SslError e = ssl.getError(ret);
        return e == SslError.ZERO_RETURN || ssl.isInitFinished() && BoringErrors.isEndOfStream(ssl.failure());
    }

    private void write(byte[] b, int length) throws ShimFailure {
        int at = 0;
        do {
            int from = at;
            int ret = later(() -> ssl.write(b, from, length - from));
            if (ret < 0) {
                throw failed();
            }
            if (ret == 0) {
                return;
            }
            at += ret;
        } while (at < length);
    }

    // ---- the end

    private void checkSession() throws ShimFailure {
        boolean reused = resume && !config.has(ShimFlag.EXPECT_SESSION_MISS);
        if (ssl.sessionReused() != reused) {
            throw new ShimFailure("session unexpectedly was" + (reused ? " not" : "") + " reused");
        }
        boolean expected = !config.has(ShimFlag.EXPECT_NO_SESSION)
                && (!reused || config.has(ShimFlag.EXPECT_TICKET_RENEWAL))
                && !"TLSv1.3".equals(ssl.getVersion()); // there tickets come later
        if (!config.has(ShimFlag.SERVER) && sessions.came() != expected) {
            throw new ShimFailure(expected ? "no session has come" : "an unexpected session has come");
        }
    }

    private void checkTicket() throws ShimFailure {
        boolean expected = !config.has(ShimFlag.EXPECT_NO_SESSION) && !config.has(ShimFlag.SHIM_SHUTS_DOWN);
        boolean came = sessions.came();
        if (came != expected) {
            throw new ShimFailure(came ? "an unexpected ticket has come" : "no ticket has come");
        }
    }

    private void shutDown() throws ShimFailure {
        int ret = later(ssl::shutdown);
        if (config.has(ShimFlag.SHIM_SHUTS_DOWN) && config.has(ShimFlag.CHECK_CLOSE_NOTIFY)) {
            if (ret != 0) {
                throw new ShimFailure("Unexpected SSL_shutdown result: " + ret + " != 0\n" + errorText());
            }
            ret = later(ssl::shutdown);
        }
        if (ret != 1) {
            throw new ShimFailure("Unexpected SSL_shutdown result: " + ret + " != 1\n" + errorText());
        }
    }

    private ShimFailure failed() {
        String text = errorText();
        if (async != null) {
            // The alert has found no room yet; a call after a failure sends what is left of it.
            async.allowWrite(1 << 20);
            ssl.doHandshake();
        }
        return new ShimFailure(text);
    }

    private String errorText() {
        return BoringErrors.text(ssl.failure(), observed);
    }

    // ---- calls that are made again

    private int later(IntSupplier call) {
        int ret;
        do {
            ret = call.getAsInt();
        } while (again(ret));
        return ret;
    }

    /** Whether a call is to be made again; grants what it waits for. */
    private boolean again(int ret) {
        if (ret >= 0 || async == null) {
            return false;
        }
        switch (ssl.getError(ret)) {
            case WANT_READ -> async.allowRead(1);
            case WANT_WRITE -> async.allowWrite(1);
            case WANT_CLIENT_HELLO_CB -> observed.clientHelloReady = true;
            case WANT_X509_LOOKUP -> observed.certificateReady = true;
            case WANT_RETRY_VERIFY -> observed.verifyReady = true;
            case WANT_ASYNC -> {
                Runnable work = observed.late.poll();
                if (work == null) {
                    return false; // it waits for work that it has not given us
                }
                work.run();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Makes a call, and if it failed for good once more: the failure has to be the same. */
    private int twiceTheSame(IntSupplier call) throws ShimFailure {
        int ret = call.getAsInt();
        SslError error = ssl.getError(ret);
        if (ret > 0 || error != SslError.SSL && error != SslError.ZERO_RETURN) {
            return ret;
        }
        String first = ret + " " + error + " " + errorText();
        int ret2 = call.getAsInt();
        String second = ret2 + " " + ssl.getError(ret2) + " " + errorText();
        if (!first.equals(second)) {
            throw new ShimFailure(
                    ExitCode.MUST_FAIL, "a failed call made again said\n" + second + "\nand first\n" + first);
        }
        return ret;
    }
}
