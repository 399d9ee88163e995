// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.Cbc;
import org.libssl4j.crypto.CryptoSource;
import org.libssl4j.crypto.FfdheGroup;
import org.libssl4j.crypto.Kem;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.MlDsa;
import org.libssl4j.crypto.MlKem;
import org.libssl4j.crypto.RawSignature;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.CbcAlgorithm;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;

/**
 * Chooses who does an operation: the first in rank that has it and passes its {@link SelfCheck}. What the JDK ships is taken without a check: it is what the others are checked against, and cold arithmetic in Java would cost every start more than all the rest of it. Thread-safe.
 */
final class ProviderSelection {
    private final ProviderRanking ranking;
    private final ProviderDirectory directory;
    private final FirstUse<List<CryptoSource>> sources;
    private final SecureRandom random;
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();

    ProviderSelection(
            ProviderRanking ranking,
            ProviderDirectory directory,
            FirstUse<List<CryptoSource>> sources,
            SecureRandom random) {
        this.ranking = ranking;
        this.directory = directory;
        this.sources = sources;
        this.random = random;
    }

    /**
     * What was chosen.
     *
     * @param by name and version of its provider, or name of its source
     */
    record Chosen<T>(String by, T what) {}

    /** A try to have an operation of a provider; null or an exception if it has none. */
    @FunctionalInterface
    private interface FromProvider<T> {
        T get(Provider provider) throws GeneralSecurityException, TlsException;
    }

    /** A try to have an operation of a source; null if it has none. */
    @FunctionalInterface
    private interface FromSource<T> {
        T get(CryptoSource source) throws GeneralSecurityException, TlsException;
    }

    /** A digest whose state can be copied; it is the pattern for others and is never used itself. */
    Chosen<MessageDigest> digest(HashAlgorithm h) {
        return choose(Operation.DIGEST, h.jcaName(), s -> null, p -> {
            MessageDigest d = MessageDigest.getInstance(h.jcaName(), p);
            return d.getDigestLength() == h.length() && copies(d) ? d : null;
        });
    }

    /** Who makes HMACs. */
    Chosen<Provider> hmac(HashAlgorithm h) {
        return choose(
                Operation.HMAC,
                h.hmacName(),
                s -> null,
                p -> Mac.getInstance(h.hmacName(), p).getMacLength() == h.length() ? p : null);
    }

    Chosen<Function<Secret, Aead>> aead(AeadAlgorithm a) {
        Operation operation = switch (a) {
            case AES_128_GCM, AES_256_GCM -> Operation.AES_GCM;
            case CHACHA20_POLY1305 -> Operation.CHACHA20_POLY1305;
            case AES_128_CCM, AES_128_CCM_8, AES_256_CCM, AES_256_CCM_8 -> Operation.AES_CCM;
        };
        return choose(operation, a.name(), s -> checked(a, s.aead(a)), p -> checked(a, cipher(a, p)));
    }

    private static Function<Secret, Aead> checked(AeadAlgorithm a, Function<Secret, Aead> maker) {
        if (maker != null) {
            SelfCheck.aead(a, maker);
        }
        return maker;
    }

    private static Function<Secret, Aead> cipher(AeadAlgorithm a, Provider p) throws GeneralSecurityException {
        String name = switch (a) {
            case AES_128_GCM, AES_256_GCM -> JcaAeadGcm.TRANSFORMATION;
            case CHACHA20_POLY1305 -> firstOf(p, "Cipher", "ChaCha20-Poly1305", "ChaCha20/Poly1305/NoPadding");
            case AES_128_CCM, AES_128_CCM_8, AES_256_CCM, AES_256_CCM_8 -> JcaAeadCcm.TRANSFORMATION;
        };
        Cipher.getInstance(name, p); // says so if there is none
        return switch (a) {
            case AES_128_GCM, AES_256_GCM -> k -> new JcaAeadGcm(p, k);
            case CHACHA20_POLY1305 -> k -> new JcaAeadChaCha(p, name, k);
            case AES_128_CCM, AES_128_CCM_8, AES_256_CCM, AES_256_CCM_8 -> k -> new JcaAeadCcm(p, k, a.tagLength());
        };
    }

    Chosen<Function<Secret, Cbc>> cbc(CbcAlgorithm a) {
        return choose(Operation.AES_CBC, a.name(), s -> null, p -> {
            Cipher.getInstance(JcaCbc.TRANSFORMATION, p); // says so if there is none
            Function<Secret, Cbc> maker = k -> new JcaCbc(p, k);
            SelfCheck.cbc(a, maker);
            return maker;
        });
    }

