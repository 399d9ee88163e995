// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import java.util.List;
import org.libssl4j.config.Credentials.Credential;
import org.libssl4j.config.HandshakeConfig;
import org.libssl4j.config.SignatureList;
import org.libssl4j.crypto.EncodedCertificate;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.KeyExchangeAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.message.CertificateRequest12;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.SupportedGroups;

/** Which of our certificates is shown in TLS 1.2 or before, how its key signs, and how a peer's may (RFC 5246 §7.4.1.4.1, §7.4.2, §7.4.4, §7.4.6; RFC 8422 §5.3, §5.10). */
public final class SignatureChoice12 {
    // RFC 5246 §7.4.1.4.1: what a client of TLS 1.2 takes that does not say.
    private static final int[] UNSAID = {SignatureScheme.RSA_PKCS1_SHA1.code(), SignatureScheme.ECDSA_SHA1.code()};

    private SignatureChoice12() {}

    /** A server's certificate and how it signs its key exchange, for a suite of this key exchange; the scheme is null where nothing is signed. Null if none of ours fits. */
    public static SignatureChoice forServer(
            HandshakeConfig config, ClientHello hello, KeyExchangeAlgorithm kx, ProtocolVersion version)
            throws TlsException {
        PeerSignatures said = PeerSignatures.of(hello.extensions());
        PeerSignatures peer = said == null ? new PeerSignatures(UNSAID, UNSAID) : said;
        SignatureChoice any = null;
        for (Credential c : config.credentials().all()) {
            SignatureChoice choice = fitsSuite(c, kx, hello) ? of(c, kx, config, peer, version) : null;
            if (choice == null) {
                continue;
            }
            // RFC 5246 §7.4.2: a chain whose signatures the client can verify, if we have one; any other else.
            if (SignatureChoice.verifies(peer, c.chain())) {
                return choice;
            }
            any = any == null ? choice : any;
        }
        return any;
    }

    private static SignatureChoice of(
            Credential c, KeyExchangeAlgorithm kx, HandshakeConfig config, PeerSignatures peer, ProtocolVersion version)
            throws TlsException {
        if (!kx.signed()) {
            return new SignatureChoice(c, null);
        }
        SignatureScheme s = scheme(c.chain().get(0), SignatureChoice.shared(config, false, peer.handshake()), version);
        return s == null ? null : new SignatureChoice(c, s);
    }

    private static boolean fitsSuite(Credential c, KeyExchangeAlgorithm kx, ClientHello hello) throws TlsException {
        String type = c.chain().get(0).keyType();
        if (kx == KeyExchangeAlgorithm.RSA) {
            // RFC 5246 §7.4.2: the key has to encrypt; a PSS key cannot.
            return type.equals("RSA") && c.chain().get(0).mayEncipher();
        }
        return switch (type) {
            case "RSA", "RSASSA-PSS" -> "RSA".equals(kx.certificateKey());
            case "EC" ->
                "EC".equals(kx.certificateKey()) && onCurveOf(hello, c.chain().get(0));
            // RFC 8422 §5.10: EdDSA signs for the suites of ECDSA.
            case "Ed25519", "Ed448" -> "EC".equals(kx.certificateKey());
            default -> false;
        };
    }

    // RFC 8422 §5.3: the key's curve is one that the client knows.
    private static boolean onCurveOf(ClientHello hello, EncodedCertificate own) throws TlsException {
        SupportedGroups groups = hello.extensions().get(ExtensionType.SUPPORTED_GROUPS, SupportedGroups::read);
        if (groups == null) {
            return true; // RFC 8422 §4: then we may choose
        }
        for (int code : groups.groups()) {
            NamedGroup g = NamedGroup.of(code);
            if (g != null && own.keyKind().equals("EC:" + g.ianaName())) {
                return true;
            }
        }
        return false;
    }

    /** A client's answer to a request; null if it has none to give, and shows no certificate. */
    public static SignatureChoice forClient(
            HandshakeConfig config, CertificateRequest12 request, ProtocolVersion version) throws TlsException {
        SignatureChoice any = null;
        PeerSignatures peer = request.schemes() == null
                ? new PeerSignatures(UNSAID, UNSAID)
                : new PeerSignatures(request.schemes(), request.schemes());
        for (Credential c : config.credentials().all()) {
            SignatureScheme s = wanted(request, c.chain().get(0).keyType())
                    ? scheme(c.chain().get(0), SignatureChoice.shared(config, true, peer.handshake()), version)
                    : null;
            if (s != null && (request.schemes() == null || SignatureChoice.verifies(peer, c.chain()))) {
                return new SignatureChoice(c, s);
            }
            any = s == null || any != null ? any : new SignatureChoice(c, s);
        }
        return any;
    }

    // RFC 5246 §7.4.4, RFC 8422 §5.5: the kind of key has to be among those asked for.
    private static boolean wanted(CertificateRequest12 request, String keyType) {
        byte type = keyType.startsWith("RSA") ? CertificateRequest12.RSA_SIGN : CertificateRequest12.ECDSA_SIGN;
        for (byte t : request.types()) {
            if (t == type) {
                return true;
            }
        }
        return false;
    }

    /** The first of these that the key signs with; before TLS 1.2 the one way that its kind has. */
    private static SignatureScheme scheme(EncodedCertificate own, List<SignatureScheme> shared, ProtocolVersion version)
            throws TlsException {
        if (version.compareTo(ProtocolVersion.TLS1_2) < 0) {
            return ofKeyAlone(own.keyType());
        }
        for (SignatureScheme s : shared) {
            if (s.signsHandshake12() && s.keyType().equals(own.keyType()) && SignatureChoice.largeEnough(own, s)) {
                return s;
            }
        }
        return null;
    }

    /** How a key of this kind signs before TLS 1.2 (RFC 4346 §7.4.3, RFC 8422 §5.4); null for one that then cannot. */
    public static SignatureScheme ofKeyAlone(String keyType) {
        return switch (keyType) {
            case "RSA" -> SignatureScheme.RSA_PKCS1_MD5_SHA1;
            case "EC" -> SignatureScheme.ECDSA_SHA1;
            default -> null;
        };
    }

    /**
     * The scheme of a peer's signature, if we offered it and its key makes such signatures.
     *
     * @param code as the message has it; of no meaning before TLS 1.2
     */
    public static SignatureScheme ofPeer(
            int code, SignatureList ours, EncodedCertificate certificate, ProtocolVersion version, String message)
            throws TlsException {
        boolean said = version.compareTo(ProtocolVersion.TLS1_2) >= 0;
        SignatureScheme s = said ? SignatureScheme.of(code) : ofKeyAlone(certificate.keyType());
        // RFC 5246 §7.4.3, §7.4.8: one of the pairs that we sent, and of the key's kind; the curve is open (RFC 8422
        // §5.10).
        if (s == null
                || said && (!s.signsHandshake12() || !ours.has(code))
                || !s.keyType().equals(certificate.keyType())) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.WRONG_SIGNATURE_TYPE,
                    "a " + message + " with scheme "
                            + (s == null ? String.format("0x%04x", code) : s.ianaName())
                            + " by a key of type " + certificate.keyType() + "; allowed are " + ours.schemes());
        }
        return s;
    }
}
