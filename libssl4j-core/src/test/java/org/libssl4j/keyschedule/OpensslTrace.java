// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Hash;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.ProtocolVersion;

/** A handshake that OpenSSL had with itself, by static RSA so that its premaster secret is known: {@code static-rsa.txt}. */
public record OpensslTrace(Map<String, String> fields) {
    /** All four: TLS 1.2 with and without extended master secret, 1.1 with it, 1.0 without. */
    public static List<OpensslTrace> all() {
        List<OpensslTrace> traces = new ArrayList<>();
        Map<String, String> shared = new HashMap<>();
        Map<String, String> fields = shared;
        for (String line : text().split("\n")) {
            int space = line.indexOf(' ');
            if (line.startsWith("version ")) {
                fields = new HashMap<>(shared);
                traces.add(new OpensslTrace(fields));
            }
            if (space > 0 && line.charAt(0) != '#') {
                fields.put(line.substring(0, space), line.substring(space + 1));
            }
        }
        return traces;
    }

    /** The bytes of a row. */
    public byte[] bytes(String name) {
        return HexFormat.of().parseHex(fields.get(name));
    }

    public ProtocolVersion version() {
        return ProtocolVersion.valueOf(fields.get("version"));
    }

    CipherSuite suite() {
        return CipherSuite.valueOf(fields.get("suite"));
    }

    boolean extended() {
        return fields.get("extended").equals("true");
    }

    /** The transcript's hash of messages with these names. */
    byte[] hash(Crypto crypto, String... messages) {
        Hash h = crypto.hash(version() == ProtocolVersion.TLS1_2 ? suite().hash() : HashAlgorithm.MD5_SHA1);
        for (String m : messages) {
            byte[] b = bytes(m);
            h.update(b, 0, b.length);
        }
        return h.digest();
    }

    @Override
    public String toString() {
        return fields.get("version") + " " + fields.get("suite");
    }

    private static String text() {
        try (InputStream in = OpensslTrace.class.getResourceAsStream("static-rsa.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