    /** Who exchanges keys in finite fields without a name. */
    Chosen<Provider> finiteField() {
        return choose(Operation.FFDHE, "DH", s -> null, p -> {
            require(p, "KeyAgreement", "DH");
            require(p, "KeyFactory", "DH");
            if (!ProviderDirectory.isOfJdk(p)) {
                SelfCheck.finiteField(new JcaDh(FfdheGroup.FFDHE2048.parameters(), p, random));
            }
            return p;
        });
    }

    /** All that have RSA without and with padding, since a key may be one that the first cannot use; null if nobody has. */
    Chosen<JcaRsa> rsa() {
        List<Provider> ranked = new ArrayList<>();
        choose(Operation.RSA_DECRYPT, "RSA", source -> null, p -> {
            Cipher.getInstance(JcaRsa.RAW, p); // says so if there is none
            Cipher.getInstance(JcaRsa.PADDED, p);
            if (!ProviderDirectory.isOfJdk(p)) {
                SelfCheck.rsa(new JcaRsa(List.of(p), random));
            }
            ranked.add(p);
            return null;
        });
        return ranked.isEmpty() ? null : new Chosen<>(name(ranked.get(0)), new JcaRsa(List.copyOf(ranked), random));
    }

    Chosen<KeyExchange.Factory> keyExchange(NamedGroup g) {
        return switch (g) {
            case X25519, X448 ->
                choose(
                        g == NamedGroup.X25519 ? Operation.X25519 : Operation.X448,
                        g.ianaName(),
                        s -> checked(g, s),
                        p -> checked(g, p, xdh(g, p)));
            case SECP256R1, SECP384R1, SECP521R1 ->
                choose(Operation.ECDH, g.ianaName(), s -> checked(g, s), p -> {
                    require(p, "KeyAgreement", "ECDH");
                    return checked(g, p, new JcaEcdh(g, p, random));
                });
            case FFDHE2048, FFDHE3072 ->
                choose(Operation.FFDHE, g.ianaName(), s -> checked(g, s), p -> {
                    require(p, "KeyAgreement", "DH");
                    return checked(g, p, new JcaFfdh(g, p, random));
                });
            case MLKEM512, MLKEM768, MLKEM1024, X25519MLKEM768, SECP256R1MLKEM768, SECP384R1MLKEM1024 ->
                throw new IllegalArgumentException(g + " is put together, not chosen");
        };
    }

    Chosen<Kem> kem(MlKem parameters) {
        return choose(Operation.ML_KEM, parameters.fipsName(), s -> checked(s.kem(parameters.fipsName())), p -> {
            Kem k = new JcaKem(parameters, p);
            return ProviderDirectory.isOfJdk(p) ? k : checked(k);
        });
    }

    private static Kem checked(Kem k) throws TlsException {
        if (k != null) {
            SelfCheck.kem(k);
        }
        return k;
    }

    Chosen<Verifier> verifier(SignatureScheme s) {
        return choose(operation(s, false), s.ianaName(), source -> mlDsa(s, source), p -> {
            JcaScheme scheme = scheme(s, p);
            if (!ProviderDirectory.isOfJdk(p)) {
                SelfCheck.verifying(s, p);
            }
            return new JcaVerifier(scheme);
        });
    }

    private static SourceMlDsa mlDsa(SignatureScheme s, CryptoSource source) throws GeneralSecurityException {
        MlDsa parameters = MlDsa.of(s.keyType());
        RawSignature signature = parameters == null ? null : source.signature(parameters);
        if (signature == null) {
            return null;
        }
        SourceMlDsa made = new SourceMlDsa(parameters, signature);
        SelfCheck.mlDsa(source.signature(MlDsa.ML_DSA_44));
        return made;
    }

    /** All that sign by this scheme, since a key may be one that the first cannot use; else a source; null if nobody does. */
    Chosen<Signer> signer(SignatureScheme s) {
        Chosen<Signer> byProvider = providersSigner(s);
        return byProvider != null || !ranking.of(operation(s, true)).contains(Maker.BOUNCY_CASTLE)
                ? byProvider
                : fromSources(Maker.BOUNCY_CASTLE.label(), s.ianaName() + " signing", source -> {
                    SourceMlDsa signer = mlDsa(s, source);
                    if (signer != null) {
                        SelfCheck.signing(signer);
                    }
                    return signer;
                });
    }

    private Chosen<Signer> providersSigner(SignatureScheme s) {
        List<JcaScheme> ranked = new ArrayList<>();
        // Never "found", so that all are tried.
        choose(operation(s, true), s.ianaName() + " signing", source -> null, p -> {
            JcaScheme scheme = scheme(s, p);
            if (!ProviderDirectory.isOfJdk(p)) {
                SelfCheck.signing(scheme);
            }
            ranked.add(scheme);
            return null;
        });
        return ranked.isEmpty() ? null : new Chosen<>(name(ranked.get(0).provider()), new JcaSigner(s, ranked));
    }

