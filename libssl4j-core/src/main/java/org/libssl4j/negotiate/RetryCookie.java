// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import java.security.MessageDigest;
import java.util.Arrays;
import org.libssl4j.config.StatelessCookies;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Hmac;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.NamedGroup;
import org.libssl4j.wire.DecodeException;
import org.libssl4j.wire.WireReader;
import org.libssl4j.wire.WireWriter;

/**
 * What a stateless server has the client keep between HelloRetryRequest and second ClientHello (RFC 9846 §4.3.2 [8446 4.2.2]).
 *
 * <pre>
 *   uint16 format = 1;
 *   uint16 suite;
 *   uint16 group;                       0 for none
 *   uint8  shareAsked;
 *   uint64 seconds;                     when it was made, since 1970
 *   opaque firstHello&lt;0..255&gt;;          its hash, for the transcript
 *   opaque fixed&lt;0..255&gt;;               {@link SecondHello#digest}
 *   opaque application&lt;0..2^16-1&gt;;
 *   opaque mac[32];                     HMAC-SHA256 of all before
 * </pre>
 *
 * @param suite the cipher suite that the HelloRetryRequest named
 * @param group the group that will be used; null where a pre-shared key alone counts
 * @param shareAsked whether it asked for a share of it
 * @param seconds when it was made
 * @param firstHello hash of the first ClientHello
 * @param fixed digest of what the second one has to have in common with it
 * @param application the application's part
 */
public record RetryCookie(
        CipherSuite suite,
        NamedGroup group,
        boolean shareAsked,
        long seconds,
        byte[] firstHello,
        byte[] fixed,
        byte[] application) {
    private static final int FORMAT = 1;

    /** The bytes of the cookie. */
    public byte[] seal(Secret key, Crypto crypto) {
        WireWriter w = new WireWriter(256);
        w.u16(FORMAT)
                .u16(suite.code())
                .u16(group == null ? 0 : group.code())
                .u8(shareAsked ? 1 : 0)
                .u64(seconds);
        w.opaque8(firstHello).opaque8(fixed).opaque16(application);
        byte[] content = w.toByteArray();
        return w.bytes(mac(content, content.length, key, crypto)).toByteArray();
    }

    /**
     * Reads one that came back.
     *
     * @return null for one that is ours but of no use any more: too old, or made by another version of this code
     * @throws TlsException illegal_parameter with COOKIE_MISMATCH if it is none of ours
     */
    public static RetryCookie open(byte[] cookie, Secret key, Crypto crypto, long now) throws TlsException {
        int length = cookie.length - crypto.hmac(HashAlgorithm.SHA256).length();
        // RFC 9846 §4.3.2 [8446 4.2.2]: integrity protected, so that nobody else makes one.
        if (length < 0
                || !MessageDigest.isEqual(
                        mac(cookie, length, key, crypto), Arrays.copyOfRange(cookie, length, cookie.length))) {
            throw new TlsException(
                    AlertDescription.ILLEGAL_PARAMETER,
                    Reason.COOKIE_MISMATCH,
                    "a cookie of " + cookie.length + " bytes that is none of ours");
        }
        try {
            RetryCookie c = read(new WireReader(cookie, 0, length));
            boolean fresh = c != null && c.seconds <= now && now - c.seconds <= StatelessCookies.LIFETIME;
            return fresh ? c : null;
        } catch (DecodeException e) {
            return null; // under our key, so it is a version of ours that has another form
        }
    }

    private static RetryCookie read(WireReader in) throws DecodeException {
        if (in.u16() != FORMAT) {
            return null;
        }
        CipherSuite suite = CipherSuite.of(in.u16());
        int groupCode = in.u16();
        NamedGroup group = NamedGroup.of(groupCode);
        boolean shareAsked = in.u8() != 0;
        long seconds = in.u64();
        RetryCookie c = new RetryCookie(
                suite,
                group,
                shareAsked,
                seconds,
                in.opaque8(0, 0xff, "hash"),
                in.opaque8(0, 0xff, "digest"),
                in.opaque16(0, 0xffff, "application"));
        in.end("the cookie");
        return suite == null || group == null && groupCode != 0 ? null : c;
    }

    private static byte[] mac(byte[] content, int length, Secret key, Crypto crypto) {
        Hmac hmac = crypto.hmac(HashAlgorithm.SHA256);
        byte[] mac = new byte[hmac.length()];
        hmac.init(key);
        hmac.update(content, 0, length);
        hmac.doFinal(mac, 0);
        return mac;
    }
}
