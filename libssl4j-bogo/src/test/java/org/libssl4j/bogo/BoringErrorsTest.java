// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.bogo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.libssl4j.fault.PeerAlertException;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

class BoringErrorsTest {
    private static TlsException fault(Reason reason, AlertDescription alert) {
        return new TlsException(alert, reason, "what came");
    }

    @Test
    void aReasonThatIsNotInTheTableKeepsItsName() {
        TlsException e = fault(Reason.NO_SHARED_CIPHER, AlertDescription.HANDSHAKE_FAILURE);
        assertEquals(List.of("NO_SHARED_CIPHER"), BoringErrors.names(e));
        assertTrue(BoringErrors.text(e, false).contains(":NO_SHARED_CIPHER:"));
    }

    @Test
    void aReasonMayHaveAnotherName() {
        TlsException e = fault(Reason.UNSOLICITED_EXTENSION, AlertDescription.UNSUPPORTED_EXTENSION);
        assertEquals(List.of("UNEXPECTED_EXTENSION"), BoringErrors.names(e));
    }

    @Test
    void theAlertTellsNamesApart() {
        TlsException decode = fault(Reason.INVALID_COMPRESSION_ALGORITHM, AlertDescription.DECODE_ERROR);
        TlsException illegal = fault(Reason.INVALID_COMPRESSION_ALGORITHM, AlertDescription.ILLEGAL_PARAMETER);
        assertEquals(List.of("DECODE_ERROR"), BoringErrors.names(decode));
        assertEquals(List.of("INVALID_COMPRESSION_LIST"), BoringErrors.names(illegal));
    }

    @Test
    void aWordOfTheTextTellsNamesApart() {
        assertEquals(List.of("DUPLICATE_KEY_SHARE"), BoringErrors.names(keyShare("key_share: two shares of group 29")));
        assertEquals(List.of("WRONG_CURVE"), BoringErrors.names(keyShare("a key share that was not offered")));
    }

    @Test
    void anotherAlertThanTheTablesIsNotTakenForIt() {
        TlsException e = fault(Reason.BAD_KEY_SHARE, AlertDescription.DECODE_ERROR);
        assertEquals(List.of("BAD_KEY_SHARE"), BoringErrors.names(e));
    }

    @Test
    void whatThePeerSaysIsNotTakenForAFaultThatWeFound() {
        TlsException e = PeerAlertException.of(AlertDescription.UNEXPECTED_MESSAGE.code());
        assertEquals(List.of("SSLV3_ALERT_UNEXPECTED_MESSAGE"), BoringErrors.names(e));
    }

    @Test
    void eachNameStandsBetweenColons() {
        TlsException e = fault(Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC, AlertDescription.BAD_RECORD_MAC);
        String text = BoringErrors.text(e, false);
        for (String name : List.of("BAD_DECRYPT", "DECRYPTION_FAILED_OR_BAD_RECORD_MAC")) {
            assertTrue(text.contains(":" + name + ":"), text);
        }
    }

    private static TlsException keyShare(String text) {
        return new TlsException(AlertDescription.ILLEGAL_PARAMETER, Reason.BAD_KEY_SHARE, text);
    }

    @Test
    void aRefusalOfTheClientHelloHasANameOfItsOwn() {
        TlsException e = PeerAlertException.of(AlertDescription.HANDSHAKE_FAILURE.code());
        assertTrue(BoringErrors.text(e, true).contains(":HANDSHAKE_FAILURE_ON_CLIENT_HELLO:"));
        assertFalse(BoringErrors.text(e, false).contains(":HANDSHAKE_FAILURE_ON_CLIENT_HELLO:"));
    }

    @Test
    void aFailureOfTheSocketIsNoneOfTheProtocol() {
        String text = BoringErrors.text(new IOException("reset"), true);
        assertTrue(text.contains("reset"), text);
        assertFalse(text.contains("SSL:"), text);
    }

    @Test
    void onlyOurOwnRefusalOfAVersionCountsAsOne() {
        assertTrue(BoringErrors.isUnsupportedProtocol(
                fault(Reason.UNSUPPORTED_PROTOCOL, AlertDescription.PROTOCOL_VERSION)));
        assertFalse(
                BoringErrors.isUnsupportedProtocol(PeerAlertException.of(AlertDescription.PROTOCOL_VERSION.code())));
        assertFalse(BoringErrors.isUnsupportedProtocol(null));
    }
}
