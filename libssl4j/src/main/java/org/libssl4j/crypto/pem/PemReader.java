// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package org.libssl4j.crypto.pem;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads the blocks of a PEM file (RFC 7468), lax as OpenSSL is: text around them is passed over. */
final class PemReader {
    /** A block. */
    record Block(String label, byte[] bytes) {}

    private PemReader() {}

    static boolean isPem(byte[] file) {
        return new String(file, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    static List<Block> read(byte[] file) throws GeneralSecurityException {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        int at = 0;
        while ((at = text.indexOf("-----BEGIN ", at)) >= 0) {
            int labelEnd = text.indexOf("-----", at + 11);
            String label = labelEnd < 0 ? "" : text.substring(at + 11, labelEnd);
            int end = text.indexOf("-----END " + label + "-----", at);
            if (labelEnd < 0 || end < labelEnd + 5) {
                throw new GeneralSecurityException("a PEM block '" + label + "' without an end");
            }
            String body = text.substring(labelEnd + 5, end);
            if (body.contains("Proc-Type")) {
                throw new GeneralSecurityException("a PEM block '" + label + "' encrypted in the old way of OpenSSL; PKCS#8 can be read");
            }
            try {
                blocks.add(new Block(label, Base64.getMimeDecoder().decode(body)));
            } catch (IllegalArgumentException e) {
                throw new GeneralSecurityException("a PEM block '" + label + "' that is not Base64", e);
            }
            at = end;
        }
        return blocks;
    }
}
