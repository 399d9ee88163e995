// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Ssl;
import org.libssl4j.config.GroupList;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.testkit.peer.EnginePeer;
import org.libssl4j.testkit.peer.WireView;

/**
 * The groups that {@link MatrixTest} leaves out, against each library that has them, in both roles. Our ML-KEM is the JDK's from 24 on and Bouncy Castle's before. The group is read from the ServerHello on the wire.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupsTest {
    private static final String SUITE = "TLS_AES_128_GCM_SHA256";
    private static final int DATA = 4_096;

    private static final Map<Library, List<String>> GROUPS = Map.of(
            Library.SUN_JSSE,
            List.of("X448", "P-384", "P-521", "ffdhe2048", "ffdhe3072"),
            Library.BOUNCY_CASTLE,
            List.of(
                    "X448",
                    "P-384",
                    "P-521",
                    "ffdhe2048",
                    "ffdhe3072",
                    "MLKEM512",
                    "MLKEM768",
                    "MLKEM1024",
                    "X25519MLKEM768",
                    "SecP256r1MLKEM768",
                    "SecP384r1MLKEM1024"),
            Library.CONSCRYPT, // which has no P-521 by default, and on JDK 17 cannot be told
            List.of("P-384", "X25519MLKEM768"),
            Library.BORINGSSL,
            List.of("P-384", "P-521", "X25519MLKEM768"));

    private record Case(Library library, String group) {
        int code() {
            return GroupList.parse(group, g -> true).groups().get(0).code();
        }

        @Override
        public String toString() {
            return library + ", " + group;
        }
    }

    static List<Case> cases() {
        List<Case> all = new ArrayList<>();
        for (Library l : Library.values()) {
            GROUPS.get(l).forEach(g -> all.add(new Case(l, g)));
        }
        return all;
    }

    @ParameterizedTest(name = "{0} server")
    @MethodSource("cases")
    void aServerServesOurClient(Case c) throws Exception {
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(
                        c.library().engine(Wish.server(Identity.ECDSA, SUITE, c.group(), "x")), link.peer());
                Ssl ssl = new Ssl(OurEnd.client(Identity.ECDSA, SUITE, c.group(), "x"));
                OurEnd ours = link.ours(ssl, true)) {
            ssl.setHostname(Identity.HOST);
            echo(c, peer, ssl, ours, true);
        }
    }

    @ParameterizedTest(name = "{0} client")
    @MethodSource("cases")
    void aClientIsServedByUs(Case c) throws Exception {
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(
                        c.library().engine(Wish.client(Identity.ECDSA.issuer(), SUITE, c.group(), "x")), link.peer());
                Ssl ssl = new Ssl(OurEnd.server(Identity.ECDSA, SUITE, c.group(), "x"));
                OurEnd ours = link.ours(ssl, true)) {
            echo(c, peer, ssl, ours, false);
        }
    }

    private static void echo(Case c, EnginePeer peer, Ssl ssl, OurEnd ours, boolean peerIsServer) throws Exception {
        byte[] data = new byte[DATA];
        new Random(1).nextBytes(data);
        CompletableFuture<List<WireView.Hello>> hellos = Link.aside(() -> {
            peer.handshake();
            peer.write(peer.read(DATA));
            peer.sendCloseNotify();
            return peer.wire().serverHellos(peerIsServer);
        });
        ours.handshake();
        ours.write(data);
        assertArrayEquals(data, ours.read(DATA));
        ours.awaitCloseNotify();
        ours.sendCloseNotify();
        List<WireView.Hello> seen = Link.result(hellos);
        assertEquals(c.code(), seen.get(seen.size() - 1).group());
        assertEquals(NamedGroup.of(c.code()).ianaName(), ssl.getNegotiatedGroup());
    }
}
