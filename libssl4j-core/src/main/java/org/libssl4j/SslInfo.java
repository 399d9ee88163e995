// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.libssl4j.config.Credentials.Credential;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.handshake.Negotiated;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.keyschedule.Exporter;
import org.libssl4j.negotiate.SignatureChoice;

/** What a handshake has agreed on, in the form in which the getters of {@link Ssl} give it: names, copies, null for what is not known. */
record SslInfo(HandshakeConfig config, Negotiated negotiated) {
    String version() {
        ProtocolVersion v = negotiated.version();
        return v == null ? null : v.text();
    }

    String cipherName() {
        CipherSuite s = negotiated.suite();
        return s == null ? null : s.name();
    }

    String group() {
        NamedGroup g = negotiated.group();
        return g == null ? null : g.ianaName();
    }

    String peerSignature() {
        return name(negotiated.peerSignature());
    }

    String ownSignature() {
        return name(negotiated.ownSignature());
    }

    private static String name(SignatureScheme s) {
        return s == null ? null : s.ianaName();
    }

    /** Null while there is nothing to export from, and when it was wiped. */
    byte[] export(int length, String label, byte[] context) {
        Exporter e = negotiated.exporter();
        if (e == null || e.isWiped()) {
            return null;
        }
        if (length > e.mostBytes()) {
            throw new IllegalArgumentException(
                    length + " bytes of keying material; " + negotiated.suite() + " has " + e.mostBytes() + " at most");
        }
        return e.export(label, context == null ? new byte[0] : context, length);
    }

    /** RFC 5705 §4: a label is ASCII; RFC 9846 §7.1: there is room for 249 bytes of it. */
    static void checkExport(int length, String label) {
        if (length < 1) {
            throw new IllegalArgumentException(length + " bytes of keying material; 1 at least");
        }
        if (label.length() > Exporter.MOST_LABEL) {
            throw new IllegalArgumentException(
                    "a label of " + label.length() + " characters; up to " + Exporter.MOST_LABEL + " allowed");
        }
        if (label.chars().anyMatch(c -> c > 0x7f)) {
            throw new IllegalArgumentException("a label that is not ASCII: " + label);
        }
    }

    /** The one that was chosen to be shown; before, and where none was, the one that was set last. */
    private Credential own() {
        List<Credential> set = config.credentials().all();
        Credential chosen = negotiated.ownCredential();
        return chosen != null || set.isEmpty() ? chosen : set.get(set.size() - 1);
    }

    X509Certificate ownCertificate() {
        Credential own = own();
        return own == null ? null : own.chain().get(0).x509();
    }

    PrivateKey ownKey() {
        Credential own = own();
        return own == null ? null : own.key();
    }

    X509Certificate peerCertificate() {
        List<EncodedCertificate> chain = negotiated.peerChain();
        return chain.isEmpty() ? null : chain.get(0).x509();
    }

    List<byte[]> peerChainDer() {
        List<byte[]> ders = new ArrayList<>();
        negotiated.peerChain().forEach(c -> ders.add(c.der().clone()));
        return ders;
    }

    /** A copy; null stays null. */
    static byte[] copy(byte[] b) {
        return b == null ? null : b.clone();
    }

    // ---- what the peer has offered ---------------------------------------------------------------------------------

    List<String> peerSuites() {
        return names(negotiated.peerOffer().suites(), CipherSuite::of, CipherSuite::name);
    }

    List<String> peerGroups() {
        return names(negotiated.peerOffer().groups(), NamedGroup::of, NamedGroup::ianaName);
    }

    List<String> peerSchemes() {
        return names(negotiated.peerOffer().schemes(), SignatureScheme::of, SignatureScheme::ianaName);
    }

    /** By the client's order, as OpenSSL has it. */
    List<String> sharedSuites() {
        List<String> shared = new ArrayList<>(peerSuites());
        shared.retainAll(
                config.ciphers().suites13().stream().map(CipherSuite::name).toList());
        return shared;
    }

    List<String> sharedGroups() {
        return shared(config.groups().groups(), NamedGroup::ianaName, peerGroups());
    }

    List<String> sharedSchemes(boolean client) {
        return SignatureChoice.shared(config, client, negotiated.peerOffer().schemes()).stream()
                .map(SignatureScheme::ianaName)
                .toList();
    }

    private static <T> List<String> shared(List<T> ours, Function<T, String> name, List<String> peers) {
        return ours.stream().map(name).filter(peers::contains).toList();
    }

    /** The names of these numbers; of one that we do not know the number itself. */
    private static <T> List<String> names(int[] codes, IntFunction<T> known, Function<T, String> name) {
        List<String> names = new ArrayList<>(codes.length);
        for (int code : codes) {
            T t = known.apply(code);
            names.add(t == null ? String.format("0x%04x", code) : name.apply(t));
        }
        return names;
    }
}
