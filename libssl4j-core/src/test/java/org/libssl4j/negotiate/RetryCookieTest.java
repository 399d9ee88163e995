// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.negotiate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.CryptoPolicy;
import org.libssl4j.crypto.Hmac;
import org.libssl4j.crypto.Secret;
import org.libssl4j.crypto.jca.JcaCrypto;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.NamedGroup;

class RetryCookieTest {
    private static final Crypto CRYPTO = JcaCrypto.of(CryptoPolicy.JDK_ONLY);
    private static final Secret KEY = Secret.of("a key of 32 bytes, for this test".getBytes());
    private static final long MADE = 1_800_000_000L;

    private static RetryCookie cookie() {
        return new RetryCookie(
                CipherSuite.TLS_AES_256_GCM_SHA384,
                NamedGroup.SECP256R1,
                true,
                MADE,
                filled(48, 1),
                filled(32, 2),
                filled(300, 3));
    }

    private static byte[] filled(int length, int with) {
        byte[] b = new byte[length];
        Arrays.fill(b, (byte) with);
        return b;
    }

    private static RetryCookie open(byte[] cookie, long now) throws TlsException {
        return RetryCookie.open(cookie, KEY, CRYPTO, now);
    }

    @Test
    void whatGoesInComesOut() throws Exception {
        RetryCookie c = cookie();
        RetryCookie o = open(c.seal(KEY, CRYPTO), MADE);
        assertEquals(c.suite(), o.suite());
        assertEquals(c.group(), o.group());
        assertEquals(c.shareAsked(), o.shareAsked());
        assertEquals(c.seconds(), o.seconds());
        assertArrayEquals(c.firstHello(), o.firstHello());
        assertArrayEquals(c.fixed(), o.fixed());
        assertArrayEquals(c.application(), o.application());
    }

    @Test
    void itIsGoodForTenMinutes() throws Exception {
        byte[] c = cookie().seal(KEY, CRYPTO);
        assertNotNull(open(c, MADE + 600));
        assertNull(open(c, MADE + 601));
        assertNull(open(c, MADE - 1), "made in the future");
    }

    @Test
    void oneWithAnyBitChangedIsNoneOfOurs() {
        byte[] c = cookie().seal(KEY, CRYPTO);
        for (int i = 0; i < c.length; i++) {
            byte[] changed = c.clone();
            changed[i] ^= 1;
            assertForeign(changed);
        }
    }

    @Test
    void oneThatWasCutOrMadeLongerIsNoneOfOurs() {
        byte[] c = cookie().seal(KEY, CRYPTO);
        for (int i = 0; i < c.length; i++) {
            assertForeign(Arrays.copyOf(c, i));
        }
        assertForeign(Arrays.copyOf(c, c.length + 1));
    }

    @Test
    void oneUnderAnotherKeyIsNoneOfOurs() {
        assertForeign(cookie().seal(Secret.of(filled(32, 9)), CRYPTO));
    }

    private static void assertForeign(byte[] cookie) {
        TlsException e = assertThrows(TlsException.class, () -> open(cookie, MADE));
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, e.alert());
        assertEquals(Reason.COOKIE_MISMATCH, e.reason());
    }

    /** A version of this code to come, under the same key, may have another form. */
    @Test
    void oneOfOursInAFormThatIsNotKnownIsOfNoUse() throws Exception {
        assertNull(open(authentic(new byte[] {0, 2, 1, 2, 3}), MADE));
        assertNull(open(authentic(new byte[] {0, 1, 1}), MADE));
        assertNull(open(authentic(new byte[0]), MADE));
        byte[] sealed = cookie().seal(KEY, CRYPTO);
        assertNull(open(authentic(Arrays.copyOf(sealed, sealed.length - 32 + 1)), MADE), "a byte behind it");
        byte[] content = Arrays.copyOf(sealed, sealed.length - 32);
        content[2] = 0x7f;
        assertNull(open(authentic(content), MADE), "a suite that is not known");
    }

    private static byte[] authentic(byte[] content) {
        Hmac hmac = CRYPTO.hmac(HashAlgorithm.SHA256);
        hmac.init(KEY);
        hmac.update(content, 0, content.length);
        byte[] all = Arrays.copyOf(content, content.length + 32);
        hmac.doFinal(all, content.length);
        return all;
    }
}
