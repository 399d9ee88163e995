// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.libssl4j.ClientCertCb;
import org.libssl4j.iana.NamedGroup;

/** A certificate that is its bytes and nothing else: those of the runner have an empty subject and an alternative name that is not critical, which the JDK does not parse. */
final class RunnerCertificate extends X509Certificate {
    private static final long serialVersionUID = 1;

    private static final int RSA_SIGN = 1;
    private static final int ECDSA_SIGN = 64;

    private final byte[] der;

    private RunnerCertificate(byte[] der) {
        this.der = der;
    }

    /** What a callback for a client's certificate answers with a chain and a key from PEM files. */
    static ClientCertCb.Answer answer(Path chain, Path key) {
        try {
            List<X509Certificate> certificates = new ArrayList<>();
            for (byte[] b : pem(chain)) {
                certificates.add(new RunnerCertificate(b));
            }
            return ClientCertCb.Answer.of(certificates, key(pem(key).get(0)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The group that is the curve of a key from a PEM file, for P-256, P-384 and P-521; 0 for a key of another kind. */
    static int curve(Path file) {
        if (!(keyIfKnown(file) instanceof ECPrivateKey ec)) {
            return 0;
        }
        return switch (ec.getParams().getOrder().bitLength()) {
            case 256 -> NamedGroup.SECP256R1.code();
            case 384 -> NamedGroup.SECP384R1.code();
            default -> NamedGroup.SECP521R1.code();
        };
    }

    /** What a CertificateRequest of TLS 1.2 calls the kind of a key from a PEM file (RFC 5246 §7.4.4, RFC 8422 §5.5); 0 for one that it has no number for. */
    static int requestedType(Path file) {
        PrivateKey key = keyIfKnown(file);
        return key == null ? 0 : key.getAlgorithm().equals("RSA") ? RSA_SIGN : ECDSA_SIGN;
    }

    private static PrivateKey keyIfKnown(Path file) {
        try {
            return key(pem(file).get(0));
        } catch (GeneralSecurityException e) {
            return null; // of a kind that the JDK lacks
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<byte[]> pem(Path file) throws IOException {
        String[] blocks = Files.readString(file, StandardCharsets.ISO_8859_1).split("-----(BEGIN|END) [A-Z ]+-----");
        List<byte[]> ders = new ArrayList<>();
        for (int i = 1; i < blocks.length; i += 2) {
            ders.add(Base64.getMimeDecoder().decode(blocks[i]));
        }
        return ders;
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                continue; // a key of another kind
            }
        }
        throw new GeneralSecurityException("a key of an unknown kind");
    }

    @Override
    public byte[] getEncoded() throws CertificateEncodingException {
        return der.clone();
    }

    @Override
    public String toString() {
        return "a certificate of the runner";
    }

    private static UnsupportedOperationException unread() {
        return new UnsupportedOperationException("nobody is to look into it");
    }

    @Override
    public void checkValidity() {
        throw unread();
    }

    @Override
    public void checkValidity(Date date) {
        throw unread();
    }

    @Override
    public int getVersion() {
        throw unread();
    }

    @Override
    public BigInteger getSerialNumber() {
        throw unread();
    }

    @Override
    @Deprecated
    public Principal getIssuerDN() {
        throw unread();
    }

    @Override
    @Deprecated
    public Principal getSubjectDN() {
        throw unread();
    }

    @Override
    public Date getNotBefore() {
        throw unread();
    }

    @Override
    public Date getNotAfter() {
        throw unread();
    }

    @Override
    public byte[] getTBSCertificate() {
        throw unread();
    }

    @Override
    public byte[] getSignature() {
        throw unread();
    }

    @Override
    public String getSigAlgName() {
        throw unread();
    }

    @Override
    public String getSigAlgOID() {
        throw unread();
    }

    @Override
    public byte[] getSigAlgParams() {
        throw unread();
    }

    @Override
    public boolean[] getIssuerUniqueID() {
        throw unread();
    }

    @Override
    public boolean[] getSubjectUniqueID() {
        throw unread();
    }

    @Override
    public boolean[] getKeyUsage() {
        throw unread();
    }

    @Override
    public int getBasicConstraints() {
        throw unread();
    }

    @Override
    public void verify(PublicKey key) {
        throw unread();
    }

    @Override
    public void verify(PublicKey key, String provider) {
        throw unread();
    }

    @Override
    public PublicKey getPublicKey() {
        throw unread();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        throw unread();
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        throw unread();
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        throw unread();
    }

    @Override
    public byte[] getExtensionValue(String oid) {
        throw unread();
    }
}
