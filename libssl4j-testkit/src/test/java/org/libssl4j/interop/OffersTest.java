// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.Ssl;
import org.libssl4j.interop.Library.Wish;
import org.libssl4j.testkit.peer.EnginePeer;

/** What our server tells of the offers of clients that we did not write, unknown numbers included. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OffersTest {
    @ParameterizedTest
    @EnumSource(Library.class)
    void theClientsListsAreTold(Library library) throws Exception {
        Identity identity = Identity.ECDSA;
        try (Link link = Link.open();
                EnginePeer peer =
                        new EnginePeer(library.engine(Wish.client(identity.issuer(), null, null, null)), link.peer());
                Ssl ssl = new Ssl(OurEnd.server(identity, null, null, null));
                OurEnd ours = link.ours(ssl, true)) {
            CompletableFuture<Integer> done = Link.aside(() -> {
                peer.handshake();
                peer.write(new byte[1]);
                return 1;
            });
            ours.handshake();
            ours.read(1);
            Link.result(done);
            assertTrue(ssl.getClientCiphers().contains(ssl.getCipherName()));
            assertTrue(ssl.getSharedCiphers().contains(ssl.getCipherName()));
            assertTrue(ssl.get1Groups().contains(ssl.getNegotiatedGroup()));
            assertTrue(ssl.getSharedGroups().contains(ssl.getNegotiatedGroup()));
            assertTrue(ssl.getSigalgs().contains(ssl.getSignatureName()));
            assertTrue(ssl.getSharedSigalgs().contains(ssl.getSignatureName()));
            assertEquals(0x0303, ssl.clientVersion());
            for (List<String> shared : List.of(ssl.getSharedCiphers(), ssl.getSharedGroups(), ssl.getSharedSigalgs())) {
                assertTrue(shared.stream().noneMatch(n -> n.startsWith("0x")), shared::toString);
            }
        }
    }
}
