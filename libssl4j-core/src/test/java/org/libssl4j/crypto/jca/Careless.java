// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KeyAgreementSpi;
import javax.crypto.SecretKey;

/** A provider with the JDK's keys of one algorithm, whose key agreement looks at nothing and always comes to the same secret. */
final class Careless extends Provider {
    private static final long serialVersionUID = 1;

    private final byte[] secret;

    /** @param algorithm by the name that all of its services have */
    Careless(String algorithm, byte... secret) {
        super("Careless", "1", "agrees on anything");
        this.secret = secret.clone();
        for (Provider p : java.security.Security.getProviders()) {
            for (String type : new String[] {"KeyPairGenerator", "KeyFactory"}) {
                Service s = p.getService(type, algorithm);
                if (s != null && getService(type, algorithm) == null) {
                    putService(new Borrowed(s, algorithm));
                }
            }
        }
        putService(new Service(this, "KeyAgreement", algorithm, "-", null, null) {
            @Override
            public Object newInstance(Object parameter) {
                return new Agreement();
            }

            @Override
            public boolean supportsParameter(Object parameter) {
                return true;
            }
        });
    }

    private final class Borrowed extends Service {
        private final Service service;

        Borrowed(Service service, String algorithm) {
            super(Careless.this, service.getType(), algorithm, service.getClassName(), null, null);
            this.service = service;
        }

        @Override
        public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            return service.newInstance(parameter);
        }
    }

    private final class Agreement extends KeyAgreementSpi {
        @Override
        protected void engineInit(Key key, SecureRandom random) {}

        @Override
        protected void engineInit(Key key, AlgorithmParameterSpec parameters, SecureRandom random) {}

        @Override
        protected Key engineDoPhase(Key key, boolean last) {
            return null;
        }

        @Override
        protected byte[] engineGenerateSecret() {
            return secret.clone();
        }

        @Override
        protected int engineGenerateSecret(byte[] out, int off) {
            System.arraycopy(secret, 0, out, off, secret.length);
            return secret.length;
        }

        @Override
        protected SecretKey engineGenerateSecret(String algorithm) {
            throw new UnsupportedOperationException();
        }
    }
}
