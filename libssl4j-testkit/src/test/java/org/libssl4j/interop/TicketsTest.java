// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.Ssl;
import org.libssl4j.SslSession;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.testkit.peer.EnginePeer;

/** Tickets that other libraries' servers send after the handshake are taken on the way to the data behind them (RFC 9846 §4.7.1 [8446 4.6.1]). */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TicketsTest {
    /** BCJSSE's server sends none. */
    private static final Set<Library> SEND_TICKETS = EnumSet.of(Library.SUN_JSSE, Library.CONSCRYPT, Library.BORINGSSL);

    static List<Arguments> cases() {
        List<Arguments> all = new ArrayList<>();
        for (Library l : Library.values()) {
            all.add(Arguments.of(l, true));
            all.add(Arguments.of(l, false));
        }
        return all;
    }

    @ParameterizedTest(name = "{0} server, blocking: {1}")
    @MethodSource("cases")
    void ticketsAreTakenOnTheWayToTheData(Library library, boolean blocking) throws Exception {
        try (Link link = Link.open();
                EnginePeer peer =
                        new EnginePeer(library.engine(Wish.server(Identity.ECDSA, null, null, null)), link.peer());
                Ssl ssl = new Ssl(OurEnd.client(Identity.ECDSA, null, null, null));
                OurEnd ours = link.ours(ssl, blocking)) {
            CompletableFuture<Void> served = Link.aside(() -> {
                peer.handshake();
                peer.write(new byte[] {1, 2, 3});
                peer.sendCloseNotify();
                peer.awaitCloseNotify();
                return null;
            });
            ssl.setHostname(Identity.HOST);
            ours.handshake();
            assertNull(ssl.getSession(), "no ticket was read yet");
            assertArrayEquals(new byte[] {1, 2, 3}, ours.read(3));
            ours.awaitCloseNotify();
            assertEquals(1, ours.sendCloseNotify());
            Link.result(served);

            SslSession session = ssl.getSession();
            assertEquals(SEND_TICKETS.contains(library), session != null);
            if (session != null) {
                assertEquals("TLSv1.3", session.getVersion());
                assertEquals(ssl.getCipherName(), session.getCipherName());
                assertTrue(session.getTicket().length > 0);
                // RFC 9846 §4.7.1: a lifetime of at most seven days.
                assertTrue(session.getTicketLifetimeHint() > 0 && session.getTicketLifetimeHint() <= 604_800);
            }
        }
    }
}
