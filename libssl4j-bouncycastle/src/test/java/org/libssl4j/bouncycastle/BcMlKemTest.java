// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bouncycastle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Method;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Kem;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.NamedGroup;

class BcMlKemTest {
    /** What stands before the raw key in a SubjectPublicKeyInfo (RFC 9935 §4). */
    private static final Map<String, String> SPKI = Map.of(
            "ML-KEM-512", "30820332300b06096086480165030404010382032100",
            "ML-KEM-768", "308204b2300b0609608648016503040402038204a100",
            "ML-KEM-1024", "30820632300b06096086480165030404030382062100");

    @ParameterizedTest
    @ValueSource(strings = {"ML-KEM-512", "ML-KEM-768", "ML-KEM-1024"})
    void bothSidesHaveTheSameSecret(String name) throws TlsException {
        Kem kem = kem(name);
        try (KeyExchange own = kem.generate()) {
            KeyExchange.Answer answer = kem.encapsulate(own.share());
            assertEquals(kem.encapsulationKeyLength(), own.share().length);
            assertEquals(kem.ciphertextLength(), answer.share().length);
            assertEquals(32, answer.secret().length());
            assertEquals(answer.secret(), own.finish(answer.share()));
        }
    }

    /** FIPS 203 §6.3: a ciphertext that was changed gives another secret, and no fault. */
    @ParameterizedTest
    @ValueSource(strings = {"ML-KEM-512", "ML-KEM-768", "ML-KEM-1024"})
    void aChangedCiphertextGivesAnotherSecret(String name) throws TlsException {
        Kem kem = kem(name);
        try (KeyExchange own = kem.generate()) {
            KeyExchange.Answer answer = kem.encapsulate(own.share());
            byte[] changed = answer.share().clone();
            changed[7] ^= 1;
            assertNotEquals(answer.secret(), own.finish(changed));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML-KEM-512", "ML-KEM-768", "ML-KEM-1024"})
    void anotherLengthIsIllegal(String name) throws TlsException {
        Kem kem = kem(name);
        try (KeyExchange own = kem.generate()) {
            byte[] key = own.share();
            byte[] ciphertext = kem.encapsulate(key).share();
            for (int d : new int[] {-1, 1}) {
                illegal(assertThrows(TlsException.class, () -> kem.encapsulate(Arrays.copyOf(key, key.length + d))));
                illegal(assertThrows(
                        TlsException.class, () -> own.finish(Arrays.copyOf(ciphertext, ciphertext.length + d))));
            }
            illegal(assertThrows(TlsException.class, () -> kem.encapsulate(new byte[0])));
            illegal(assertThrows(TlsException.class, () -> own.finish(new byte[0])));
        }
    }

    /** FIPS 203 §7.2: coefficients of 12 bits each, below 3,329. */
    @ParameterizedTest
    @ValueSource(strings = {"ML-KEM-512", "ML-KEM-768", "ML-KEM-1024"})
    void aCoefficientThatIsNotReducedIsIllegal(String name) throws TlsException {
        Kem kem = kem(name);
        byte[] key;
        try (KeyExchange own = kem.generate()) {
            key = own.share();
        }
        int coefficients = (key.length - 32) * 8 / 12;
        for (int i : new int[] {0, 1, 255, 256, coefficients - 2, coefficients - 1}) {
            kem.encapsulate(with(key, i, 3_328));
            for (int value : new int[] {3_329, 3_330, 4_095}) {
                illegal(assertThrows(TlsException.class, () -> kem.encapsulate(with(key, i, value)), i + ": " + value));
            }
        }
    }

    /** The JDK has ML-KEM from 24 on; we see it by reflection only, since we are compiled for 17. */
    @ParameterizedTest
    @ValueSource(strings = {"ML-KEM-512", "ML-KEM-768", "ML-KEM-1024"})
    void theJdkEncapsulatesForUsWhereItCan(String name) throws Exception {
        if (Runtime.version().feature() < 24) {
            assertThrows(NoSuchAlgorithmException.class, () -> KeyFactory.getInstance("ML-KEM"));
            return;
        }
        try (KeyExchange own = kem(name).generate()) {
            byte[] prefix = HexFormat.of().parseHex(SPKI.get(name));
            byte[] spki = Arrays.copyOf(prefix, prefix.length + own.share().length);
            System.arraycopy(own.share(), 0, spki, prefix.length, own.share().length);
            PublicKey key = KeyFactory.getInstance("ML-KEM").generatePublic(new X509EncodedKeySpec(spki));
            Class<?> kemClass = Class.forName("javax.crypto.KEM");
            Object jdk = kemClass.getMethod("getInstance", String.class).invoke(null, "ML-KEM");
            Object encapsulator =
                    kemClass.getMethod("newEncapsulator", PublicKey.class).invoke(jdk, key);
            Object made = call(encapsulator, "encapsulate");
            try (Secret secret = own.finish((byte[]) call(made, "encapsulation"))) {
                assertArrayEquals(((Key) call(made, "key")).getEncoded(), secret.getEncoded());
            }
        }
    }

    /** By the groups that are ML-KEM alone, in both roles. */
    @ParameterizedTest
    @CsvSource({"ML-KEM-512, MLKEM512", "ML-KEM-768, MLKEM768", "ML-KEM-1024, MLKEM1024"})
    void theJdksGroupAgreesWhereItCan(String name, NamedGroup group) throws TlsException {
        JcaCrypto jdk = JcaCrypto.of(CryptoPolicy.JDK_ONLY, List.of(), List.of());
        assertEquals(Runtime.version().feature() >= 24, jdk.supports(group));
        if (!jdk.supports(group)) {
            return;
        }
        Kem kem = kem(name);
        try (KeyExchange ours = kem.generate();
                KeyExchange theirs = jdk.keyExchange(group).start()) {
            KeyExchange.Answer byJdk = jdk.keyExchange(group).answer(ours.share());
            assertEquals(byJdk.secret(), ours.finish(byJdk.share()));
            KeyExchange.Answer byUs = kem.encapsulate(theirs.share());
            assertEquals(byUs.secret(), theirs.finish(byUs.share()));
            // FIPS 203 §6.3: a changed ciphertext gives a secret that the key and the ciphertext determine.
            byte[] changed = byJdk.share().clone();
            changed[3] ^= 4;
            assertEquals(ours.finish(changed), ours.finish(changed));
        }
    }

    private static Object call(Object target, String name) throws ReflectiveOperationException {
        Method m = target.getClass().getMethod(name);
        return m.invoke(target);
    }

    private static Kem kem(String name) {
        return new BouncyCastleSource().kem(name);
    }

    private static byte[] with(byte[] key, int index, int value) {
        byte[] changed = key.clone();
        int at = index / 2 * 3;
        if (index % 2 == 0) {
            changed[at] = (byte) value;
            changed[at + 1] = (byte) (changed[at + 1] & 0xf0 | value >> 8);
        } else {
            changed[at + 1] = (byte) (changed[at + 1] & 0x0f | value << 4);
            changed[at + 2] = (byte) (value >> 4);
        }
        return changed;
    }

    private static void illegal(TlsException e) {
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
        assertEquals(Reason.BAD_ECPOINT, e.reason());
    }
}
