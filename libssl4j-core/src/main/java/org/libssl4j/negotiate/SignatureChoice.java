// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.libssl4j.config.Credentials.Credential;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SignatureList;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.SignatureScheme;

/**
 * Which of our certificates is shown and how its key signs (RFC 9846 §4.3.3 [8446 4.2.3], §4.5.1.2 [8446 4.4.2.2], §4.5.2 [8446 4.4.3]).
 *
 * @param credential the chain and key
 * @param scheme how it signs
 */
public record SignatureChoice(Credential credential, SignatureScheme scheme) {
    /** A client's choice; null if it has none to make, and shows no certificate. */
    public static SignatureChoice forClient(HandshakeConfig config, PeerSignatures peer) throws TlsException {
        return of(config, true, peer);
    }

    /** A server's choice, which has to succeed. */
    public static SignatureChoice forServer(HandshakeConfig config, PeerSignatures peer) throws TlsException {
        SignatureChoice c = of(config, false, peer);
        if (c != null) {
            return c;
        }
        if (config.credentials().all().isEmpty()) {
            throw new TlsException(
                    AlertDescription.HANDSHAKE_FAILURE,
                    Reason.NO_CERTIFICATE_SET,
                    "a server without a certificate cannot speak TLS 1.3");
        }
        throw new TlsException(
                AlertDescription.HANDSHAKE_FAILURE,
                Reason.NO_SUITABLE_SIGNATURE_ALGORITHM,
                "a ClientHello with " + peer.handshake().length
                        + " signature schemes, none of which our keys can make: "
                        + config.credentials().all());
    }

    /** The schemes that both sides have, in the order by which one is chosen (SSL_get_shared_sigalgs(3)): the peer's, or ours where the server's order is to count. */
    public static List<SignatureScheme> shared(HandshakeConfig config, boolean client, int[] peers) {
        SignatureList ours = config.ownSignatures(client);
        if (config.ciphers().serverPreference()) {
            return ours.schemes().stream()
                    .filter(s -> CodePoints.contain(peers, s.code()))
                    .toList();
        }
        return Arrays.stream(peers)
                .filter(ours::has)
                .distinct()
                .mapToObj(SignatureScheme::of)
                .filter(Objects::nonNull)
                .toList();
    }

    private static SignatureChoice of(HandshakeConfig config, boolean client, PeerSignatures peer) throws TlsException {
        List<SignatureScheme> shared = shared(config, client, peer.handshake());
        List<Credential> verifiable = new ArrayList<>();
        for (Credential c : config.credentials().all()) {
            if (verifies(peer, c.chain())) {
                verifiable.add(c);
            }
        }
        // RFC 9846 §4.5.1.2 [8446 4.4.2.2]: a chain whose signatures the peer can verify, if we have one; any other
        // else.
        SignatureChoice c = of(verifiable, shared, client);
        return c != null ? c : of(config.credentials().all(), shared, client);
    }

    private static SignatureChoice of(List<Credential> credentials, List<SignatureScheme> schemes, boolean client)
            throws TlsException {
        for (SignatureScheme s : schemes) {
            for (Credential c : credentials) {
                if (s.signsHandshake13(client) && canSign(c.chain().get(0), s)) {
                    return new SignatureChoice(c, s);
                }
            }
        }
        return null;
    }

    static boolean verifies(PeerSignatures peer, List<EncodedCertificate> chain) throws TlsException {
        for (EncodedCertificate c : chain) {
            // RFC 9846 §4.5.1.2: a self-signed certificate is not verified, and may be signed in any way.
            if (!c.selfIssued() && !peer.verifies(c.signedBy())) {
                return false;
            }
        }
        return true;
    }

    /** Whether the key of this certificate of ours makes signatures of this scheme in TLS 1.3: it is of the scheme's kind, and if it is for RSA, large enough and not bound to another hash. */
    public static boolean canSign(EncodedCertificate own, SignatureScheme scheme) throws TlsException {
        return Credential.fits(own.keyKind(), scheme) && largeEnough(own, scheme);
    }

    /** Whether an RSA key, if it is one, has room for the scheme and is not bound to another hash. */
    static boolean largeEnough(EncodedCertificate own, SignatureScheme scheme) throws TlsException {
        return !scheme.isPss()
                || !(own.publicKey() instanceof RSAKey rsa)
                || rsa.getModulus().bitLength() >= scheme.leastModulusBits()
                        && (!(rsa.getParams() instanceof PSSParameterSpec pss) || allows(pss, scheme.hash()));
    }

    // RFC 4055 §3.1: parameters in the key name the one hash that it signs with, and the least length of salt.
    // RFC 9846 §4.3.3 [8446 4.2.3]: they have to be those of the scheme.
    private static boolean allows(PSSParameterSpec pss, HashAlgorithm hash) {
        return pss.getDigestAlgorithm().equals(hash.jcaName())
                && pss.getMGFParameters() instanceof MGF1ParameterSpec mgf
                && mgf.getDigestAlgorithm().equals(hash.jcaName())
                && pss.getSaltLength() <= hash.length();
    }

    /**
     * The scheme of a peer's CertificateVerify, if we offered it and its key makes such signatures.
     *
     * @param client whether the peer is one
     */
    public static SignatureScheme ofPeer(int code, SignatureList ours, EncodedCertificate certificate, boolean client)
            throws TlsException {
        SignatureScheme s = SignatureScheme.of(code);
        // RFC 9846 §4.5.2 [8446 4.4.3]: one of the schemes that we sent, fit for TLS 1.3, and of the key's kind; for
        // ECDSA
        // that includes the curve (§4.3.3 [8446 4.2.3]).
        if (s == null || !s.signsHandshake13(client) || !ours.has(code) || !Credential.fits(certificate.keyKind(), s)) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.WRONG_SIGNATURE_TYPE,
                    "a CertificateVerify with scheme "
                            + (s == null ? String.format("0x%04x", code) : s.ianaName())
                            + " by a key of type " + certificate.keyKind() + "; allowed are " + ours.schemes());
        }
        return s;
    }
}
