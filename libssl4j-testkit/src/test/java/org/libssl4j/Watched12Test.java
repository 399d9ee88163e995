// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.spi.InfoCb;

/** What those who look on see of a client of TLS 1.2: states, messages and the key log. */
class Watched12Test {
    private static SslCtx client() {
        SslCtx c = MemoryPair.clientCtx();
        c.setMinProtoVersion(ProtocolVersion.TLS1_2);
        c.setMaxProtoVersion(ProtocolVersion.TLS1_2);
        return c;
    }

    private static MemoryPair connected(SslCtx client, SslCtx server) {
        return new MemoryPair(client, server, new MemoryBio(), new MemoryBio()).connected();
    }

    @Test
    void theStatesHaveOpensslsNames() {
        List<String> states = new ArrayList<>();
        SslCtx c = client();
        c.setInfoCallback((where, value, state) -> {
            if ((where & InfoCb.LOOP) != 0 && !states.contains(state)) {
                states.add(state);
            }
        });
        connected(c, MemoryPair.serverCtx());
        assertEquals(
                List.of(
                        "before SSL initialization",
                        "SSLv3/TLS write client hello",
                        "SSLv3/TLS read server hello",
                        "SSLv3/TLS read server certificate",
                        "SSLv3/TLS read server key exchange",
                        "SSLv3/TLS read server done",
                        "SSLv3/TLS write client key exchange",
                        "SSLv3/TLS write change cipher spec",
                        "SSLv3/TLS write finished",
                        "SSLv3/TLS read server session ticket",
                        "SSLv3/TLS read change cipher spec",
                        "SSLv3/TLS read finished"),
                states);
    }

    @Test
    void messagesAreToldInTheirOrderAndEpoch() {
        List<String> messages = new ArrayList<>();
        SslCtx c = client();
        c.setMsgCallback(m -> {
            if (m.contentType() == 22 || m.contentType() == 20) {
                messages.add((m.sent() ? "> " : "< ") + m.contentType() + " " + m.bytes()[0] + " " + m.epoch());
            }
        });
        connected(c, MemoryPair.serverCtx());
        assertEquals(
                List.of(
                        "> 22 1 INITIAL",
                        "< 22 2 INITIAL",
                        "< 22 11 INITIAL",
                        "< 22 12 INITIAL",
                        "< 22 14 INITIAL",
                        "> 22 16 INITIAL",
                        "> 20 1 INITIAL",
                        "> 22 20 HANDSHAKE",
                        "< 22 4 INITIAL",
                        "< 20 1 INITIAL",
                        "< 22 20 HANDSHAKE"),
                messages);
    }

    @Test
    void theKeyLogHasTheMasterSecretOfBothSides() {
        List<String> lines = new ArrayList<>();
        SslCtx c = client();
        c.setKeylogCallback(lines::add);
        SslCtx s = MemoryPair.serverCtx();
        s.setKeylogCallback(lines::add);
        MemoryPair p = connected(c, s);
        assertEquals(2, lines.size());
        assertEquals(lines.get(0), lines.get(1));
        assertTrue(lines.get(0).matches("CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}"), "a label and two numbers");
        assertEquals("TLSv1.2", p.client.getVersion());
    }
}
