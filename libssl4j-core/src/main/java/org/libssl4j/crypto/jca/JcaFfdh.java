// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;
import javax.crypto.spec.DHPublicKeySpec;
import org.libssl4j.crypto.DhParameters;
import org.libssl4j.crypto.FfdheGroup;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.NamedGroup;

/** Diffie-Hellman in the finite fields of RFC 7919 (RFC 9846 §4.3.8.1 [8446 4.2.8.1]) of a JCA provider. Shares and secret have the length of the prime. */
final class JcaFfdh extends JcaDiffieHellman {
    private final DHParameterSpec parameters;

    JcaFfdh(NamedGroup group, Provider provider, SecureRandom random) {
        super(group, provider, random);
        FfdheGroup known = known(group);
        DhParameters numbers = known.parameters();
        this.parameters = new DHParameterSpec(numbers.p(), numbers.g(), known.exponentBits());
    }

    @Override
    AlgorithmParameterSpec keyParameters() {
        return parameters;
    }

    @Override
    String keyAlgorithm() {
        return "DH";
    }

    @Override
    String agreementAlgorithm() {
        return "DH";
    }

    @Override
    byte[] share(PublicKey key) {
        byte[] y = ((DHPublicKey) key).getY().toByteArray();
        byte[] share = new byte[group().clientShareLength()];
        int sign = y[0] == 0 ? 1 : 0;
        System.arraycopy(y, sign, share, share.length - (y.length - sign), y.length - sign);
        return share;
    }

    @Override
    PublicKey peerKey(byte[] share, KeyFactory factory) throws TlsException, GeneralSecurityException {
        BigInteger y = new BigInteger(1, share);
        // RFC 9846 §4.3.8.1 [8446 4.2.8.1]: 1 < Y < p-1.
        if (y.compareTo(BigInteger.ONE) <= 0 || y.compareTo(parameters.getP().subtract(BigInteger.ONE)) >= 0) {
            throw bad("Y is out of range; 1 < Y < p-1 allowed", null);
        }
        return factory.generatePublic(new DHPublicKeySpec(y, parameters.getP(), parameters.getG()));
    }

    @Override
    int secretLength() {
        return group().clientShareLength();
    }

    /** The group of this name. */
    static FfdheGroup known(NamedGroup group) {
        return switch (group) {
            case FFDHE2048 -> FfdheGroup.FFDHE2048;
            case FFDHE3072 -> FfdheGroup.FFDHE3072;
            default -> throw new IllegalArgumentException(group + " is no finite field");
        };
    }
}
