// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.jca;

import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.Supplier;
import org.libssl4j.crypto.Aead;
import org.libssl4j.crypto.Cbc;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.CryptoSource;
import org.libssl4j.crypto.DhParameters;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.crypto.Hash;
import org.libssl4j.crypto.Hmac;
import org.libssl4j.crypto.Kem;
import org.libssl4j.crypto.KeyExchange;
import org.libssl4j.crypto.MlDsa;
import org.libssl4j.crypto.MlDsaPublicKey;
import org.libssl4j.crypto.MlKem;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.ProviderSelection.Chosen;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AeadAlgorithm;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CbcAlgorithm;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;

/**
 * The primitives of the JCA providers and {@link CryptoSource}s at hand, each operation by the one that {@link ProviderRanking} puts first and that works. Who that is, is found out when the operation is first asked for, and stays. Thread-safe.
 */
public final class JcaCrypto implements Crypto {
    private static final int MOST_SOURCES = 16; // a broken one might be met again and again

    private static final Map<CryptoPolicy, FirstUse<JcaCrypto>> SHARED =
            each(CryptoPolicy.class, p -> new JcaCrypto(p, List.of(), () -> found(p)));

    private final SecureRandom random =
            new SecureRandom(); // the JVM's default: its nextBytes blocks nowhere, and on Linux waits for no other
    // thread
    private final ProviderSelection selection;
    private final Map<HashAlgorithm, FirstUse<Chosen<MessageDigest>>> digests;
    private final Map<HashAlgorithm, FirstUse<Chosen<Provider>>> hmacs;
    private final Map<AeadAlgorithm, FirstUse<Chosen<Function<Secret, Aead>>>> aeads;
    private final Map<CbcAlgorithm, FirstUse<Chosen<Function<Secret, Cbc>>>> cbcs;
    private final Map<NamedGroup, FirstUse<Chosen<KeyExchange.Factory>>> groups;
    private final FirstUse<Chosen<Provider>> finiteField;
    private final FirstUse<Chosen<JcaRsa>> rsa;
    private final Map<MlKem, FirstUse<Chosen<Kem>>> kems;
    private final Map<SignatureScheme, FirstUse<Chosen<Verifier>>> verifiers;
    private final Map<SignatureScheme, FirstUse<Chosen<Signer>>> signers;
    private final Map<String, FirstUse<Chosen<Provider>>> keyReaders;

    private JcaCrypto(CryptoPolicy policy, List<Provider> first, Supplier<List<CryptoSource>> sources) {
        ProviderRanking ranking = new ProviderRanking(policy, Runtime.version().feature());
        selection = new ProviderSelection(ranking, new ProviderDirectory(first), new FirstUse<>(sources), random);
        digests = ofHashes(selection::digest);
        hmacs = ofHashes(selection::hmac);
        aeads = each(AeadAlgorithm.class, selection::aead);
        cbcs = each(CbcAlgorithm.class, selection::cbc);
        finiteField = new FirstUse<>(selection::finiteField);
        rsa = new FirstUse<>(selection::rsa);
        kems = each(MlKem.class, selection::kem);
        groups = each(NamedGroup.class, this::group);
        verifiers = each(SignatureScheme.class, this::verifier);
        signers = each(SignatureScheme.class, this::signer);
        keyReaders = Map.of(
                "RSA", new FirstUse<>(() -> selection.keyReader("RSA")),
                "RSASSA-PSS", new FirstUse<>(() -> selection.keyReader("RSASSA-PSS")),
                "EC", new FirstUse<>(() -> selection.keyReader("EC")),
                "Ed25519", new FirstUse<>(() -> selection.keyReader("Ed25519")),
                "Ed448", new FirstUse<>(() -> selection.keyReader("Ed448")));
    }

    /** The one instance of this policy, with the sources that {@link ServiceLoader} finds. */
    public static JcaCrypto of(CryptoPolicy policy) {
        return SHARED.get(policy).get();
    }

    /**
     * An instance of its own.
     *
     * @param extraProviders come before all ranked ones in whatever they have; they need not be in the JVM's list
     * @param sources used at their rank; none are looked for besides
     */
    public static JcaCrypto of(CryptoPolicy policy, List<Provider> extraProviders, List<CryptoSource> sources) {
        List<CryptoSource> given = List.copyOf(sources);
        return new JcaCrypto(policy, List.copyOf(extraProviders), () -> given);
    }

    @Override
    public Hash hash(HashAlgorithm algorithm) {
        if (algorithm == HashAlgorithm.MD5_SHA1) {
            return new Md5Sha1(hash(HashAlgorithm.MD5), hash(HashAlgorithm.SHA1));
        }
        return new JcaHash(JcaHash.copy(chosen(digests.get(algorithm), algorithm)));
    }

