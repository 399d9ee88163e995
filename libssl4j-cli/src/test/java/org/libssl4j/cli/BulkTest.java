// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Much data both ways at once: nothing lost, nothing changed, no side that waits for the other. */
@Timeout(180)
class BulkTest {
    private static final int SIZE = 64 << 20;

    /** Random bytes; its end comes only when told. */
    private static final class Source extends InputStream {
        final MessageDigest digest = sha256();
        private final byte[] pattern = new byte[1 << 20];
        private final CountDownLatch end;
        private int given;

        Source(long seed, CountDownLatch end) {
            new Random(seed).nextBytes(pattern);
            this.end = end;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("in blocks, please");
        }

        @Override
        public int read(byte[] b, int off, int len) {
            int at = given % pattern.length;
            int n = Math.min(len, Math.min(pattern.length - at, SIZE - given));
            if (n == 0) {
                await(end);
                return -1;
            }
            System.arraycopy(pattern, at, b, off, n);
            digest.update(b, off, n);
            given += n;
            pattern[at]++; // no two rounds are the same
            return n;
        }
    }

    /** Takes as much as it is to get and counts it. */
    private static final class Sink extends OutputStream {
        final MessageDigest digest = sha256();
        final CountDownLatch all = new CountDownLatch(1);
        private long taken;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int off, int len) {
            digest.update(b, off, len);
            taken += len;
            if (taken >= SIZE) {
                all.countDown();
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(150, TimeUnit.SECONDS)) {
                throw new AssertionError("it did not come to its end");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-nbio"})
    void bothWaysAtOnce(String option) throws Exception {
        Sink atServer = new Sink();
        Sink atClient = new Sink();
        CountDownLatch both = new CountDownLatch(1);
        Source fromServer = new Source(1, new CountDownLatch(1)); // never ends
        Source fromClient = new Source(2, both);
        Command server =
                Command.start(fromServer, atServer, "s_server", "-accept", "127.0.0.1:0", "-naccept", "1", "-quiet");
        Command client = Command.start(
                fromClient, atClient, "s_client", "-connect", server.quietAddress(), "-quiet", "-no_ign_eof", option);
        await(atServer.all);
        await(atClient.all);
        both.countDown();
        client.succeeded();
        server.succeeded();
        assertArrayEquals(fromClient.digest.digest(), atServer.digest.digest());
        assertArrayEquals(fromServer.digest.digest(), atClient.digest.digest());
    }
}
