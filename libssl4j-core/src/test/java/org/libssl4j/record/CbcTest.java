// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;

/** CBC with a MAC, both orders, in all versions: what is opened, and what is refused and how. */
class CbcTest {
    private static final int DATA = 23;
    private static final byte[] KEY = filled(16, 1);
    private static final byte[] IV = filled(16, 2);

    private static byte[] filled(int n, int with) {
        byte[] b = new byte[n];
        Arrays.fill(b, (byte) with);
        return b;
    }

    /** One form of records, and a maker of such that takes any padding. */
    record Form(CipherSuite suite, ProtocolVersion version, boolean encryptThenMac) {
        byte[] macKey() {
            return filled(suite.mac().length(), 3);
        }

        RecordProtection protection() {
            return Protections.of(suite, version, encryptThenMac, macKey(), key(), IV);
        }

        byte[] key() {
            return Arrays.copyOf(KEY, suite.cbc().keyLength());
        }

        int mac() {
            return suite.mac().length();
        }

        boolean chained() {
            return version == ProtocolVersion.TLS1_0;
        }

        /** The first record of a connection, with this padding and, in the old order, these last bytes of the MAC changed. */
        byte[] record(byte[] content, byte[] padding, int macError) {
            byte[] body;
            if (encryptThenMac) {
                byte[] sealed = encrypt(concat(content, padding));
                byte[] mac = mac(sealed);
                mac[mac.length - 1] ^= (byte) macError;
                body = concat(sealed, mac);
            } else {
                byte[] mac = mac(content);
                mac[mac.length - 1] ^= (byte) macError;
                body = encrypt(concat(content, mac, padding));
            }
            return concat(header(body.length), body);
        }

        private byte[] header(int length) {
            return ByteBuffer.allocate(5)
                    .put((byte) DATA)
                    .putShort((short) version.code())
                    .putShort((short) length)
                    .array();
        }

