// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import org.libssl4j.KeyUpdateType;
import org.libssl4j.Ssl;

/** What a letter alone on a line does to a connection, beside ending it (CONNECTED COMMANDS of openssl-s_client(1)). A server knows more: {@link ServerLetters}. */
class Letters {
    final Ssl ssl;
    final Terminal terminal;

    Letters(Ssl ssl, Terminal terminal) {
        this.ssl = ssl;
        this.terminal = terminal;
    }

    /** Obeys; false if the letter is none of these, and so data. What is to be sent goes out with the next read or write. */
    boolean obey(char letter) {
        switch (letter) {
            case 'k', 'K' -> {
                terminal.note("KEYUPDATE");
                said(ssl.keyUpdate(letter == 'K' ? KeyUpdateType.REQUESTED : KeyUpdateType.NOT_REQUESTED) == 1);
            }
            case 'R' -> renegotiate();
            default -> {
                return false;
            }
        }
        return true;
    }

    final void renegotiate() {
        terminal.note("RENEGOTIATING");
        said(ssl.renegotiate() == 1);
    }

    final void said(boolean done) {
        if (!done) {
            terminal.note("not now: " + Failure.text(ssl.failure()));
        }
    }
}
