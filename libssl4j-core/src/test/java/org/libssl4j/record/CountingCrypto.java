// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Hmac;
import org.libssl4j.crypto.Secret;
import org.libssl4j.iana.HashAlgorithm;

/** Counts how often the compression function of an HMAC's hash runs, and how often an HMAC is called to any effect. */
final class CountingCrypto {
    long compressions;
    long calls;

    private final Crypto inner;

    CountingCrypto(Crypto inner) {
        this.inner = inner;
    }

    /** What is counted, as all know it. */
    Crypto crypto() {
        return (Crypto) Proxy.newProxyInstance(
                Crypto.class.getClassLoader(), new Class<?>[] {Crypto.class}, (proxy, method, args) -> {
                    try {
                        Object made = method.invoke(inner, args);
                        return made instanceof Hmac h ? new Counting(h, (HashAlgorithm) args[0]) : made;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private final class Counting implements Hmac {
        private final Hmac hmac;
        private final int block;
        private final int trailer;
        private long bytes;

        Counting(Hmac hmac, HashAlgorithm algorithm) {
            this.hmac = hmac;
            boolean wide = algorithm == HashAlgorithm.SHA384;
            this.block = wide ? 128 : 64;
            this.trailer = wide ? 17 : 9;
        }

        @Override
        public void init(Secret key) {
            hmac.init(key);
        }

        @Override
        public void update(byte[] in, int off, int len) {
            bytes += len;
            calls += len > 0 ? 1 : 0;
            hmac.update(in, off, len);
        }

        @Override
        public void doFinal(byte[] out, int off) {
            // The key's block, those of the message, and two of the outer hash.
            compressions += 1 + (bytes + trailer + block - 1) / block + 2;
            bytes = 0;
            calls++;
            hmac.doFinal(out, off);
        }

        @Override
        public int length() {
            return hmac.length();
        }
    }
}
