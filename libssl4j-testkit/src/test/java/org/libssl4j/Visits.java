// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.libssl4j.config.Callbacks;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.HelloCallbacks;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.handshake.State;
import org.libssl4j.spi.ServernameAnswer;
import org.libssl4j.spi.VerifyCb;

/** Notes which states act: whenever one calls out, to a callback, an executor, the primitives or for its configuration, it is found on the stack. */
class Visits {
    /** Notes nothing. */
    static final Visits NOBODY = new Visits() {
        @Override
        void look() {}

        @Override
        HandshakeConfig on(HandshakeConfig c) {
            return c;
        }

        @Override
        Crypto on(Crypto real) {
            return real;
        }
    };

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final Set<String> states = new TreeSet<>();

    /** The names of the classes seen. */
    Set<String> states() {
        return states;
    }

    /** Notes the states that are found on the stack. */
    void look() {
        STACK.forEach(f -> {
            if (State.class.isAssignableFrom(f.getDeclaringClass())) {
                states.add(f.getDeclaringClass().getName());
            }
        });
    }

    /** A configuration with all its callbacks and the executor set, which are watched. */
    HandshakeConfig on(HandshakeConfig c) {
        Callbacks to = c.callbacks();
        VerifyCb verify = c.verification().callback();
        return c.with(to.withCertificate(() -> {
                            look();
                            return to.certificate().ask();
                        })
                        .withKeylog(line -> {
                            look();
                            to.keylog().line(line);
                        })
                        .withMsg(m -> {
                            look();
                            to.msg().message(m);
                        }))
                .with(c.verification().with((VerifyCb) (result, chain) -> {
                    look();
                    return verify.verify(result, chain);
                }))
                .with(watched(c.hello()))
                .with(task -> {
                    look();
                    c.offload().execute(task);
                });
    }

    private HelloCallbacks watched(HelloCallbacks h) {
        Function<String, ServernameAnswer> servername = h.servername();
        return servername == null
                ? h
                : h.withServername(name -> {
                    look();
                    return servername.apply(name);
                });
    }

    Crypto on(Crypto real) {
        return (Crypto) Proxy.newProxyInstance(
                Crypto.class.getClassLoader(), new Class<?>[] {Crypto.class}, (proxy, method, args) -> {
                    look();
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
