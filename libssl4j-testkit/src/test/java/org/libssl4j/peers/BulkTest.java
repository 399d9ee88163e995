// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.Ssl;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.testkit.peer.PeerProgram;

/** A lot of data each way between our server and {@code openssl s_client}, equal by SHA-256, in memory that does not grow. Prints how fast it went. */
@Tag("peers")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BulkTest extends ProgramTest {
    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 1024; // 1 GiB
    private static final int CHECK_EVERY = 256;
    private static final long MEMORY = 16 << 20; // far less than the data, and more than chance makes of the heap

    @ParameterizedTest(name = "blocking: {0}")
    @ValueSource(booleans = {true, false})
    void aGibibyteEachWayArrivesWhole(boolean blocking) throws Exception {
        DigestSink received = new DigestSink();
        try (Door door = new Door();
                // -quiet: standard output has the data alone, and the end of the input does not end the connection.
                PeerProgram client = PeerProgram.start(
                        received,
                        "openssl",
                        "s_client",
                        "-quiet",
                        "-connect",
                        "127.0.0.1:" + door.port(),
                        "-tls1_3",
                        "-CAfile",
                        pem(Identity.Kind.ECDSA, "ca.pem"),
                        "-verify_return_error",
                        "-verify_hostname",
                        Identity.HOST);
                Ssl ssl = new Ssl(OurEnd.server(Identity.ECDSA, null, null, "none"));
                OurEnd ours = door.accept(ssl, blocking)) {
            ours.handshake();
            long memory = usedMemory();

            Blocks toUs = new Blocks(1);
            client.feed(
                    stdin -> {
                        for (int i = 0; i < BLOCKS; i++) {
                            stdin.write(toUs.next());
                        }
                    },
                    false);
            long begin = System.nanoTime();
            MessageDigest arrived = sha256();
            byte[] b = new byte[1 << 16];
            for (long left = (long) BLOCK * BLOCKS; left > 0; ) {
                int n = ours.tryRead(b);
                assertTrue(n > 0, ours::toString);
                arrived.update(b, 0, n);
                left -= n;
                if (left % ((long) CHECK_EVERY * BLOCK) < n) {
                    assertBounded(memory);
                }
            }
            print("from openssl to our server", blocking, begin);
            assertArrayEquals(toUs.digest(), arrived.digest());

            Blocks fromUs = new Blocks(2);
            begin = System.nanoTime();
            for (int i = 0; i < BLOCKS; i++) {
                ours.write(fromUs.next());
                if (i % CHECK_EVERY == CHECK_EVERY - 1) {
                    assertBounded(memory);
                }
            }
            ours.sendCloseNotify();
            assertArrayEquals(fromUs.digest(), received.digest.get(60, TimeUnit.SECONDS), client::toString);
            print("from our server to openssl", blocking, begin);
            assertEquals(0, client.awaitExit(PATIENCE), client::toString);
        }
    }

    private static void assertBounded(long before) {
        long now = usedMemory();
        assertTrue(now - before < MEMORY, () -> "the heap grew by " + (now - before) + " bytes");
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void print(String what, boolean blocking, long begin) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "%s, %s: %d MiB in %.1f s, %.0f MB/s%n",
                what, blocking ? "blocking" : "non-blocking", BLOCKS, seconds, BLOCK / 1e6 * BLOCKS / seconds);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Random blocks, each with its number, and their digest. */
    private static final class Blocks {
        private final byte[] block = new byte[BLOCK];
        private final MessageDigest digest = sha256();
        private int number;

        Blocks(long seed) {
            new Random(seed).nextBytes(block);
        }

        byte[] next() {
            ByteBuffer.wrap(block).putInt(number++);
            digest.update(block);
            return block;
        }

        byte[] digest() {
            return digest.digest();
        }
    }

    /** Takes a program's output and keeps its digest alone. */
    private static final class DigestSink extends OutputStream {
        private final MessageDigest running = sha256();
        private final CompletableFuture<byte[]> digest = new CompletableFuture<>();

        @Override
        public void write(int b) {
            running.update((byte) b);
        }

        @Override
        public void write(byte[] b, int off, int len) {
            running.update(b, off, len);
        }

        @Override
        public void close() {
            digest.complete(running.digest());
        }
    }
}
