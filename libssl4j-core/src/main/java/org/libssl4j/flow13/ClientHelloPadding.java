// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.Padding;
import org.libssl4j.message.ext.RawExtension;

/** Brings a ClientHello to a length that servers of old can bear (RFC 7685 §4). */
final class ClientHelloPadding {
    private static final int SHORTEST = 256;
    private static final int ENOUGH = 512;

    /** Type and length of the extension. */
    private static final int HEADER = 4;

    private ClientHelloPadding() {}

    /** A ClientHello, whole but for the values of binders, with padding if it needs some. */
    static ClientHello pad(ClientHello hello) {
        int length = hello.toMessage().raw().length;
        // RFC 7685 §4: with its header the message is to have less than 256 bytes or more than 511.
        if (length < SHORTEST || length >= ENOUGH) {
            return hello;
        }
        // What is lacking may be less than an extension takes. One byte at least, as OpenSSL: some servers do not bear
        // an empty extension at the end.
        Padding padding = new Padding(Math.max(1, ENOUGH - length - HEADER));
        ExtensionBlock.Builder b = ExtensionBlock.builder();
        for (RawExtension e : hello.extensions().raw()) {
            // RFC 9846 §4.3.11 [8446 4.2.11]: pre_shared_key stays the last.
            if (e.type() == ExtensionType.PRE_SHARED_KEY.code()) {
                b.add(padding);
            }
            b.add(e);
        }
        if (!hello.extensions().has(ExtensionType.PRE_SHARED_KEY)) {
            b.add(padding);
        }
        return new ClientHello(
                hello.legacyVersion(),
                hello.random(),
                hello.sessionId(),
                hello.cipherSuites(),
                hello.compressionMethods(),
                b.build());
    }
}
