// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.libssl4j.cli.starttls.PlainText;
import org.libssl4j.cli.starttls.StartTls;

/** What a client says before TLS begins: nothing, or what {@code -starttls} asks for. */
final class PlainStart {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String option;
    private final StartTls protocol; // null for none

    private PlainStart(String option, StartTls protocol) {
        this.option = option;
        this.protocol = protocol;
    }

    /**
     * Reads the options.
     *
     * @param protocol of {@code -starttls}, or null
     * @param name of {@code -name}
     */
    static PlainStart of(String protocol, String name) throws Failure {
        if (protocol == null) {
            return new PlainStart(null, null);
        }
        if (!StartTls.PROTOCOLS.contains(protocol)) {
            throw new Failure(
                    "-starttls " + protocol + ": one of " + String.join(", ", StartTls.PROTOCOLS) + " is wanted");
        }
        try {
            return new PlainStart("-starttls " + protocol, StartTls.of(protocol, name));
        } catch (IllegalArgumentException e) {
            throw new Failure("-name " + name + ": " + Failure.text(e), e);
        }
    }

    /** Talks over a channel that blocks, up to where TLS begins. */
    void talk(SocketChannel channel) throws Failure, IOException {
        if (protocol == null) {
            return;
        }
        Socket socket = channel.socket();
        socket.setSoTimeout((int) PATIENCE.toMillis());
        try {
            protocol.negotiate(new PlainText(socket.getInputStream(), socket.getOutputStream()));
        } catch (IOException e) {
            throw new Failure(option + ": " + Failure.text(e), e);
        }
        socket.setSoTimeout(0);
    }
}
