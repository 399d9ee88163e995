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
        List<String> decode = BoringErrors.names(fault(Reason.BAD_EXTENSION, AlertDescription.DECODE_ERROR));
        List<String> illegal = BoringErrors.names(fault(Reason.BAD_EXTENSION, AlertDescription.ILLEGAL_PARAMETER));
        assertTrue(decode.contains("PARSE_TLSEXT"));
        assertFalse(illegal.contains("PARSE_TLSEXT"));
        assertTrue(illegal.contains("DUPLICATE_EXTENSION"));
    }

    @Test
    void eachNameStandsBetweenColons() {
        String text = BoringErrors.text(fault(Reason.BAD_KEY_SHARE, AlertDescription.ILLEGAL_PARAMETER), false);
        for (String name : List.of("BAD_ECPOINT", "WRONG_CURVE", "DUPLICATE_KEY_SHARE")) {
            assertTrue(text.contains(":" + name + ":"), text);
        }
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