    @Override
    public Hmac hmac(HashAlgorithm algorithm) {
        return new JcaHmac(chosen(hmacs.get(algorithm), algorithm), algorithm.hmacName());
    }

    @Override
    public Aead aead(AeadAlgorithm algorithm, Secret key) {
        requireLength(key, algorithm.keyLength());
        return chosen(aeads.get(algorithm), algorithm).apply(key);
    }

    @Override
    public boolean supports(AeadAlgorithm algorithm) {
        return aeads.get(algorithm).get() != null;
    }

    @Override
    public Cbc cbc(CbcAlgorithm algorithm, Secret key) {
        requireLength(key, algorithm.keyLength());
        return chosen(cbcs.get(algorithm), algorithm).apply(key);
    }

    @Override
    public boolean supports(CbcAlgorithm algorithm) {
        return cbcs.get(algorithm).get() != null;
    }

    @Override
    public boolean supports(NamedGroup group) {
        return groups.get(group).get() != null;
    }

    @Override
    public boolean supports(SignatureScheme scheme) {
        return verifiers.get(scheme).get() != null;
    }

    @Override
    public boolean supportsInCertificates(SignatureScheme scheme) {
        // Chains are judged by the JDK's PKIX, which asks the JVM's list of providers. Where that says no, nobody is
        // loaded to be asked.
        boolean inPkix =
                MlDsa.of(scheme.keyType()) == null || Security.getProviders("Signature." + scheme.keyType()) != null;
        return inPkix && supports(scheme);
    }

    @Override
    public KeyExchange.Factory keyExchange(NamedGroup group) {
        return chosen(groups.get(group), group);
    }

    @Override
    public DhParameters field(NamedGroup ffdhe) {
        return JcaFfdh.known(ffdhe).parameters();
    }

    @Override
    public KeyExchange.Factory diffieHellman(DhParameters group) throws TlsException {
        group.check();
        return new JcaDh(group, of(finiteField, "Diffie-Hellman"), random);
    }

    @Override
    public byte[] encryptPremaster(PublicKey key, Secret premaster) throws TlsException {
        return of(rsa, "RSA encryption").encryptPremaster(key, premaster);
    }

    @Override
    public Secret decryptPremaster(PrivateKey key, byte[] encrypted, int clientVersion) throws TlsException {
        return of(rsa, "RSA encryption").decryptPremaster(key, encrypted, clientVersion);
    }

    @Override
    public byte[] sign(PrivateKey key, SignatureScheme scheme, byte[] input) throws TlsException {
        return of(signers.get(scheme), "signing by " + scheme.ianaName()).sign(key, input);
    }

    @Override
    public boolean verify(PublicKey key, SignatureScheme scheme, byte[] input, byte[] signature) {
        Chosen<Verifier> verifier = verifiers.get(scheme).get();
        return verifier != null && verifier.what().verify(key, input, signature);
    }

    @Override
    public void random(byte[] out) {
        random.nextBytes(out);
    }

    @Override
    public EncodedCertificate certificate(byte[] der) {
        return new JcaCertificate(der, this::keyReader);
    }

    /** Who does what, a line each, and what was refused with the reason. Settles all that was not settled yet. */
    public String describe() {
        StringBuilder s = new StringBuilder();
        digests.forEach((k, v) -> line(s, k.jcaName(), v));
        hmacs.forEach((k, v) -> line(s, k.hmacName(), v));
        aeads.forEach((k, v) -> line(s, k.name(), v));
        cbcs.forEach((k, v) -> line(s, k.name(), v));
        groups.forEach((k, v) -> line(s, k.ianaName(), v));
        line(s, "Diffie-Hellman, other groups", finiteField);
        line(s, "RSA, decrypting", rsa);
        signers.forEach((k, v) -> line(s, k.ianaName() + ", signing", v));
        verifiers.forEach((k, v) -> line(s, k.ianaName() + ", verifying", v));
        s.append(String.format("%-36s %s %s%n", "random", random.getProvider().getName(), random.getAlgorithm()));
        selection.refused().forEach(r -> s.append("refused: ").append(r).append(System.lineSeparator()));
        return s.toString();
    }

    private Chosen<Verifier> verifier(SignatureScheme scheme) {
        return scheme == SignatureScheme.RSA_PKCS1_MD5_SHA1 ? old(m -> m) : selection.verifier(scheme);
    }

    private Chosen<Signer> signer(SignatureScheme scheme) {
        return scheme == SignatureScheme.RSA_PKCS1_MD5_SHA1 ? old(m -> m) : selection.signer(scheme);
    }

    private <T> Chosen<T> old(Function<Md5Sha1Rsa, T> as) {
        Chosen<JcaRsa> by = rsa.get();
        boolean hashes = digests.get(HashAlgorithm.MD5).get() != null
                && digests.get(HashAlgorithm.SHA1).get() != null;
        return by == null || !hashes
                ? null
                : new Chosen<>(by.by(), as.apply(new Md5Sha1Rsa(by.what(), () -> hash(HashAlgorithm.MD5_SHA1))));
    }