        private byte[] mac(byte[] content) {
            try {
                Mac mac = Mac.getInstance(suite.mac().hmacName());
                mac.init(new SecretKeySpec(macKey(), "HMAC"));
                mac.update(new byte[8]);
                mac.update(header(content.length));
                return mac.doFinal(content);
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        private byte[] encrypt(byte[] content) {
            byte[] iv = chained() ? IV : filled(16, 77);
            try {
                Cipher c = Cipher.getInstance("AES/CBC/NoPadding");
                c.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key(), "AES"), new IvParameterSpec(iv));
                byte[] sealed = c.doFinal(content);
                return chained() ? sealed : concat(iv, sealed);
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        /** Bytes in front of the padding. */
        int before(int content) {
            return content + (encryptThenMac ? 0 : mac());
        }

        byte[] padding(int content, int blocks) {
            int n = 16 - before(content) % 16 + 16 * blocks;
            return filled(n, n - 1);
        }

        @Override
        public String toString() {
            return version + " " + suite + (encryptThenMac ? " EtM" : "");
        }
    }

    static byte[] concat(byte[]... parts) {
        ByteBuffer b =
                ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
        for (byte[] p : parts) {
            b.put(p);
        }
        return b.array();
    }

    static Stream<Form> forms() {
        return Stream.of(true, false)
                .flatMap(etm -> Stream.of(
                        new Form(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, ProtocolVersion.TLS1_0, etm),
                        new Form(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, ProtocolVersion.TLS1_1, etm),
                        new Form(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, ProtocolVersion.TLS1_2, etm),
                        new Form(CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, ProtocolVersion.TLS1_2, etm)));
    }

    static Stream<Form> macThenEncrypt() {
        return forms().filter(f -> !f.encryptThenMac());
    }

    private static byte[] content(int length) {
        byte[] b = new byte[length];
        new Random(length).nextBytes(b);
        return b;
    }

    private static TlsException refused(Form form, byte[] record) {
        TlsException e = assertThrows(TlsException.class, () -> Protections.open(form.protection(), record));
        assertEquals(AlertDescription.BAD_RECORD_MAC, e.alert());
        assertEquals(Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC, e.reason());
        assertTrue(e.getMessage().contains("a record of " + (record.length - 5) + " bytes that does not authenticate"));
        return e;
    }

    // ---- what is opened --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("forms")
    void recordsOfEveryLengthGoThroughOneAfterTheOther(Form form) throws TlsException {
        RecordProtection seals = form.protection();
        RecordProtection opens = form.protection();
        for (int n = 0; n < 600; n = n < 300 ? n + 1 : n + 37) {
            byte[] record = Protections.seal(seals, DATA, form.version(), content(n));
            assertTrue(record.length - 5 <= n + seals.overhead());
            assertTrue(record.length - 5 >= seals.minBody());
            assertArrayEquals(content(n), Protections.open(opens, record));
        }
        byte[] most = content(16_384);
        assertArrayEquals(most, Protections.open(opens, Protections.seal(seals, DATA, form.version(), most)));
        assertFalse(seals.limits().near());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatWeSealIsWhatTheRfcSays(Form form) throws TlsException {
        for (int n = 0; n < 40; n++) {
            byte[] ours = Protections.seal(form.protection(), DATA, form.version(), content(n));
            byte[] other = form.record(content(n), form.padding(n, 0), 0);
            assertEquals(other.length, ours.length);
            if (form.chained()) {
                assertArrayEquals(other, ours);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void paddingOfEveryLengthIsTaken(Form form) throws TlsException {
        for (int content : new int[] {0, 1, 15, 100, 16_384}) {
            for (int blocks = 0; blocks < 16; blocks++) {
                byte[] record = form.record(content(content), form.padding(content, blocks), 0);
                assertArrayEquals(content(content), Protections.open(form.protection(), record));
            }
        }
    }

    // ---- what is refused -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("forms")
    void everyChangedBitIsRefusedInTheSameWay(Form form) throws TlsException {
        byte[] record = form.record(content(37), form.padding(37, 1), 0);
        for (int i = 0; i < record.length; i++) {
            if (i == 3 || i == 4) {
                continue; // the length
            }
            byte[] changed = record.clone();
            changed[i] ^= (byte) (1 << i % 8);
            refused(form, changed);
        }
        assertArrayEquals(content(37), Protections.open(form.protection(), record));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void paddingWithOneWrongByteIsRefusedInTheSameWayAsAWrongMac(Form form) {
        for (int content : new int[] {0, 20, 1000}) {
            for (int blocks : new int[] {0, 3, 15}) {
                byte[] padding = form.padding(content, blocks);
                refused(form, form.record(content(content), padding, 1));
                for (int i = 0; i < padding.length - 1; i += i < 17 ? 1 : 9) {
                    byte[] wrong = padding.clone();
                    wrong[i] ^= 1;
                    refused(form, form.record(content(content), wrong, 0));
                    refused(form, form.record(content(content), wrong, 1));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void paddingLongerThanThereIsRoomForIsRefused(Form form) {
        for (int content : new int[] {0, 20, 60}) {
            byte[] padding = form.padding(content, 0);
            int whole = content + form.mac() + padding.length;
            for (int claim = padding.length; claim < 256; claim++) {
                byte[] wrong = padding.clone();
                wrong[wrong.length - 1] = (byte) claim;
                if (wrong.length == 1 && claim == 0) {
                    continue;
                }
                refused(form, form.record(content(content), wrong, 0));
            }
            assertTrue(whole > 0);
        }
        // All bytes the same, so that the padding is sound but for its length.
        for (int claim : new int[] {63, 64, 100, 255}) {
            byte[] all = form.encryptThenMac ? new byte[0] : filled(64, claim);
            byte[] padding = filled(form.encryptThenMac() ? 64 : 0, claim);
            byte[] record = form.encryptThenMac()
                    ? form.record(new byte[0], padding, 0)
                    : concat(form.header((form.chained() ? 0 : 16) + 64), form.encrypt(all));
            if (claim == 63 && form.encryptThenMac()) {
                continue; // that one is sound
            }
            refused(form, record);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aBodyThatIsNotWholeBlocksIsRefused(Form form) {
        byte[] record = form.record(content(100), form.padding(100, 0), 0);
        for (int cut = 1; cut < 40; cut++) {
            refused(form, Arrays.copyOf(record, record.length - cut));
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void contentOfMoreThanTheMostIsAnOverflow(Form form) {
        byte[] record = form.record(content(16_385), form.padding(16_385, 0), 0);
        TlsException e = assertThrows(TlsException.class, () -> Protections.open(form.protection(), record));
        assertEquals(AlertDescription.RECORD_OVERFLOW, e.alert());
        assertEquals(Reason.DATA_LENGTH_TOO_LONG, e.reason());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aRecordTwiceAndRecordsInAnotherOrderAreRefused(Form form) throws TlsException {
        RecordProtection seals = form.protection();
        byte[] first = Protections.seal(seals, DATA, form.version(), content(10));
        byte[] second = Protections.seal(seals, DATA, form.version(), content(10));
        refused(form, second);
        RecordProtection opens = form.protection();
        Protections.open(opens, first);
        assertThrows(TlsException.class, () -> Protections.open(opens, first));
    }

    // ---- Lucky Thirteen --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("macThenEncrypt")
    void theHashWorksOnAsManyBlocksInAsManyCallsWhateverThePaddingSays(Form form) {
        // One body length each, and all that may stand in it: every sound padding, and unsound ones.
        for (int blocks : new int[] {4, 6, 17, 20}) {
            int inside = 16 * blocks;
            TreeSet<Long> compressions = new TreeSet<>();
            TreeSet<Long> calls = new TreeSet<>();
            for (int padding = 0; padding < 256 && padding + 1 + form.mac() <= inside; padding++) {
                int content = inside - form.mac() - padding - 1;
                for (byte[] record : withSoundPaddingAndUnsound(form, content, padding)) {
                    CountingCrypto crypto = work(form, record);
                    compressions.add(crypto.compressions);
                    if (content > 0) {
                        calls.add(crypto.calls); // without content one less: JCA passes over an update with nothing
                    }
                }
            }
            assertEquals(1, compressions.size(), blocks + " blocks: compressions " + compressions);
            assertEquals(1, calls.size(), blocks + " blocks: calls " + calls);
        }
    }

    private static List<byte[]> withSoundPaddingAndUnsound(Form form, int content, int padding) {
        byte[] p = filled(padding + 1, padding);
        byte[] right = form.record(content(content), p, 0);
        byte[] wrongMac = form.record(content(content), p, 1);
        if (padding == 0) {
            return List.of(right, wrongMac);
        }
        p[0] ^= 1;
        return List.of(right, wrongMac, form.record(content(content), p, 0));
    }

    /** What was counted while the record was opened. */
    private static CountingCrypto work(Form form, byte[] record) {
        CountingCrypto crypto = new CountingCrypto(Protections.JDK);
        RecordProtection p =
                Protections.of(crypto.crypto(), form.suite(), form.version(), false, form.macKey(), form.key(), IV);
        crypto.compressions = 0;
        crypto.calls = 0;
        try {
            Protections.open(p, record);
        } catch (TlsException e) {
            assertEquals(AlertDescription.BAD_RECORD_MAC, e.alert());
        }
        return crypto;
    }

    @ParameterizedTest
    @MethodSource("forms")
    void closingDropsTheKeys(Form form) {
        RecordProtection p = form.protection();
        p.close();
        assertThrows(
                TlsException.class,
                () -> Protections.seal(p, DATA, form.version(), content(10)),
                List.of(p).toString());
    }
}
