// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.cli;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.SimpleDateFormat;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import javax.security.auth.x500.X500Principal;
import org.libssl4j.Ssl;
import org.libssl4j.SslSession;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.iana.SignatureScheme;
import org.libssl4j.spi.VerifyResult;

/** What was negotiated, laid out as OpenSSL's commands do. */
final class Summary {
    private final Ssl ssl;
    private final List<X509Certificate> chain;
    private final PeerOffers offers;

    /** @param chain the peer's certificates, its own first */
    Summary(Ssl ssl, List<X509Certificate> chain) {
        this.ssl = ssl;
        this.chain = chain;
        this.offers = new PeerOffers(ssl);
    }

    /** The short form: {@code -brief}. */
    String brief(String verifiedName) {
        StringBuilder s = new StringBuilder("CONNECTION ESTABLISHED\n");
        s.append("Protocol version: ").append(ssl.getVersion()).append('\n');
        s.append("Ciphersuite: ").append(ssl.getCipherName()).append('\n');
        if (ssl.isServer()) {
            if (ssl.getServername() != null) {
                s.append("Server name: ")
                        .append(PeerText.shown(ssl.getServername()))
                        .append('\n');
            }
        } else {
            if (!chain.isEmpty()) {
                s.append("Peer certificate: ").append(subject(chain.get(0))).append('\n');
            }
            signature(s);
            verification(s, verifiedName);
        }
        negotiatedGroup(s);
        if (ssl.getAlpnSelected() != null) {
            s.append("ALPN protocol: ").append(ssl.getAlpnSelected()).append('\n');
        }
        return s.toString();
    }

    /** What {@code s_server} says of a connection. */
    String server(String keyMaterial) {
        StringBuilder s = new StringBuilder("---\n");
        if (!chain.isEmpty()) {
            s.append("Client certificate\n");
            pem(s, chain.get(0));
            s.append("subject=").append(subject(chain.get(0))).append('\n');
            s.append("issuer=").append(issuer(chain.get(0))).append('\n');
            verification(s, null);
            s.append("---\n");
        }
        s.append(offers.ciphers()).append(offers.signatureAlgorithms());
        signature(s);
        s.append(offers.groups());
        names(s, ssl.get0PeerCaList());
        s.append("CIPHER is ").append(ssl.getCipherName()).append('\n');
        agreed(s);
        negotiatedGroup(s);
        if (ssl.getServername() != null) {
            s.append("Server name: ")
                    .append(PeerText.shown(ssl.getServername()))
                    .append('\n');
        }
        if (ssl.sessionReused()) {
            s.append("Reused session-id\n");
        }
        s.append("Signature type: ").append(ssl.getSignatureName()).append('\n');
        preShared(s);
        if (ssl.getAlpnSelected() != null) {
            s.append("ALPN protocols selected: ").append(ssl.getAlpnSelected()).append('\n');
        }
        return s.append(keyMaterial).append("---\n").toString();
    }

    /** What {@code s_client} says of a connection. */
    String client(boolean showCertificates, String verifiedName, String keyMaterial) {
        StringBuilder s = new StringBuilder("---\n");
        chain(s, showCertificates);
        s.append("---\n");
        authorities(s);
        s.append(offers.signatureAlgorithms());
        signature(s);
        if (temporaryKey() != null) {
            s.append("Peer Temp Key: ").append(temporaryKey()).append('\n');
        }
        negotiatedGroup(s);
        s.append("---\n");
        verification(s, verifiedName);
        s.append("---\n");
        agreed(s);
        s.append("Protocol: ").append(ssl.getVersion()).append('\n');
        preShared(s);
        if (!chain.isEmpty()) {
            s.append("Server public key is ").append(bits(chain.get(0))).append(" bit\n");
        }
        s.append(
                ssl.getAlpnSelected() == null
                        ? "No ALPN negotiated\n"
                        : "ALPN protocol: " + ssl.getAlpnSelected() + "\n");
        s.append("Early data was not sent\n");
        VerifyResult v = ssl.getVerifyResult();
        s.append("Verify return code: ")
                .append(v.code())
                .append(" (")
                .append(v.text())
                .append(")\n");
        session(s);
        return s.append(keyMaterial).append("---\n").toString();
    }

    private void chain(StringBuilder s, boolean all) {
        if (chain.isEmpty()) {
            s.append("no peer certificate available\n");
            return;
        }
        s.append("Certificate chain\n");
        for (int i = 0; i < chain.size(); i++) {
            X509Certificate c = chain.get(i);
            s.append(String.format("%2d s:%s\n", i, subject(c)));
            s.append("   i:").append(issuer(c)).append('\n');
            s.append("   a:PKEY: ")
                    .append(c.getPublicKey().getAlgorithm())
                    .append(", ")
                    .append(bits(c));
            s.append(" (bit); sigalg: ").append(c.getSigAlgName()).append('\n');
            s.append("   v:NotBefore: ").append(time(c.getNotBefore()));
            s.append("; NotAfter: ").append(time(c.getNotAfter())).append('\n');
            if (all) {
                pem(s, c);
            }
        }
        s.append("---\nServer certificate\n");
        if (!all) {
            pem(s, chain.get(0));
        }
        s.append("subject=").append(subject(chain.get(0))).append('\n');
        s.append("issuer=").append(issuer(chain.get(0))).append('\n');
    }

