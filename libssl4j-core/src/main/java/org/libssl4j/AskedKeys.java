// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.util.Arrays;
import org.libssl4j.session.TicketKey;
import org.libssl4j.session.TicketKeySource;

/** The keys of tickets that a callback knows. */
final class AskedKeys implements TicketKeySource {
    private final TicketKeyCb callback;
    private final Ssl ssl;

    AskedKeys(TicketKeyCb callback, Ssl ssl) {
        this.callback = callback;
        this.ssl = ssl;
    }

    @Override
    public TicketKey sealing() {
        byte[] key = callback.sealingKey(ssl);
        return key == null ? null : TicketKey.of(key);
    }

    @Override
    public Found find(byte[] name) {
        TicketKeyCb.Answer a = callback.openingKey(ssl, Arrays.copyOf(name, TicketKey.NAME_LENGTH));
        return a == null ? Found.NONE : a.inside();
    }
}
