// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import static org.libssl4j.Flows.STRANGER;
import static org.libssl4j.Flows.cookies;
import static org.libssl4j.Flows.greeting;
import static org.libssl4j.Flows.refused;
import static org.libssl4j.Flows.with;

import java.util.List;
import org.libssl4j.fault.Reason;
import org.libssl4j.handshake.Role;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.spi.AlpnSelectCb;
import org.libssl4j.spi.VerifyMode;

/** Handshakes that one of the two ends, because nothing can be agreed on or the other is not believed. */
final class RefusalFlows {
    private RefusalFlows() {}

    static List<Flow> all() {
        return List.of(
                refused("a server's certificate of a stranger")
                        .server(with(STRANGER))
                        .fails(Role.CLIENT, Reason.CERTIFICATE_VERIFY_FAILED, AlertDescription.UNKNOWN_CA),
                greeting("a server's certificate that is not verified")
                        .client(c -> c.setVerify(VerifyMode.NONE, null))
                        .server(with(STRANGER)),
                refused("no suite in common")
                        .client(c -> c.setCiphersuites("TLS_AES_128_GCM_SHA256"))
                        .server(s -> s.setCiphersuites("TLS_AES_256_GCM_SHA384"))
                        .fails(Role.SERVER, Reason.NO_SHARED_CIPHER, AlertDescription.HANDSHAKE_FAILURE),
                refused("no group in common")
                        .client(c -> c.set1GroupsList("X25519"))
                        .server(s -> s.set1GroupsList("P-256"))
                        .fails(Role.SERVER, Reason.NO_SUITABLE_KEY_SHARE, AlertDescription.HANDSHAKE_FAILURE),
                refused("a cookie that the application does not take")
                        .serverAsks((s, b) -> {
                            cookies(s, b);
                            s.setStatelessCookieVerifyCb((ssl, cookie) -> false);
                        })
                        .withStatelessServer()
                        .fails(Role.SERVER, Reason.COOKIE_MISMATCH, AlertDescription.ILLEGAL_PARAMETER),
                refused("no protocol in common")
                        .client(c -> c.setAlpnProtos("h2"))
                        .serverAsks((s, b) -> s.setAlpnSelectCb(b.asked(AlpnSelectCb.class, offered -> null)))
                        .fails(Role.SERVER, Reason.NO_APPLICATION_PROTOCOL, AlertDescription.NO_APPLICATION_PROTOCOL));
    }
}
