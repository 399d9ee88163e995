// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import javax.crypto.SecretKey;
import javax.security.auth.DestroyFailedException;
import org.libssl4j.crypto.Kem;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.MlKem;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;

/** ML-KEM (FIPS 203) of a JCA provider. {@code javax.crypto.KEM} came with JDK 21, so it is called by reflection: this library is compiled for 17. */
final class JcaKem implements Kem {
    private final MlKem parameters;
    private final SpkiForm form;
    private final Provider provider;
    private final Object kem;

    JcaKem(MlKem parameters, Provider provider) throws GeneralSecurityException {
        if (Api.GET_INSTANCE == null
                || !ProviderDirectory.has(provider, "KEM", parameters.fipsName())
                || !ProviderDirectory.has(provider, "KeyPairGenerator", parameters.fipsName())
                || !ProviderDirectory.has(provider, "KeyFactory", parameters.fipsName())) {
            throw new NoSuchAlgorithmException(provider.getName() + " has no " + parameters.fipsName());
        }
        this.parameters = parameters;
        this.form = switch (parameters) {
            case ML_KEM_512 -> SpkiForm.ML_KEM_512;
            case ML_KEM_768 -> SpkiForm.ML_KEM_768;
            case ML_KEM_1024 -> SpkiForm.ML_KEM_1024;
        };
        this.provider = provider;
        this.kem = Api.call(Api.GET_INSTANCE, null, parameters.fipsName(), provider);
    }

    @Override
    public KeyExchange generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(parameters.fipsName(), provider)
                    .generateKeyPair();
            return new Exchange(pair.getPrivate(), form.raw(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new ProviderException(provider.getName() + " makes no key of " + parameters.fipsName(), e);
        }
    }

    @Override
    public KeyExchange.Answer encapsulate(byte[] encapsulationKey) throws TlsException {
        parameters.checkEncapsulationKey(encapsulationKey);
        try {
            PublicKey key =
                    KeyFactory.getInstance(parameters.fipsName(), provider).generatePublic(form.spec(encapsulationKey));
            Object made = Api.call(Api.ENCAPSULATE, Api.call(Api.NEW_ENCAPSULATOR, kem, key));
            return new KeyExchange.Answer(
                    (byte[]) Api.call(Api.ENCAPSULATION, made), secret((SecretKey) Api.call(Api.KEY, made)));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw parameters.bad("the encapsulation key is refused by " + provider.getName(), e);
        }
    }

    @Override
    public int encapsulationKeyLength() {
        return parameters.encapsulationKeyLength();
    }

    @Override
    public int ciphertextLength() {
        return parameters.ciphertextLength();
    }

    private static Secret secret(SecretKey key) {
        Secret secret = Secret.of(key.getEncoded());
        try {
            key.destroy();
        } catch (DestroyFailedException e) {
            // the JDK's cannot be wiped
        }
        return secret;
    }

    private final class Exchange implements KeyExchange {
        private final byte[] share;
        private PrivateKey key;

        Exchange(PrivateKey key, byte[] share) {
            this.key = key;
            this.share = share;
        }

        @Override
        public byte[] share() {
            return share;
        }

        @Override
        public Secret finish(byte[] ciphertext) throws TlsException {
            parameters.checkCiphertext(ciphertext);
            if (key == null) {
                throw new IllegalStateException("this key exchange was closed");
            }
            try {
                Object decapsulator = Api.call(Api.NEW_DECAPSULATOR, kem, key);
                return secret((SecretKey) Api.call(Api.DECAPSULATE, decapsulator, (Object) ciphertext));
            } catch (GeneralSecurityException | RuntimeException e) {
                throw parameters.bad("the ciphertext is refused by " + provider.getName(), e);
            }
        }

        @Override
        public void close() {
            if (key != null) {
                try {
                    key.destroy();
                } catch (DestroyFailedException | RuntimeException e) {
                    // it goes with the collector
                }
                key = null;
            }
        }
    }

    /** The methods of {@code javax.crypto.KEM}; all null on a JDK without it. */
    private static final class Api {
        static final Method GET_INSTANCE = method("KEM", "getInstance", String.class, Provider.class);
        static final Method NEW_ENCAPSULATOR = method("KEM", "newEncapsulator", PublicKey.class);
        static final Method NEW_DECAPSULATOR = method("KEM", "newDecapsulator", PrivateKey.class);
        static final Method ENCAPSULATE = method("KEM$Encapsulator", "encapsulate");
        static final Method ENCAPSULATION = method("KEM$Encapsulated", "encapsulation");
        static final Method KEY = method("KEM$Encapsulated", "key");
        static final Method DECAPSULATE = method("KEM$Decapsulator", "decapsulate", byte[].class);

        private static Method method(String type, String name, Class<?>... arguments) {
            try {
                return Class.forName("javax.crypto." + type).getMethod(name, arguments);
            } catch (ReflectiveOperationException e) {
                return null;
            }
        }

        static Object call(Method method, Object target, Object... arguments) throws GeneralSecurityException {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof GeneralSecurityException g) {
                    throw g;
                }
                throw new ProviderException(method.getName() + " of javax.crypto.KEM failed", e.getCause());
            } catch (IllegalAccessException e) {
                throw new ProviderException(e);
            }
        }
    }
}
