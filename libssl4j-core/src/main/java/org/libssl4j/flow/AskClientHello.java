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
import org.libssl4j.message.ClientHello;
import org.libssl4j.spi.ClientHelloAnswer;
import org.libssl4j.spi.ReceivedClientHello;

/** Asks the application about the ClientHello before a server looks into it (SSL_CTX_set_client_hello_cb(3)). The answer may be "later", and the configuration another one afterwards. */
public final class AskClientHello implements State {
    private final Function<ReceivedClientHello, ClientHelloAnswer> callback;
    private final ClientHello hello;
    private final Next<ClientHello> next;

    /** @param callback the one that is asked again after a "later", whatever the configuration is by then */
    public AskClientHello(
            Function<ReceivedClientHello, ClientHelloAnswer> callback, ClientHello hello, Next<ClientHello> next) {
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
        ClientHelloAnswer answer = callback.apply(new HelloView(hello));
        if (answer == ClientHelloAnswer.RETRY) {
            return hs.park(Want.CLIENT_HELLO_CB, this);
        }
        if (answer != ClientHelloAnswer.SUCCESS) {
            // A null is a bug of the callback's: what was not accepted is refused.
            throw new TlsException(
                    answer == null ? AlertDescription.INTERNAL_ERROR : answer.alert(),
                    Reason.CALLBACK_FAILED,
                    "the callback for the ClientHello answered " + answer);
        }
        return next.then(hs, hello);
    }
}
