// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.session;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.spi.FragmentLength;
import org.libssl4j.spi.VerifyResult;

/** Sessions for tests. */
final class Sessions {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123Z");

    private Sessions() {}

    /** One of TLS 1.2 with this id and a secret of these bytes, for two hours from {@link #NOW} on. */
    static SessionState withId(int number) {
        return small(number).build();
    }

    static SessionState.Builder small(int number) {
        byte[] id = new byte[32];
        new Random(number).nextBytes(id);
        return SessionState.builder(
                        ProtocolVersion.TLS1_2, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, secret(number))
                .id(id)
                .created(NOW, 7200);
    }

    private static Secret secret(int number) {
        byte[] b = new byte[48];
        Arrays.fill(b, (byte) number);
        return Secret.of(b);
    }

    /** With a value in each field. */
    static SessionState full() {
        return small(7).idContext(new byte[] {1, 2, 3})
                .ticket(new byte[] {9, 8, 7}, 7100, 0xfedc_ba98L)
                .peer(chain(3, 40), VerifyResult.CERT_HAS_EXPIRED)
                .serverName("server.test")
                .alpn("h2")
                .maxFragment(FragmentLength.BYTES_1024)
                .extendedMasterSecret(true)
                .maxEarlyData(16_384)
                .group(29)
                .pskIdentity(new byte[] {'m', 'e'})
                .pskIdentityHint(new byte[] {'h'})
                .appData(new byte[] {5, 5, 5})
                .build();
    }

    /** Sequences of DER in place of certificates. */
    static List<byte[]> chain(int length, int bytes) {
        byte[] der = new byte[bytes + 4];
        der[0] = 0x30;
        der[1] = (byte) 0x82;
        der[2] = (byte) (bytes >> 8);
        der[3] = (byte) bytes;
        return Collections.nCopies(length, der);
    }

    /** All that is in it, in words. */
    static String text(SessionState s) {
        return s.version() + " " + s.suite() + " " + Arrays.toString(s.secret().getEncoded()) + " "
                + Arrays.toString(s.id()) + " " + Arrays.toString(s.idContext()) + " " + Arrays.toString(s.ticket())
                + " " + s.lifetimeHint() + " " + s.ageAdd() + " " + s.created() + " " + s.timeout() + " "
                + s.peerChain().stream().map(Arrays::toString).toList() + " " + s.verifyResult() + " "
                + s.serverName() + " " + s.alpn() + " " + s.maxFragment() + " " + s.extendedMasterSecret() + " "
                + s.maxEarlyData() + " " + s.group() + " " + Arrays.toString(s.pskIdentity()) + " "
                + Arrays.toString(s.pskIdentityHint()) + " " + Arrays.toString(s.appData()) + " " + s.external();
    }
}
