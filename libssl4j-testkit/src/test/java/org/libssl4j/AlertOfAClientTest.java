// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.spi.CertVerifyCb;
import org.libssl4j.spi.VerifyResult;

/** A client that fails between ServerHello and its second flight: its alert is the first record that it protects (RFC 9846 §E.4). */
class AlertOfAClientTest {
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int APPLICATION_DATA = 23;

    /** The types of the records that a client sends behind its ClientHellos when it refuses the server. */
    private static List<Integer> typesOfRefusal(SslCtx client, SslCtx server) throws IOException {
        client.setCertVerifyCallback(chain -> CertVerifyCb.Verdict.refuse(VerifyResult.CERT_REVOKED));
        MemoryPair p = new MemoryPair(client, server, new MemoryBio(), new MemoryBio());
        List<Integer> types = new ArrayList<>();
        for (int turn = 0; turn < 10 && p.client.failure() == null; turn++) {
            p.client.connect();
            if (p.client.failure() == null) {
                p.server.accept();
            }
        }
        byte[] head = new byte[5];
        while (p.toServer.pending() > 0) {
            p.toServer.read(head, 0, 5);
            types.add((int) head[0]);
            byte[] body = new byte[(head[3] & 0xff) << 8 | head[4] & 0xff];
            p.toServer.read(body, 0, body.length);
        }
        return types;
    }

    @Test
    void aChangeCipherSpecGoesBeforeTheAlert() throws IOException {
        assertEquals(
                List.of(CHANGE_CIPHER_SPEC, APPLICATION_DATA),
                typesOfRefusal(MemoryPair.clientCtx(), MemoryPair.serverCtx()));
    }

    @Test
    void thereIsNoneWithoutSignsForMiddleboxes() throws IOException {
        SslCtx client = MemoryPair.clientCtx();
        client.clearOptions(SslOption.ENABLE_MIDDLEBOX_COMPAT);
        assertEquals(List.of(APPLICATION_DATA), typesOfRefusal(client, MemoryPair.serverCtx()));
    }

    @Test
    void thereIsNoSecondOneAfterAHelloRetryRequest() throws IOException {
        SslCtx server = MemoryPair.serverCtx();
        server.set1GroupsList("P-256");
        assertEquals(List.of(APPLICATION_DATA), typesOfRefusal(MemoryPair.clientCtx(), server));
    }
}
