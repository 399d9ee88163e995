// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.libssl4j.AllSchemes;
import org.libssl4j.ServerKey;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.TlsMethod;
import org.libssl4j.config.GroupList;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.testkit.peer.PeerProgram;

/** Peers written for these tests: a client that sends its input and prints the echo, a server that echoes. */
abstract class EchoTest extends ProgramTest {
    /**
     * What is negotiated: each side allows this and nothing else.
     *
     * @param group by OpenSSL's name
     * @param suite by its IANA name
     */
    record Case(String group, String suite, ServerKey key) {
        static final String SUITE = "TLS_AES_128_GCM_SHA256";

        static Case group(String name) {
            return new Case(name, SUITE, ServerKey.P256);
        }

        static Case suite(String name) {
            return new Case("X25519", name, ServerKey.P256);
        }

        static Case key(ServerKey key) {
            return new Case("X25519", SUITE, key);
        }

        NamedGroup namedGroup() {
            return GroupList.parse(group, g -> true).groups().get(0);
        }

        @Override
        public String toString() {
            return group + ", " + suite + ", " + key;
        }
    }

    /** The command of a program. */
    @FunctionalInterface
    interface Command {
        List<String> of(int port, Path files);
    }

    /** Our server and a client; returns it for what it has said. */
    static String serve(Case c, Command command) throws Exception {
        Path files = c.key().write(directory);
        SslCtx ctx = context(TlsMethod.TLS_SERVER, c);
        ctx.useCertAndKeyFile(files.resolve("cert.pem"), files.resolve("key.pem"), null);
        ctx.setAlpnSelectCb(offered -> ALPN);
        byte[] data = random(11);
        try (Door door = new Door();
                PeerProgram client =
                        PeerProgram.start(command.of(door.port(), files).toArray(new String[0]));
                Ssl ssl = new Ssl(ctx);
                OurEnd ours = door.accept(ssl, true)) {
            client.feed(data, true);
            ours.handshake();
            assertArrayEquals(data, ours.read(DATA));
            ours.write(data);
            ours.awaitCloseNotify();
            ours.sendCloseNotify();
            ours.awaitEnd();
            assertEquals(0, client.awaitExit(PATIENCE), client::toString);
            assertArrayEquals(data, client.output());
            check(c, ssl);
            return client.report();
        }
    }

    /** Our client and a server; returns it for what it has said. */
    static String call(Case c, Command command) throws Exception {
        Path files = c.key().write(directory);
        SslCtx ctx = context(TlsMethod.TLS_CLIENT, c);
        ctx.addTrusted(List.of(ServerKey.CA.x509()));
        ctx.setAlpnProtos(ALPN);
        byte[] data = random(12);
        try (Call call = Call.to(port -> command.of(port, files));
                PeerProgram server = call.server();
                Ssl ssl = new Ssl(ctx);
                OurEnd ours = call.ours(ssl, true)) {
            ssl.setHostname(Identity.HOST);
            ours.handshake();
            ours.write(data);
            assertArrayEquals(data, ours.read(DATA));
            ours.sendCloseNotify();
            ours.awaitCloseNotify();
            ours.awaitEnd();
            assertEquals(0, server.awaitExit(PATIENCE), server::toString);
            check(c, ssl);
            assertEquals(c.key().scheme(), ssl.getPeerSignatureName());
            assertEquals(VerifyResult.OK, ssl.getVerifyResult());
            return server.report();
        }
    }

    private static SslCtx context(TlsMethod method, Case c) {
        SslCtx ctx = AllSchemes.context(method);
        ctx.set1GroupsList(c.group());
        ctx.setCiphersuites(c.suite());
        if (c.suite().contains("CCM_8")) {
            ctx.setSecurityLevel(0); // a tag of 64 bits
        }
        return ctx;
    }

    private static void check(Case c, Ssl ssl) {
        assertEquals("TLSv1.3", ssl.getVersion());
        assertEquals(c.suite(), ssl.getCipherName());
        assertEquals(c.namedGroup().ianaName(), ssl.getNegotiatedGroup());
        assertEquals(ALPN, ssl.getAlpnSelected());
    }
}
