// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.libssl4j.Ssl;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;

/** The letters that a server alone knows (CONNECTED COMMANDS of openssl-s_server(1)). */
final class ServerLetters extends Letters {
    private static final byte[] PLAIN_TEXT = "This is plain text, and no record.\n".getBytes(StandardCharsets.US_ASCII);

    private final VerifyCb verification;
    private final SessionCounts counts;

    /** @param verification says what was found of a client that is asked for its certificate */
    ServerLetters(Ssl ssl, Terminal terminal, VerifyCb verification, SessionCounts counts) {
        super(ssl, terminal);
        this.verification = verification;
        this.counts = counts;
    }

    @Override
    boolean obey(char letter) {
        switch (letter) {
            case 'r' -> noRenegotiation();
            case 'c' -> {
                ssl.setVerify(VerifyMode.PEER, verification);
                said(ssl.verifyClientPostHandshake() == 1);
            }
            case 'P' -> plainText();
            case 'S' -> terminal.print(counts.text());
            default -> {
                return super.obey(letter);
            }
        }
        return true;
    }

    /** Writes past TLS, which the client has to notice. */
    private void plainText() {
        try {
            if (ssl.getWbio().write(PLAIN_TEXT, 0, PLAIN_TEXT.length) < PLAIN_TEXT.length) {
                terminal.note("not now: the client takes nothing");
            }
        } catch (IOException e) {
            terminal.note("not now: " + Failure.text(e));
        }
    }
}
