// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package org.libssl4j.carrier.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.libssl4j.carrier.tls.Peer.DATA;
import static org.libssl4j.carrier.tls.Peer.HANDSHAKE;
import static org.libssl4j.carrier.tls.Peer.data;
import static org.libssl4j.carrier.tls.Peer.message;
import static org.libssl4j.carrier.tls.Peer.record;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.keyschedule.Epoch;

/** Early data for keys that a server does not have are passed over (RFC 9846 §4.3.10 [8446 4.2.10]). */
class SkippedEarlyDataTest {
    private static Peer server(Epoch epoch) throws TlsException {
        Peer peer = Peer.ofServer().bring(record(HANDSHAKE, message(1, 50)));
        peer.take();
        peer.carrier.skipEarlyData(true);
        return epoch == Epoch.INITIAL ? peer : peer.keys(epoch);
    }

    @Test
    void recordsThatDoNotAuthenticateAreSkippedAndTakeNoSequenceNumber() throws Exception {
        Peer peer = server(Epoch.HANDSHAKE);
        peer.bring(record(DATA, data(100)), record(DATA, data(16_640)), peer.sealed(HANDSHAKE, message(20, 32)));
        assertArrayEquals(message(20, 32), peer.take());
    }

    @Test
    void afterTheFirstRecordOfTheHandshakeNothingIsSkipped() throws Exception {
        Peer peer = server(Epoch.HANDSHAKE);
        peer.bring(peer.sealed(HANDSHAKE, message(20, 32)), record(DATA, data(100)));
        peer.take();
        peer.refused(AlertDescription.BAD_RECORD_MAC, Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC);
    }

    @Test
    void afterAHelloRetryRequestTheyAreKnownByTheirType() throws Exception {
        Peer peer = server(Epoch.INITIAL);
        peer.bring(record(DATA, data(100)), record(DATA, data(16_640)), record(HANDSHAKE, message(1, 60)));
        assertArrayEquals(message(1, 60), peer.take());
        peer.carrier.skipEarlyData(false);
        peer.bring(record(DATA, data(100)));
        peer.refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.APP_DATA_IN_HANDSHAKE);
    }

    @Test
    void theyAreNotSkippedWithoutEnd() throws Exception {
        for (Epoch epoch : new Epoch[] {Epoch.INITIAL, Epoch.HANDSHAKE}) {
            byte[][] records = new byte[400][];
            Arrays.fill(records, record(DATA, data(100)));
            server(epoch).bring(records).refused(AlertDescription.UNEXPECTED_MESSAGE, Reason.TOO_MUCH_EARLY_DATA);
        }
    }
}
