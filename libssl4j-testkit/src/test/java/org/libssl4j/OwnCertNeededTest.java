// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.bio.MemoryBio;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.interop.Identity;
import org.libssl4j.spi.VerifyMode;

/** A client whose certificates do not fit a request, and which rather has no connection than an anonymous one. */
class OwnCertNeededTest {
    private static MemoryPair pair(ProtocolVersion v, ClientCertCb cb, boolean needed) throws Exception {
        SslCtx client = MemoryPair.clientCtx();
        client.useCertAndKey(Identity.RSA.chain(), Identity.RSA.key());
        client.setOwnCertNeeded(needed);
        client.setClientCertCb(cb);
        SslCtx server = MemoryPair.serverCtx();
        server.setVerify(VerifyMode.PEER, null);
        server.addTrusted(List.of(Identity.ECDSA.issuer()));
        server.set1ClientSigalgsList("ECDSA+SHA256");
        server.setMinProtoVersion(v);
        server.setMaxProtoVersion(v);
        return new MemoryPair(client, server, new MemoryBio(), new MemoryBio());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS1_2", "TLS1_3"})
    void theCallbackIsAskedFirst(ProtocolVersion v) throws Exception {
        MemoryPair p = pair(v, s -> ClientCertCb.Answer.of(Identity.ECDSA.chain(), Identity.ECDSA.key()), true)
                .connected();
        assertEquals(Identity.ECDSA.certificate(), p.server.getPeerCertificate());
        assertEquals(v.text(), p.server.getVersion());
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS1_2", "TLS1_3"})
    void withoutOneThatFitsThereIsNoConnection(ProtocolVersion v) throws Exception {
        for (ClientCertCb cb : new ClientCertCb[] {null, s -> ClientCertCb.Answer.NONE}) {
            MemoryPair p = pair(v, cb, true).handshake();
            TlsException e = assertInstanceOf(TlsException.class, p.client.failure());
            assertEquals(Reason.NO_SUITABLE_SIGNATURE_ALGORITHM, e.reason());
            assertNull(pair(v, cb, false).connected().server.getPeerCertificate());
        }
    }
}
