// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.InvalidParameterSpecException;
import org.libssl4j.iana.NamedGroup;

/** A prime curve of NIST (SP 800-186 §3.2.1), y² = x³ + ax + b, as far as checks of a peer's points need it. Its numbers come from the JDK. */
final class EcCurve {
    private final ECGenParameterSpec name;
    private final ECParameterSpec parameters;
    private final BigInteger p;
    private final int fieldLength;

    private EcCurve(ECGenParameterSpec name, ECParameterSpec parameters) {
        this.name = name;
        this.parameters = parameters;
        this.p = ((ECFieldFp) parameters.getCurve().getField()).getP();
        this.fieldLength = (p.bitLength() + 7) / 8;
    }

    /** The curve of this group. */
    static EcCurve of(NamedGroup group) throws GeneralSecurityException {
        ECGenParameterSpec name = new ECGenParameterSpec(group.ianaName());
        AlgorithmParameters a = AlgorithmParameters.getInstance("EC");
        a.init(name);
        ECParameterSpec parameters = a.getParameterSpec(ECParameterSpec.class);
        if (!(parameters.getCurve().getField() instanceof ECFieldFp)) {
            throw new InvalidParameterSpecException(group.ianaName() + " is no prime curve here");
        }
        return new EcCurve(name, parameters);
    }

    /** The name by which key pairs are generated. */
    ECGenParameterSpec name() {
        return name;
    }

    /** Length of a coordinate in bytes. */
    int fieldLength() {
        return fieldLength;
    }

    /** Whether the uncompressed point in {@code encoded} has coordinates of the field and satisfies the curve's equation. */
    boolean contains(byte[] encoded) {
        BigInteger x = new BigInteger(1, encoded, 1, fieldLength);
        BigInteger y = new BigInteger(1, encoded, 1 + fieldLength, fieldLength);
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
            return false;
        }
        BigInteger right = x.multiply(x)
                .add(parameters.getCurve().getA())
                .mod(p)
                .multiply(x)
                .add(parameters.getCurve().getB());
        return y.multiply(y).subtract(right).mod(p).signum() == 0;
    }

    /** The base point, uncompressed. */
    byte[] generator() {
        ECPoint g = parameters.getGenerator();
        byte[] encoded = new byte[1 + 2 * fieldLength];
        encoded[0] = 4;
        put(g.getAffineX(), encoded, 1 + fieldLength);
        put(g.getAffineY(), encoded, encoded.length);
        return encoded;
    }

    private static void put(BigInteger v, byte[] target, int end) {
        byte[] b = v.toByteArray();
        int sign = b[0] == 0 ? 1 : 0;
        System.arraycopy(b, sign, target, end - (b.length - sign), b.length - sign);
    }
}
