// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HandshakeType;
import org.libssl4j.keyschedule.Epoch;

/** Early data that a server refuses (RFC 9846 §4.3.10). */
class RefusedEarlyDataTest {
    private static final byte[] FINISHED = Peer.message(HandshakeType.FINISHED, 32);
    private static final byte[] HELLO = Peer.message(HandshakeType.CLIENT_HELLO, 60);

    private static byte[] early(int content) {
        return Peer.record(Peer.DATA, Peer.data(content + 17));
    }

    private static Peer refusing(int limit) throws TlsException {
        Peer p = Peer.ofServer().bring(Peer.record(Peer.HANDSHAKE, HELLO));
        assertArrayEquals(HELLO, p.take());
        p.carrier.skipEarlyData(limit);
        return p;
    }

    @Test
    void recordsThatCannotBeOpenedAreDroppedUntilOneCan() throws TlsException {
        Peer p = refusing(1_000).keys(Epoch.HANDSHAKE);
        p.bring(early(400), early(600), Peer.record(Peer.CCS, (byte) 1), p.sealed(Peer.HANDSHAKE, FINISHED));
        assertArrayEquals(FINISHED, p.take());
    }

    @Test
    void oneByteMoreThanTheLimitIsAFault() throws TlsException {
        Peer p = refusing(1_000).keys(Epoch.HANDSHAKE);
        p.bring(early(400), early(601));
        p.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.TOO_MUCH_EARLY_DATA);
    }

    @Test
    void aRecordWithoutEvenATagIsDroppedAsWell() throws TlsException {
        Peer p = refusing(1_000).keys(Epoch.HANDSHAKE);
        p.bring(Peer.record(Peer.DATA, Peer.data(4)), p.sealed(Peer.HANDSHAKE, FINISHED));
        assertArrayEquals(FINISHED, p.take());
    }

    @Test
    void recordsThatCostNothingOfTheLimitAreNotDroppedWithoutEnd() throws TlsException {
        Peer p = refusing(1_000).keys(Epoch.HANDSHAKE);
        for (int i = 0; i < 33; i++) {
            p.bring(early(0));
        }
        p.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.RECORD_TOO_SMALL);
    }

    @Test
    void afterARecordThatWasOpenedNothingIsDroppedAnyMore() throws TlsException {
        Peer p = refusing(1_000).keys(Epoch.HANDSHAKE);
        p.bring(early(1), p.sealed(Peer.HANDSHAKE, Peer.message(HandshakeType.CERTIFICATE, 4)), early(1));
        p.take();
        p.refused(AlertDescription.BAD_RECORD_MAC, Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC);
    }

    @Test
    void beforeTheAnswerToAHelloRetryRequestEarlyDataIsDroppedUnopened() throws TlsException {
        Peer p = refusing(1_000);
        p.bring(early(500), Peer.record(Peer.CCS, (byte) 1), early(500), Peer.record(Peer.HANDSHAKE, HELLO));
        assertArrayEquals(HELLO, p.take());
        p.bring(early(1));
        p.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.APP_DATA_IN_HANDSHAKE);
    }

    @Test
    void withoutEarlyDataInTheHelloNothingIsDropped() throws TlsException {
        Peer p = Peer.ofServer().bring(Peer.record(Peer.HANDSHAKE, HELLO));
        p.take();
        p.keys(Epoch.HANDSHAKE).bring(early(1));
        p.refused(AlertDescription.BAD_RECORD_MAC, Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC);
    }

    @Test
    void aRecordThatIsHalfThereIsWaitedFor() throws TlsException {
        Peer p = refusing(1_000).keys(Epoch.HANDSHAKE);
        byte[] record = early(100);
        p.bring(java.util.Arrays.copyOf(record, 50));
        assertNull(p.peek());
        p.bring(java.util.Arrays.copyOfRange(record, 50, record.length), p.sealed(Peer.HANDSHAKE, FINISHED));
        assertArrayEquals(FINISHED, p.take());
    }
}
