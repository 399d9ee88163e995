// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

import java.util.Arrays;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Hmac;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.HashAlgorithm;
import org.libssl4j.iana.ProtocolVersion;

/**
 * CBC with the MAC inside (RFC 5246 §6.2.3.2).
 *
 * <pre>
 *   header | IV | CBC( content | MAC | padding )
 * </pre>
 *
 * <p>How long the padding is, and whether it is sound, is known before the MAC is, and an attacker who could tell would decrypt with it (Vaudenay 2002; Lucky Thirteen, AlFardan and Paterson 2013). So opening takes one way whatever the padding says: the padding is looked at without branches, unsound padding counts as none, the MAC is taken from where it stands by reading all places where it might, and the hash is made to work on as many blocks as the longest content would need. What stays visible is what the JVM adds: the length that {@link Hmac#update} is called with.
 */
public final class CbcMacThenEncrypt extends CbcProtection {
    /** The longest padding, with its length byte. */
    private static final int MOST_PADDING = 256;

    private final Hmac spare;
    private final int blockShift; // log2 of the hash's block
    private final int trailer; // what a hash puts behind its message at least
    private final byte[] filler; // as many blocks as fit into the longest padding, and one
    private final byte[] computed;
    private final byte[] rotated;
    private final byte[] sent;

    private CbcMacThenEncrypt(
            Crypto crypto, CipherSuite suite, ProtocolVersion version, Secret macKey, Secret key, Secret iv) {
        super(crypto, suite, version, macKey, key, iv);
        this.spare = crypto.hmac(suite.mac());
        spare.init(macKey);
        boolean wide = suite.mac() == HashAlgorithm.SHA384 || suite.mac() == HashAlgorithm.SHA512;
        this.blockShift = wide ? 7 : 6;
        this.trailer = wide ? 17 : 9; // FIPS 180-4 §5.1: a bit, and the length in 128 or 64 bits
        this.filler = new byte[MOST_PADDING + (1 << blockShift)];
        this.computed = new byte[mac.length()];
        this.rotated = new byte[mac.length()];
        this.sent = new byte[mac.length()];
    }

    /**
     * With these keys, which are read at once and stay the caller's.
     *
     * @param iv the first one, in TLS 1.0; not looked at in later versions
     */
    public static CbcMacThenEncrypt of(
            Crypto crypto, CipherSuite suite, ProtocolVersion version, Secret macKey, Secret key, Secret iv) {
        return new CbcMacThenEncrypt(crypto, suite, version, macKey, key, iv);
    }

    @Override
    public int minBody() {
        int least = mac.length() + 1;
        return prefix() + (least + BLOCK - 1) / BLOCK * BLOCK;
    }

    @Override
    public int room(int body) {
        return body - prefix();
    }

    @Override
    public int seal(int type, int version, byte[] record, int off, int length, int padding) throws TlsException {
        int content = off + RecordHeader.SIZE + prefix();
        // Whether another number is left is asked before anything is made.
        sequence.nonce();
        header.set(sequence, type, version, length);
        mac.update(header.bytes(), 0, MacHeader.SIZE);
        mac.update(record, content, length);
        mac.doFinal(record, content + length);
        sequence.used();
        int enclosed = pad(record, content, length + mac.length());
        encrypt(record, off, enclosed);
        int body = prefix() + enclosed;
        RecordHeader.write(record, off, type, version, body);
        return RecordHeader.SIZE + body;
    }

    @Override
    public void open(byte[] record, int off, int body, byte[] out, int outOff, Opened opened) throws TlsException {
        sequence.nonce();
        int length = body - prefix();
        if (length % BLOCK != 0) {
            throw refused(body); // everybody sees its length
        }
        decrypt(record, off, length, out, outOff);
        int most = length - mac.length() - 1; // the longest content that it may have
        int padding = out[outOff + length - 1] & 0xff;
        int good = soundPadding(out, outOff, length, padding);
        int content = most - (padding & good);
        int type = RecordHeader.type(record, off);
        header.set(sequence, type, RecordHeader.version(record, off), content);
        computeMac(out, outOff, content, most);
        takeMac(out, outOff, length, content);
        good &= BitMask.equal(BitMask.differ(computed, 0, sent, 0, sent.length), 0);
        if (good == 0) {
            Arrays.fill(out, outOff, outOff + length, (byte) 0);
            throw refused(body);
        }
        sequence.used();
        MacHeader.checkLength(content, out, outOff, length);
        Arrays.fill(out, outOff + content, outOff + length, (byte) 0); // sound, so its length is no secret
        opened.set(type, out, outOff, content);
    }

    /** RFC 5246 §6.2.3.2: each byte of the padding says its length, and there is room for it and the MAC; also in TLS 1.0, whose RFC asks no receiver to look. */
    private int soundPadding(byte[] b, int off, int length, int padding) {
        int last = off + length - 1;
        int wrong = 0;
        for (int i = 0, n = Math.min(MOST_PADDING, length); i < n; i++) {
            int belongs = ~BitMask.less(padding, i);
            wrong |= belongs & (b[last - i] ^ padding) & 0xff;
        }
        return BitMask.equal(wrong, 0) & ~BitMask.less(length, mac.length() + 1 + padding);
    }

    /** The MAC of the content, and as many blocks more as would make it the longest one. One more in any case: a call that is left out shows as well. */
    private void computeMac(byte[] b, int off, int content, int most) {
        mac.update(header.bytes(), 0, MacHeader.SIZE);
        mac.update(b, off, content);
        mac.doFinal(computed, 0);
        // All of it is written, so that all of it is equally near to the processor, as the content is.
        Arrays.fill(filler, (byte) 0);
        int more = blocks(most) - blocks(content) + 1;
        spare.update(filler, 0, more << blockShift);
        spare.doFinal(rotated, 0); // nobody reads it
    }

    /** How many blocks the inner hash has for a content of this length, but for the one of the key. */
    private int blocks(int content) {
        return MacHeader.SIZE + content + trailer + (1 << blockShift) - 1 >>> blockShift;
    }

    /** The MAC that stands behind the content: each byte that might be of it is read, and kept if it is. */
    private void takeMac(byte[] b, int off, int length, int content) {
        int size = mac.length();
        Arrays.fill(rotated, (byte) 0);
        int begin = 0;
        int at = 0; // in rotated
        for (int i = Math.max(0, length - size - MOST_PADDING); i < length; i++) {
            int inside = ~BitMask.less(i, content) & BitMask.less(i, content + size);
            rotated[at] |= (byte) (b[off + i] & inside);
            begin |= at & BitMask.equal(i, content);
            at = at + 1 == size ? 0 : at + 1;
        }
        for (int k = 0; k < size; k++) {
            int from = begin + k;
            from -= size & ~BitMask.less(from, size);
            int x = 0;
            for (int j = 0; j < size; j++) {
                x |= rotated[j] & BitMask.equal(j, from);
            }
            sent[k] = (byte) x;
        }
    }

    @Override
    public void close() {
        super.close();
        spare.forget();
    }
}
