// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.jca.JcaCrypto;

/** Contexts that offer every signature scheme that handshakes can be signed by, also one by which the JDK cannot verify certificates: ML-DSA before JDK 24. */
public final class AllSchemes {
    private static final Crypto REAL = JcaCrypto.of(CryptoPolicy.DEFAULT);
    private static final Crypto ALL = (Crypto) Proxy.newProxyInstance(
            AllSchemes.class.getClassLoader(), new Class<?>[] {Crypto.class}, (proxy, method, arguments) -> {
                try {
                    return method.getName().equals("supportsInCertificates")
                            ? Crypto.class
                                    .getMethod("supports", method.getParameterTypes())
                                    .invoke(REAL, arguments)
                            : method.invoke(REAL, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });

    private AllSchemes() {}

    public static SslCtx context(TlsMethod method) {
        return new SslCtx(method, ALL);
    }
}
