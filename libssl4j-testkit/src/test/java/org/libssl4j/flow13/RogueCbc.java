// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.flow13;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;
import org.libssl4j.keyschedule.KeyBlock;

/** Makes records of a block cipher in CBC mode piece by piece, after RFC 5246 §6.2.3.2 and RFC 7366 alone, so that each piece can be another than the right one. */
public final class RogueCbc {
    public static final int BLOCK = 16;

    /** Makes the body of one record: {@link #sound}, or something else. */
    public interface Shape {
        byte[] body(RogueCbc c, int type, byte[] content);
    }

    public final boolean encryptThenMac;
    /** Whether the IV of a record is the end of the one before (TLS 1.0). */
    public final boolean chained;

    private final int version;
    private final Mac mac;
    private final SecretKeySpec key;
    private byte[] iv = new byte[BLOCK];
    private long sequence;

    RogueCbc(CipherSuite suite, KeyBlock.Half keys) {
        encryptThenMac = keys.encryptThenMac();
        chained = keys.version() == ProtocolVersion.TLS1_0;
        version = keys.version().code();
        key = new SecretKeySpec(keys.key().getEncoded(), "AES");
        if (chained) {
            iv = keys.iv().getEncoded();
        }
        String hash = "Hmac" + suite.mac().name();
        try {
            mac = Mac.getInstance(hash);
            mac.init(new SecretKeySpec(keys.macKey().getEncoded(), hash));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The body of the next record. */
    byte[] next(int type, byte[] content, Shape shape) {
        byte[] body = shape.body(this, type, content);
        sequence++;
        return body;
    }

    public byte[] sound(int type, byte[] content) {
        return encryptThenMac
                ? authenticated(type, encrypted(padded(content, 0)))
                : encrypted(padded(joined(content, mac(0, type, content.length, content)), 0));
    }

    /** What stands behind the header of a record with this inside, in whole blocks, but for a MAC outside. */
    public byte[] encrypted(byte[] plain) {
        try {
            Cipher c = Cipher.getInstance("AES/CBC/NoPadding");
            c.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
            byte[] out = c.doFinal(plain);
            if (chained) {
                iv = Arrays.copyOfRange(out, out.length - BLOCK, out.length);
                return out;
            }
            return joined(iv, out);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** With the right MAC behind it, over all of it (RFC 7366 §3). */
    public byte[] authenticated(int type, byte[] encrypted) {
        return joined(encrypted, mac(0, type, encrypted.length, encrypted));
    }

    /**
     * A MAC over what it may say of the data (RFC 5246 §6.2.3.1).
     *
     * @param ahead how many records too far; 0 is right
     */
    public byte[] mac(int ahead, int type, int length, byte[] data) {
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putLong(sequence + ahead)
                .put((byte) type)
                .putShort((short) version)
                .putShort((short) length);
        mac.update(header.array());
        return mac.doFinal(data);
    }

    public int macLength() {
        return mac.getMacLength();
    }

    /** Sound padding to whole blocks, and so many blocks more. */
    public static byte[] padded(byte[] b, int moreBlocks) {
        int padding = BLOCK - b.length % BLOCK + moreBlocks * BLOCK;
        byte[] out = Arrays.copyOf(b, b.length + padding);
        Arrays.fill(out, b.length, out.length, (byte) (padding - 1));
        return out;
    }

    public static byte[] joined(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
