// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.crypto.pem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelfSignedTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2050-02-01T00:00:00Z");

    @Test
    void itBearsItsNamesAndAddressesAndIsSignedByItsOwnKey() throws GeneralSecurityException {
        X509Certificate c = parsed(SelfSigned.make(List.of("a.example", "192.0.2.1", "::1", "b.example"), FROM, TO));
        c.verify(c.getPublicKey());
        Set<Object> names = new HashSet<>();
        c.getSubjectAlternativeNames().forEach(n -> names.add(n.get(1)));
        assertEquals(Set.of("a.example", "192.0.2.1", "0:0:0:0:0:0:0:1", "b.example"), names);
        assertEquals("CN=a.example", c.getSubjectX500Principal().getName());
        assertEquals(c.getSubjectX500Principal(), c.getIssuerX500Principal());
        assertEquals(Date.from(FROM), c.getNotBefore());
        assertEquals(Date.from(TO), c.getNotAfter());
        assertEquals(3, c.getVersion());
        assertEquals(-1, c.getBasicConstraints());
        assertTrue(c.getKeyUsage()[0]);
        assertTrue(c.getSerialNumber().signum() > 0 && c.getSerialNumber().bitLength() <= 160);
    }

    @Test
    void noTwoAreAlike() throws GeneralSecurityException {
        List<String> name = List.of("localhost");
        assertTrue(!parsed(SelfSigned.make(name, FROM, TO))
                .getSerialNumber()
                .equals(parsed(SelfSigned.make(name, FROM, TO)).getSerialNumber()));
    }

    @Test
    void aLongNameIsCutInTheCommonNameAlone() throws GeneralSecurityException {
        String name = "a".repeat(60) + "." + "b".repeat(60) + ".example";
        X509Certificate c = parsed(SelfSigned.make(List.of(name), FROM, TO));
        assertEquals("CN=" + name.substring(0, 64), c.getSubjectX500Principal().getName());
        assertEquals(name, c.getSubjectAlternativeNames().iterator().next().get(1));
    }

    @Test
    void whatIsNoNameIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SelfSigned.make(List.of(), FROM, TO));
        assertThrows(IllegalArgumentException.class, () -> SelfSigned.make(List.of("a b"), FROM, TO));
        assertThrows(IllegalArgumentException.class, () -> SelfSigned.make(List.of("bücher.example"), FROM, TO));
    }

    private static X509Certificate parsed(SelfSigned s) throws GeneralSecurityException {
        return Certificates.readX509(s.certificate()).get(0);
    }
}
