// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

import java.util.Arrays;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;

/**
 * CBC with the MAC over the ciphertext (RFC 7366 §3), so that nothing is decrypted that is not the peer's.
 *
 * <pre>
 *   header | IV | CBC( content | padding ) | MAC( sequence number, type, version, length, IV, ciphertext )
 * </pre>
 */
public final class CbcEncryptThenMac extends CbcProtection {
    private final byte[] computed;

    private CbcEncryptThenMac(
            Crypto crypto, CipherSuite suite, ProtocolVersion version, Secret macKey, Secret key, Secret iv) {
        super(crypto, suite, version, macKey, key, iv);
        this.computed = new byte[mac.length()];
    }

    /**
     * With these keys, which are read at once and stay the caller's.
     *
     * @param iv the first one, in TLS 1.0; not looked at in later versions
     */
    public static CbcEncryptThenMac of(
            Crypto crypto, CipherSuite suite, ProtocolVersion version, Secret macKey, Secret key, Secret iv) {
        return new CbcEncryptThenMac(crypto, suite, version, macKey, key, iv);
    }

    @Override
    public int minBody() {
        return prefix() + BLOCK + mac.length();
    }

    @Override
    public int room(int body) {
        return body - prefix() - mac.length();
    }

    @Override
    public int seal(int type, int version, byte[] record, int off, int length, int padding) throws TlsException {
        int start = off + RecordHeader.SIZE;
        // Whether another number is left is asked before anything is made.
        sequence.nonce();
        int enclosed = prefix() + pad(record, start + prefix(), length);
        encrypt(record, off, enclosed - prefix());
        authenticate(type, version, record, start, enclosed);
        mac.doFinal(record, start + enclosed);
        sequence.used();
        int body = enclosed + mac.length();
        RecordHeader.write(record, off, type, version, body);
        return RecordHeader.SIZE + body;
    }

    @Override
    public void open(byte[] record, int off, int body, byte[] out, int outOff, Opened opened) throws TlsException {
        sequence.nonce();
        int start = off + RecordHeader.SIZE;
        int enclosed = body - mac.length();
        int length = enclosed - prefix();
        int type = RecordHeader.type(record, off);
        authenticate(type, RecordHeader.version(record, off), record, start, enclosed);
        mac.doFinal(computed, 0);
        // RFC 7366 §3: the MAC is looked at before anything else.
        if (BitMask.differ(computed, 0, record, start + enclosed, computed.length) != 0 || length % BLOCK != 0) {
            throw refused(body);
        }
        sequence.used();
        decrypt(record, off, length, out, outOff);
        int padding = out[outOff + length - 1] & 0xff;
        int content = length - 1 - padding;
        // RFC 5246 §6.2.3.2: each byte of the padding says its length. The peer made it so: this is no secret.
        boolean sound = content >= 0;
        for (int i = Math.max(content, 0); sound && i < length; i++) {
            sound = (out[outOff + i] & 0xff) == padding;
        }
        if (!sound) {
            Arrays.fill(out, outOff, outOff + length, (byte) 0);
            throw refused(body);
        }
        MacHeader.checkLength(content, out, outOff, length);
        Arrays.fill(out, outOff + content, outOff + length, (byte) 0);
        opened.set(type, out, outOff, content);
    }

    private void authenticate(int type, int version, byte[] b, int off, int length) {
        header.set(sequence, type, version, length);
        mac.update(header.bytes(), 0, MacHeader.SIZE);
        mac.update(b, off, length);
    }
}
