// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import java.io.IOException;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.List;
import org.libssl4j.spi.VerifyResult;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.DerReader;
import org.libssl4j.wire.DerWriter;

/** The nameConstraints of a path (RFC 5280 §4.2.1.10), where the JDK's validator has no eye for them: those of the anchor, and which of the two kinds was violated. */
final class NameConstraints {
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final int PERMITTED_SUBTREES = 0xa0;

    private NameConstraints() {}

    /** Whether the anchor's constraints let the path be. */
    static VerifyResult ofAnchor(List<X509Certificate> path) {
        X509Certificate anchor = path.get(path.size() - 1);
        if (anchor.getExtensionValue(NAME_CONSTRAINTS) == null) {
            return VerifyResult.OK;
        }
        for (int i = path.size() - 2; i >= 0; i--) {
            // RFC 5280 §6.1.3 (b): self-issued intermediates are exempt.
            if (i == 0 || !Issuer.isSelfIssued(path.get(i))) {
                VerifyResult result = check(path.get(i), anchor);
                if (result != VerifyResult.OK) {
                    return result;
                }
            }
        }
        return VerifyResult.OK;
    }

    /** PERMITTED_VIOLATION or EXCLUDED_VIOLATION, for a certificate of which the validator said that its name is not allowed. */
    static VerifyResult whichViolation(List<X509Certificate> path, int index) {
        int at = Math.max(0, Math.min(index, path.size() - 2));
        for (int i = path.size() - 1; i > at; i--) {
            VerifyResult result = check(path.get(at), path.get(i));
            if (result != VerifyResult.OK) {
                return result;
            }
        }
        // Names that are allowed above one by one and not together: the permitted ones have no common part.
        return VerifyResult.PERMITTED_VIOLATION;
    }

    private static VerifyResult check(X509Certificate c, X509Certificate issuer) {
        byte[] extension = issuer.getExtensionValue(NAME_CONSTRAINTS);
        if (extension == null) {
            return VerifyResult.OK;
        }
        try {
            byte[] value = new DerReader(extension).bytes(DerReader.OCTET_STRING);
            if (allows(value, c)) {
                return VerifyResult.OK;
            }
            DerReader constraints = new DerReader(value).read(DerReader.SEQUENCE);
            if (constraints.tag() != PERMITTED_SUBTREES) {
                return VerifyResult.EXCLUDED_VIOLATION;
            }
            byte[] permittedAlone = new DerWriter()
                    .raw(constraints.element())
                    .wrap(DerReader.SEQUENCE)
                    .toByteArray();
            return allows(permittedAlone, c) ? VerifyResult.EXCLUDED_VIOLATION : VerifyResult.PERMITTED_VIOLATION;
        } catch (DecodeException | IOException e) {
            return VerifyResult.UNSUPPORTED_CONSTRAINT_SYNTAX;
        }
    }

    private static boolean allows(byte[] constraints, X509Certificate c) throws IOException {
        X509CertSelector selector = new X509CertSelector();
        selector.setNameConstraints(constraints);
        return selector.match(c);
    }
}