    /** Who reads public keys of this type, preferably the one that will verify with them. */
    Chosen<Provider> keyReader(String type) {
        Operation o = switch (type) {
            case "EC" -> Operation.ECDSA_VERIFY;
            case "RSA", "RSASSA-PSS" -> Operation.RSA_VERIFY;
            default -> Operation.EDDSA_VERIFY;
        };
        return choose(
                o,
                type + " keys",
                s -> null,
                p -> KeyFactory.getInstance(type, p).getProvider());
    }

    /** What failed its check, and why: a line each. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    private <T> Chosen<T> choose(
            Operation operation, String what, FromSource<T> fromSource, FromProvider<T> fromProvider) {
        Chosen<T> chosen = firstOf(directory.first(), what, fromProvider);
        for (Maker m : ranking.of(operation)) {
            if (chosen == null) {
                chosen = m == Maker.BOUNCY_CASTLE
                        ? fromSources(m.label(), what, fromSource)
                        : firstOf(directory.of(m), what, fromProvider);
            }
        }
        return chosen;
    }

    private <T> Chosen<T> firstOf(List<Provider> providers, String what, FromProvider<T> from) {
        for (Provider p : providers) {
            try {
                T t = from.get(p);
                if (t != null) {
                    return new Chosen<>(name(p), t);
                }
            } catch (NoSuchAlgorithmException e) {
                // It never said that it had it: the next.
            } catch (GeneralSecurityException | TlsException | RuntimeException | LinkageError e) {
                refused.add(what + ": " + name(p) + ": " + reason(e));
            }
        }
        return null;
    }

    private <T> Chosen<T> fromSources(String label, String what, FromSource<T> from) {
        for (CryptoSource s : sources.get()) {
            try {
                T t = s.name().equals(label) ? from.get(s) : null;
                if (t != null) {
                    return new Chosen<>(s.name(), t);
                }
            } catch (GeneralSecurityException | TlsException | RuntimeException | LinkageError e) {
                refused.add(what + ": " + s.name() + ": " + reason(e));
            }
        }
        return null;
    }

    private KeyExchange.Factory checked(NamedGroup g, CryptoSource s) throws GeneralSecurityException, TlsException {
        KeyExchange.Factory f = s.keyExchange(g);
        if (f != null) {
            SelfCheck.exchange(g, f);
        }
        return f;
    }

    private static KeyExchange.Factory checked(NamedGroup g, Provider p, KeyExchange.Factory f)
            throws GeneralSecurityException, TlsException {
        if (!ProviderDirectory.isOfJdk(p)) {
            SelfCheck.exchange(g, f);
        }
        return f;
    }

    private JcaXdh xdh(NamedGroup g, Provider p) throws NoSuchAlgorithmException {
        // Providers that know no X448 may name X25519 after its family.
        String name = g == NamedGroup.X25519
                ? firstOf(p, "KeyAgreement", "X25519", "XDH")
                : firstOf(p, "KeyAgreement", "X448");
        require(p, "KeyPairGenerator", name);
        return new JcaXdh(g, p, name, random);
    }

    private static JcaScheme scheme(SignatureScheme s, Provider p) throws NoSuchAlgorithmException {
        // Some have a signature but read no keys for it: ACCP for Ed25519, several for RSASSA-PSS. Keys of others they
        // may take or not.
        require(p, "KeyFactory", s.keyType());
        return JcaScheme.of(s, p);
    }

    private static Operation operation(SignatureScheme s, boolean signing) {
        return switch (s.keyType()) {
            case "EC" -> signing ? Operation.ECDSA_SIGN : Operation.ECDSA_VERIFY;
            case "RSA", "RSASSA-PSS" -> signing ? Operation.RSA_SIGN : Operation.RSA_VERIFY;
            case "ML-DSA-44", "ML-DSA-65", "ML-DSA-87" -> Operation.ML_DSA;
            default -> signing ? Operation.EDDSA_SIGN : Operation.EDDSA_VERIFY;
        };
    }

    private static boolean copies(MessageDigest d) {
        try {
            return d.clone() != d;
        } catch (CloneNotSupportedException e) {
            return false;
        }
    }

    private static String firstOf(Provider p, String type, String... names) throws NoSuchAlgorithmException {
        for (String n : names) {
            if (ProviderDirectory.has(p, type, n)) {
                return n;
            }
        }
        throw new NoSuchAlgorithmException(p.getName() + " has no " + names[0]);
    }

    private static void require(Provider p, String type, String name) throws NoSuchAlgorithmException {
        firstOf(p, type, name);
    }

    private static String reason(Throwable e) {
        return e.getCause() == null ? e.getMessage() : e.getMessage() + ": " + e.getCause();
    }

    private static String name(Provider p) {
        return p.getName() + " " + p.getVersionStr();
    }
}
