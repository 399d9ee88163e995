// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.spi.VerifyResult;

class PeerAlertTest {
    @ParameterizedTest
    @CsvSource({
        "CERT_HAS_EXPIRED, CERTIFICATE_EXPIRED",
        "CERT_NOT_YET_VALID, BAD_CERTIFICATE",
        "DEPTH_ZERO_SELF_SIGNED_CERT, UNKNOWN_CA",
        "SELF_SIGNED_CERT_IN_CHAIN, UNKNOWN_CA",
        "UNABLE_TO_GET_ISSUER_CERT, UNKNOWN_CA",
        "UNABLE_TO_GET_ISSUER_CERT_LOCALLY, UNKNOWN_CA",
        "UNABLE_TO_VERIFY_LEAF_SIGNATURE, UNKNOWN_CA",
        "CERT_CHAIN_TOO_LONG, UNKNOWN_CA",
        "PATH_LENGTH_EXCEEDED, UNKNOWN_CA",
        "INVALID_CA, UNKNOWN_CA",
        "CERT_SIGNATURE_FAILURE, DECRYPT_ERROR",
        "HOSTNAME_MISMATCH, BAD_CERTIFICATE",
        "IP_ADDRESS_MISMATCH, BAD_CERTIFICATE",
        "INVALID_PURPOSE, UNSUPPORTED_CERTIFICATE",
        "CERT_REVOKED, CERTIFICATE_REVOKED",
        "EE_KEY_TOO_SMALL, BAD_CERTIFICATE",
        "CA_KEY_TOO_SMALL, BAD_CERTIFICATE",
        "CA_MD_TOO_WEAK, BAD_CERTIFICATE",
        "APPLICATION_VERIFICATION, HANDSHAKE_FAILURE",
        "UNSPECIFIED, INTERNAL_ERROR",
        "UNHANDLED_CRITICAL_EXTENSION, CERTIFICATE_UNKNOWN",
        "PERMITTED_VIOLATION, CERTIFICATE_UNKNOWN",
    })
    void theAlertIsTheOneOfOpenssl(VerifyResult result, AlertDescription alert) {
        assertEquals(alert, PeerAlert.of(result));
    }

    @ParameterizedTest
    @EnumSource
    void everyResultHasAnAlert(VerifyResult result) {
        assertNotNull(PeerAlert.of(result));
    }
}
