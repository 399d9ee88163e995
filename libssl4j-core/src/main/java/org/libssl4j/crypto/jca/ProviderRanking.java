// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import static org.libssl4j.crypto.jca.Maker.ACCP;
import static org.libssl4j.crypto.jca.Maker.BOUNCY_CASTLE;
import static org.libssl4j.crypto.jca.Maker.CONSCRYPT;
import static org.libssl4j.crypto.jca.Maker.INSTALLED;
import static org.libssl4j.crypto.jca.Maker.JDK;

import java.util.List;
import org.libssl4j.crypto.CryptoPolicy;

/**
 * Whose implementation of an operation is tried first, second, …: the table of {@code docs/crypto-providers.md}, where the measurements and what each maker says about timing stand too.
 */
final class ProviderRanking {
    private static final List<Maker> NATIVE_FIRST = List.of(ACCP, CONSCRYPT, JDK, INSTALLED);
    private static final List<Maker> JDK_FIRST = List.of(JDK, ACCP, CONSCRYPT, INSTALLED);
    private static final List<Maker> JDK_SOLELY = List.of(JDK);

    // The JDK has whole-record intrinsics for AES-GCM from 19 and for ChaCha20 and Poly1305 from 20 and 21 on.
    private static final int BULK_INTRINSICS = 21;

    private final CryptoPolicy policy;
    private final int jdk;

    /** @param jdk feature version of the JDK that runs */
    ProviderRanking(CryptoPolicy policy, int jdk) {
        this.policy = policy;
        this.jdk = jdk;
    }

    /** Makers in the order in which they are tried. */
    List<Maker> of(Operation operation) {
        if (policy == CryptoPolicy.JDK_ONLY) {
            return JDK_SOLELY;
        }
        return switch (operation) {
            // The JDK's intrinsics take 0.7 µs for 1 KiB; going to native code and back costs more than it saves.
            case DIGEST, HMAC -> JDK_FIRST;
            case AES_CBC -> JDK_FIRST; // not measured; set up anew for each record, as an intrinsic likes it best
            case AES_GCM -> aesGcm();
            case CHACHA20_POLY1305 ->
                jdk >= BULK_INTRINSICS ? List.of(JDK, CONSCRYPT, INSTALLED) : List.of(CONSCRYPT, JDK, INSTALLED);
            case X25519 -> List.of(CONSCRYPT, BOUNCY_CASTLE, JDK, INSTALLED);
            case X448, FFDHE -> List.of(JDK, BOUNCY_CASTLE, INSTALLED);
            case ML_KEM, ML_DSA, AES_CCM -> List.of(JDK, BOUNCY_CASTLE, INSTALLED);
            case ECDH, ECDSA_SIGN, ECDSA_VERIFY, RSA_SIGN, RSA_VERIFY, RSA_DECRYPT -> NATIVE_FIRST;
            case EDDSA_SIGN, EDDSA_VERIFY -> NATIVE_FIRST;
        };
    }

    /** On 25 the JDK seals as fast as ACCP and small records faster; ACCP opens faster and allocates an eighth, which is what "fastest" goes by. */
    private List<Maker> aesGcm() {
        boolean jdkFirst = policy == CryptoPolicy.DEFAULT && jdk >= BULK_INTRINSICS;
        return jdkFirst ? JDK_FIRST : List.of(ACCP, JDK, CONSCRYPT, INSTALLED);
    }
}
