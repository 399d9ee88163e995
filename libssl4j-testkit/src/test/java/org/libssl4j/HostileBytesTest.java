// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libssl4j.bio.Bio;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;

/**
 * Handshakes and data with bytes changed, lost, doubled or invented on the way: every one ends, with success or with one {@link TlsException} that is no bug of ours, and no changed data is ever handed out.
 */
class HostileBytesTest {
    private static final int ROUNDS = 500;

    /** Spoils one write in the stream's life. */
    private static final class Spoiler extends Bio {
        private final MemoryBio to;
        private final Random random;
        private int writesToGo;

        Spoiler(MemoryBio to, Random random) {
            this.to = to;
            this.random = random;
            this.writesToGo = random.nextInt(4);
        }

        @Override
        public int read(byte[] b, int off, int len) {
            return to.read(b, off, len);
        }

        @Override
        public int write(byte[] b, int off, int len) throws IOException {
            if (writesToGo-- != 0) {
                return to.write(b, off, len);
            }
            byte[] spoilt = spoil(java.util.Arrays.copyOfRange(b, off, off + len));
            if (spoilt.length > 0) {
                to.write(spoilt, 0, spoilt.length);
            }
            return len;
        }

        private byte[] spoil(byte[] b) {
            int at = random.nextInt(b.length);
            int n = Math.min(1 + random.nextInt(8), b.length - at);
            switch (random.nextInt(5)) {
                case 0 -> b[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> {
                    for (int i = 0; i < n; i++) {
                        b[at + i] = (byte) random.nextInt();
                    }
                }
                case 2 -> { // lost
                    byte[] shorter = java.util.Arrays.copyOf(b, b.length - n);
                    System.arraycopy(b, at + n, shorter, at, b.length - at - n);
                    return shorter;
                }
                case 3 -> { // doubled
                    byte[] longer = java.util.Arrays.copyOf(b, b.length + n);
                    System.arraycopy(b, at, longer, at + n, b.length - at);
                    return longer;
                }
                default -> { // in the first header or message header, where lengths are
                    b[Math.min(at % 12, b.length - 1)] = (byte) random.nextInt();
                }
            }
            return b;
        }

        @Override
        public boolean eof() {
            return to.eof();
        }
    }

    @Test
    void spoiltBytesEndInOneFaultAndNeverInABugOrInWrongData() throws Exception {
        SslCtx clientCtx = MemoryPair.clientCtx();
        SslCtx serverCtx = MemoryPair.serverCtx();
        int failed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(round);
            MemoryPair p = new MemoryPair(clientCtx, serverCtx, new MemoryBio(), new MemoryBio());
            if (random.nextBoolean()) {
                p.client.setBio(p.toClient, new Spoiler(p.toServer, random));
            } else {
                p.server.setBio(p.toServer, new Spoiler(p.toClient, random));
            }
            drive(p, round);
            failed += check(p.client, round) | check(p.server, round);
            p.client.close();
            p.server.close();
        }
        assertTrue(failed > ROUNDS / 2, failed + " of " + ROUNDS + " were noticed: the spoiler does not spoil");
    }

    /** Both sides in turn, until neither moves any more; then both streams end. */
    private static void drive(MemoryPair p, int round) {
        byte[] data = {1, 2, 3, 4, 5, 6, 7, 8};
        boolean[] written = new boolean[2];
        for (int turn = 0; turn < 50; turn++) {
            if (turn == 40) {
                p.toServer.setEofReturn(0);
                p.toClient.setEofReturn(0);
            }
            step(p.client, data, written, 0, round);
            step(p.server, data, written, 1, round);
        }
    }

    private static void step(Ssl ssl, byte[] data, boolean[] written, int side, int round) {
        int r = ssl.doHandshake();
        if (r != 1) {
            assertNotEquals(SslError.NONE, ssl.getError(r), "round " + round);
            return;
        }
        if (!written[side]) {
            written[side] = ssl.write(data, 0, data.length) > 0;
        }
        byte[] got = new byte[64];
        int n = ssl.read(got, 0, got.length);
        for (int i = 0; i < n; i++) {
            assertTrue(got[i] == data[i % data.length], "wrong data in round " + round);
        }
    }

    private static int check(Ssl ssl, int round) {
        if (ssl.failure() == null) {
            return 0;
        }
        TlsException e = assertInstanceOf(TlsException.class, ssl.failure(), "round " + round);
        assertFalse(e.reason() == Reason.INTERNAL_ERROR, () -> "a bug in round " + round + ": " + e);
        return e.reason() == Reason.UNEXPECTED_EOF_WHILE_READING ? 0 : 1;
    }
}
