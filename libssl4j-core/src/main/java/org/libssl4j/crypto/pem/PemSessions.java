// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Sessions in PEM, as OpenSSL's tools have them in files (PEM_read_bio_SSL_SESSION(3)). Bytes and no strings, so that they can be wiped. */
public final class PemSessions {
    private static final String LABEL = "SSL SESSION PARAMETERS";
    private static final int LINE = 64;

    private PemSessions() {}

    /**
     * The content of the first block of a session; the caller wipes it.
     *
     * @throws GeneralSecurityException if there is none
     */
    public static byte[] read(byte[] pem) throws GeneralSecurityException {
        List<PemReader.Block> blocks = PemReader.read(pem);
        byte[] der = null;
        for (PemReader.Block b : blocks) {
            if (der == null && b.label().equals(LABEL) && !b.encrypted()) {
                der = b.bytes().clone();
            }
            b.wipe();
        }
        if (der == null) {
            throw new GeneralSecurityException("no PEM block '" + LABEL + "' among " + blocks.size());
        }
        return der;
    }

    /** A block of a session; the caller wipes it. */
    public static byte[] write(byte[] der) {
        byte[] base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encode(der);
        byte[] begin = ("-----BEGIN " + LABEL + "-----\n").getBytes(StandardCharsets.US_ASCII);
        byte[] end = ("\n-----END " + LABEL + "-----\n").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(begin, begin.length + base64.length + end.length);
        System.arraycopy(base64, 0, all, begin.length, base64.length);
        System.arraycopy(end, 0, all, begin.length + base64.length, end.length);
        Arrays.fill(base64, (byte) 0);
        return all;
    }
}
