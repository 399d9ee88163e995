// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package org.libssl4j.verify;

import org.libssl4j.iana.AlertDescription;
import org.libssl4j.spi.VerifyResult;

/** The alert that answers a certificate which was refused (RFC 9846 §6.2), as OpenSSL chooses it. */
public final class PeerAlert {
    private PeerAlert() {}

    public static AlertDescription of(VerifyResult r) {
        return switch (r) {
            case CERT_HAS_EXPIRED, CERT_NOT_YET_VALID, ERROR_IN_CERT_NOT_AFTER_FIELD, ERROR_IN_CERT_NOT_BEFORE_FIELD, CRL_HAS_EXPIRED, CRL_NOT_YET_VALID ->
                AlertDescription.CERTIFICATE_EXPIRED;
            case CERT_REVOKED -> AlertDescription.CERTIFICATE_REVOKED;
            case UNABLE_TO_GET_ISSUER_CERT, UNABLE_TO_GET_ISSUER_CERT_LOCALLY, UNABLE_TO_VERIFY_LEAF_SIGNATURE, DEPTH_ZERO_SELF_SIGNED_CERT, SELF_SIGNED_CERT_IN_CHAIN, CERT_CHAIN_TOO_LONG, PATH_LENGTH_EXCEEDED, INVALID_CA, CERT_UNTRUSTED ->
                AlertDescription.UNKNOWN_CA;
            case CERT_SIGNATURE_FAILURE, CRL_SIGNATURE_FAILURE -> AlertDescription.DECRYPT_ERROR;
            case INVALID_PURPOSE -> AlertDescription.UNSUPPORTED_CERTIFICATE;
            case APPLICATION_VERIFICATION -> AlertDescription.HANDSHAKE_FAILURE;
            case UNSPECIFIED, OUT_OF_MEM, INVALID_CALL, STORE_LOOKUP -> AlertDescription.INTERNAL_ERROR;
            default -> AlertDescription.BAD_CERTIFICATE;
        };
    }
}
