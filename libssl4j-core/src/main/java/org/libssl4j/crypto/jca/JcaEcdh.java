// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.NamedGroup;

/** Diffie-Hellman on NIST's prime curves (RFC 9846 §4.3.8.2 [8446 4.2.8.2]) of a JCA provider. The secret is the x-coordinate, of the field's length. */
final class JcaEcdh extends JcaDiffieHellman {
    private static final int UNCOMPRESSED = 4;

    private final EcCurve curve;
    private final SpkiForm form;

    JcaEcdh(NamedGroup group, Provider provider, SecureRandom random) throws GeneralSecurityException {
        super(group, provider, random);
        this.curve = EcCurve.of(group);
        this.form = switch (group) {
            case SECP256R1 -> SpkiForm.P256;
            case SECP384R1 -> SpkiForm.P384;
            case SECP521R1 -> SpkiForm.P521;
            default -> throw new IllegalArgumentException(group + " is no prime curve");
        };
    }

    @Override
    AlgorithmParameterSpec keyParameters() {
        return curve.name();
    }

    @Override
    String keyAlgorithm() {
        return "EC";
    }

    @Override
    String agreementAlgorithm() {
        return "ECDH";
    }

    @Override
    byte[] share(PublicKey key) {
        return form.raw(key);
    }

    @Override
    PublicKey peerKey(byte[] share, KeyFactory factory) throws TlsException, GeneralSecurityException {
        // RFC 9846 §4.3.8.2 [8446 4.2.8.2]: points are uncompressed.
        if (share[0] != UNCOMPRESSED) {
            throw bad("point format " + (share[0] & 0xff) + "; 4 (uncompressed) allowed", null);
        }
        // RFC 9846 §4.3.8.2 [8446 4.2.8.2]: a point has to be on the curve. (The point at infinity has no such form,
        // and the cofactor is 1.)
        if (!curve.contains(share)) {
            throw bad("the point is not on the curve", null);
        }
        return factory.generatePublic(form.spec(share));
    }

    @Override
    int secretLength() {
        return curve.fieldLength();
    }
}
