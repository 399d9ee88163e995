// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow;

import java.util.function.Function;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.handshake.Handshake;
import org.libssl4j.handshake.State;
import org.libssl4j.handshake.StateName;
import org.libssl4j.handshake.Want;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.ServerName;
import org.libssl4j.spi.ServernameAnswer;

/** Reads the name that the client asks for (RFC 6066 §3), and asks the application what to make of it (SSL_CTX_set_tlsext_servername_callback(3)). The answer may be "later", and the configuration another one afterwards. */
public final class AskServerName implements State {
    private final Function<String, ServernameAnswer> callback;
    private final ClientHello hello;
    private final Next<AcceptedHello> next;
    private boolean noted;

    /** @param callback the one that is asked again after a "later", whatever the configuration is by then; null to accept no name */
    public AskServerName(Function<String, ServernameAnswer> callback, ClientHello hello, Next<AcceptedHello> next) {
        this.callback = callback;
        this.hello = hello;
        this.next = next;
    }

    @Override
    public StateName name() {
        return StateName.SR_CLNT_HELLO;
    }

    @Override
    public State run(Handshake hs) throws TlsException {
        ServerName asked = hello.extensions().get(ExtensionType.SERVER_NAME, ServerName::read);
        String name = asked == null ? null : asked.hostName();
        if (!noted) {
            hs.env().negotiated().serverName(name);
            noted = true;
        }
        ServernameAnswer answer = callback == null ? ServernameAnswer.NOACK : callback.apply(name);
        if (answer == ServernameAnswer.RETRY) {
            return hs.park(Want.CLIENT_HELLO_CB, this);
        }
        // A null is a bug of the callback's: what was not accepted is refused.
        if (answer == null || answer.fatal()) {
            throw new TlsException(
                    answer == null ? AlertDescription.INTERNAL_ERROR : answer.alert(),
                    Reason.CALLBACK_FAILED,
                    "the callback for the server name answered " + answer + " to " + name);
        }
        // RFC 6066 §3: what the client did not ask for is not acknowledged.
        return next.then(hs, new AcceptedHello(hello, answer == ServernameAnswer.OK && name != null));
    }
}
