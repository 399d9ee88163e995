// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import java.util.List;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.message.ext.Alpn;
import org.libssl4j.spi.AlpnSelectCb;

/** Which application protocol is spoken (RFC 7301 §3). */
public final class AlpnChoice {
    private AlpnChoice() {}

    /**
     * A server's choice; null for none.
     *
     * @param chosen what the application's callback has answered
     */
    public static String forServer(Alpn offered, String chosen) throws TlsException {
        if (chosen == null) {
            // RFC 7301 §3.2: no protocol in common.
            throw new TlsException(
                    AlertDescription.NO_APPLICATION_PROTOCOL,
                    Reason.NO_APPLICATION_PROTOCOL,
                    "the client offered " + offered.protocols() + ", of which the callback takes none");
        }
        if (chosen.equals(AlpnSelectCb.NO_ACK)) {
            return null;
        }
        if (!offered.protocols().contains(chosen)) {
            throw new TlsException(
                    AlertDescription.INTERNAL_ERROR,
                    Reason.BAD_VALUE,
                    "the callback chose " + chosen + "; offered were " + offered.protocols());
        }
        return chosen;
    }

    /** What the server has chosen, if it was offered; null for none. */
    public static String forClient(Alpn answer, List<String> offered) throws TlsException {
        if (answer == null) {
            return null;
        }
        String chosen = answer.single();
        // RFC 7301 §3.1: one name, out of those that were offered.
        if (!offered.contains(chosen)) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.BAD_EXTENSION,
                    "ALPN chose " + chosen + "; offered were " + offered);
        }
        return chosen;
    }
}
