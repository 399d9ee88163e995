// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.libssl4j.crypto.Aead;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;

/** Sequence numbers, limits, and the form of a record, with a cipher that only shows what it was given. */
class Aead13Test {
    /** Ciphertext is plaintext; the tag is the nonce and the header's length field. */
    private static final class Open implements Aead {
        private boolean closed;

        @Override
        public int seal(
                byte[] nonce,
                byte[] aad,
                int aadOff,
                int aadLen,
                byte[] in,
                int inOff,
                int inLen,
                byte[] out,
                int outOff) {
            assertEquals(5, aadLen);
            assertTrue(in == out && inOff == outOff);
            System.arraycopy(nonce, 0, out, outOff + inLen, 12);
            System.arraycopy(aad, aadOff + 1, out, outOff + inLen + 12, 4);
            return inLen + 16;
        }

        @Override
        public int open(
                byte[] nonce,
                byte[] aad,
                int aadOff,
                int aadLen,
                byte[] in,
                int inOff,
                int inLen,
                byte[] out,
                int outOff) {
            int n = inLen - 16;
            System.arraycopy(in, inOff, out, outOff, n);
            return Arrays.equals(nonce, 0, 12, in, inOff + n, inOff + n + 12) ? n : -1;
        }

        @Override
        public int tagLength() {
            return 16;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final byte[] IV = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    private static Aead13 protection(long limit) {
        return Aead13.of(new Open(), IV.clone(), limit);
    }

    @Test
    void aRecordIsHeaderContentTypeAndTag() throws TlsException {
        byte[] record = new byte[50];
        record[3 + 5] = 65;
        record[3 + 6] = 66;
        assertEquals(5 + 2 + 17, protection(10).seal(22, 0x0301, record, 3, 2));
        assertArrayEquals(
                new byte[] {23, 3, 3, 0, 19, 65, 66, 22, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 3, 3, 0, 19},
                Arrays.copyOfRange(record, 3, 27));
    }

    @Test
    void theNonceIsTheIvMixedWithTheNumber() throws TlsException {
        SequenceNumber sequence = new SequenceNumber(IV.clone(), 0x0102_0304_0506_07ffL);
        assertArrayEquals(
                new byte[] {1, 2, 3, 4, 4, 4, 4, 12, 12, 12, 12, (byte) (12 ^ 0xff)},
                sequence.nonce().clone());
        sequence.used();
        assertArrayEquals(
                new byte[] {1, 2, 3, 4, 4, 4, 4, 12, 12, 12, 3, 12},
                sequence.nonce().clone());
    }

    @Test
    void theNumberNeverWraps() throws TlsException {
        SequenceNumber sequence = new SequenceNumber(IV.clone(), -2);
        sequence.nonce();
        sequence.used();
        sequence.nonce();
        sequence.used();
        for (int i = 0; i < 2; i++) {
            TlsException e = assertThrows(TlsException.class, sequence::nonce);
            assertEquals(AlertDescription.INTERNAL_ERROR, e.alert());
            assertEquals(Reason.INVALID_SEQUENCE_NUMBER, e.reason());
        }
    }

    @Test
    void atTheLimitNothingIsSealedAny() throws TlsException {
        Aead13 p = protection(16);
        for (int i = 0; i < 16; i++) {
            assertEquals(i >= 14, p.limits().near());
            assertFalse(p.limits().reached());
            p.seal(23, 0x0303, new byte[30], 0, 1);
        }
        assertTrue(p.limits().reached());
        assertThrows(TlsException.class, () -> p.seal(23, 0x0303, new byte[30], 0, 1));
    }

    @Test
    void aReceiverDoesNotEnforceTheLimit() throws TlsException {
        Aead13 sealing = protection(100);
        Aead13 opening = protection(1);
        Opened opened = new Opened();
        for (int i = 0; i < 50; i++) {
            byte[] record = new byte[30];
            record[5] = (byte) i;
            int n = sealing.seal(23, 0x0303, record, 0, 1);
            byte[] out = new byte[10];
            opening.open(record, 0, n - 5, out, 4, opened);
            assertEquals(23, opened.type());
            assertEquals(1, opened.length());
            assertEquals(i, opened.array()[opened.offset()]);
        }
    }

    @Test
    void whatDoesNotAuthenticateIsWiped() throws TlsException {
        byte[] record = new byte[30];
        Arrays.fill(record, 5, 13, (byte) 9);
        int n = protection(5).seal(23, 0x0303, record, 0, 8);
        record[20] ^= 1;
        byte[] out = new byte[20];
        TlsException e =
                assertThrows(TlsException.class, () -> protection(5).open(record, 0, n - 5, out, 2, new Opened()));
        assertEquals(AlertDescription.BAD_RECORD_MAC, e.alert());
        assertArrayEquals(new byte[20], out);
    }

    @Test
    void theLimitOfChaChaIsNotReached() {
        UsageLimits limits = new UsageLimits(Long.MAX_VALUE);
        limits.count();
        assertFalse(limits.near());
        assertFalse(limits.reached());
    }

    @Test
    void closingDropsTheKey() {
        Open aead = new Open();
        Aead13.of(aead, IV.clone(), 10).close();
        assertTrue(aead.closed);
    }
}