    private void authorities(StringBuilder s) {
        List<X500Principal> names = ssl.get0PeerCaList();
        if (names.isEmpty()) {
            s.append("No client certificate CA names sent\n");
        }
        names(s, names);
    }

    private static void names(StringBuilder s, List<X500Principal> names) {
        if (!names.isEmpty()) {
            s.append("Acceptable client certificate CA names\n");
        }
        for (X500Principal name : names) {
            s.append(DistinguishedName.text(name)).append('\n');
        }
    }

    private void agreed(StringBuilder s) {
        s.append(ssl.sessionReused() ? "Reused, " : "New, ")
                .append(ssl.getVersion())
                .append(", Cipher is ")
                .append(ssl.getCipherName())
                .append('\n');
    }

    /** In TLS 1.3 there is one with each ticket, later. */
    private void session(StringBuilder s) {
        try (SslSession session = ssl.getSession()) {
            if (session != null && !session.getVersion().equals("TLSv1.3")) {
                s.append("---\n").append(SessionText.of(session, false));
            }
        }
    }

    private void signature(StringBuilder s) {
        if (ssl.getPeerSignatureName() != null) {
            String digest = digest(ssl.getPeerSignatureName());
            if (digest != null) {
                s.append("Peer signing digest: ").append(digest).append('\n');
            }
            s.append("Peer signature type: ").append(ssl.getPeerSignatureName()).append('\n');
        }
    }

    private void verification(StringBuilder s, String verifiedName) {
        VerifyResult v = ssl.getVerifyResult();
        if (v != VerifyResult.OK) {
            s.append("Verification error: ").append(v.text()).append('\n');
            return;
        }
        s.append("Verification: OK\n");
        if (verifiedName != null) {
            s.append("Verified peername: ").append(verifiedName).append('\n');
        }
    }

    /** The hash of a scheme, as OpenSSL writes it; null for a scheme that has its own. */
    private static String digest(String scheme) {
        for (SignatureScheme known : SignatureScheme.values()) {
            if (known.ianaName().equals(scheme) && known.hash() != null) {
                return known.hash().name();
            }
        }
        return null;
    }

    /** The key that the peer made for this connection; null for a KEM, whose server has none. */
    private String temporaryKey() {
        String group = group();
        if (group == null) {
            return null;
        }
        return switch (group) {
            case "X25519" -> "X25519, 253 bits";
            case "X448" -> "X448, 448 bits";
            case "P-256" -> "ECDH, prime256v1, 256 bits";
            case "P-384" -> "ECDH, secp384r1, 384 bits";
            case "P-521" -> "ECDH, secp521r1, 521 bits";
            default -> group.startsWith("ffdhe") ? "DH, " + group.substring("ffdhe".length()) + " bits" : null;
        };
    }

    /** Before TLS 1.3 a key exchange may do without one. */
    private void negotiatedGroup(StringBuilder s) {
        if (group() != null) {
            s.append("Negotiated TLS1.3 group: ").append(group()).append('\n');
        }
    }

    /** What was shared before, as OpenSSL's summary of the session has it. */
    private void preShared(StringBuilder s) {
        if (ssl.getPskIdentity() != null) {
            s.append("PSK identity: ")
                    .append(PskOptions.text(ssl.getPskIdentity()))
                    .append('\n');
        }
        if (ssl.getPskIdentityHint() != null) {
            s.append("PSK identity hint: ")
                    .append(PskOptions.text(ssl.getPskIdentityHint()))
                    .append('\n');
        }
    }

    private String group() {
        for (NamedGroup g : NamedGroup.values()) {
            if (g.ianaName().equals(ssl.getNegotiatedGroup())) {
                return g.opensslName();
            }
        }
        return ssl.getNegotiatedGroup();
    }

    private static String subject(X509Certificate c) {
        return DistinguishedName.text(c.getSubjectX500Principal());
    }

    private static String issuer(X509Certificate c) {
        return DistinguishedName.text(c.getIssuerX500Principal());
    }

    private static String time(Date d) {
        SimpleDateFormat f = new SimpleDateFormat("MMM d HH:mm:ss yyyy 'GMT'", Locale.ROOT);
        f.setTimeZone(TimeZone.getTimeZone("GMT"));
        return f.format(d);
    }

    private static int bits(X509Certificate c) {
        if (c.getPublicKey() instanceof RSAPublicKey) {
            return ((RSAPublicKey) c.getPublicKey()).getModulus().bitLength();
        }
        if (c.getPublicKey() instanceof ECPublicKey) {
            return ((ECPublicKey) c.getPublicKey())
                    .getParams()
                    .getCurve()
                    .getField()
                    .getFieldSize();
        }
        if (c.getPublicKey() instanceof EdECPublicKey) {
            return ((EdECPublicKey) c.getPublicKey()).getParams().getName().equals("Ed448") ? 456 : 253;
        }
        return c.getPublicKey().getEncoded().length * 8;
    }

    private static void pem(StringBuilder s, X509Certificate c) {
        try {
            s.append("-----BEGIN CERTIFICATE-----\n");
            s.append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(c.getEncoded()));
            s.append("\n-----END CERTIFICATE-----\n");
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e); // it was read from its encoding
        }
    }
}
