// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;

/** Whatever comes, nothing but a TlsException leaves, and no more is kept than the limits allow. */
class HostileStreamTest {
    private static final int ROUNDS = 2000;

    private final byte[] buffer = new byte[17_000];

    /** Takes all there is, by all ways, until the stream or the patience ends. */
    private void consume(Peer peer, Random random) {
        try {
            do {
                int n = random.nextInt(3);
                if (n == 0) {
                    peer.carrier.openPeek(buffer, 0, random.nextInt(buffer.length));
                }
                if (n < 2) {
                    peer.carrier.open(buffer, 0, random.nextInt(buffer.length));
                }
                if (peer.carrier.peek() != null) {
                    peer.carrier.consume();
                }
                while (peer.carrier.pending() > 0) {
                    peer.carrier.open(buffer, 0, buffer.length);
                }
            } while (peer.feed(1 + random.nextInt(200), random.nextBoolean())
                    || peer.notFed() > 0 && !peer.carrier.closeNotifyReceived());
        } catch (TlsException e) {
            assertTrue(e.getMessage().length() < 300);
        } catch (RuntimeException e) {
            fail("an unchecked exception left", e);
        } finally {
            peer.carrier.close();
        }
    }

    private static Peer peer(Random random) throws TlsException {
        Peer peer = Peer.of(random.nextBoolean() ? Role.CLIENT : Role.SERVER, Observer.NONE);
        Epoch epoch = Epoch.values()[random.nextInt(4)];
        return epoch == Epoch.INITIAL ? peer : peer.keys(epoch);
    }

    @Test
    void randomBytesDoNoHarm() throws TlsException {
        Random random = new Random(1);
        for (int i = 0; i < ROUNDS; i++) {
            Peer peer = peer(random);
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            consume(peer.bring(noise), random);
        }
    }

    @Test
    void randomRecordsWithSoundHeadersDoNoHarm() throws TlsException {
        Random random = new Random(2);
        for (int i = 0; i < ROUNDS; i++) {
            Peer peer = peer(random);
            for (int k = random.nextInt(5); k >= 0; k--) {
                byte[] content = new byte[random.nextInt(random.nextInt(20) == 0 ? 17_000 : 60)];
                random.nextBytes(content);
                peer.bring(Peer.record(20 + random.nextInt(4), content));
            }
            consume(peer, random);
        }
    }

    @Test
    void soundlyProtectedNonsenseDoesNoHarm() throws TlsException {
        Random random = new Random(3);
        for (int i = 0; i < ROUNDS; i++) {
            Peer peer = peer(random);
            peer.sealWith(TestCrypto.traffic(Peer.SUITE, Epoch.APPLICATION.ordinal() + 1));
            peer.keys(Epoch.APPLICATION);
            for (int k = random.nextInt(6); k >= 0; k--) {
                byte[] content = new byte[random.nextInt(random.nextInt(20) == 0 ? 16_500 : 40)];
                random.nextBytes(content);
                if (content.length > 1 && random.nextBoolean()) {
                    content[0] = (byte) (random.nextInt(30));
                    content[1] = 0;
                }
                peer.bring(peer.sealedPadded(random.nextInt(25), random.nextInt(3), content));
            }
            consume(peer, random);
        }
    }

    @Test
    void inTls12NonsenseDoesNoHarmEither() throws TlsException {
        Random random = new Random(5);
        CipherSuite[] suites = {
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
        };
        for (int i = 0; i < ROUNDS; i++) {
            Peer peer = Peer.of(random.nextBoolean() ? Role.CLIENT : Role.SERVER, Observer.NONE);
            TlsCarrier other = Peer.of(Role.CLIENT, Observer.NONE).carrier;
            CipherSuite suite = suites[random.nextInt(2)];
            boolean encryptThenMac = random.nextBoolean();
            for (TlsCarrier c : new TlsCarrier[] {peer.carrier, other}) {
                c.version(ProtocolVersion.TLS1_2);
                Direction d = c == other ? Direction.WRITE : Direction.READ;
                c.install(
                        Epoch.APPLICATION, d, suite, TestCrypto.half(suite, ProtocolVersion.TLS1_2, encryptThenMac, 1));
            }
            for (int k = random.nextInt(6); k >= 0; k--) {
                int length = 1 + random.nextInt(300);
                if (random.nextBoolean()) {
                    other.seal(Peer.data(length), 0, length);
                } else {
                    other.send(org.libssl4j.message.HandshakeMessage.received(Peer.message(4, length)));
                    other.endFlight();
                }
                byte[] records = Peer.output(other);
                if (random.nextInt(4) == 0) {
                    records[random.nextInt(records.length)] ^= (byte) (1 << random.nextInt(8));
                }
                peer.bring(records);
            }
            consume(peer, random);
            other.close();
        }
    }

    @Test
    void flippedBitsInASoundStreamDoNoHarm() throws TlsException {
        Random random = new Random(4);
        for (int i = 0; i < ROUNDS; i++) {
            Peer peer = Peer.of(Role.CLIENT, Observer.NONE).keys(Epoch.APPLICATION);
            byte[] stream = Peer.concat(
                    peer.sealed(Peer.DATA, Peer.data(100)),
                    peer.sealed(Peer.HANDSHAKE, Peer.message(4, 120)),
                    peer.sealed(Peer.DATA),
                    peer.sealed(Peer.ALERT, (byte) 1, (byte) 0));
            stream[random.nextInt(stream.length)] ^= (byte) (1 << random.nextInt(8));
            consume(peer.bring(stream), random);
        }
    }

    @Test
    void aMessageThatNeverEndsIsNotGatheredWithoutEnd() throws TlsException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int type = 0; type < 256; type++) {
            Peer peer = Peer.ofClient();
            peer.bring(Peer.record(Peer.HANDSHAKE, (byte) type, (byte) 0xff, (byte) 0xff, (byte) 0xff));
            try {
                peer.peek();
                fail("a message of 16 MiB is under way");
            } catch (TlsException e) {
                // as it should be
            }
        }
        assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 256 * 30_000, "no room was made for any");
    }
}
