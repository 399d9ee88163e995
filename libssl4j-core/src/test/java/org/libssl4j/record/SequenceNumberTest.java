// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Field;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;

/** The last of the 2^64 numbers of a key (RFC 5246 §6.1, RFC 9846 §5.3). In TLS 1.2 it is the only limit of a key, as with OpenSSL and BoringSSL: there is no new key but by a new handshake. */
class SequenceNumberTest {
    private static final byte[] CONTENT = {1, 2, 3};

    @Test
    void theLastOneIsUsedAndNoneAfterIt() throws TlsException {
        SequenceNumber n = new SequenceNumber(new byte[8], -2);
        n.used();
        assertArrayEquals(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}, n.nonce());
        n.used();
        assertOver(n::nonce);
    }

    @TestFactory
    Stream<DynamicTest> noRecordOfTls12ComesAfterTheLastNumber() {
        return Stream.of(
                        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                        CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
                        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA)
                .flatMap(s -> Stream.of(false, true)
                        .map(etm -> DynamicTest.dynamicTest(s + (etm ? ", EtM" : ""), () -> check(s, etm))));
    }

    private static void check(CipherSuite suite, boolean encryptThenMac) throws Exception {
        RecordProtection writer = protection(suite, encryptThenMac);
        RecordProtection reader = protection(suite, encryptThenMac);
        atTheLast(writer);
        atTheLast(reader);
        byte[] record = Protections.seal(writer, 23, ProtocolVersion.TLS1_2, CONTENT);
        assertArrayEquals(CONTENT, Protections.open(reader, record));
        assertOver(() -> Protections.seal(writer, 23, ProtocolVersion.TLS1_2, CONTENT));
        assertOver(() -> Protections.open(reader, record));
    }

    private static void assertOver(Executable use) {
        TlsException e = assertThrows(TlsException.class, use);
        assertEquals(AlertDescription.INTERNAL_ERROR, e.alert());
        assertEquals(Reason.INVALID_SEQUENCE_NUMBER, e.reason());
    }

    private static RecordProtection protection(CipherSuite suite, boolean encryptThenMac) {
        boolean cbc = suite.cbc() != null;
        return Protections.of(
                suite,
                ProtocolVersion.TLS1_2,
                encryptThenMac,
                cbc ? new byte[suite.mac().length()] : null,
                new byte[cbc ? suite.cbc().keyLength() : suite.aead().keyLength()],
                cbc ? null : new byte[suite.name().contains("CHACHA") ? 12 : 4]);
    }

    /** Nobody makes 2^64 records: the number is set. */
    private static void atTheLast(RecordProtection p) throws ReflectiveOperationException {
        Class<?> c = p instanceof CbcProtection ? CbcProtection.class : p.getClass();
        Field sequence = c.getDeclaredField("sequence");
        sequence.setAccessible(true);
        Field next = SequenceNumber.class.getDeclaredField("next");
        next.setAccessible(true);
        next.setLong(sequence.get(p), -1);
    }
}
