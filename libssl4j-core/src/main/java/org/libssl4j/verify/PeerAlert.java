// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import org.libssl4j.iana.AlertDescription;
import org.libssl4j.spi.VerifyResult;

/** The alert that answers a certificate which was refused (RFC 9846 §6.2), as OpenSSL chooses it. */
public final class PeerAlert {
    private PeerAlert() {}

    /** The alert for this result; certificate_unknown for those that no other fits. */
    public static AlertDescription of(VerifyResult result) {
        return switch (result) {
            case CERT_HAS_EXPIRED, CRL_HAS_EXPIRED -> AlertDescription.CERTIFICATE_EXPIRED;
            case CERT_REVOKED -> AlertDescription.CERTIFICATE_REVOKED;
            case INVALID_PURPOSE -> AlertDescription.UNSUPPORTED_CERTIFICATE;
            case CERT_SIGNATURE_FAILURE, CRL_SIGNATURE_FAILURE -> AlertDescription.DECRYPT_ERROR;
            case APPLICATION_VERIFICATION -> AlertDescription.HANDSHAKE_FAILURE;
            case UNSPECIFIED, OUT_OF_MEM, INVALID_CALL, STORE_LOOKUP -> AlertDescription.INTERNAL_ERROR;
            case UNABLE_TO_GET_ISSUER_CERT,
                    UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
                    UNABLE_TO_VERIFY_LEAF_SIGNATURE,
                    UNABLE_TO_GET_CRL,
                    UNABLE_TO_GET_CRL_ISSUER,
                    DEPTH_ZERO_SELF_SIGNED_CERT,
                    SELF_SIGNED_CERT_IN_CHAIN,
                    CERT_CHAIN_TOO_LONG,
                    PATH_LENGTH_EXCEEDED,
                    INVALID_CA -> AlertDescription.UNKNOWN_CA;
            case CERT_NOT_YET_VALID,
                    CERT_REJECTED,
                    CERT_UNTRUSTED,
                    CRL_NOT_YET_VALID,
                    ERROR_IN_CERT_NOT_BEFORE_FIELD,
                    ERROR_IN_CERT_NOT_AFTER_FIELD,
                    ERROR_IN_CRL_LAST_UPDATE_FIELD,
                    ERROR_IN_CRL_NEXT_UPDATE_FIELD,
                    UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY,
                    UNABLE_TO_DECRYPT_CERT_SIGNATURE,
                    UNABLE_TO_DECRYPT_CRL_SIGNATURE,
                    HOSTNAME_MISMATCH,
                    EMAIL_MISMATCH,
                    IP_ADDRESS_MISMATCH,
                    DANE_NO_MATCH,
                    EE_KEY_TOO_SMALL,
                    CA_KEY_TOO_SMALL,
                    CA_MD_TOO_WEAK,
                    EC_KEY_EXPLICIT_PARAMS -> AlertDescription.BAD_CERTIFICATE;
            default -> AlertDescription.CERTIFICATE_UNKNOWN;
        };
    }
}
