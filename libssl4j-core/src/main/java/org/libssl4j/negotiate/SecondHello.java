// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Hash;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.ExtensionType;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.message.ClientHello;
import org.libssl4j.message.ext.ExtensionTable;
import org.libssl4j.message.ext.RawExtension;
import org.libssl4j.wire.WireWriter;

/**
 * What a ClientHello may change when it is sent again (RFC 9846 §4.2.2 [8446 4.1.2]). The order of the extensions does not count: Bouncy Castle, for one, keeps them in a hash table, where a cookie moves the others.
 */
public final class SecondHello {
    /**
     * What may come, go or change: those that §4.2.2 names, and encrypted_client_hello, whose second encryption differs from the first (RFC 9849 §6.1.5). What is asked of key_share and cookie is checked where they are read; shares may be others also where none was asked for, for SunJSSE makes new ones whenever it is asked again.
     */
    private static final Set<Integer> MAY_CHANGE = Set.of(
            ExtensionType.KEY_SHARE.code(),
            ExtensionType.EARLY_DATA.code(),
            ExtensionType.COOKIE.code(),
            ExtensionType.PRE_SHARED_KEY.code(),
            ExtensionType.PADDING.code(),
            ExtensionType.ENCRYPTED_CLIENT_HELLO.code());

    private SecondHello() {}

    /**
     * Checks a second ClientHello against the first.
     */
    public static void check(ClientHello first, ClientHello second) throws TlsException {
        // RFC 9846 §4.2.2 [8446 4.1.2]: the same ClientHello, but for a few extensions.
        if (!Arrays.equals(first.cipherSuites(), second.cipherSuites())) {
            throw changed(Reason.BAD_CIPHER, "cipher_suites");
        }
        if (!Arrays.equals(first.sessionId(), second.sessionId())) {
            throw changed(Reason.INVALID_SESSION_ID, "legacy_session_id");
        }
        if (!Arrays.equals(first.random(), second.random())
                || first.legacyVersion() != second.legacyVersion()
                || !Arrays.equals(first.compressionMethods(), second.compressionMethods())) {
            throw changed(Reason.BAD_PACKET, "random, legacy_version or legacy_compression_methods");
        }
        Map<Integer, byte[]> before = fixed(first);
        Map<Integer, byte[]> now = fixed(second);
        Set<Integer> types = new TreeSet<>(before.keySet());
        types.addAll(now.keySet());
        for (int type : types) {
            if (!Arrays.equals(before.get(type), now.get(type))) {
                throw changed(Reason.BAD_EXTENSION, ExtensionTable.name(type));
            }
        }
        checkAdded(first, second);
    }

    // RFC 9846 §4.2.2 [8446 4.1.2]: a second one brings no PSK that the first did not offer.
    private static void checkAdded(ClientHello first, ClientHello second) throws TlsException {
        if (second.extensions().has(ExtensionType.PRE_SHARED_KEY)
                && !first.extensions().has(ExtensionType.PRE_SHARED_KEY)) {
            throw changed(Reason.BAD_EXTENSION, "pre_shared_key, which the first one did not have");
        }
    }

    /**
     * A digest of all that has to stay, for a server that does not keep the first ClientHello.
     */
    public static byte[] digest(ClientHello hello, Crypto crypto) {
        WireWriter w = new WireWriter(1024);
        w.u16(hello.legacyVersion()).bytes(hello.random()).opaque8(hello.sessionId());
        w.u16(hello.cipherSuites().length).u16List(hello.cipherSuites()).opaque8(hello.compressionMethods());
        fixed(hello).forEach((type, body) -> w.u16(type).opaque16(body));
        byte[] all = w.toByteArray();
        Hash hash = crypto.hash(HashAlgorithm.SHA256);
        hash.update(all, 0, all.length);
        return hash.digest();
    }

    /** Checks a second ClientHello against the digest of the first. */
    public static void check(byte[] digestOfFirst, ClientHello second, Crypto crypto) throws TlsException {
        if (!Arrays.equals(digestOfFirst, digest(second, crypto))) {
            throw changed(Reason.BAD_PACKET, "something that a HelloRetryRequest does not let change");
        }
    }

    /** The extensions that have to stay, by number. */
    private static Map<Integer, byte[]> fixed(ClientHello hello) {
        Map<Integer, byte[]> fixed = new TreeMap<>();
        for (RawExtension e : hello.extensions().raw()) {
            if (!MAY_CHANGE.contains(e.type())) {
                fixed.put(e.type(), e.body());
            }
        }
        return fixed;
    }

    private static TlsException changed(Reason reason, String what) {
        return new TlsException(
                AlertDescription.ILLEGAL_PARAMETER, reason, "a second ClientHello that differs in " + what);
    }
}
