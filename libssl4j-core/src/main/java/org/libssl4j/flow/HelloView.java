// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import java.util.Arrays;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.ClientHello;
import org.libssl4j.spi.ReceivedClientHello;

/** Shows a ClientHello to the application. */
record HelloView(ClientHello hello) implements ReceivedClientHello {
    @Override
    public int legacyVersion() {
        return hello.legacyVersion();
    }

    @Override
    public byte[] random() {
        return hello.random().clone();
    }

    @Override
    public byte[] sessionId() {
        return hello.sessionId().clone();
    }

    @Override
    public int[] ciphers() {
        return hello.cipherSuites().clone();
    }

    @Override
    public byte[] compressionMethods() {
        return hello.compressionMethods().clone();
    }

    @Override
    public int[] extensionsPresent() {
        return Arrays.stream(extensionOrder())
                .filter(t -> ExtensionType.of(t) != null)
                .toArray();
    }

    @Override
    public int[] extensionOrder() {
        return hello.extensions().types();
    }

    @Override
    public byte[] ext(int type) {
        return hello.extensions().body(type);
    }
}