    private Chosen<KeyExchange.Factory> group(NamedGroup group) {
        return switch (group) {
            case MLKEM512 -> pure(MlKem.ML_KEM_512);
            case MLKEM768 -> pure(MlKem.ML_KEM_768);
            case MLKEM1024 -> pure(MlKem.ML_KEM_1024);
            case X25519MLKEM768 -> hybrid(group, MlKem.ML_KEM_768, NamedGroup.X25519);
            case SECP256R1MLKEM768 -> hybrid(group, MlKem.ML_KEM_768, NamedGroup.SECP256R1);
            case SECP384R1MLKEM1024 -> hybrid(group, MlKem.ML_KEM_1024, NamedGroup.SECP384R1);
            default -> selection.keyExchange(group);
        };
    }

    private Chosen<KeyExchange.Factory> pure(MlKem parameters) {
        Chosen<Kem> kem = kems.get(parameters).get();
        return kem == null ? null : new Chosen<>(kem.by(), new PureKem(kem.what()));
    }

    private Chosen<KeyExchange.Factory> hybrid(NamedGroup group, MlKem parameters, NamedGroup dhGroup) {
        Chosen<Kem> kem = kems.get(parameters).get();
        Chosen<KeyExchange.Factory> dh = groups.get(dhGroup).get();
        if (kem == null || dh == null) {
            return null;
        }
        return new Chosen<>(kem.by() + " and " + dh.by(), new HybridKem(group, kem.what(), dh.what(), dhGroup));
    }

    /** Who reads public keys of this type; null for one that nobody reads. */
    private JcaCertificate.KeyReader keyReader(String type) {
        if (MlDsa.of(type) != null) {
            return ofMlDsa(type) ? MlDsaPublicKey::of : null;
        }
        FirstUse<Chosen<Provider>> f = keyReaders.get(type);
        if (f == null || f.get() == null) {
            return null;
        }
        Provider p = f.get().what();
        return spki -> KeyFactory.getInstance(type, p).generatePublic(new X509EncodedKeySpec(spki));
    }

    private boolean ofMlDsa(String type) {
        return verifiers.keySet().stream().anyMatch(s -> s.keyType().equals(type) && supports(s));
    }

    private static List<CryptoSource> found(CryptoPolicy policy) {
        List<CryptoSource> sources = new ArrayList<>();
        if (policy != CryptoPolicy.JDK_ONLY) {
            Iterator<CryptoSource> i = ServiceLoader.load(CryptoSource.class, JcaCrypto.class.getClassLoader())
                    .iterator();
            int tries = 0;
            while (tries++ < MOST_SOURCES && next(i, sources)) {
                // all of them
            }
        }
        return sources;
    }

    private static boolean next(Iterator<CryptoSource> i, List<CryptoSource> sources) {
        try {
            if (!i.hasNext()) {
                return false;
            }
            sources.add(i.next());
        } catch (ServiceConfigurationError | LinkageError e) {
            // One that cannot be loaded is as good as absent.
        }
        return true;
    }

    private static void requireLength(Secret key, int length) {
        if (key.length() != length) {
            throw new IllegalArgumentException("a key of " + key.length() + " bytes; " + length + " are needed");
        }
    }

    private static <T> T of(FirstUse<Chosen<T>> f, String what) throws TlsException {
        Chosen<T> c = f.get();
        if (c == null) {
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR, "no provider is there for " + what);
        }
        return c.what();
    }

    private static <T> T chosen(FirstUse<Chosen<T>> f, Enum<?> what) {
        Chosen<T> c = f == null ? null : f.get();
        if (c == null) {
            throw new IllegalArgumentException("no provider has " + what.name());
        }
        return c.what();
    }

    /** All but the one that is put together of two. */
    private static <V> Map<HashAlgorithm, FirstUse<V>> ofHashes(Function<HashAlgorithm, V> resolve) {
        Map<HashAlgorithm, FirstUse<V>> map = each(HashAlgorithm.class, resolve);
        map.remove(HashAlgorithm.MD5_SHA1);
        return map;
    }

    private static <K extends Enum<K>, V> Map<K, FirstUse<V>> each(Class<K> keys, Function<K, V> resolve) {
        Map<K, FirstUse<V>> map = new EnumMap<>(keys);
        for (K k : keys.getEnumConstants()) {
            map.put(k, new FirstUse<>(() -> resolve.apply(k)));
        }
        return map;
    }

    private static void line(StringBuilder s, String what, FirstUse<? extends Chosen<?>> f) {
        Chosen<?> c = f.get();
        s.append(String.format("%-36s %s%n", what, c == null ? "-" : c.by()));
    }
}
