// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.CertificateAuthorities;
import org.libssl4j.message.ext.Cookie;
import org.libssl4j.message.ext.EarlyData;
import org.libssl4j.message.ext.ExtensionBlock;
import org.libssl4j.message.ext.Place;
import org.libssl4j.message.ext.PostHandshakeAuth;
import org.libssl4j.message.ext.PreSharedKey;
import org.libssl4j.message.ext.PskKeyExchangeModes;

/** What every ClientHello of TLS 1.3 keeps to, whatever the server is configured with (RFC 9846 §4.2.2 [8446 4.1.2], §9.2). */
final class ClientHelloRules {
    private ClientHelloRules() {}

    static void check(ClientHello hello) throws TlsException {
        hello.extensions().check(Place.CLIENT_HELLO);
        // RFC 9846 §4.2.2 [8446 4.1.2]: no compression, and nothing beside it.
        if (hello.compressionMethods().length != 1 || hello.compressionMethods()[0] != 0) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.INVALID_COMPRESSION_ALGORITHM,
                    "a ClientHello with " + hello.compressionMethods().length
                            + " compression methods; the null one alone is allowed");
        }
        checkPsk(hello.extensions());
        checkForms(hello.extensions());
    }

    /** What it keeps to where no pre-shared key is used. */
    static void checkForCertificate(ClientHello hello) throws TlsException {
        // RFC 9846 §9.2: a server that shows a certificate has to be told which signatures are understood.
        if (!hello.extensions().has(ExtensionType.SIGNATURE_ALGORITHMS)) {
            throw new TlsException(
                    AlertDescription.MISSING_EXTENSION,
                    Reason.MISSING_SIGALGS_EXTENSION,
                    "a ClientHello without signature_algorithms");
        }
    }

    // RFC 9846 §4.3 [8446 4.2]: what we know has to have its form, also where this ClientHello leads to no use of it.
    private static void checkForms(ExtensionBlock extensions) throws TlsException {
        extensions.get(ExtensionType.CERTIFICATE_AUTHORITIES, CertificateAuthorities::read);
        extensions.get(ExtensionType.COOKIE, Cookie::read);
        extensions.get(ExtensionType.EARLY_DATA, EarlyData::read);
        extensions.get(ExtensionType.POST_HANDSHAKE_AUTH, PostHandshakeAuth::read);
    }

    // Also where no PSK is taken: a server that takes them refuses the same ClientHello.
    private static void checkPsk(ExtensionBlock extensions) throws TlsException {
        PreSharedKey.Offer psk = extensions.get(ExtensionType.PRE_SHARED_KEY, PreSharedKey.Offer::read);
        PskKeyExchangeModes modes = extensions.get(ExtensionType.PSK_KEY_EXCHANGE_MODES, PskKeyExchangeModes::read);
        // RFC 9846 §4.3.9 [8446 4.2.9]: who offers a PSK has to say how it may be used.
        if (psk != null && modes == null) {
            throw new TlsException(
                    AlertDescription.MISSING_EXTENSION,
                    Reason.MISSING_PSK_KEX_MODES_EXTENSION,
                    "a ClientHello with pre_shared_key and without psk_key_exchange_modes");
        }
    }
}
