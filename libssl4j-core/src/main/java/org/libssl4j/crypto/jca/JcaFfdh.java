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
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.NamedGroup;

/** Diffie-Hellman in the finite fields of RFC 7919 (RFC 9846 §4.3.8.1 [8446 4.2.8.1]) of a JCA provider. Shares and secret have the length of the prime. */
final class JcaFfdh extends JcaDiffieHellman {
    // RFC 7919 §A.1, with the 225 bits that its last paragraph asks of a private exponent.
    private static final DHParameterSpec FFDHE2048 = parameters(
            225,
            "ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695a9e13641146433fb"
                    + "cc939dce249b3ef97d2fe363630c75d8f681b202aec4617ad3df1ed5d5fd65612433f51f5f066ed0"
                    + "856365553ded1af3b557135e7f57c935984f0c70e0e68b77e2a689daf3efe8721df158a136ade735"
                    + "30acca4f483a797abc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4"
                    + "ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f619172fe9ce98583ff"
                    + "8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005c58ef1837d1683b2c6f34a26c1b2effa"
                    + "886b423861285c97ffffffffffffffff");
    // RFC 7919 §A.2, with 275 bits.
    private static final DHParameterSpec FFDHE3072 = parameters(
            275,
            "ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695a9e13641146433fb"
                    + "cc939dce249b3ef97d2fe363630c75d8f681b202aec4617ad3df1ed5d5fd65612433f51f5f066ed0"
                    + "856365553ded1af3b557135e7f57c935984f0c70e0e68b77e2a689daf3efe8721df158a136ade735"
                    + "30acca4f483a797abc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4"
                    + "ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f619172fe9ce98583ff"
                    + "8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005c58ef1837d1683b2c6f34a26c1b2effa"
                    + "886b4238611fcfdcde355b3b6519035bbc34f4def99c023861b46fc9d6e6c9077ad91d2691f7f7ee"
                    + "598cb0fac186d91caefe130985139270b4130c93bc437944f4fd4452e2d74dd364f2e21e71f54bff"
                    + "5cae82ab9c9df69ee86d2bc522363a0dabc521979b0deada1dbf9a42d5c4484e0abcd06bfa53ddef"
                    + "3c1b20ee3fd59d7c25e41d2b66c62e37ffffffffffffffff");

    private final DHParameterSpec parameters;

    JcaFfdh(NamedGroup group, Provider provider, SecureRandom random) {
        super(group, provider, random);
        this.parameters = group == NamedGroup.FFDHE2048 ? FFDHE2048 : FFDHE3072;
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

    /** The numbers of this group. */
    static DhParameters known(NamedGroup group) {
        DHParameterSpec s = group == NamedGroup.FFDHE2048 ? FFDHE2048 : FFDHE3072;
        return new DhParameters(s.getP(), s.getG());
    }

    private static DHParameterSpec parameters(int exponentBits, String prime) {
        return new DHParameterSpec(new BigInteger(prime, 16), BigInteger.TWO, exponentBits);
    }
}
