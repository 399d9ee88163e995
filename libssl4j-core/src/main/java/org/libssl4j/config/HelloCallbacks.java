// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import java.util.function.Function;
import org.libssl4j.spi.ClientHelloAnswer;
import org.libssl4j.spi.ReceivedClientHello;
import org.libssl4j.spi.ServernameAnswer;

/** Whom a server asks about a ClientHello before it chooses anything; each may be null. Bound to one connection, whose configuration they may change. Immutable. */
public final class HelloCallbacks {
    /** Nobody. */
    public static final HelloCallbacks NONE = new HelloCallbacks();

    private Function<ReceivedClientHello, ClientHelloAnswer> clientHello;
    private Function<String, ServernameAnswer> servername;

    private HelloCallbacks() {}

    private HelloCallbacks(HelloCallbacks o) {
        clientHello = o.clientHello;
        servername = o.servername;
    }

    /** Sees the ClientHello first of all. */
    public Function<ReceivedClientHello, ClientHelloAnswer> clientHello() {
        return clientHello;
    }

    public HelloCallbacks withClientHello(Function<ReceivedClientHello, ClientHelloAnswer> c) {
        HelloCallbacks next = new HelloCallbacks(this);
        next.clientHello = c;
        return next;
    }

    /** Is given the name that the client asks for, or null. */
    public Function<String, ServernameAnswer> servername() {
        return servername;
    }

    public HelloCallbacks withServername(Function<String, ServernameAnswer> s) {
        HelloCallbacks next = new HelloCallbacks(this);
        next.servername = s;
        return next;
    }

    /** Whether somebody is asked, who may change the configuration. */
    public boolean any() {
        return clientHello != null || servername != null;
    }
}
