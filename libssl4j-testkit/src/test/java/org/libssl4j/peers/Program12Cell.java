// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.interop.Identity;

/**
 * One combination of the matrix of TLS 1.2 and before against a program.
 *
 * @param version the only one that the program speaks
 * @param asked what is done about the client's certificate
 * @param extendedMasterSecret whether both sides have it
 * @param encryptThenMac whether both sides have it
 * @param weLack whether it is our side that lacks what is not had; the program's else
 * @param newer whether our side speaks all newer versions as well
 * @param blocking our end's way
 */
record Program12Cell(
        ProtocolVersion version,
        CipherSuite suite,
        Asked asked,
        boolean extendedMasterSecret,
        boolean encryptThenMac,
        boolean weLack,
        boolean newer,
        boolean blocking) {
    /** Authentication of the client. */
    enum Asked {
        NOT,
        SHOWS_ECDSA,
        SHOWS_RSA,
        SHOWS_NONE;

        /** The client's certificate; null for none. */
        Identity.Kind client() {
            return this == SHOWS_ECDSA ? Identity.Kind.ECDSA : this == SHOWS_RSA ? Identity.Kind.RSA : null;
        }
    }

    /**
     * In TLS 1.2 one suite of each key exchange with each way of protecting records goes through all that it can be combined with, client certificates taken in turn; each other suite once. In TLS 1.0 and 1.1 each suite goes through the extensions.
     */
    static List<Program12Cell> all() {
        List<Program12Cell> cells = new ArrayList<>();
        for (CipherSuite s : of(ProtocolVersion.TLS1_2)) {
            if (!leads(s)) {
                int n = cells.size();
                add(cells, ProtocolVersion.TLS1_2, s, Asked.values()[n % 4], n % 8 < 4, n % 3 > 0);
                continue;
            }
            for (int i = 0; i < (s.cbc() != null ? 4 : 2); i++) {
                add(cells, ProtocolVersion.TLS1_2, s, Asked.NOT, i % 2 == 0, i < 2);
                add(cells, ProtocolVersion.TLS1_2, s, shows(s.ordinal() + i), i % 2 == 0, i < 2);
            }
        }
        for (ProtocolVersion v : List.of(ProtocolVersion.TLS1_1, ProtocolVersion.TLS1_0)) {
            for (CipherSuite s : of(v)) {
                for (int i = 0; i < 4; i++) {
                    add(cells, v, s, Asked.values()[(s.ordinal() + i) % 4], i % 2 == 0, i < 2);
                }
            }
        }
        return cells;
    }

    private static List<CipherSuite> of(ProtocolVersion v) {
        return Arrays.stream(CipherSuite.values())
                .filter(s -> s.fits(v) && s.keyExchange().certified())
                .toList();
    }

    private static boolean leads(CipherSuite s) {
        return s.aead() == AeadAlgorithm.AES_128_GCM
                || s.aead() == AeadAlgorithm.CHACHA20_POLY1305
                || s.name().endsWith("_AES_128_CBC_SHA");
    }

    private static Asked shows(int n) {
        return Asked.values()[1 + n % 3];
    }

    private static void add(
            List<Program12Cell> cells, ProtocolVersion v, CipherSuite s, Asked asked, boolean ems, boolean etm) {
        int n = cells.size();
        cells.add(new Program12Cell(v, s, asked, ems, etm, n / 2 % 2 == 0, n % 3 == 0, n % 2 == 0));
    }

    Identity.Kind certificate() {
        return "EC".equals(suite.keyExchange().certificateKey()) ? Identity.Kind.ECDSA : Identity.Kind.RSA;
    }

    /** Whether the extension is agreed on, which it is for CBC alone (RFC 7366 §3). */
    boolean encryptsFirst() {
        return encryptThenMac && suite.cbc() != null;
    }

    /** What both sides need: versions and tags of old are of no higher one. */
    int securityLevel() {
        return version != ProtocolVersion.TLS1_2 || suite.name().endsWith("_CCM_8") ? 0 : 2;
    }

    @Override
    public String toString() {
        return version + (newer ? " and newer" : "") + ", " + suite + ", asked: " + asked
                + (extendedMasterSecret ? "" : ", no EMS") + (encryptThenMac ? "" : ", no EtM")
                + (extendedMasterSecret && encryptThenMac ? "" : weLack ? " (ours)" : " (theirs)")
                + (blocking ? "" : ", non-blocking");
    }
}
