// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import org.libssl4j.Ssl;
import org.libssl4j.SslCtx;
import org.libssl4j.SslOption;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.interop.Identity;
import org.libssl4j.interop.OurEnd;
import org.libssl4j.spi.VerifyMode;
import org.libssl4j.spi.VerifyResult;

/** The matrix of TLS 1.2 and before against a program: its cells, and our side of each. */
abstract class Program12Test extends ProgramTest {
    static final int LINES = 1000;

    static List<Program12Cell> cells() {
        return Program12Cell.all();
    }

    static void check(Program12Cell cell, Ssl ssl) {
        assertEquals(name(cell.version()), ssl.getVersion());
        assertEquals(cell.suite().opensslName(), ssl.getCipherName());
        assertEquals(ALPN, ssl.getAlpnSelected());
        assertEquals(VerifyResult.OK, ssl.getVerifyResult());
    }

    /** Who the peer was, or null for nobody. */
    static void checkPeer(Identity.Kind shown, Ssl ssl) {
        assertEquals(shown == null ? null : Identity.of(shown).certificate(), ssl.getPeerCertificate());
    }

    /** As OpenSSL, and we, call it. */
    static String name(ProtocolVersion v) {
        return switch (v) {
            case TLS1_0 -> "TLSv1";
            case TLS1_1 -> "TLSv1.1";
            default -> "TLSv1.2";
        };
    }

    // ---- our side --------------------------------------------------------------------------------------------------

    static SslCtx server(Program12Cell cell) throws GeneralSecurityException {
        SslCtx c = common(cell, OurEnd.server(Identity.of(cell.certificate()), null, null, ALPN));
        c.setDhAuto(true);
        if (cell.asked() != Program12Cell.Asked.NOT) {
            Identity.Kind shown = cell.asked().client();
            Identity known = shown == null ? Identity.ECDSA : Identity.of(shown);
            c.addTrusted(List.of(known.issuer()));
            c.addClientCa(known.issuer());
            c.setVerify(shown == null ? VerifyMode.PEER : VerifyMode.PEER_FAIL_IF_NO_PEER_CERT, null);
        }
        return c;
    }

    static SslCtx client(Program12Cell cell) throws GeneralSecurityException {
        SslCtx c = common(cell, OurEnd.client(Identity.of(cell.certificate()), null, null, ALPN));
        if (cell.asked().client() != null) {
            Identity own = Identity.of(cell.asked().client());
            c.useCertAndKey(own.chain(), own.key());
        }
        return c;
    }

    static SslCtx common(Program12Cell cell, SslCtx c) {
        c.setSecurityLevel(cell.securityLevel());
        c.setMinProtoVersion(cell.version());
        c.setMaxProtoVersion(cell.newer() ? ProtocolVersion.TLS1_3 : cell.version());
        c.setCipherList(cell.suite().opensslName());
        if (cell.weLack() && !cell.extendedMasterSecret()) {
            c.setOptions(SslOption.NO_EXTENDED_MASTER_SECRET);
        }
        if (cell.weLack() && !cell.encryptThenMac()) {
            c.setOptions(SslOption.NO_ENCRYPT_THEN_MAC);
        }
        return c;
    }

    /** Lines that are no command of the programs'. */
    static byte[] lines(String word) {
        StringBuilder b = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            b.append(word).append(' ').append(i).append('\n');
        }
        return b.toString().getBytes(StandardCharsets.US_ASCII);
    }

    static String text(byte[] b) {
        return new String(b, StandardCharsets.US_ASCII);
    }
}
