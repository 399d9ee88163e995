// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import org.libssl4j.KeyUpdateType;
import org.libssl4j.Ssl;
import org.libssl4j.spi.VerifyCb;
import org.libssl4j.spi.VerifyMode;

/** What a letter alone on a line does to a connection, beside ending it (CONNECTED COMMANDS of openssl-s_client(1) and openssl-s_server(1)). */
final class Letters {
    private final Ssl ssl;
    private final Terminal terminal;
    private final VerifyCb verification; // of a server, for c

    /** @param verification says what was found of a client that is asked for its certificate; null on a client */
    Letters(Ssl ssl, Terminal terminal, VerifyCb verification) {
        this.ssl = ssl;
        this.terminal = terminal;
        this.verification = verification;
    }

    /** Obeys; false if the letter is none of these, and so data. What is to be sent goes out with the next read or write. */
    boolean obey(char letter) {
        switch (letter) {
            case 'k', 'K' -> {
                terminal.note("KEYUPDATE");
                said(ssl.keyUpdate(letter == 'K' ? KeyUpdateType.REQUESTED : KeyUpdateType.NOT_REQUESTED) == 1);
            }
            case 'R' -> noRenegotiation();
            case 'r' -> {
                if (!ssl.isServer()) {
                    return false;
                }
                noRenegotiation();
            }
            case 'c' -> {
                if (!ssl.isServer()) {
                    return false;
                }
                ssl.setVerify(VerifyMode.PEER, verification);
                said(ssl.verifyClientPostHandshake() == 1);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void noRenegotiation() {
        terminal.note("RENEGOTIATING: TLS 1.3 has no renegotiation");
    }

    private void said(boolean done) {
        if (!done) {
            terminal.note("not now: " + Failure.text(ssl.failure()));
        }
    }
}
