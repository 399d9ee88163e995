// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.keyschedule;

import java.util.Arrays;
import java.util.HexFormat;
import org.libssl4j.crypto.Secret;

/** Lines of a key log (RFC 9850 §2): label, client random, secret. The only place that prints a secret. */
public final class KeyLog {
    public static final String CLIENT_HANDSHAKE = "CLIENT_HANDSHAKE_TRAFFIC_SECRET";
    public static final String SERVER_HANDSHAKE = "SERVER_HANDSHAKE_TRAFFIC_SECRET";
    public static final String CLIENT_TRAFFIC = "CLIENT_TRAFFIC_SECRET_0";
    public static final String SERVER_TRAFFIC = "SERVER_TRAFFIC_SECRET_0";
    public static final String EXPORTER = "EXPORTER_SECRET";
    /** The master secret of TLS 1.2 and before. */
    public static final String MASTER = "CLIENT_RANDOM";

    private KeyLog() {}

    /** One line without its end. */
    public static String line(String label, byte[] clientRandom, Secret secret) {
        byte[] bytes = secret.getEncoded();
        try {
            HexFormat hex = HexFormat.of();
            return label + ' ' + hex.formatHex(clientRandom) + ' ' + hex.formatHex(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
