// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.testkit.peer.EnginePeer;
import org.libssl4j.testkit.peer.WireView;

/** HelloRetryRequest with other libraries (RFC 9846 §4.2.4 [8446 4.1.4]): it has to be seen on the wire, and the handshake to end well. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HelloRetryTest {
    private static final List<Boolean> RETRIED = List.of(true, false);

    /** The libraries whose clients send one share of two groups. SunJSSE sends a share of each, so it never has to be asked again. */
    static List<Arguments> clientsWithOneShare() {
        return withBothWays(List.of(Library.BOUNCY_CASTLE, Library.CONSCRYPT, Library.BORINGSSL));
    }

    /** The libraries whose servers can be told to take P-256 alone; {@link PeerLimitsTest} shows that the others cannot. */
    static List<Arguments> serversOfOneGroup() {
        return withBothWays(
                Library.SET_NAMED_GROUPS == null
                        ? List.of(Library.BOUNCY_CASTLE, Library.BORINGSSL)
                        : List.of(Library.values()));
    }

    private static List<Arguments> withBothWays(List<Library> libraries) {
        List<Arguments> all = new ArrayList<>();
        for (Library l : libraries) {
            all.add(Arguments.of(l, true));
            all.add(Arguments.of(l, false));
        }
        return all;
    }

    @ParameterizedTest(name = "{0} client, blocking: {1}")
    @MethodSource("clientsWithOneShare")
    void aClientIsAskedForAnotherShare(Library library, boolean blocking) throws Exception {
        Wish wish = Wish.client(Identity.ECDSA.issuer(), null, null, null).withGroups("X25519", "P-256");
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(library.engine(wish), link.peer());
                Ssl ssl = new Ssl(OurEnd.server(Identity.ECDSA, null, "P-256", "none"));
                OurEnd ours = link.ours(ssl, blocking)) {
            CompletableFuture<List<WireView.Hello>> hellos = Link.aside(() -> {
                peer.handshake();
                peer.write(new byte[] {1, 2, 3});
                return peer.wire().serverHellos(false);
            });
            ours.handshake();
            assertArrayEquals(new byte[] {1, 2, 3}, ours.read(3));
            assertRetried(Link.result(hellos));
        }
    }

    @ParameterizedTest(name = "{0} server, blocking: {1}")
    @MethodSource("serversOfOneGroup")
    void ourClientSendsAnotherShareWhenAsked(Library library, boolean blocking) throws Exception {
        try (Link link = Link.open();
                EnginePeer peer =
                        new EnginePeer(library.engine(Wish.server(Identity.ECDSA, null, "P-256", null)), link.peer());
                Ssl ssl = new Ssl(OurEnd.client(Identity.ECDSA, null, "X25519:P-256", null));
                OurEnd ours = link.ours(ssl, blocking)) {
            CompletableFuture<List<WireView.Hello>> hellos = Link.aside(() -> {
                peer.handshake();
                assertArrayEquals(new byte[] {1, 2, 3}, peer.read(3));
                return peer.wire().serverHellos(true);
            });
            ssl.setHostname(Identity.HOST);
            ours.handshake();
            ours.write(new byte[] {1, 2, 3});
            assertRetried(Link.result(hellos));
        }
    }

    /** Bouncy Castle goes on only after a HelloRetryRequest that asks for a share. */
    static List<Arguments> clientsThatTakeACookieAlone() {
        return withBothWays(List.of(Library.SUN_JSSE, Library.CONSCRYPT, Library.BORINGSSL));
    }

    /** RFC 9846 §4.3.2: the cookie comes back, and the transcript is made anew from it. */
    @ParameterizedTest(name = "{0} client, blocking: {1}")
    @MethodSource("clientsThatTakeACookieAlone")
    void aClientBringsBackTheCookieOfAStatelessServer(Library library, boolean blocking) throws Exception {
        stateless(library, Wish.client(Identity.ECDSA.issuer(), null, null, null), "P-256:X25519", blocking);
    }

    @ParameterizedTest(name = "{0} client, blocking: {1}")
    @MethodSource("clientsWithOneShare")
    void aClientBringsTheCookieAndAnotherShare(Library library, boolean blocking) throws Exception {
        Wish wish = Wish.client(Identity.ECDSA.issuer(), null, null, null).withGroups("X25519", "P-256");
        stateless(library, wish, "P-256", blocking);
    }

    private static void stateless(Library library, Wish wish, String groups, boolean blocking) throws Exception {
        SslCtx ctx = OurEnd.server(Identity.ECDSA, null, groups, "none");
        ctx.setStatelessCookieGenerateCb(ssl -> new byte[] {7, 7});
        ctx.setStatelessCookieVerifyCb((ssl, cookie) -> Arrays.equals(new byte[] {7, 7}, cookie));
        try (Link link = Link.open();
                EnginePeer peer = new EnginePeer(library.engine(wish), link.peer());
                Ssl ssl = new Ssl(ctx);
                OurEnd ours = link.ours(ssl, blocking)) {
            CompletableFuture<List<WireView.Hello>> hellos = Link.aside(() -> {
                peer.handshake();
                peer.write(new byte[] {1, 2, 3});
                return peer.wire().serverHellos(false);
            });
            ours.handshakeStateless();
            assertArrayEquals(new byte[] {1, 2, 3}, ours.read(3));
            assertEquals(
                    RETRIED,
                    Link.result(hellos).stream().map(WireView.Hello::retry).toList());
        }
    }

    private static void assertRetried(List<WireView.Hello> hellos) {
        assertEquals(RETRIED, hellos.stream().map(WireView.Hello::retry).toList());
        assertEquals(hellos.get(0).suite(), hellos.get(1).suite());
        hellos.forEach(h -> assertEquals(Cell.groupCode("P-256"), h.group()));
    }
}
