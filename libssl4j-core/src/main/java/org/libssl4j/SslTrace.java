// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.util.Objects;
import java.util.function.Consumer;
import org.libssl4j.spi.MsgCb;
import org.libssl4j.spi.ProtocolMessage;
import org.libssl4j.trace.MessageTrace;
import org.libssl4j.trace.RecordsFirst;

/**
 * A message callback that says in words what goes by (SSL_trace(3)): records, alerts and handshake messages with each field and extension by name; what has no name, or cannot be decoded, as it is.
 *
 * <pre>{@code
 * ssl.setMsgCallback(new SslTrace(System.out::print));
 * }</pre>
 *
 * <p>The layout is that of OpenSSL's trace; it may change in details and is not meant for programs. Names are those of IANA's registries. No bytes of a peer's make it fail, the text is a bounded number of characters for each byte, and what a peer chose is shown without characters that steer a terminal. Secrets are not in it, but names and certificates that were sent encrypted are.
 *
 * <p>One for each connection, for it keeps what was sent until the header of its record was shown. Not thread-safe, as an {@link Ssl} is not.
 */
public final class SslTrace implements MsgCb {
    private final MsgCb ordered;

    /**
     * A trace.
     *
     * @param out gets the text of each message, with its line ends; called on the thread that makes the call on the connection
     */
    public SslTrace(Consumer<String> out) {
        Objects.requireNonNull(out, "out");
        this.ordered = new RecordsFirst(m -> out.accept(MessageTrace.of(m)));
    }

    @Override
    public void message(ProtocolMessage message) {
        ordered.message(message);
    }
}
