// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.util.Arrays;
import java.util.HexFormat;
import org.libssl4j.Ssl;
import picocli.CommandLine.Option;

/** Exported keying material ({@code -keymatexport}, RFC 9846 §7.5). */
final class KeyMaterial {
    private static final int USUAL_LENGTH = 20;

    @Option(
            names = "-keymatexport",
            paramLabel = "LABEL",
            description = "Prints keying material that is exported under this label.")
    String label;

    @Option(names = "-keymatexportlen", paramLabel = "BYTES", description = "How much of it; 20 bytes by default.")
    int length = USUAL_LENGTH;

    /** What to print of this connection: lines, or nothing. */
    String text(Ssl ssl) throws Failure {
        if (label == null) {
            return "";
        }
        StringBuilder s = new StringBuilder("Keying material exporter:\n");
        s.append("    Label: '").append(label).append("'\n");
        s.append("    Length: ").append(length).append(" bytes\n");
        try {
            byte[] material = ssl.exportKeyingMaterial(length, label, null);
            if (material == null) {
                return s.append("    Error\n").toString();
            }
            s.append("    Keying material: ")
                    .append(HexFormat.of().withUpperCase().formatHex(material))
                    .append('\n');
            Arrays.fill(material, (byte) 0);
            return s.toString();
        } catch (IllegalArgumentException e) {
            throw new Failure("-keymatexport " + label + " of " + length + " bytes: " + Failure.text(e), e);
        }
    }
}
