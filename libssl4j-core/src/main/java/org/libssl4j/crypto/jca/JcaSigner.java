// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import org.libssl4j.crypto.MlDsaPrivateKey;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.SignatureScheme;

/**
 * Signs by one scheme. Which provider does it is settled when a key is used for the first time: the first in rank that makes a signature with it, after translating it where it can; for a key that lives in a token (PKCS#11) the one that JCA itself chooses. Thread-safe.
 */
final class JcaSigner implements Signer {
    private final SignatureScheme scheme;
    private final List<JcaScheme> ranked;
    private final WeakIdentityMap<PrivateKey, Choice> choices = new WeakIdentityMap<>();

    /** @param ranked providers that have the scheme, in the order in which they are tried */
    JcaSigner(SignatureScheme scheme, List<JcaScheme> ranked) {
        this.scheme = scheme;
        this.ranked = ranked;
    }

    @Override
    public byte[] sign(PrivateKey key, byte[] input) throws TlsException {
        Choice known = choices.get(key);
        if (known == null) {
            return signFirst(key, input);
        }
        try {
            return known.sign(key, input);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw failed(known.with.provider().getName() + " failed", e);
        }
    }

    private byte[] signFirst(PrivateKey key, byte[] input) throws TlsException {
        Exception first = null;
        for (JcaScheme s : ranked) {
            try {
                Choice c = new Choice(s, translated(s, key));
                byte[] signature = c.sign(key, input);
                choices.put(key, c);
                return signature;
            } catch (GeneralSecurityException | RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        try {
            return signDelayed(key, input);
        } catch (GeneralSecurityException | RuntimeException e) {
            if (first != null) {
                e.addSuppressed(first);
            }
            throw failed("no provider signs with this key of type " + key.getAlgorithm(), e);
        }
    }

    /** Lets JCA find the provider of the key: it has to see the key before all else. */
    private byte[] signDelayed(PrivateKey key, byte[] input) throws GeneralSecurityException {
        String name = JcaScheme.names(scheme).get(0);
        AlgorithmParameterSpec parameters = JcaScheme.pss(scheme);
        Signature s = Signature.getInstance(name);
        s.initSign(key);
        if (parameters != null) {
            s.setParameter(parameters);
        }
        s.update(input);
        byte[] signature = s.sign();
        choices.put(key, new Choice(new JcaScheme(scheme, s.getProvider(), name, parameters), null));
        return signature;
    }

    /** The provider's own form of the key, or null to use the key as it is. */
    private PrivateKey translated(JcaScheme s, PrivateKey key) {
        try {
            PrivateKey own = key instanceof MlDsaPrivateKey m
                    ? JcaMlDsaKey.of(m, s.provider())
                    : (PrivateKey) KeyFactory.getInstance(scheme.keyType(), s.provider())
                            .translateKey(key);
            return own == key ? null : own;
        } catch (GeneralSecurityException | RuntimeException e) {
            return null; // a key without an encoding, or a provider without a KeyFactory
        }
    }

    private TlsException failed(String detail, Exception cause) {
        return new TlsException(
                AlertDescription.INTERNAL_ERROR,
                Reason.INTERNAL_ERROR,
                "signing " + scheme.ianaName() + ": " + detail,
                cause);
    }

    /** A provider and its form of a key; null for the key itself, which this must not keep alive. */
    private record Choice(JcaScheme with, PrivateKey own) {
        byte[] sign(PrivateKey key, byte[] input) throws GeneralSecurityException {
            Signature s = with.signature();
            s.initSign(own == null ? key : own);
            s.update(input);
            byte[] signature = s.sign();
            if (signature == null || signature.length == 0) {
                throw new ProviderException(with.provider().getName() + " made no signature");
            }
            return signature;
        }

        @Override
        public String toString() {
            return with.provider().getName();
        }
    }
}
