// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.timing;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.keyschedule.KeyBlock;

/** Makes records of TLS 1.2 with CBC (RFC 5246 §6.2.3.2, RFC 7366), right ones and wrong ones, under the keys of one direction. */
final class CbcRecords {
    private static final int BLOCK = 16;

    private final CipherSuite suite;
    private final boolean encryptThenMac;
    private final byte[] macKey;
    private final byte[] key;
    private final long sequence;
    private final Random random;

    CbcRecords(CipherSuite suite, KeyBlock.Half keys, long sequence, Random random) {
        this.suite = suite;
        this.encryptThenMac = keys.encryptThenMac();
        this.macKey = keys.macKey().getEncoded();
        this.key = keys.key().getEncoded();
        this.sequence = sequence;
        this.random = random;
    }

    /**
     * What is inside a record and not right.
     *
     * @param padding what the last byte says; the content is as long as that leaves room for
     * @param spoiled which byte of the padding is another one, counted from its first; -1 for none
     * @param macRight whether the MAC is that of the content
     * @param claimed what the last byte says in the place of {@code padding}, and with it all others; -1 for none
     */
    record Fault(int padding, int spoiled, boolean macRight, int claimed) {
        static Fault none(int padding) {
            return new Fault(padding, -1, true, -1);
        }

        static Fault mac(int padding) {
            return new Fault(padding, -1, false, -1);
        }

        static Fault padding(int padding, int spoiled) {
            return new Fault(padding, spoiled, true, -1);
        }

        /** Nothing but this byte, as though the padding began before the record. */
        static Fault allBytes(int claimed) {
            return new Fault(0, -1, true, claimed);
        }
    }

    /** @param length of what is encrypted, which everybody sees */
    byte[] record(int length, Fault fault) throws GeneralSecurityException {
        int mac = suite.mac().length();
        int inside = encryptThenMac ? 0 : mac;
        byte[] content = new byte[length - inside - 1 - fault.padding()];
        random.nextBytes(content);
        byte[] plain = new byte[length];
        System.arraycopy(content, 0, plain, 0, content.length);
        if (!encryptThenMac) {
            System.arraycopy(mac(content, fault.macRight()), 0, plain, content.length, mac);
        }
        Arrays.fill(plain, content.length + inside, length, (byte) fault.padding());
        if (fault.spoiled() >= 0) {
            plain[content.length + inside + fault.spoiled()] ^= 0x55;
        }
        if (fault.claimed() >= 0) {
            Arrays.fill(plain, (byte) fault.claimed());
        }
        byte[] sealed = encrypt(plain);
        byte[] body = encryptThenMac ? joined(sealed, mac(sealed, fault.macRight())) : sealed;
        return joined(header(body.length), body);
    }

    private byte[] mac(byte[] of, boolean right) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(suite.mac().hmacName());
        mac.init(new SecretKeySpec(macKey, "HMAC"));
        mac.update(ByteBuffer.allocate(8).putLong(0, sequence));
        mac.update(header(of.length));
        byte[] result = mac.doFinal(of);
        if (!right) {
            byte[] other = new byte[result.length];
            random.nextBytes(other);
            return other;
        }
        return result;
    }

    private byte[] encrypt(byte[] plain) throws GeneralSecurityException {
        byte[] iv = new byte[BLOCK];
        random.nextBytes(iv);
        Cipher c = Cipher.getInstance("AES/CBC/NoPadding");
        c.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        return joined(iv, c.doFinal(plain));
    }

    private static byte[] header(int length) {
        return new byte[] {23, 3, 3, (byte) (length >> 8), (byte) length};
    }

    private static byte[] joined(byte[] a, byte[] b) {
        return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
    }
}
