// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.libssl4j.testkit.pki.CertificateBuilder;
import org.libssl4j.testkit.pki.TestCertificate;

/** Names as they stand in certificates (RFC 9525 §6). */
class HostCheckCertificateTest {
    private static final String SUBJECT_ALT_NAME = "2.5.29.17";
    private static final TestCertificate KEYS = TestCertificate.builder().build();

    @ParameterizedTest
    @CsvSource({
        "a.example, true",
        "A.EXAMPLE., true",
        "x.b.example, true",
        "b.example, false",
        "y.x.b.example, false",
        "bücher.example, true",
        "xn--bcher-kva.example, true",
        "192.0.2.1, true",
        "192.0.2.2, false",
        "2001:db8::1, true",
        "2001:DB8:0:0::1, true",
        "::ffff:192.0.2.1, false",
        "the-common-name.example, false",
        "not a name, false",
        "'', false",
        "., false",
    })
    void aReferenceNameIsSoughtAmongThePresentedOnes(String reference, boolean expected) {
        CertificateBuilder c = TestCertificate.builder()
                .commonName("the-common-name.example")
                .dns("a.example", "*.b.example", "xn--bcher-kva.example")
                .ip("192.0.2.1", "2001:db8::1");
        assertEquals(expected, matches(c, reference));
    }

    @Test
    void anyOfSeveralReferenceNamesWillDo() {
        CertificateBuilder c = TestCertificate.builder().dns("a.example").ip("192.0.2.1");
        assertTrue(matches(c, "b.example", "a.example"));
        assertTrue(matches(c, "b.example", "192.0.2.1"));
        assertFalse(matches(c, "b.example", "192.0.2.2"));
        assertFalse(matches(c));
    }

    @Test
    void withoutSubjectAltNameThereIsNoName() {
        assertFalse(matches(TestCertificate.builder().commonName("a.example"), "a.example"));
    }

    @Test
    void anAddressIsNoNameAndANameNoAddress() {
        assertFalse(matches(TestCertificate.builder().dns("192.0.2.1"), "192.0.2.1"));
        assertFalse(matches(TestCertificate.builder().altName(0x87, ascii("1.example")), "1.example"));
        assertFalse(matches(TestCertificate.builder().altName(0x86, ascii("https://a.example")), "a.example"));
        assertFalse(matches(TestCertificate.builder().altName(0x81, ascii("a@a.example")), "a.example"));
    }

    @Test
    void addressesOfOddLengthMatchNothingAndHinderNothing() {
        byte[] netmask = {(byte) 192, 0, 2, 1, (byte) 255, (byte) 255, (byte) 255, (byte) 255};
        CertificateBuilder c = TestCertificate.builder()
                .altName(0x87)
                .altName(0x87, netmask)
                .altName(0x87, (byte) 192, (byte) 0, (byte) 2)
                .dns("a.example");
        assertTrue(matches(c, "a.example"));
        assertFalse(matches(c, "192.0.2.1"));
    }

    @Test
    void entriesThatTheJdkCannotReadHinderNothing() {
        // otherName, x400Address and ediPartyName with nonsense in them; a URI that is none
        CertificateBuilder c = TestCertificate.builder()
                .altName(0xa0, (byte) 1)
                .altName(0xa3, (byte) 1)
                .altName(0xa5, (byte) 1)
                .altName(0x86, ascii("::://"))
                .altName(0x88, (byte) 0x80)
                .dns("a.example");
        assertTrue(matchesRaw(c, "a.example"));
    }

    @Test
    void namesWithNulOrBeyondAsciiMatchNothing() {
        assertFalse(matchesRaw(TestCertificate.builder().dns("a.example\0.b.example"), "a.example"));
        assertFalse(matchesRaw(TestCertificate.builder().dns("bücher.example"), "bücher.example"));
    }

    @Test
    void damagedSubjectAltNamesLeadToNoException() {
        Random random = new Random(9525);
        for (int i = 0; i < 500; i++) {
            byte[] value = new byte[random.nextInt(16)];
            random.nextBytes(value);
            if (value.length > 4) {
                value[0] = 0x30;
                value[1] = (byte) (value.length - 2);
                value[2] = (byte) 0x82;
            }
            assertFalse(matchesRaw(
                    TestCertificate.builder().extension(SUBJECT_ALT_NAME, false, value), "a.example", "192.0.2.1"));
        }
    }

    private static boolean matches(CertificateBuilder c, String... references) {
        return HostCheck.matches(c.keysOf(KEYS).build().x509(), List.of(references));
    }

    /** Where the JDK refuses the whole certificate for its extension, there is nothing to match. */
    private static boolean matchesRaw(CertificateBuilder c, String... references) {
        TestCertificate built = c.keysOf(KEYS).build();
        try {
            return HostCheck.matches(built.x509(), List.of(references));
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
