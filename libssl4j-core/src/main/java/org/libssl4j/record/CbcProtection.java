// Copyright the libssl4j authors. Licensed under the Apache License, Version 2.0; see LICENSE.

package org.libssl4j.record;

import java.util.Arrays;
import org.libssl4j.crypto.Cbc;
import org.libssl4j.crypto.Crypto;
import org.libssl4j.crypto.Hmac;
import org.libssl4j.crypto.Secret;
import org.libssl4j.fault.Reason;
import org.libssl4j.fault.TlsException;
import org.libssl4j.iana.AlertDescription;
import org.libssl4j.iana.CipherSuite;
import org.libssl4j.iana.ProtocolVersion;

/**
 * What both orders of a block cipher in CBC mode and a MAC share: the IV, the padding, and the one fault for all that is wrong with a record (RFC 5246 §6.2.3.2).
 *
 * <p>From TLS 1.1 on each record begins with an IV of its own, which is random; in TLS 1.0 the IV is the last block of the record before (RFC 2246 §6.2.3.2).
 */
abstract class CbcProtection implements RecordProtection {
    /** Bytes of a block, and of an IV. */
    static final int BLOCK = 16;

    final Cbc cbc;
    final Hmac mac;
    final MacHeader header = new MacHeader();
    final SequenceNumber sequence = new SequenceNumber(new byte[Long.BYTES]);
    private final Crypto crypto;
    private final UsageLimits limits = new UsageLimits(Long.MAX_VALUE);
    private final int prefix;
    private final byte[] iv;

    /** With these keys, which are read at once and stay the caller's. */
    CbcProtection(Crypto crypto, CipherSuite suite, ProtocolVersion version, Secret macKey, Secret key, Secret iv) {
        this.crypto = crypto;
        this.cbc = crypto.cbc(suite.cbc(), key);
        this.mac = crypto.hmac(suite.mac());
        mac.init(macKey);
        boolean chained = version == ProtocolVersion.TLS1_0;
        this.prefix = chained ? 0 : BLOCK;
        this.iv = chained ? iv.getEncoded() : new byte[BLOCK];
    }

    @Override
    public int overhead() {
        return prefix + mac.length() + BLOCK;
    }

    @Override
    public int prefix() {
        return prefix;
    }

    @Override
    public int maxBody() {
        return RecordHeader.MAX_CIPHERTEXT_12;
    }

    @Override
    public boolean encrypts() {
        return true;
    }

    @Override
    public boolean predictable() {
        return prefix == 0;
    }

    @Override
    public UsageLimits limits() {
        return limits;
    }

    /** Puts padding behind {@code length} bytes; returns how many bytes there are then. */
    static int pad(byte[] b, int off, int length) {
        // RFC 5246 §6.2.3.2: to whole blocks, with 1 to 256 bytes, each of them one less than their number. As few as
        // will do.
        int padding = BLOCK - length % BLOCK;
        Arrays.fill(b, off + length, off + length + padding, (byte) (padding - 1));
        return length + padding;
    }

    /** Encrypts {@code length} bytes that stand behind header and prefix, and writes the prefix. */
    void encrypt(byte[] record, int off, int length) throws TlsException {
        int content = off + RecordHeader.SIZE + prefix;
        if (prefix > 0) {
            // RFC 5246 §6.2.3.2: nobody may know the IV before the content is chosen.
            crypto.random(iv);
            System.arraycopy(iv, 0, record, content - BLOCK, BLOCK);
        }
        try {
            cbc.encrypt(iv, 0, record, content, length);
        } catch (RuntimeException e) {
            Arrays.fill(record, content, content + length, (byte) 0);
            throw failed(e);
        }
        if (prefix == 0) {
            System.arraycopy(record, content + length - BLOCK, iv, 0, BLOCK);
        }
        limits.count();
    }

    /** Decrypts {@code length} bytes that stand behind header and prefix. */
    void decrypt(byte[] record, int off, int length, byte[] out, int outOff) throws TlsException {
        int from = off + RecordHeader.SIZE + prefix;
        System.arraycopy(record, from, out, outOff, length);
        try {
            if (prefix > 0) {
                cbc.decrypt(record, from - BLOCK, out, outOff, length);
            } else {
                cbc.decrypt(iv, 0, out, outOff, length);
                System.arraycopy(record, from + length - BLOCK, iv, 0, BLOCK);
            }
        } catch (RuntimeException e) {
            Arrays.fill(out, outOff, outOff + length, (byte) 0);
            throw failed(e);
        }
    }

    private static TlsException failed(RuntimeException e) {
        return new TlsException(AlertDescription.INTERNAL_ERROR, Reason.INTERNAL_ERROR, "the cipher failed: " + e, e);
    }

    /** RFC 5246 §6.2.3.2, §7.2.2: whatever is wrong with length, padding or MAC, the alert is bad_record_mac, and nothing tells one from the other. */
    static TlsException refused(int body) {
        return new TlsException(
                AlertDescription.BAD_RECORD_MAC,
                Reason.DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
                "a record of " + body + " bytes that does not authenticate");
    }

    @Override
    public void close() {
        cbc.close();
        mac.forget();
        Arrays.fill(iv, (byte) 0);
    }
}
