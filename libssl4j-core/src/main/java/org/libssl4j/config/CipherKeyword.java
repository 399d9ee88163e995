// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.config;

import static org.libssl4j.iana.KeyExchangeAlgorithm.*;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.KeyExchangeAlgorithm;

/** The words that stand for several suites in a cipher string, as ciphers(1) has them. Those for what we leave out are known and stand for none. */
final class CipherKeyword {
    /** At the beginning of a string: the suites that are used where nothing is said. */
    static final String DEFAULT = "DEFAULT";

    private static final Map<String, Predicate<CipherSuite>> BY_NAME = new HashMap<>();

    static {
        put(s -> true, "ALL", "HIGH");
        put(s -> neverByDefault(s) || s.keyExchange() == RSA, "COMPLEMENTOFDEFAULT");
        put(s -> s.aead() == null || names(s, "AESGCM"), "FIPS");

        put(by(RSA), "kRSA", "RSA");
        put(by(DHE_RSA), "kEDH", "kDHE", "DH", "EDH", "DHE");
        put(by(ECDHE_ECDSA, ECDHE_RSA), "kEECDH", "kECDHE", "ECDH", "EECDH", "ECDHE");
        put(by(KeyExchangeAlgorithm.PSK), "kPSK");
        put(by(DHE_PSK), "kDHEPSK");
        put(by(ECDHE_PSK), "kECDHEPSK");
        put(s -> s.keyExchange().preShared(), "PSK", "aPSK");
        put(by(RSA, DHE_RSA, ECDHE_RSA), "aRSA");
        put(by(ECDHE_ECDSA), "aECDSA", "ECDSA");

        put(s -> names(s, "AES"), "AES");
        put(s -> names(s, "AES") && s.strengthBits() == 128, "AES128");
        put(s -> names(s, "AES") && s.strengthBits() == 256, "AES256");
        put(s -> names(s, "AESGCM"), "AESGCM");
        put(s -> names(s, "AESCCM"), "AESCCM");
        put(s -> names(s, "AESCCM8"), "AESCCM8");
        put(s -> names(s, "CHACHA20"), "CHACHA20");
        put(s -> s.cbc() != null, "CBC");

        put(s -> s.mac() == HashAlgorithm.SHA1, "SHA1", "SHA");
        put(s -> s.mac() == HashAlgorithm.SHA256, "SHA256");
        put(s -> s.mac() == HashAlgorithm.SHA384, "SHA384");

        put(s -> s.opensslVersion().equals("SSLv3"), "SSLv3");
        put(s -> s.opensslVersion().equals("TLSv1"), "TLSv1", "TLSv1.0");
        put(s -> s.opensslVersion().equals("TLSv1.2"), "TLSv1.2");

        put(s -> false, "COMPLEMENTOFALL", "LOW", "MEDIUM", "NULL", "eNULL", "aNULL", "ADH", "AECDH");
        put(s -> false, "aDSS", "DSS", "kRSAPSK", "kSRP", "aSRP", "SRP", "3DES", "RC4", "RC2", "IDEA", "SEED", "MD5");
        put(s -> false, "ARIA", "ARIAGCM", "ARIA128", "ARIA256", "CAMELLIA", "CAMELLIA128", "CAMELLIA256");
        put(s -> false, "GOST", "GOST89MAC", "GOST94", "GOST12", "kGOST", "kGOST18", "aGOST", "aGOST01", "aGOST12");
        put(s -> false, "DES", "EXP", "EXPORT", "EXPORT40", "EXPORT56", "DTLSv1", "DTLSv1.0", "DTLSv1.2");
    }

    private CipherKeyword() {}

    /** What passes for this word; null if it is none. */
    static Predicate<CipherSuite> named(String word) {
        return BY_NAME.get(word);
    }

    /** Suites that "DEFAULT" drops for good: with OpenSSL as well, AES-CCM has to be asked for. */
    static boolean neverByDefault(CipherSuite s) {
        return names(s, "AESCCM");
    }

    private static void put(Predicate<CipherSuite> passes, String... words) {
        for (String w : words) {
            BY_NAME.put(w, passes);
        }
    }

    private static Predicate<CipherSuite> by(KeyExchangeAlgorithm... those) {
        Set<KeyExchangeAlgorithm> set = EnumSet.of(those[0], those);
        return s -> set.contains(s.keyExchange());
    }

    /** Whether the cipher's name begins so, in the words of {@link CipherSuite#opensslCipher()}. */
    private static boolean names(CipherSuite s, String prefix) {
        return s.opensslCipher().startsWith(prefix);
    }
}
