// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.carrier.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.libssl4j.config.Limits;
import org.libssl4j.config.RecordSettings;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Observer;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.keyschedule.Direction;
import org.libssl4j.keyschedule.Epoch;
import org.libssl4j.keyschedule.TrafficSecret;
import org.libssl4j.message.HandshakeMessage;

/** The client's protected records of RFC 8448 §3: Finished, fifty bytes, close_notify. */
class Rfc8448RecordTest {
    private static final String HANDSHAKE_SECRET = "b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21";
    private static final String DATA_SECRET = "9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5";
    private static final byte[] FINISHED =
            hex("14000020a8ec436d677634ae525ac1fcebe11a039ec17694fac6e98527b642f2edd5ce61");
    private static final byte[] FINISHED_RECORD =
            hex("170303003575ec4dc238cce60b298044a71e219c56cc77b0517fe9b93c7a4bfc44"
                    + "d87f38f80338ac98fc46deb384bd1caeacab6867d726c40546");
    private static final byte[] DATA_RECORD =
            hex("1703030043a23f7054b62c94d0affafe8228ba55cbefacea42f914aa66bcab3f2b9819"
                    + "a8a5b46b395bd54a9a20441e2b62974e1f5a6292a2977014bd1e3deae63aeebb21694915e4");
    private static final byte[] ALERT_RECORD = hex("1703030013c9872760655666b74d7ff1153efd6db6d0b0e3");

    private final byte[] data = new byte[50];

    @BeforeEach
    void countUp() {
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) i;
        }
    }

    private static byte[] hex(String s) {
        return HexFormat.of().parseHex(s);
    }

    private static TrafficSecret traffic(String secret) {
        return TestCrypto.traffic(Peer.SUITE, hex(secret));
    }

    @Test
    void theClientsRecordsAreTheTraces() throws TlsException {
        TlsCarrier client =
                new TlsCarrier(TestCrypto.JDK, Observer.NONE, Limits.DEFAULT, RecordSettings.DEFAULT, Role.CLIENT);
        client.install(Epoch.HANDSHAKE, Direction.WRITE, Peer.SUITE, traffic(HANDSHAKE_SECRET));
        client.send(HandshakeMessage.received(FINISHED));
        client.install(Epoch.APPLICATION, Direction.WRITE, Peer.SUITE, traffic(DATA_SECRET));
        assertArrayEquals(FINISHED_RECORD, Peer.output(client));
        client.seal(data, 0, data.length);
        assertArrayEquals(DATA_RECORD, Peer.output(client));
        client.alert(AlertDescription.CLOSE_NOTIFY);
        assertArrayEquals(ALERT_RECORD, Peer.output(client));
    }

    @Test
    void theServerOpensThem() throws TlsException {
        Peer server = Peer.ofServer();
        server.bring(FINISHED_RECORD, DATA_RECORD, ALERT_RECORD);
        server.carrier.install(Epoch.HANDSHAKE, Direction.READ, Peer.SUITE, traffic(HANDSHAKE_SECRET));
        assertArrayEquals(FINISHED, server.take());
        server.carrier.install(Epoch.APPLICATION, Direction.READ, Peer.SUITE, traffic(DATA_SECRET));
        byte[] b = new byte[100];
        assertEquals(50, server.read(b));
        assertArrayEquals(data, Arrays.copyOf(b, 50));
        assertNull(server.peek());
        assertTrue(server.carrier.closeNotifyReceived());
    }
}
